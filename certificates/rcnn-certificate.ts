/**
 * The certificate of a filter, as data: what FORMAT.md describes. This module gives it its type, its schema and its one
 * spelling; whether it is true is for checkers/rcnn/check-certificate.ts.
 */
import type { ErrorObject, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { AlphabetName } from "../spec/rcnn/alphabet.js";
import type { FilterRule } from "../spec/rcnn/filter.js";
import { printJson } from "./canonical.js";
import { inKeyOrder } from "./key-order.js";
import type { NormalMachineJson, SourceMachineJson } from "./machine-json.js";
import type { NetworkJson } from "./network-json.js";
import networkSchema from "./schemas/network.schema.json" with { type: "json" };
import certificateSchema from "./schemas/rcnn-certificate.schema.json" with { type: "json" };

export const CERTIFICATE_FORMAT = "weightproof-certificate";
export const CERTIFICATE_VERSION = 1;

/** A run that the filter is replayed on, and what came out; see checkers/rcnn/check-replay.ts. */
export interface ReplayJson {
  readonly rows: number;
  readonly columns: number;
  readonly headRow: number;
  readonly headColumn: number;
  readonly layers: number;
  readonly cells: number;
  readonly haltsAtLayer: number | null;
  readonly tape: readonly string[];
}

/** What was decided, each with its counts. Integers that may pass 2^53 are strings. */
export interface VerdictsJson {
  /** Value and all nine partial derivatives equal f-bar's at every patch of the alphabet. */
  readonly function: {
    readonly patches: string;
    readonly leaves: number;
    readonly rules: Readonly<Record<FilterRule, string>>;
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

/** The bytes of a certificate's file; keys stand in the order of the schema, however the value was made. */
export function printCertificate(certificate: RcnnCertificate): string {
  return printJson(inKeyOrder(certificate, certificateSchema, { [networkSchema.$id]: networkSchema }));
}

/** Most characters of a certificate's text that are read: 128 Mi. One for s = 256 has about 1 Mi. */
export const MAX_CERTIFICATE_CHARACTERS: number = 128 * 1024 * 1024;

/** Most bytes of a file that may hold a certificate: so few characters are beyond ASCII, all in names, that none has more. */
export const MAX_CERTIFICATE_BYTES: number = 2 * MAX_CERTIFICATE_CHARACTERS;

/** Why a text is not a certificate of this format. */
export type CertificateTextFault = "too-large" | "not-json" | "schema" | "not-canonical";

export type CertificateText =
  | { readonly certificate: RcnnCertificate }
  | { readonly fault: CertificateTextFault; readonly path: string; readonly message: string };

let validator: ValidateFunction<RcnnCertificate> | undefined;

function schemaValidator(): ValidateFunction<RcnnCertificate> {
  validator ??= new Ajv2020({ allowUnionTypes: true, strictTuples: false })
    .addSchema(networkSchema)
    .compile<RcnnCertificate>(certificateSchema);
  return validator;
}

/**
 * Reads the text of a certificate: JSON of the schema's shape, spelled exactly as printCertificate spells it. So repeated
 * keys, trailing bytes and other ways of writing the same value are no certificate.
 */
export function readCertificateText(text: string): CertificateText {
  if (text.length > MAX_CERTIFICATE_CHARACTERS) {
    const message = `expected at most ${MAX_CERTIFICATE_CHARACTERS} characters, got ${text.length}`;
    return { fault: "too-large", path: "", message };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { fault: "not-json", path: "", message: onOneLine(error instanceof Error ? error.message : String(error)) };
  }
  const validate = schemaValidator();
  if (!validate(json)) {
    const [first] = validate.errors ?? [];
    return { fault: "schema", path: first?.instancePath ?? "", message: describe(first) };
  }
  const printed = printCertificate(json);
  if (printed !== text) {
    const line = firstDifference(printed, text);
    return { fault: "not-canonical", path: `line ${line}`, message: "the text is not spelled as FORMAT.md prescribes" };
  }
  return { certificate: json };
}

function describe(error: ErrorObject | undefined): string {
  if (error === undefined) return "does not match the schema";
  const detail = error.params["additionalProperty"] as string | undefined;
  return onOneLine(`${error.message ?? "does not match the schema"}${detail === undefined ? "" : `: ${detail}`}`);
}

/** A message that may quote the text: no line breaks or control characters, and not long. */
function onOneLine(message: string): string {
  const line = message.replaceAll(/[\s\p{C}]+/gu, " ");
  return line.length <= 200 ? line : `${line.slice(0, 197)}...`;
}

/** The number of the first line on which two texts differ, from 1. */
function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a.slice(0, i).split("\n").length;
}
