/** The certificate of a decoder (DECODER.md): its shape, its reading and its digests. */
import {
  agree,
  array,
  count,
  decideDigests,
  digest,
  list,
  name,
  oneOf,
  orNull,
  record,
  type Reject,
  reject as rejectText,
  type Shape,
  string,
  tuple,
  valueOfText,
  whole,
} from "./text.js";

/** Why a certificate is rejected. */
export type DecoderCode =
  | "reading"
  | "source-machine"
  | "normal-form"
  | "label"
  | "network"
  | "decoder-shape"
  | "capacity"
  | "embedding"
  | "start"
  | "classifier"
  | "attention-unsupported"
  | "attention-gap"
  | "binary"
  | "formula"
  | "step"
  | "correction"
  | "margin"
  | "flip"
  | "replay-run"
  | "replay"
  | "counts";

/** Ends the check with one of these codes. */
export const reject: Reject<DecoderCode> = rejectText;

/** The reading that this checker embodies; docs/divergences.md says what each of these means. */
// prettier-ignore
const AMENDMENTS = [
  "position-bits", "first-symbol", "first-step-outside", "extra-step", "initial-output", "long-input", "left-end",
  "halting-loop", "halting-label", "c3-pos1", "affine", "pair-width", "scratch", "i-prime", "c5-null", "c5-case-2",
  "c3-cites", "c7-query", "round-variable", "round-weights", "encoder-uncorrected", "hard-max-min", "precision",
];

type Sparse = readonly (readonly [coordinate: number, value: string])[];

interface AttentionText {
  readonly query: number;
  readonly key: number;
  readonly value: number;
  readonly nullKey: Sparse;
  readonly nullValue: Sparse;
}

/** A run that is replayed. */
export interface Run {
  readonly input: readonly number[];
  readonly passes: number;
  readonly haltsAt: number | null;
  readonly state: number;
  readonly position: number;
  readonly reads: string;
}

/** A perturbation of the three maps of layers. */
export interface Flip {
  readonly input: readonly number[];
  readonly passes: number;
  readonly entries: readonly (readonly [
    layer: number,
    map: number,
    row: number,
    column: number | null,
    value: string,
  ])[];
  readonly squaredNorm: string;
  readonly output: string;
}

/** A certificate as far as this checker reads it. */
export interface Certificate {
  readonly reading: { readonly amendments: readonly string[] };
  readonly source: {
    readonly symbols: readonly string[];
    readonly states: readonly string[];
    readonly start: string;
    readonly halting: readonly string[];
    readonly table: readonly (readonly [
      state: string,
      entries: readonly (readonly [read: string, write: string, move: "left" | "right" | "stay", next: string])[],
    ])[];
  };
  readonly machine: object;
  readonly tape: "two-way" | "one-way";
  readonly passes: number;
  readonly label: { readonly accept: readonly number[]; readonly reject: readonly number[] };
  readonly digests: Readonly<Record<"source" | "machine" | "decoder", string>>;
  readonly verdicts: {
    readonly margin: { readonly bound: string; readonly entry: string; readonly flip: Flip | null };
    readonly replay: readonly Run[];
  };
  readonly decoder: {
    readonly states: number;
    readonly symbols: number;
    readonly bits: number;
    readonly width: number;
    readonly embedding: readonly Sparse[];
    readonly start: Sparse;
    readonly classifier: Sparse;
    readonly maps: readonly {
      readonly inputs: number;
      readonly rows: readonly (readonly [bias: string, ...entries: (readonly [column: number, weight: string])[]])[];
    }[];
    readonly layers: readonly {
      readonly self: AttentionText | null;
      readonly cross: AttentionText | null;
      readonly feedForward: readonly [number, number, number];
    }[];
  };
  readonly formulas: readonly (readonly (readonly [coordinate: number, formula: string])[])[];
}

const integer = string(/^(?!.{65})(0|-?[1-9][0-9]*)$/);
const weightText = string(/^(0|-?[1-9][0-9]{0,9})$/);
/** Whether it is reduced is decided where it is used. */
const ratio = string(/^(?!.{2101})(0|-?[1-9][0-9]*)(\/[1-9][0-9]*)?$/);
const label = string(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,64}$/u);
const names = list(label, 4098);
const sparse = list(tuple(count, integer), 1_000_000);
const affineMap = record({
  inputs: count,
  rows: list(array([weightText], 1_000_001, tuple(count, weightText)), 1_000_000),
});
const attention = orNull(record({ query: count, key: count, value: count, nullKey: sparse, nullValue: sparse }));
const word = list(count, 65536);

// prettier-ignore
const shapeOfDecoder = record({
  states: count, symbols: count, bits: whole(40, 1), width: count,
  embedding: list(sparse, 256), start: sparse, classifier: sparse,
  maps: list(affineMap, 65536),
  layers: list(record({ self: attention, cross: attention, feedForward: tuple(count, count, count) }), 16384, 1),
});

// prettier-ignore
const certificateShape: Shape<Certificate> = record({
  format: oneOf("weightproof-certificate"), version: oneOf(1), system: oneOf("wei-chen-ma"), statement: oneOf("decoder"),
  reading: record({ name: oneOf("amended"), amendments: list(name, 256) }),
  source: record({
    name: label, symbols: list(label, 256, 1), states: names, start: label, halting: names,
    table: list(tuple(label, list(tuple(label, label, oneOf("left", "right", "stay"), label), 256, 1)), 4096),
  }),
  machine: record({
    states: names, halting: list(count, 4098),
    table: list(list(tuple(count, oneOf(-1, 0, 1), count), 256), 4098),
  }),
  tape: oneOf("two-way", "one-way"),
  passes: whole(2 ** 40, 1),
  label: record({ accept: list(count, 4098), reject: list(count, 4098) }),
  digests: record({ source: digest, machine: digest, decoder: digest }),
  verdicts: record({
    step: record({
      layers: count, attention: record({ any: count, bit: count, last: count, input: count }), longestInput: integer,
    }),
    binary: record({ coordinates: count }),
    correction: record({ layers: count, radius: ratio }),
    norms: record({ alpha: integer, parameters: integer, layers: count, width: count, largestWeight: count }),
    margin: record({
      bound: ratio, entry: ratio,
      flip: orNull(record({
        input: word, passes: count, entries: list(tuple(count, count, count, orNull(count), ratio), 65536),
        squaredNorm: ratio, output: ratio,
      })),
    }),
    exactness: record({
      largestSum: integer,
      formats: list(record({ format: label, exact: oneOf(true, false), ties: integer }), 16),
    }),
    softmax: record({ scale: orNull(count) }),
    replay: list(record({
      input: word, passes: count, haltsAt: orNull(count), state: count,
      position: whole(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER), reads: digest,
    }), 64),
  }),
  decoder: shapeOfDecoder,
  formulas: list(list(tuple(count, label), 1_000_000), 16384),
});

/** The certificate that a text is, its reading and its digests decided. */
export function readCertificate(json: unknown, text: string): Certificate {
  const certificate = valueOfText(json, text, certificateShape);
  agree("reading", certificate.reading.amendments, AMENDMENTS, "reading.amendments");
  decideDigests(certificate, certificate.digests);
  return certificate;
}
