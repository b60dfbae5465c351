/**
 * The certificate of a circuit's network, as data: what CIRCUITS.md describes. This module gives it its type, its schema and
 * its one spelling; whether it is true is for checkers/wei-chen-ma/check-circuit.ts.
 */
import {
  certificateCodec,
  type CERTIFICATE_FORMAT,
  type CERTIFICATE_VERSION,
  type CertificateText,
} from "../envelope.js";
import type { FeedForwardJson } from "./affine-json.js";
import affineSchema from "./affine.schema.json" with { type: "json" };
import circuitSchema from "./circuit.schema.json" with { type: "json" };
import { validate } from "./circuit.validator.js";
import type { CircuitJson } from "./circuit-json.js";

/** A perturbation that makes an output wrong. */
export interface FlipJson {
  readonly input: string;
  readonly output: number;
  readonly squaredNorm: string;
  readonly entries: readonly (readonly [layer: number, row: number, column: number, value: string])[];
}

/** What was decided, each with its counts. Integers that may pass 2^53 are strings. */
export interface CircuitVerdictsJson {
  readonly function: {
    readonly layers: number;
    readonly gates: {
      readonly and: number;
      readonly or: number;
      readonly not: number;
      readonly id: number;
      readonly constant: number;
      readonly other: number;
    };
    /** 2^m where every input was tried beside the induction, else null. */
    readonly inputs: string | null;
  };
  /** Coordinates that are 0 or 1 at every input. */
  readonly binary: { readonly coordinates: number };
  /** Pairs of layers that round, coordinates in all of them together. */
  readonly correction: { readonly pairs: number; readonly coordinates: number; readonly radius: "1/3" };
  readonly norms: {
    /** |theta|_1. */
    readonly alpha: string;
    /** p at the stated width. */
    readonly parameters: string;
    /** d of F_(w,d). */
    readonly depth: number;
    readonly leastWidth: number;
    readonly largestWeight: number;
    readonly nonzero: number;
  };
  readonly margin: {
    /** The all-layer margin is at least this at every input and width. */
    readonly lower: string;
    /** The bound of Theorem D.6 at sigma_theta = sigma_xi = sigma is at least this. */
    readonly theorem: { readonly sigma: string; readonly bound: string };
    readonly flip: FlipJson | null;
  };
  /** The largest sum of absolute values in a row at any input, and the formats in which no such sum rounds. */
  readonly exactness: {
    readonly largestSum: string;
    readonly float32: boolean;
    readonly float16: boolean;
    readonly bfloat16: boolean;
  };
  /** Samples for error 1/10 with probability 99/100, rounded up to twelve digits. */
  readonly sample: {
    readonly expression: string;
    readonly explicit: string;
    readonly finiteClass: string;
    readonly inputs: string;
  };
}

/**
 * The certificate of a circuit's network. Each key is described in CIRCUITS.md, in the order of the keys.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { check, type CircuitCertificate } from "weightproof/checkers";
 *
 * const verdict = await check(readFileSync("certificates/wei-chen-ma/c17.json", "utf8"));
 * const certificate = verdict.verdict === "accepted" ? (verdict.result as CircuitCertificate) : undefined;
 * certificate?.verdicts.margin.lower; // => "81161/2500000"
 * ```
 */
export interface CircuitCertificate {
  readonly format: typeof CERTIFICATE_FORMAT;
  readonly version: typeof CERTIFICATE_VERSION;
  readonly system: "wei-chen-ma";
  readonly statement: "circuit";
  readonly reading: { readonly name: "amended"; readonly amendments: readonly string[] };
  /** A label. */
  readonly source: { readonly name: string };
  readonly circuit: CircuitJson;
  /** w, at which parameters are counted; margins hold at every width. */
  readonly width: number;
  /** SHA-256 of the canonical JSON of the parts of the same name. */
  readonly digests: { readonly circuit: string; readonly network: string };
  readonly verdicts: CircuitVerdictsJson;
  readonly network: FeedForwardJson;
}

const CODEC = certificateCodec<CircuitCertificate>(circuitSchema, validate, [affineSchema]);

/** The bytes of a certificate's file; keys stand in the order of the schema, however the value was made. */
export const printCircuitCertificate: (certificate: CircuitCertificate) => string = CODEC.print;

/** Reads the text of a certificate: JSON of the schema's shape, spelled exactly as printCircuitCertificate spells it. */
export const readCircuitText: (text: string) => CertificateText<CircuitCertificate> = CODEC.read;
