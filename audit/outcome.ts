/** What a program of evidence comes to, and which verdict follows from several of them. */
import type { Finding } from "../amendments/amendment.js";
import type { ClaimVerdict } from "./claim.js";

export type { Finding } from "../amendments/amendment.js";

/** What one piece of evidence says about the statement as printed and as amended. Absent: it says nothing. */
export interface Outcome {
  readonly printed?: Finding;
  readonly amended?: Finding;
  /** The smallest counterexample or the subject of the count, in one line. */
  readonly instance: string;
  /** Exact numbers, as text, that the entry must state as they are. */
  readonly numbers: Readonly<Record<string, string>>;
}

/** Why evidence decides nothing. */
export type EvidenceFault =
  | "unknown-amendment"
  | "unknown-count"
  | "missing-certificate"
  | "certificate-rejected"
  | "certificate-undecided"
  | "unknown-part"
  | "result-differs"
  | "silent";

/** One piece of evidence, run. */
export type EvidenceOutcome =
  | { readonly kind: "decided"; readonly outcome: Outcome }
  | { readonly kind: "argument"; readonly concludes: "holds" | "nothing" }
  | { readonly kind: "fault"; readonly code: EvidenceFault; readonly message: string };

/**
 * The verdict that follows from evidence.
 *
 * One refutation of the print outweighs any support of it. It "holds as amended" if something shows that the amended
 * statement holds and nothing refutes that; otherwise it "fails". Arguments decide only where no program speaks.
 *
 * @returns undefined if the evidence decides nothing
 */
export function verdictOf(outcomes: readonly EvidenceOutcome[]): ClaimVerdict | undefined {
  if (outcomes.some(({ kind }) => kind === "fault")) return undefined;
  const decided = outcomes.flatMap((one) => (one.kind === "decided" ? [one.outcome] : []));
  const says = (reading: "printed" | "amended", holds: boolean): boolean =>
    decided.some((outcome) => outcome[reading]?.holds === holds);
  if (says("printed", false)) return says("amended", true) && !says("amended", false) ? "holds as amended" : "fails";
  if (says("printed", true)) return says("amended", false) ? undefined : "holds";
  if (decided.length > 0) return undefined;
  const conclusions = outcomes.flatMap((one) => (one.kind === "argument" ? [one.concludes] : []));
  if (conclusions.length === 0) return undefined;
  return conclusions.every((conclusion) => conclusion === "holds") ? "holds by argument" : "open";
}
