/** What the audit knows of Goel, Kakade, Kalai and Zhang. */
import { AMENDMENTS } from "../../amendments/rcnn/index.js";
import { checkCertificate } from "../../checkers/rcnn/check-certificate.js";
import { accepted, type Verdict } from "../../checkers/verdict.js";
import type { AuditedPaper, CertificateEvidence } from "../paper.js";
import { COMPUTATIONS } from "./computations.js";
import { CONSTANTS, sizeTable } from "./constants-table.js";
import { drawings } from "./drawings.js";
import { growthFigures } from "./growth.js";
import { rcnnClaims } from "./registry.js";

/** This paper as the audit's engine sees it. */
export const RCNN_PAPER: AuditedPaper = {
  title: "Recurrent Convolutional Neural Networks Learn Succinct Learning Algorithms",
  citation: "Surbhi Goel, Sham Kakade, Adam Tauman Kalai, Cyril Zhang; NeurIPS 2022",
  claims: rcnnClaims,
  amendments: AMENDMENTS,
  computations: COMPUTATIONS,
  check,
  constants: CONSTANTS,
  sizes: sizeTable,
  figures: growthFigures,
  drawings,
};

/** A certificate of a filter; the parts are those of its verdicts. */
function check(text: string): Verdict<string, CertificateEvidence> {
  const verdict = checkCertificate(text);
  if (verdict.verdict !== "accepted") return verdict;
  const { source, alphabet, verdicts } = verdict.result;
  const { weights, head, step, replay } = verdicts;
  return accepted({
    instance: `the certificate of ${source.name}, ${alphabet} alphabet`,
    parts: {
      function: `${verdicts.function.patches} patches`,
      step: `${step.closedPatches} patches closed, ${step.cases} cases of a step`,
      weights: `${weights.nonzero} numbers of the ${weights.setSize} in U_s, layers of ${weights.widths.join(", ")} rows`,
      head: `${head.units} ReLUs`,
      replay: `${replay.length} runs`,
    },
  });
}
