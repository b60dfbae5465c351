/** check, for programs: decide any certificate of any system from its own text, with its first checker. */
import { certificateKind } from "../certificates/envelope.js";
import type { LearningCertificate } from "../certificates/rcnn-learning.js";
import type { RcnnCertificate } from "../certificates/rcnn-certificate.js";
import { checkCertificate, type CertificateFault } from "../checkers/rcnn/check-certificate.js";
import { checkLearning, type LearningFault } from "../checkers/rcnn/check-learning.js";
import { rejected, type Verdict, accepted } from "../checkers/verdict.js";

/** A certificate of a system, or of a statement, that this version does not know. */
export type KindFault = "unknown-system" | "unknown-statement";

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
  if (system !== "rcnn") return rejected("unknown-system", "system", "expected rcnn", { stated: system.slice(0, 60) });
  switch (statement) {
    case "filter":
      return checkCertificate(text);
    case "learning": {
      const verdict = checkLearning(text);
      return verdict.verdict === "accepted" ? accepted(verdict.result.certificate) : verdict;
    }
    default:
      return rejected("unknown-statement", "statement", "expected filter or learning", {
        stated: statement.slice(0, 60),
      });
  }
}
