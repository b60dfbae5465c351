/** How a certificate is rejected whose kind no checker knows. */
import { rejected, shortened, type Rejected } from "./verdict.js";

/** A certificate of a system, or of a statement, that is not known here. */
export type KindFault = "unknown-system" | "unknown-statement";

/** Rejects what a certificate states as its system or statement, with what is known instead. */
export function unknownKind(code: KindFault, stated: string, known: readonly string[]): Rejected<KindFault> {
  const path = code === "unknown-system" ? "system" : "statement";
  return rejected(code, path, `expected ${known.join(" or ")}`, { stated: shortened(stated, 60), known });
}
