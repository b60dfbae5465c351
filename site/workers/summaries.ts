/** What an accepted certificate of any system says, as labels and texts. */
import type { FirstVerdict, LearningCertificate } from "../../checkers/index.js";
import { counted, grouped } from "../../systems/print-verdict.js";
import { sourceLine, summary } from "../../systems/rcnn/summary.js";
import { circuitSummary } from "../../systems/wei-chen-ma/circuit-summary.js";
import { decoderSummary } from "../../systems/wei-chen-ma/decoder-summary.js";

type Lines = readonly (readonly [label: string, text: string])[];

/** What the first checker accepts. */
type Certificate = Extract<FirstVerdict, { readonly verdict: "accepted" }>["result"];

/** The lines of a certificate; of statements that have none of their own yet, its name and its digests. */
export function summaryOf(certificate: Certificate): Lines {
  switch (certificate.statement) {
    case "filter":
      return [["machine", certificate.source.name], ...summary(certificate)];
    case "learning":
      return learningSummary(certificate);
    case "circuit":
      return [["circuit", certificate.source.name], ...circuitSummary(certificate)];
    case "decoder":
      return [["machine", certificate.source.name], ...decoderSummary(certificate)];
    default:
      return [
        ["source", certificate.source.name],
        ...Object.entries(certificate.digests).map(([part, digest]) => ["digest", `${digest} (${part})`] as const),
      ];
  }
}

function learningSummary({ source, shape, predictions, digests, verdicts }: LearningCertificate): Lines {
  const answered = predictions.filter(({ answer }) => answer !== null).length;
  return [
    ["machine", source.name],
    sourceLine(digests.source),
    [
      "run",
      `${shape.m} examples of d = ${shape.d}; ${counted(shape.columns, "padding column")}, ${counted(shape.layers, "layer")}`,
    ],
    ["memory", `Algorithm 1 replayed: ${verdicts.replay.steps} steps leave W as stated`],
    [
      "predictions",
      `${predictions.length} points rolled out again, ${answered} with an answer, ${grouped(verdicts.replay.cells)} cells`,
    ],
    ["digest", `${digests.filter} (filter)`],
  ];
}
