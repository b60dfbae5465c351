/**
 * The certificate of a filter, as data: what FORMAT.md describes. This module gives it its type, its schema and its one
 * spelling; whether it is true is for checkers/rcnn/check-certificate.ts.
 */
import type { AlphabetName } from "../spec/rcnn/alphabet.js";
import type { RuleLine } from "../spec/rcnn/cell-rule.js";
import {
  certificateCodec,
  type CERTIFICATE_FORMAT,
  type CERTIFICATE_VERSION,
  type CertificateText,
} from "./envelope.js";
import type { NormalMachineJson, SourceMachineJson } from "./machine-json.js";
import type { NetworkJson } from "./network-json.js";
import networkSchema from "./schemas/network.schema.json" with { type: "json" };
import certificateSchema from "./schemas/rcnn-certificate.schema.json" with { type: "json" };
import { validate } from "./schemas/rcnn-certificate.validator.js";

/** A run on which the filter is replayed, and how it ended; see checkers/rcnn/check-replay.ts. */
export interface ReplayJson {
  readonly rows: number;
  readonly columns: number;
  readonly headRow: number;
  readonly headColumn: number;
  /** The grid before the first layer, as `tape` has it; a blank one if absent. */
  readonly input?: readonly string[];
  readonly layers: number;
  readonly cells: number;
  readonly haltsAtLayer: number | null;
  readonly tape: readonly string[];
}

/** The verdicts, each with its counts. Integers that may exceed 2^53 are strings. */
export interface VerdictsJson {
  /** Value and all nine partial derivatives equal f-bar's at every patch of the alphabet. */
  readonly function: {
    readonly patches: string;
    readonly leaves: number;
    readonly rules: Readonly<Record<RuleLine, string>>;
  };
  /** A layer is a step of the machine, on every grid. */
  readonly step: { readonly closedPatches: string; readonly cases: number };
  /** Weights in U_s; widths. */
  readonly weights: {
    readonly setSize: number;
    readonly distinct: number;
    readonly nonzero: number;
    readonly widths: readonly number[];
    readonly widthBound: number;
    readonly withinWidthBound: boolean;
  };
  /** The head network equals f-bar_head on the whole line. */
  readonly head: { readonly units: number; readonly kinks: number; readonly intervals: number };
  readonly replay: readonly ReplayJson[];
}

/**
 * The certificate of a filter. Each key is described in FORMAT.md, in the order of the keys.
 *
 * @example
 * ```ts
 * import { certify, loadMachine, type RcnnCertificate } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * const certificate: RcnnCertificate | undefined = verdict.verdict === "accepted" ? verdict.result.certificate : undefined;
 * certificate?.code; // => { states: 4, stateDigits: 2, lastIndex: 5, scale: "486" }
 * certificate?.filter.layers.map(({ name }) => name); // => ["V1", "V2", "V3", "V4", "V5"]
 * ```
 */
export interface RcnnCertificate {
  readonly format: typeof CERTIFICATE_FORMAT;
  readonly version: typeof CERTIFICATE_VERSION;
  readonly system: "rcnn";
  readonly statement: "filter";
  readonly reading: { readonly name: "amended"; readonly amendments: readonly string[] };
  readonly source: SourceMachineJson;
  readonly machine: NormalMachineJson;
  readonly alphabet: AlphabetName;
  /** The cell code: s, number of state digits, K, and u-units in one x-unit. */
  readonly code: {
    readonly states: number;
    readonly stateDigits: number;
    readonly lastIndex: number;
    readonly scale: string;
  };
  /** In u-units. */
  readonly filter: NetworkJson;
  /** In x-units. */
  readonly head: NetworkJson;
  /** SHA-256 of the canonical JSON of the parts of the same name. */
  readonly digests: {
    readonly source: string;
    readonly machine: string;
    readonly filter: string;
    readonly head: string;
  };
  readonly verdicts: VerdictsJson;
}

const CODEC = certificateCodec<RcnnCertificate>(certificateSchema, validate, [networkSchema]);

/** The bytes of a certificate's file; keys are in the order of the schema, however the value was made. */
export const printCertificate: (certificate: RcnnCertificate) => string = CODEC.print;

/**
 * Reads the text of a certificate: JSON of the schema's shape, spelled exactly as printCertificate spells it. So
 * repeated keys, trailing bytes or another way of writing the same value make a text no certificate.
 */
export const readCertificateText: (text: string) => CertificateText<RcnnCertificate> = CODEC.read;
