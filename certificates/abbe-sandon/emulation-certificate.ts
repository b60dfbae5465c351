/**
 * The certificate of an emulation net, as data: what EMULATION.md describes. This module gives it its type, its schema and its one
 * spelling; whether it is true is for checkers/abbe-sandon/check-emulation.ts.
 */
import {
  certificateCodec,
  type CERTIFICATE_FORMAT,
  type CERTIFICATE_VERSION,
  type CertificateText,
} from "../envelope.js";
import type { CircuitJson } from "../wei-chen-ma/circuit-json.js";
import emulationSchema from "./emulation.schema.json" with { type: "json" };
import { validate } from "./emulation.validator.js";

/** Edges that end in a vertex: ["from", "weight"] by rising vertices, numbers as reduced fractions. */
export type VertexJson = readonly (readonly [from: number, weight: string])[];

/** A memory gadget: its vertices in rising order, and the controls of the tails that raise and lower the output. */
export interface GadgetJson {
  readonly vertices: readonly number[];
  readonly controls: readonly [raise: number, lower: number];
}

/** What the net is trained with. */
export interface TrainingJson {
  /** L(x) = x^2 of the difference of output and label. */
  readonly loss: "square";
  readonly learningRate: string;
  /** The points right of 0 of an odd piecewise-linear function. */
  readonly activation: readonly (readonly [x: string, y: string])[];
}

/** The formats of floating-point numbers, from the least. */
export const FLOAT_FORMATS = ["float16", "float32", "float64"] as const;

/** A format, or null where none of them is exact. */
export type FloatFormat = (typeof FLOAT_FORMATS)[number] | null;

/** What was decided, each with its counts. Integers that may pass 2^53 are strings. */
export interface EmulationVerdictsJson {
  readonly size: { readonly vertices: number; readonly edges: number };
  /** Vertices that never see a gradient, and the assignments at which each was tried, together. */
  readonly gates: { readonly vertices: number; readonly cases: number };
  /** Gadgets, their states of weights, and the situations that were tried in them, together. */
  readonly gadgets: { readonly count: number; readonly states: number; readonly cases: number };
  /** m', so many gadgets are open in every step; what each adds. */
  readonly output: { readonly copies: number; readonly contribution: string };
  /** 2^(n + m) where every x and b was tried, else null. */
  readonly function: { readonly inputs: string | null };
  /** The least format in which no step rounds, whatever the order of sums. */
  readonly exactness: { readonly format: FloatFormat };
}

/** The certificate of an emulation net. Each key is described in EMULATION.md, in the order of the keys. */
export interface EmulationCertificate {
  readonly format: typeof CERTIFICATE_FORMAT;
  readonly version: typeof CERTIFICATE_VERSION;
  readonly system: "abbe-sandon";
  readonly statement: "emulation";
  readonly reading: { readonly name: "practical"; readonly amendments: readonly string[] };
  /** A label. */
  readonly source: { readonly name: string };
  readonly learner: { readonly inputs: number; readonly memory: number; readonly circuit: CircuitJson };
  readonly training: TrainingJson;
  /** SHA-256 of the canonical JSON of the parts of the same name. */
  readonly digests: { readonly learner: string; readonly training: string; readonly network: string };
  readonly verdicts: EmulationVerdictsJson;
  readonly network: { readonly vertices: readonly VertexJson[]; readonly gadgets: readonly GadgetJson[] };
}

const CODEC = certificateCodec<EmulationCertificate>(emulationSchema, validate, []);

/** The bytes of a certificate's file; keys stand in the order of the schema, however the value was made. */
export const printEmulationCertificate: (certificate: EmulationCertificate) => string = CODEC.print;

/** Reads the text of a certificate: JSON of the schema's shape, spelled exactly as printEmulationCertificate spells it. */
export const readEmulationText: (text: string) => CertificateText<EmulationCertificate> = CODEC.read;
