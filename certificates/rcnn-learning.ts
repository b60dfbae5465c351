/**
 * The certificate of a learning run, as data: what LEARNING.md describes. Whether it is true is for
 * checkers/rcnn/check-learning.ts.
 */
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { printJson } from "./canonical.js";
import { inKeyOrder } from "./key-order.js";
import type { SourceMachineJson } from "./machine-json.js";
import type { NetworkJson } from "./network-json.js";
import networkSchema from "./schemas/network.schema.json" with { type: "json" };
import certificateSchema from "./schemas/rcnn-certificate.schema.json" with { type: "json" };
import learningSchema from "./schemas/rcnn-learning.schema.json" with { type: "json" };

/** A kind of sum and the bound on it; see checkers/rcnn/float-bounds.ts. */
export interface SumJson {
  readonly name: string;
  readonly row: number;
  readonly grid: string;
  readonly size: string;
}

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
    readonly float32: Float32Json | null;
    readonly replay: { readonly steps: number; readonly cells: number };
  };
  /** In u-units. */
  readonly filter: NetworkJson;
  /** F = 3^(K-2) f-bar_head of u-units. */
  readonly head: NetworkJson;
}

const DOCUMENTS = {
  [networkSchema.$id]: networkSchema,
  "rcnn-certificate.schema.json#/properties/source": certificateSchema.properties.source,
} as const;

/** The bytes of a certificate's file; keys stand in the order of the schema. */
export function printLearningCertificate(certificate: LearningCertificate): string {
  return printJson(inKeyOrder(certificate, learningSchema, DOCUMENTS));
}

/** Most characters of a learning certificate's text that are read. */
export const MAX_LEARNING_CHARACTERS: number = 128 * 1024 * 1024;

export type LearningTextFault = "too-large" | "not-json" | "schema" | "not-canonical";

export type LearningText =
  | { readonly certificate: LearningCertificate }
  | { readonly fault: LearningTextFault; readonly path: string; readonly message: string };

let validator: ValidateFunction<LearningCertificate> | undefined;

/** Whether a text claims to be a learning certificate; decides nothing else. */
export function isLearningText(text: string): boolean {
  try {
    return (JSON.parse(text) as { statement?: unknown } | null)?.statement === "learning";
  } catch {
    return false;
  }
}

/** Reads the text of a learning certificate: JSON of the schema's shape, spelled as printLearningCertificate spells it. */
export function readLearningText(text: string): LearningText {
  if (text.length > MAX_LEARNING_CHARACTERS) {
    const message = `expected at most ${MAX_LEARNING_CHARACTERS} characters, got ${text.length}`;
    return { fault: "too-large", path: "", message };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { fault: "not-json", path: "", message: onOneLine((error as Error).message) };
  }
  validator ??= new Ajv2020({ allowUnionTypes: true, strictTuples: false })
    .addSchema(networkSchema)
    .addSchema(certificateSchema)
    .compile<LearningCertificate>(learningSchema);
  if (!validator(json)) {
    const [first] = validator.errors ?? [];
    const extra = first?.params["additionalProperty"] as string | undefined;
    const message = onOneLine(
      `${first?.message ?? "does not match the schema"}${extra === undefined ? "" : `: ${extra}`}`,
    );
    return { fault: "schema", path: first?.instancePath ?? "", message };
  }
  if (printLearningCertificate(json) !== text) {
    return { fault: "not-canonical", path: "", message: "the text is not spelled as LEARNING.md prescribes" };
  }
  return { certificate: json };
}

function onOneLine(message: string): string {
  return message.replaceAll(/[\s\p{C}]+/gu, " ").slice(0, 200);
}
