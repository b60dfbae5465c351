/** The certificate of a circuit's network (CIRCUITS.md): its shape, its graph, and the numbers of its network as plain rows. */
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
  string,
  type TextCode,
  tuple,
  valueOfText,
} from "./text.js";

/** Why a circuit's certificate is rejected. */
export type CircuitCode =
  | TextCode
  | "reading"
  | "circuit"
  | "number"
  | "shape"
  | "correction"
  | "binary"
  | "function"
  | "margin"
  | "theorem"
  | "flip"
  | "counts"
  | "sample";

/** Ends the check with one of these codes. */
export const reject: Reject<CircuitCode> = rejectText;

const AMENDMENTS =
  "round-variable round-weights not-diagonal q-times d1-index constants several-outputs local-mu0".split(" ");

/** A perturbation. */
export interface Flip {
  readonly input: string;
  readonly output: number;
  readonly squaredNorm: string;
  readonly entries: readonly (readonly [layer: number, row: number, column: number, value: string])[];
}

/** A certificate as far as this checker reads it one by one; what else `verdicts` states is compared as a whole. */
export interface Certificate {
  readonly circuit: {
    readonly inputs: readonly string[];
    readonly ands: readonly (readonly [larger: number, smaller: number])[];
    readonly outputs: readonly (readonly [name: string, literal: number])[];
  };
  readonly width: number;
  readonly verdicts: {
    readonly margin: {
      readonly lower: string;
      readonly theorem: { readonly sigma: string; readonly bound: string };
      readonly flip: Flip | null;
    };
    readonly sample: object;
  };
  readonly network: {
    readonly layers: readonly {
      readonly inputs: number;
      readonly relu: boolean;
      readonly rows: readonly (readonly [bias: string, ...entries: (readonly [column: number, weight: string])[]])[];
    }[];
  };
}

const integer = string(/^(0|-?[1-9][0-9]{0,9})$/);
const natural = string(/^(0|[1-9][0-9]{0,99})$/);
const large = string(/^(0|[1-9][0-9]{0,39999})$/);
const positive = string(/^[1-9][0-9]{0,99}(\/([2-9]|[1-9][0-9]{1,99}))?$/);
const signed = string(/^-?[1-9][0-9]{0,99}(\/([2-9]|[1-9][0-9]{1,99}))?$/);
const flag = oneOf(true, false);
const counts = <const Keys extends readonly string[]>(
  ...keys: Keys
): ReturnType<typeof record<Record<string, typeof count>>> =>
  record(Object.fromEntries(keys.map((key) => [key, count])));

const flipShape = record({
  input: string(/^[01]{0,65536}$/),
  output: count,
  squaredNorm: positive,
  entries: list(tuple(count, count, count, signed), 100_000),
});
const shape = record({
  format: oneOf("weightproof-certificate"),
  version: oneOf(1),
  system: oneOf("wei-chen-ma"),
  statement: oneOf("circuit"),
  reading: record({ name: oneOf("amended"), amendments: list(name, 256) }),
  source: record({ name }),
  circuit: record({
    inputs: list(name, 65_536),
    ands: list(tuple(count, count), 2_097_152),
    outputs: list(tuple(name, count), 65_536),
  }),
  width: count,
  digests: record({ circuit: digest, network: digest }),
  verdicts: record({
    function: record({
      layers: count,
      gates: counts("and", "or", "not", "id", "constant", "other"),
      inputs: orNull(natural),
    }),
    binary: counts("coordinates"),
    correction: record({ pairs: count, coordinates: count, radius: oneOf("1/3") }),
    norms: record({
      alpha: natural,
      parameters: natural,
      depth: count,
      leastWidth: count,
      largestWeight: count,
      nonzero: count,
    }),
    margin: record({
      lower: positive,
      theorem: record({ sigma: positive, bound: positive }),
      flip: orNull(flipShape),
    }),
    exactness: record({ largestSum: natural, float32: flag, float16: flag, bfloat16: flag }),
    sample: record({ expression: large, explicit: large, finiteClass: large, inputs: large }),
  }),
  network: record({
    layers: list(
      record({
        name: string(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{0,64}$/u),
        inputs: count,
        relu: flag,
        rows: list(array([integer], 2 ** 53, tuple(count, integer)), 2 ** 53),
      }),
      2 ** 53,
      1,
    ),
  }),
});
/** The certificate that a text is, its reading and its digests decided. */
export function readCertificate(json: unknown, text: string): Certificate {
  const certificate = valueOfText(json, text, shape);
  agree("reading", certificate.reading.amendments, AMENDMENTS, "reading.amendments");
  decideDigests(certificate, certificate.digests);
  return certificate;
}
/** A rational. */
export type Ratio = readonly [n: bigint, d: bigint];

