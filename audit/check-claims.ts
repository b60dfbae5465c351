/** audit --check: every verdict is decided again from its evidence, and must be the one that the entry states. */
import type { Claim, ClaimSection, ClaimVerdict } from "./claim.js";
import { EvidenceRunner, type EvidenceSources } from "./evidence.js";
import { verdictOf, type EvidenceFault, type EvidenceOutcome } from "./outcome.js";

/** Why an entry is rejected. */
export type ClaimFault = EvidenceFault | "verdict-does-not-follow";

/** One claim with what its evidence came to. */
export interface AuditedClaim {
  readonly section: ClaimSection;
  readonly claim: Claim;
  /** Shape: one for each piece of evidence. */
  readonly outcomes: readonly EvidenceOutcome[];
  /** The verdict that follows; undefined if none does. */
  readonly decided: ClaimVerdict | undefined;
  readonly fault: { readonly code: ClaimFault; readonly message: string } | undefined;
}

/** A registry, decided. */
export interface Audit {
  readonly claims: readonly AuditedClaim[];
  /** How many claims have each verdict, as decided. */
  readonly counts: Readonly<Record<ClaimVerdict, number>>;
  readonly rejected: readonly AuditedClaim[];
}

/** Runs all evidence of a registry. */
export function auditClaims(
  sections: readonly ClaimSection[],
  sources: EvidenceSources,
  progress?: (done: number, total: number) => void,
): Audit {
  const runner = new EvidenceRunner(sources);
  const total = sections.reduce((sum, { claims }) => sum + claims.length, 0);
  const counts: Record<ClaimVerdict, number> = {
    holds: 0,
    "holds as amended": 0,
    fails: 0,
    "holds by argument": 0,
    open: 0,
  };
  const audited: AuditedClaim[] = [];
  for (const section of sections) {
    for (const claim of section.claims) {
      const one = auditClaim(section, claim, runner);
      audited.push(one);
      if (one.decided !== undefined) counts[one.decided]++;
      progress?.(audited.length, total);
    }
  }
  return { claims: audited, counts, rejected: audited.filter(({ fault }) => fault !== undefined) };
}

/** Decides one claim. */
export function auditClaim(section: ClaimSection, claim: Claim, runner: EvidenceRunner): AuditedClaim {
  const outcomes = claim.evidence.map((evidence) => runner.run(evidence, claim));
  const failed = outcomes.find((outcome) => outcome.kind === "fault");
  const decided = verdictOf(outcomes);
  if (failed?.kind === "fault") {
    return { section, claim, outcomes, decided: undefined, fault: { code: failed.code, message: failed.message } };
  }
  if (decided === undefined) {
    const message = "the evidence says nothing about the statement as printed";
    return { section, claim, outcomes, decided, fault: { code: "silent", message } };
  }
  if (decided !== claim.verdict) {
    const message = `stated "${claim.verdict}", but "${decided}" follows from the evidence`;
    return { section, claim, outcomes, decided, fault: { code: "verdict-does-not-follow", message } };
  }
  return { section, claim, outcomes, decided, fault: undefined };
}
