/** What the verified checker may say of a case: it decides filter and head, and leaves the rest of a certificate alone. */
import { DECIDED_CODES, type VerifiedVerdict } from "../checkers/verified.js";
import type { Case } from "./case.js";

/** Codes of texts that are no certificate of a filter. */
const NO_CERTIFICATE = ["too-large", "not-json", "unknown-system", "unknown-statement"];

/** Whether each code that a case may be rejected with is one of what the verified checker decides. */
export function isDecided({ expected }: Case): boolean {
  return (
    expected.verdict === "rejected" &&
    expected.codes.every((code) => DECIDED_CODES.has(code) || NO_CERTIFICATE.includes(code))
  );
}

/**
 * Whether the verified checker may say so. It must accept what is true unless a limit of its own may be reached, and must never
 * accept what is false in what it decides.
 */
export function verifiedMaySay(one: Case, said: VerifiedVerdict["verdict"]): boolean {
  const { expected, flags } = one;
  if (expected.verdict === "accepted")
    return said === "accepted" || (said === "undecided" && flags.includes("OwnLimit"));
  return said !== "accepted" || (expected.verdict !== "unreadable" && !isDecided(one));
}
