/**
 * The second checker: decides a certificate (certificates/FORMAT.md, and what it links to) once more. The files of
 * this folder share no code with the first checker, need nothing beyond JavaScript and TextEncoder, and calculate with
 * bigints. They are written from those documents and sections B.1 and B.2 of the paper, and decide in other ways than
 * the first:
 *
 * - f-bar is an automaton that reads the cells of a patch one after the other;
 * - the first layer is summed up along the line: from one cell value to the next, only those units change that have
 *   their kink between the two;
 * - patches are enumerated cell by cell, and partial patches that no later cell can tell apart are continued as one,
 *   with their number; the numbers must add up to that of all patches, so none was skipped;
 * - the head is compared in its values at the kinks, not in its slopes between them.
 *
 * Cells are in u-units (u = 2 * 3^K * x) throughout. The nine places of a patch are numbered row by row; the centre is
 * 4.
 */
import { decideFilter } from "./rcnn.js";
import { decideLearning } from "./rcnn-learning.js";
import { decideRecoding } from "./rcnn-recoding.js";
import type { RecodingCode } from "./rcnn-recoding-text.js";
import type { FilterCode, LearningCode } from "./rcnn-codes.js";
import { decideCircuit, type CircuitCode } from "./wei-chen-ma-circuit.js";
import { decideDecoder, type DecoderCode } from "./wei-chen-ma-decoder.js";
import { decideTracing, type TracingCode } from "./welper-tracing.js";
import { parse, reject as rejectText, verdictOf, type Reject, type Verdict } from "./text.js";

/** A certificate of a system, or of a statement, that is not known here. */
export type KindCode = "unknown-system" | "unknown-statement";

const reject: Reject<KindCode> = rejectText;

/** Why a filter's certificate is rejected. */
export type SecondCode = FilterCode;

/** Why the certificate of a learning run is rejected where a filter's cannot be. */
export type SecondLearningCode = LearningCode;

/**
 * What the second checker says.
 *
 * @example
 * ```ts
 * import { checkAgain, type SecondVerdict } from "weightproof/checkers";
 *
 * const verdict: SecondVerdict = await checkAgain("{}");
 * verdict.verdict === "rejected" && verdict.code; // => "schema"
 * ```
 */
export type SecondVerdict = Verdict<
  KindCode | SecondCode | SecondLearningCode | RecodingCode | CircuitCode | DecoderCode | TracingCode
>;

/** What decides each kind of certificate. */
const KINDS: Readonly<Record<string, Readonly<Record<string, (json: unknown, text: string) => readonly string[]>>>> = {
  rcnn: { filter: decideFilter, learning: decideLearning, recoding: decideRecoding },
  "wei-chen-ma": { circuit: decideCircuit, decoder: decideDecoder },
  welper: { tracing: decideTracing },
};

/**
 * Decides the text of a certificate. A text never makes it throw: should the computer run out of memory or stack, the
 * certificate is left undecided.
 *
 * @throws {TypeError} if the argument is not a string
 */
export function checkCertificateAgain(text: string): SecondVerdict {
  if (typeof text !== "string") throw new TypeError(`checkCertificateAgain: expected a string, got ${typeof text}`);
  return verdictOf(() => {
    const json = parse(text);
    const { format, version, system, statement } = Object(json) as Readonly<Record<string, unknown>>;
    // What does not even claim to be a certificate of ours is not of the shape of one; its kind does not matter.
    const isOurs = format === "weightproof-certificate" && version === 1;
    if (!isOurs || typeof system !== "string" || typeof statement !== "string")
      return statement === "learning" ? decideLearning(json, text) : decideFilter(json, text);
    const kinds = Object.hasOwn(KINDS, system) ? KINDS[system] : undefined;
    if (kinds === undefined)
      return reject("unknown-system", "system", `expected ${Object.keys(KINDS).join(" or ")}, got ${system}`);
    const decide = Object.hasOwn(kinds, statement) ? kinds[statement] : undefined;
    if (decide === undefined)
      return reject("unknown-statement", "statement", `expected ${Object.keys(kinds).join(" or ")}, got ${statement}`);
    return decide(json, text);
  }) as SecondVerdict;
}
