/**
 * The certificate of a recoding, as data: what RECODING.md describes. Whether it is true is for checkers/rcnn/check-recoding.ts.
 */
import type { TapeSymbol } from "../spec/machines/machine.js";
import type { RecodedState, Recoding } from "../spec/machines/recoding.js";
import { decodeAlphabetSource, encodeAlphabetSource, type AlphabetSourceJson } from "./alphabet-machine-json.js";
import { digestOf } from "./canonical.js";
import {
  CERTIFICATE_FORMAT,
  CERTIFICATE_VERSION,
  certificateCodec,
  certificateKind,
  type CertificateText,
} from "./envelope.js";
import { decodeSourceMachine, encodeSourceMachine, type SourceMachineJson } from "./machine-json.js";
import certificateSchema from "./schemas/rcnn-certificate.schema.json" with { type: "json" };
import recodingSchema from "./schemas/rcnn-recoding.schema.json" with { type: "json" };
import { validate } from "./schemas/rcnn-recoding.validator.js";

/** [source state, target state, row, column] */
export type RecodedStateJson = readonly [state: string, target: string, row: number, column: number];

/** A run of both machines: what is given, then what is found. */
export interface RecodingRunJson {
  readonly input: readonly (readonly string[])[];
  readonly headRow: number;
  readonly headColumn: number;
  readonly limit: number;
  readonly steps: number;
  readonly targetSteps: number;
  readonly end: "running" | "halted" | "stopped";
  readonly state: string;
  readonly row: number;
  readonly column: number;
  readonly top: number;
  readonly left: number;
  readonly tape: readonly (readonly string[])[];
}

/** What is decided of a recoding. */
export interface RecodingVerdicts {
  readonly steps: { readonly situations: number; readonly shortest: number; readonly longest: number };
  readonly replay: readonly RecodingRunJson[];
}

/**
 * The certificate of a recoding. Each key is described in RECODING.md, in the order of the keys.
 *
 * @example
 * ```ts
 * import { check, type RecodingCertificate } from "weightproof/checkers";
 *
 * // Steps of the target for one of the source, at least and at most.
 * const cost = ({ verdicts }: RecodingCertificate) => [verdicts.steps.shortest, verdicts.steps.longest];
 * const verdict = await check("{}");
 * if (verdict.verdict === "accepted" && verdict.result.statement === "recoding") cost(verdict.result);
 * verdict.verdict; // => "rejected"
 * ```
 */
export interface RecodingCertificate {
  readonly format: "weightproof-certificate";
  readonly version: 1;
  readonly system: "rcnn";
  readonly statement: "recoding";
  readonly source: AlphabetSourceJson;
  readonly target: SourceMachineJson;
  readonly digests: { readonly source: string; readonly target: string };
  readonly block: { readonly rows: number; readonly columns: number; readonly codes: readonly string[] };
  readonly states: readonly RecodedStateJson[];
  readonly stopped: readonly RecodedStateJson[];
  readonly verdicts: RecodingVerdicts;
}

const CODEC = certificateCodec<RecodingCertificate>(recodingSchema, validate, [certificateSchema], {
  "rcnn-certificate.schema.json#/properties/source": certificateSchema.properties.source,
});

/** The bytes of a certificate's file; keys are in the order of the schema. */
export const printRecodingCertificate: (certificate: RecodingCertificate) => string = CODEC.print;

/** Reads the text of a certificate: JSON of the schema's shape, spelled as printRecodingCertificate spells it. */
export const readRecodingText: (text: string) => CertificateText<RecodingCertificate> = CODEC.read;

/** Whether a text claims to be the certificate of a recoding; decides nothing else. */
export function isRecodingText(text: string): boolean {
  const kind = certificateKind(text);
  return kind?.system === "rcnn" && kind.statement === "recoding";
}

const DIGITS: Readonly<Record<string, TapeSymbol>> = { "-": -1, ".": 0, "+": 1 };

/** A certificate with verdicts supplied by the caller. */
export function encodeRecoding(recoding: Recoding, verdicts: RecodingVerdicts): RecodingCertificate {
  const source = encodeAlphabetSource(recoding.source);
  const target = encodeSourceMachine(recoding.target);
  const places = (all: readonly RecodedState[]): RecodedStateJson[] =>
    all.map(({ state, target: to, row, column }) => [state, to, row, column]);
  const codes = recoding.codes.map((code) => code.map((digit) => ["-", ".", "+"][digit + 1]).join(""));
  return {
    format: CERTIFICATE_FORMAT,
    version: CERTIFICATE_VERSION,
    system: "rcnn",
    statement: "recoding",
    source,
    target,
    digests: { source: digestOf(source), target: digestOf(target) },
    block: { rows: recoding.rows, columns: recoding.columns, codes },
    states: places(recoding.states),
    stopped: places(recoding.stopped),
    verdicts,
  };
}

/** The recoding that a schema-valid certificate states; nothing is decided. */
export function decodeRecoding({ source, target, block, states, stopped }: RecodingCertificate): Recoding {
  const places = (all: readonly RecodedStateJson[]): RecodedState[] =>
    all.map(([state, to, row, column]) => ({ state, target: to, row, column }));
  return {
    source: decodeAlphabetSource(source),
    target: decodeSourceMachine(target),
    rows: block.rows,
    columns: block.columns,
    codes: block.codes.map((code) => Array.from(code, (digit) => DIGITS[digit] as TapeSymbol)),
    states: places(states),
    stopped: places(stopped),
  };
}
