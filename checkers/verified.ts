/**
 * The checker that is extracted from its proof (proofs/): what it says of a certificate's text, as a verdict. It decides the
 * machine's table, the filter on the alphabet and the head, the weight sets with their counts and the numbers of the code, and
 * leaves everything else alone.
 */
import { rejected, undecided, type Rejected, type Undecided } from "./verdict.js";

/** The one code of its rejections: it does not say why. */
export type VerifiedCode = "not-verified";

/** What it says. `scope`, as a limit: the text is no certificate that it decides. */
export type VerifiedVerdict =
  { readonly verdict: "accepted"; readonly leftAlone: readonly string[] } | Rejected<VerifiedCode> | Undecided;

/** Decides a certificate's text; throws nothing but what the computer's own limits cause. */
export type VerifiedChecker = (text: string) => VerifiedVerdict;

/** What an acceptance says nothing about: places in the certificate. The spelling of the text is not decided, either. */
export const LEFT_ALONE = [
  "reading",
  "source",
  "machine.name",
  "machine.states",
  "machine.halting",
  "digests",
  "verdicts.function",
  "verdicts.step",
  "verdicts.head",
  "verdicts.replay",
] as const;

/** Codes of FORMAT.md that say that what it decides is false: it accepts nothing that is rejected with one of them. */
export const DECIDED_CODES: ReadonlySet<string> = new Set([
  "code",
  "layer-count",
  "weight-outside-set",
  "shape",
  "first-layer-reads-many",
  "first-layer-kink",
  "kink",
  "value",
  "derivative",
  "head-shape",
  "head-too-many-units",
  "head-slope",
  "head-value",
  "head-kink",
]);

/** The claims that its answer names, each with its place and what would follow from its acceptance. */
const CLAIMS: Readonly<Record<string, readonly [path: string, claim: string]>> = {
  machine: ["machine.table", "states and symbols in range"],
  code: ["code", "the code of this machine"],
  weights: ["verdicts.weights", "weights in U_s, with these counts"],
  function: ["filter", "value and nine derivatives of f-bar at every patch"],
  head: ["head", "f-bar_head on the whole line"],
};

/** What `npm run proofs` builds for JavaScript: its text has a line for each claim, or one that says why there is none. */
export interface ExtractedChecker {
  readonly decide: (text: string) => { readonly exitCode: number; readonly text: string };
}

/** The checker, given the module that was built. */
export function verifiedChecker({ decide }: ExtractedChecker): VerifiedChecker {
  return (text) => verdictOf(decide(text));
}

/** An answer of the program as a verdict. */
function verdictOf({ exitCode, text }: ReturnType<ExtractedChecker["decide"]>): VerifiedVerdict {
  if (exitCode === 0) return { verdict: "accepted", leftAlone: LEFT_ALONE };
  const [line = ""] = text.split("\n").filter((one) => !one.endsWith(": accepted"));
  const [first = "", rest = ""] = line.split(/: (.*)/);
  const claim = exitCode === 1 ? CLAIMS[first] : undefined;
  if (claim !== undefined) return rejected("not-verified", claim[0], `not accepted as ${claim[1]}`);
  const limit = /^limit (\w+)$/.exec(rest)?.[1];
  if (limit === undefined) return undecided("scope", `the verified checker leaves this text alone: ${rest}`);
  return undecided(limit, `the verified checker's limit was reached`);
}
