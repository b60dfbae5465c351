/** check, for programs: decide any certificate of any system from its own text, with its first checker. */
import { certificateKind } from "../certificates/envelope.js";
import type { LearningCertificate } from "../certificates/rcnn-learning.js";
import type { RcnnCertificate } from "../certificates/rcnn-certificate.js";
import { checkCertificate, type CertificateFault } from "../checkers/rcnn/check-certificate.js";
import { checkLearning, type LearningFault } from "../checkers/rcnn/check-learning.js";
import { unknownKind, type KindFault } from "../checkers/unknown-kind.js";
import { accepted, type Verdict } from "../checkers/verdict.js";

/**
 * Decides the text of a certificate with the first checker of its kind. What is no certificate is rejected as none of a filter.
 *
 * @example
 * const verdict = check(text);
 * if (verdict.verdict === "rejected") console.log(verdict.code, verdict.path, verdict.witness);
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
