/** check, for programs: decide any certificate of any system from its own text, with its first checker. */
import { certificateKind } from "../certificates/envelope.js";
import type { LearningCertificate } from "../certificates/rcnn-learning.js";
import type { RcnnCertificate } from "../certificates/rcnn-certificate.js";
import type { RecodingCertificate } from "../certificates/rcnn-recoding.js";
import { checkCertificate, type CertificateFault } from "../checkers/rcnn/check-certificate.js";
import type { CircuitCertificate } from "../certificates/wei-chen-ma/circuit-certificate.js";
import type { DecoderCertificate } from "../certificates/wei-chen-ma/decoder-certificate.js";
import { checkDecoder, type DecoderCertificateFault } from "../checkers/wei-chen-ma/check-decoder.js";
import { checkLearning, type LearningFault } from "../checkers/rcnn/check-learning.js";
import { checkRecoding, type RecodingFault } from "../checkers/rcnn/check-recoding.js";
import { unknownKind, type KindFault } from "../checkers/unknown-kind.js";
import { checkCircuit, type CircuitFault } from "../checkers/wei-chen-ma/check-circuit.js";
import { accepted, type Verdict } from "../checkers/verdict.js";
import type { TracingCertificate } from "../certificates/welper/tracing-certificate.js";
import { checkTracing, type TracingFault } from "../checkers/welper/check-tracing.js";

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
): Verdict<
  CertificateFault | LearningFault | RecodingFault | CircuitFault | DecoderCertificateFault | TracingFault | KindFault,
  | RcnnCertificate
  | LearningCertificate
  | RecodingCertificate
  | CircuitCertificate
  | DecoderCertificate
  | TracingCertificate
> {
  const { system, statement } = certificateKind(text) ?? { system: "rcnn", statement: "filter" };
  switch (system) {
    case "rcnn":
      if (statement === "filter") return checkCertificate(text);
      if (statement === "learning") return learningVerdict(text);
      if (statement === "recoding") return checkRecoding(text);
      return unknownKind("unknown-statement", statement, ["filter", "learning", "recoding"]);
    case "wei-chen-ma":
      if (statement === "circuit") return checkCircuit(text);
      if (statement === "decoder") return checkDecoder(text);
      return unknownKind("unknown-statement", statement, ["circuit", "decoder"]);
    case "welper":
      if (statement === "tracing") return checkTracing(text);
      return unknownKind("unknown-statement", statement, ["tracing"]);
    default:
      return unknownKind("unknown-system", system, ["rcnn", "wei-chen-ma", "welper"]);
  }
}

function learningVerdict(text: string): Verdict<LearningFault, LearningCertificate> {
  const verdict = checkLearning(text);
  return verdict.verdict === "accepted" ? accepted(verdict.result.certificate) : verdict;
}
