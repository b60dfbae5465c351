/**
 * The certificate of a tracing loss, as data: what TRACING.md describes. This module gives it its type, its schema and its one
 * spelling; whether it is true is for checkers/welper/check-tracing.ts.
 */
import {
  certificateCodec,
  type CERTIFICATE_FORMAT,
  type CERTIFICATE_VERSION,
  type CertificateText,
} from "../envelope.js";
import tracingSchema from "./tracing.schema.json" with { type: "json" };
import { validate } from "./tracing.validator.js";
import type { MultiTapeMachineJson, MultiTapeSourceJson, TracingNetworkJson } from "./tracing-json.js";

/** A tape at the start of a replayed run. */
export interface ReplayTapeJson {
  readonly rows: number;
  readonly columns: number;
  /** Indices of symbols, row by row. */
  readonly cells: readonly number[];
  readonly head: number;
}

/** A run on which descent is replayed. */
export interface TracingRunJson {
  readonly tapes: readonly ReplayTapeJson[];
  readonly steps: number;
  /** The first step after which the state halts (0: at the start), or null. */
  readonly haltsAt: number | null;
  /** After the last step. */
  readonly state: number;
  readonly end: readonly { readonly cells: readonly number[]; readonly head: number }[];
}

/** Constants of the loss and of the descent. */
export interface TracingConstantsJson {
  readonly b: string;
  readonly gamma: string;
  readonly rates: { readonly content: string; readonly head: string; readonly projected: string };
  readonly levels: { readonly lower: string; readonly upper: string };
}

/** What was decided; TRACING.md, "Verdicts". */
export interface TracingVerdictsJson {
  /** No ReLU of l_S is at its kink at a vertex; l_S is affine on every corner S_v^mu for mu = corner. */
  readonly gradient: {
    readonly vertices: number;
    readonly units: number;
    readonly decided: number;
    readonly corner: string;
  };
  /** From every running vertex, whatever is read, the successor alone is least. */
  readonly step: {
    readonly running: number;
    readonly readings: number;
    readonly cases: number;
    readonly comparisons: string;
    readonly gap: string;
  };
  /** One step of T writes what the machine writes, one of H moves as it moves. */
  readonly tapes: { readonly writes: number; readonly moves: number };
  /** The loss at running and at halting vertices lies in these intervals. */
  readonly levels: {
    readonly running: readonly [least: string, most: string] | null;
    readonly halting: readonly [least: string, most: string] | null;
  };
  /** The least rate of x at which projected gradient takes the same steps. */
  readonly projection: { readonly least: string };
  /** (18) and (20), which the printed loss needs. */
  readonly conditions: { readonly eighteen: readonly [boolean, boolean, boolean]; readonly twenty: boolean };
  /** (19): the values at vertices and named points; null if the loss is not the printed one. */
  readonly named: { readonly points: number } | null;
  /** ReLUs of l_S and their entries, against |Q| |Gamma|^d. */
  readonly width: {
    readonly units: number;
    readonly entries: number;
    readonly bound: number;
    readonly within: boolean;
  };
  readonly replay: readonly TracingRunJson[];
}

/**
 * A certificate; TRACING.md, "Keys".
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { check, type TracingCertificate } from "weightproof/checkers";
 *
 * const verdict = await check(readFileSync("certificates/welper/bb4.json", "utf8"));
 * const certificate = verdict.verdict === "accepted" ? (verdict.result as TracingCertificate) : undefined;
 * certificate?.verdicts.step.cases; // => 16
 * ```
 */
export interface TracingCertificate {
  readonly format: typeof CERTIFICATE_FORMAT;
  readonly version: typeof CERTIFICATE_VERSION;
  readonly system: "welper";
  readonly statement: "tracing";
  readonly reading: { readonly name: "amended"; readonly amendments: readonly string[] };
  readonly source: MultiTapeSourceJson;
  readonly machine: MultiTapeMachineJson;
  readonly loss: "fan" | "printed";
  readonly tripled: boolean;
  readonly constants: TracingConstantsJson;
  readonly digests: { readonly source: string; readonly machine: string; readonly network: string };
  readonly verdicts: TracingVerdictsJson;
  readonly network: TracingNetworkJson;
}

const CODEC = certificateCodec<TracingCertificate>(tracingSchema, validate, []);

/** The bytes of a certificate's file; keys are in the order of the schema, however the value was made. */
export const printTracingCertificate: (certificate: TracingCertificate) => string = CODEC.print;

/** Reads the text of a certificate, spelled exactly as printTracingCertificate spells it. */
export const readTracingCertificate: (text: string) => CertificateText<TracingCertificate> = CODEC.read;
