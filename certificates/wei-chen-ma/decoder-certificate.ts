/**
 * The certificate of a decoder, as data: what DECODER.md describes. This module gives it its type, its schema and its one
 * spelling; whether it is true is for checkers/wei-chen-ma/check-decoder.ts.
 */
import type { TapeKind } from "../../spec/machines/tape-machine.js";
import {
  certificateCodec,
  type CERTIFICATE_FORMAT,
  type CERTIFICATE_VERSION,
  type CertificateText,
} from "../envelope.js";
import affineSchema from "./affine.schema.json" with { type: "json" };
import decoderSchema from "./decoder.schema.json" with { type: "json" };
import { validate } from "./decoder.validator.js";
import type { DecoderJson } from "./decoder-json.js";
import type { TapeMachineJson, TapeSourceJson } from "./tape-machine-json.js";

/** A run that the decoder is replayed on. */
export interface DecoderRunJson {
  /** Indices of symbols. */
  readonly input: readonly number[];
  readonly passes: number;
  /** The first pass after which the state is a halting one, or null. */
  readonly haltsAt: number | null;
  /** After the last pass. */
  readonly state: number;
  readonly position: number;
  /** Which positions each module read, as a digest. */
  readonly reads: string;
}

/** A floating-point format in which nothing but a mean over more ties can round. */
export interface FloatFormatJson {
  readonly format: string;
  /** Whether all sums, means apart, are exact. */
  readonly exact: boolean;
  /** How many ties a mean may have. */
  readonly ties: string;
}

/** One entry of a perturbation: a map of a layer, by its place in the layer; `column` null is the bias. */
export type FlipEntryJson = readonly [layer: number, map: number, row: number, column: number | null, value: string];

/** A perturbation that changes the sign of the output: an upper bound of the all-layer margin. */
export interface FlipJson {
  readonly input: readonly number[];
  readonly passes: number;
  readonly entries: readonly FlipEntryJson[];
  /** |delta|_2^2 */
  readonly squaredNorm: string;
  /** F(x, theta + delta) */
  readonly output: string;
}

/** What was decided; DECODER.md, "Keys" and what follows. */
export interface DecoderVerdictsJson {
  /** A pass is a step of the machine, for every history and input within capacity. */
  readonly step: {
    readonly layers: number;
    readonly attention: Readonly<Record<"any" | "bit" | "last" | "input", number>>;
    readonly longestInput: string;
  };
  /** Every corrected coordinate is 0 or 1. */
  readonly binary: { readonly coordinates: number };
  /** Definition D.1. */
  readonly correction: { readonly layers: number; readonly radius: string };
  readonly norms: {
    /** |theta|_1 */
    readonly alpha: string;
    /** Parameters of the architecture, dense, at the stated width. */
    readonly parameters: string;
    readonly layers: number;
    readonly width: number;
    readonly largestWeight: number;
  };
  /** All-layer margin: at least `bound`; a perturbation that flips, or null. */
  readonly margin: { readonly bound: string; readonly entry: string; readonly flip: FlipJson | null };
  readonly exactness: { readonly largestSum: string; readonly formats: readonly FloatFormatJson[] };
  /** The least integer scale at which softmax attention gives the same after every correction, or null. */
  readonly softmax: { readonly scale: number | null };
  readonly replay: readonly DecoderRunJson[];
}

/**
 * A certificate; DECODER.md, "Keys".
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { check, type DecoderCertificate } from "weightproof/checkers";
 *
 * const verdict = await check(readFileSync("certificates/wei-chen-ma/bb2.json", "utf8"));
 * const certificate = verdict.verdict === "accepted" ? (verdict.result as DecoderCertificate) : undefined;
 * certificate?.verdicts.margin.bound; // => "10369/1000000"
 * ```
 */
export interface DecoderCertificate {
  readonly format: typeof CERTIFICATE_FORMAT;
  readonly version: typeof CERTIFICATE_VERSION;
  readonly system: "wei-chen-ma";
  readonly statement: "decoder";
  readonly reading: { readonly name: "amended"; readonly amendments: readonly string[] };
  readonly source: TapeSourceJson;
  readonly machine: TapeMachineJson;
  readonly tape: TapeKind;
  /** N */
  readonly passes: number;
  /** Indices of states, rising. */
  readonly label: { readonly accept: readonly number[]; readonly reject: readonly number[] };
  readonly digests: { readonly source: string; readonly machine: string; readonly decoder: string };
  readonly verdicts: DecoderVerdictsJson;
  readonly decoder: DecoderJson;
  /** For each layer, what its coordinates hold, where that differs from the layer before: [coordinate, formula], or "0". */
  readonly formulas: readonly (readonly (readonly [coordinate: number, formula: string])[])[];
}

const CODEC = certificateCodec<DecoderCertificate>(decoderSchema, validate, [affineSchema]);

/** The bytes of a certificate's file; keys stand in the order of the schema, however the value was made. */
export const printDecoderCertificate: (certificate: DecoderCertificate) => string = CODEC.print;

/** Reads the text of a certificate, spelled exactly as printDecoderCertificate spells it. */
export const readDecoderCertificate: (text: string) => CertificateText<DecoderCertificate> = CODEC.read;
