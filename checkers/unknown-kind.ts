/** How a certificate is rejected whose kind no checker knows. */
import { rejected, shortened, type Rejected } from "./verdict.js";

/**
 * A certificate of a system, or of a statement, that is not known here.
 *
 * @example
 * ```ts
 * import { check, type KindFault } from "weightproof/checkers";
 *
 * const code: KindFault = "unknown-statement";
 * const text = '{"format": "weightproof-certificate", "version": 1, "system": "rcnn", "statement": "other"}';
 * const verdict = await check(text);
 * verdict.verdict === "rejected" && verdict.code === code; // => true
 * ```
 */
export type KindFault = "unknown-system" | "unknown-statement";

/** Rejects what a certificate states as its system or statement, with what is known instead. */
export function unknownKind(code: KindFault, stated: string, known: readonly string[]): Rejected<KindFault> {
  const path = code === "unknown-system" ? "system" : "statement";
  return rejected(code, path, `expected ${known.join(" or ")}`, { stated: shortened(stated, 60), known });
}
