/** check, for programs: decide any certificate of any system from its own text, with its first checker. */
import { certificateKind } from "../certificates/envelope.js";
import type { LearningCertificate } from "../certificates/rcnn-learning.js";
import type { RcnnCertificate } from "../certificates/rcnn-certificate.js";
import { checkCertificate, type CertificateFault } from "../checkers/rcnn/check-certificate.js";
import { checkLearning, type LearningFault } from "../checkers/rcnn/check-learning.js";
import { unknownKind, type KindFault } from "../checkers/unknown-kind.js";
import { accepted, type Verdict } from "../checkers/verdict.js";

/**
 * Decides the text of a certificate with the first checker of its kind. A text that is not a certificate is rejected as
 * if it were to be one of a filter.
 *
 * @example
 * ```ts
 * import { certify, check, loadMachine } from "weightproof";
 *
 * const certified = certify(loadMachine("bb2"));
 * const text = certified.verdict === "accepted" ? certified.result.text : "";
 * check(text).verdict; // => "accepted"
 *
 * const forged = check(text.replace('"A"', '"C"'));
 * forged.verdict === "rejected" && [forged.code, forged.path]; // => ["digest", "digests.source"]
 * ```
 */
export function check(
  text: string,
): Verdict<CertificateFault | LearningFault | KindFault, RcnnCertificate | LearningCertificate> {
  const { system, statement } = certificateKind(text) ?? { system: "rcnn", statement: "filter" };
  if (system !== "rcnn") return unknownKind("unknown-system", system, ["rcnn"]);
  switch (statement) {
    case "filter":
      return checkCertificate(text);
    case "learning": {
      const verdict = checkLearning(text);
      return verdict.verdict === "accepted" ? accepted(verdict.result.certificate) : verdict;
    }
    default:
      return unknownKind("unknown-statement", statement, ["filter", "learning"]);
  }
}
