/**
 * The certificate of a learning run, as data: what LEARNING.md describes. Whether it is true is for
 * checkers/rcnn/check-learning.ts.
 */
import { certificateCodec, certificateKind, type CertificateText } from "./envelope.js";
import type { SourceMachineJson } from "./machine-json.js";
import type { NetworkJson } from "./network-json.js";
import networkSchema from "./schemas/network.schema.json" with { type: "json" };
import certificateSchema from "./schemas/rcnn-certificate.schema.json" with { type: "json" };
import learningSchema from "./schemas/rcnn-learning.schema.json" with { type: "json" };
import { validate } from "./schemas/rcnn-learning.validator.js";

/** A kind of sum and the bound on it; see checkers/rcnn/float-bounds.ts. */
export interface SumJson {
  readonly name: string;
  readonly row: number;
  readonly grid: string;
  readonly size: string;
}

/**
 * Bounds on the sums that a tensor engine forms, forward and backward, for a layout and a size of grid (LEARNING.md).
 */
export interface Float32Json {
  readonly layout: "dense" | "taps";
  readonly rows: number;
  readonly mainColumns: number;
  readonly forward: readonly SumJson[];
  readonly backward: readonly SumJson[];
}

/** One predicted point. */
export interface PredictionJson {
  /** d signs. */
  readonly x: string;
  /** The output f, a rational in its one spelling. */
  readonly f: string;
  readonly answer: "+" | "-" | null;
  readonly settles: number | null;
}

/**
 * The certificate of a learning run. Each key is described in LEARNING.md, in the order of the keys.
 *
 * @example
 * ```ts
 * import { check, type LearningCertificate } from "weightproof/checkers";
 *
 * // The points that a learning run left without an answer.
 * const unanswered = ({ predictions }: LearningCertificate) => predictions.filter(({ answer }) => answer === null);
 * const verdict = await check("{}");
 * if (verdict.verdict === "accepted" && verdict.result.statement === "learning") unanswered(verdict.result);
 * verdict.verdict; // => "rejected"
 * ```
 */
export interface LearningCertificate {
  readonly format: "weightproof-certificate";
  readonly version: 1;
  readonly system: "rcnn";
  readonly statement: "learning";
  readonly source: SourceMachineJson;
  readonly digests: { readonly source: string; readonly filter: string; readonly head: string };
  readonly shape: { readonly d: number; readonly m: number; readonly columns: number; readonly layers: number };
  /** "+-+ -": d signs, a blank, the label. */
  readonly examples: readonly string[];
  /** Rows of W in units of 1/3; shape: m + 1 lines of d + 1 signs. */
  readonly memory: readonly string[];
  readonly predictions: readonly PredictionJson[];
  readonly verdicts: {
    readonly memorization: {
      readonly rowWindows: number;
      readonly columnWindows: number;
      readonly patches: number;
      readonly waves: number;
      readonly trainingSets: number;
    };
    readonly handOver: { readonly fronts: number; readonly patches: string };
    readonly float32: Float32Json | null;
    readonly replay: { readonly steps: number; readonly cells: number };
  };
  /** In u-units. */
  readonly filter: NetworkJson;
  /** F = 3^(K-2) f-bar_head of u-units. */
  readonly head: NetworkJson;
}

const CODEC = certificateCodec<LearningCertificate>(learningSchema, validate, [networkSchema, certificateSchema], {
  "rcnn-certificate.schema.json#/properties/source": certificateSchema.properties.source,
});

/** The bytes of a certificate's file; keys are in the order of the schema. */
export const printLearningCertificate: (certificate: LearningCertificate) => string = CODEC.print;

/**
 * Reads the text of a learning certificate: JSON of the schema's shape, spelled as printLearningCertificate spells it.
 */
export const readLearningText: (text: string) => CertificateText<LearningCertificate> = CODEC.read;

/** Whether a text claims to be a learning certificate; decides nothing else. */
export function isLearningText(text: string): boolean {
  const kind = certificateKind(text);
  return kind?.system === "rcnn" && kind.statement === "learning";
}
