/** An upper bound of the all-layer margin: a perturbation that makes an output wrong at an input, replayed exactly. */
import { formatRational, parseRational, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { evaluateGraph, type AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";
import type { FeedForward, Layer } from "../../spec/wei-chen-ma/affine.js";
import { isWrong } from "../../spec/wei-chen-ma/margin.js";
import { accepted, rejected, type Verdict } from "../verdict.js";

/** A perturbation as a certificate states it. */
export interface Flip {
  /** A 0 or 1 for each input of the circuit. */
  readonly input: string;
  /** The number of the output that becomes wrong. */
  readonly output: number;
  /** The sum of the squares of all entries. */
  readonly squaredNorm: string;
  /** [layer, row, column, what is added]; the column after the last is the bias. They rise. */
  readonly entries: readonly (readonly [layer: number, row: number, column: number, value: string])[];
}

/** Most bits of the common denominator of the values at the output. */
export const MAX_FLIP_BITS = 16_384;

/** The entries of one layer, by row. */
interface Perturbation {
  readonly denominator: bigint;
  readonly rows: ReadonlyMap<number, readonly (readonly [column: number, value: Rational])[]>;
}

/** Whether the perturbation has the norm that is stated and makes the output wrong. */
export function checkFlip(
  circuit: AndInverterGraph,
  network: FeedForward,
  flip: Flip,
  path: string,
): Verdict<"flip", Rational> {
  const { input, output, entries } = flip;
  const fault = (place: string, message: string, witness = {}): Verdict<"flip", never> =>
    rejected("flip", `${path}.${place}`, message, witness);
  if (input.length !== circuit.inputs.length)
    return fault("input", `expected ${circuit.inputs.length} bits, got ${input.length}`);
  if (output >= circuit.outputs.length)
    return fault("output", `expected a number below ${circuit.outputs.length}, got ${output}`);
  const read = readEntries(network, entries);
  if ("at" in read) return fault(`entries[${read.at}]`, read.message);
  const norm = formatRational(read.squaredNorm);
  if (norm !== flip.squaredNorm)
    return fault("squaredNorm", `stated ${flip.squaredNorm}, computed ${norm}`, {
      stated: flip.squaredNorm,
      computed: norm,
    });
  const value = perturbedOutput(
    network,
    read.layers,
    Array.from(input, (bit) => BigInt(bit)),
    output,
  );
  const label =
    evaluateGraph(
      circuit,
      Array.from(input, (bit) => bit === "1"),
    )[output] === true
      ? 1
      : 0;
  if (isWrong(value, label)) return accepted(value);
  return fault("output", "expected an output that becomes wrong, but its sign is still the circuit's", {
    input,
    output: String(output),
    value: Number(value.n) === 0 ? "0" : value.toString(30),
  });
}

interface ReadEntries {
  readonly layers: readonly (Perturbation | undefined)[];
  readonly squaredNorm: Rational;
}

function readEntries(
  { layers }: FeedForward,
  entries: Flip["entries"],
): ReadEntries | { readonly at: number; readonly message: string } {
  const read = layers.map(
    (): { denominator: bigint; rows: Map<number, [number, Rational][]> } | undefined => undefined,
  );
  let last: readonly number[] = [-1, 0, 0];
  let denominators = 0;
  for (const [at, [l, row, column, text]] of entries.entries()) {
    const layer = layers[l];
    if (layer === undefined) return { at, message: `expected a layer below ${layers.length}, got ${l}` };
    if (row >= layer.rows.length) return { at, message: `expected a row below ${layer.rows.length}, got ${row}` };
    if (column > layer.inputs) return { at, message: `expected a column up to ${layer.inputs}, got ${column}` };
    const place = [l, row, column];
    const differs = place.findIndex((part, i) => part !== last[i]);
    if (differs < 0 || (place[differs] as number) < (last[differs] as number))
      return { at, message: "expected rising places, each once" };
    last = place;
    let value: Rational;
    try {
      value = parseRational(text);
    } catch {
      return { at, message: `expected a reduced number "n" or "n/d"` };
    }
    const one = (read[l] ??= { denominator: 1n, rows: new Map() });
    const common = leastCommonMultiple(one.denominator, value.d);
    // A common denominator only grows, and what it may cost is known before anything is done with it.
    denominators += bitsOf(common) - bitsOf(one.denominator);
    if (denominators > MAX_FLIP_BITS)
      return { at, message: `expected common denominators of at most ${MAX_FLIP_BITS} bits together` };
    one.denominator = common;
    const list = one.rows.get(row);
    if (list === undefined) one.rows.set(row, [[column, value]]);
    else list.push([column, value]);
  }
  return {
    layers: read,
    squaredNorm: read.reduce((sum, one) => (one === undefined ? sum : sum.add(squares(one))), ZERO),
  };
}

function bitsOf(value: bigint): number {
  return value.toString(2).length - 1;
}

function squares({ denominator, rows }: Perturbation): Rational {
  let sum = 0n;
  for (const list of rows.values()) for (const [, value] of list) sum += ((value.n * denominator) / value.d) ** 2n;
  return rational(sum, denominator * denominator);
}

/** F(x, theta + delta) at one output, as integers over one common denominator. */
function perturbedOutput(
  { layers }: FeedForward,
  perturbations: readonly (Perturbation | undefined)[],
  input: readonly bigint[],
  output: number,
): Rational {
  let values = input;
  let denominator = 1n;
  for (const [l, layer] of layers.entries()) {
    const perturbation = perturbations[l];
    const factor = perturbation?.denominator ?? 1n;
    values = layer.rows.map((_, r) => perturbedRow(layer, r, perturbation, values, denominator, factor));
    denominator *= factor;
  }
  return rational(values[output] as bigint, denominator);
}

function perturbedRow(
  { rows, inputs, relu }: Layer,
  r: number,
  perturbation: Perturbation | undefined,
  values: readonly bigint[],
  denominator: bigint,
  factor: bigint,
): bigint {
  const { bias, entries } = rows[r] as Layer["rows"][number];
  let sum = BigInt(bias) * denominator;
  for (const [column, weight] of entries) sum += BigInt(weight) * (values[column] as bigint);
  sum *= factor;
  for (const [column, value] of perturbation?.rows.get(r) ?? []) {
    const scaled = (value.s * value.n * factor) / value.d;
    sum += scaled * (column === inputs ? denominator : (values[column] as bigint));
  }
  return relu && sum < 0n ? 0n : sum;
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