/** bias and [column, weight] */
export interface Row {
  readonly bias: number;
  readonly entries: readonly (readonly [column: number, weight: number])[];
}
/** An affine map, and whether a ReLU follows. */
export interface Layer {
  readonly inputs: number;
  readonly relu: boolean;
  readonly rows: readonly Row[];
}

/** Decides that the circuit is an and-inverter graph. */
export function checkGraph({ inputs, ands, outputs }: Certificate["circuit"]): void {
  const twice = (names: readonly string[]): boolean => new Set(names).size < names.length;
  if (twice(inputs)) reject("circuit", "circuit.inputs", "expected distinct names");
  for (const [i, [larger, smaller]] of ands.entries()) {
    if (larger >= 2 * (inputs.length + i + 1) || smaller > larger)
      reject("circuit", `circuit.ands[${i}]`, "expected two literals of variables before it, the larger first");
  }
  if (outputs.length === 0) reject("circuit", "circuit.outputs", "expected at least one");
  if (twice(outputs.map(([one]) => one))) reject("circuit", "circuit.outputs", "expected distinct names");
  const wrong = outputs.findIndex(([, literal]) => literal >= 2 * (1 + inputs.length + ands.length));
  if (wrong >= 0) reject("circuit", `circuit.outputs[${wrong}][1]`, "expected the literal of a variable");
}

/** The numbers of the network, within limits. */
export function readLayers({ network }: Certificate): Layer[] {
  const { layers } = network;
  const fail = (path: string, message: string): never => reject("network", `network.layers${path}`, message);
  if (layers.length > 16_384) fail("", "expected at most 16384 layers");
  let [rowCount, entryCount] = [0, 0];
  return layers.map(({ inputs, relu, rows }, l) => {
    if (inputs > 1e6 || rows.length > 1e6) fail(`[${l}]`, "expected at most 1000000 inputs and rows");
    if (rows.length === 0) fail(`[${l}].rows`, "expected at least one row");
    if (l > 0 && layers[l - 1]?.rows.length !== inputs) fail(`[${l}].inputs`, "expected the rows of the layer before");
    rowCount += rows.length;
    if (rowCount > 4e6) fail(`[${l}].rows`, "expected at most 4000000 rows together");
    return {
      inputs,
      relu,
      rows: rows.map(([bias, ...entries], r) => {
        const at = `[${l}].rows[${r}]`;
        const numberOf = (text: string): number =>
          Math.abs(Number(text)) < 2 ** 31 ? Number(text) : fail(at, "expected numbers up to 2147483647");
        entryCount += entries.length;
        if (entryCount > 2e7) fail(at, "expected at most 20000000 entries together");
        let before = -1;
        const read = entries.map(([column, text]) => {
          if (column <= before || column >= inputs) fail(at, `expected columns that rise below ${inputs}`);
          before = column;
          if (text === "0") fail(at, "expected no weight 0");
          return [column, numberOf(text)] as const;
        });
        return { bias: numberOf(bias), entries: read };
      }),
    };
  });
}

/** A positive number of a certificate, reduced. */
export function reduced(text: string, key: string): Ratio {
  const ratio = ratioOf(text);
  return ratio ?? reject("number", `verdicts.margin.${key}`, "expected a reduced number");
}

/** A numeral's rational; undefined if it is not reduced. */
export function ratioOf(text: string): Ratio | undefined {
  const [n = 0n, d = 1n] = text.split("/").map(BigInt);
  return greatest(n < 0n ? -n : n, d) === 1n || d === 1n ? [n, d] : undefined;
}

/** The greatest common divisor of numbers from 0 on. */
export function greatest(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** 4 L - 1 maps that fit the circuit, with a ReLU after each but the last. */
export function checkShape(layers: readonly Layer[], { inputs, outputs }: Certificate["circuit"]): void {
  if (layers.length % 4 !== 3) reject("shape", "network.layers", "expected 4 L - 1 maps");
  for (const [l, { relu }] of layers.entries()) {
    if (relu !== l < layers.length - 1)
      reject("shape", `network.layers[${l}].relu`, "expected a ReLU after each map but the last");
  }
  if (layers[0]?.inputs !== inputs.length) reject("shape", "network.layers[0].inputs", `expected ${inputs.length}`);
  if (layers.at(-1)?.rows.length !== outputs.length)
    reject("shape", `network.layers[${layers.length - 1}].rows`, `expected ${outputs.length}`);
}
