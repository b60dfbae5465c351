/** check: decide a certificate from its own text and the specification alone. */
import { isLearningText, type LearningCertificate } from "../certificates/rcnn-learning.js";
import type { RcnnCertificate } from "../certificates/rcnn-certificate.js";
import { checkCertificate, type CertificateFault } from "../checkers/rcnn/check-certificate.js";
import { checkLearning, type LearningFault } from "../checkers/rcnn/check-learning.js";
import type { Verdict } from "../checkers/verdict.js";

/** Decides the text of a certificate, of a filter or of a learning run, with the first checker. */
export function check(text: string): Verdict<CertificateFault | LearningFault, RcnnCertificate | LearningCertificate> {
  if (!isLearningText(text)) return checkCertificate(text);
  const verdict = checkLearning(text);
  return verdict.verdict === "accepted" ? { verdict: "accepted", counts: verdict.counts.certificate } : verdict;
}
