/** Networks in certificates: their shape, and the numbers in them. Every paper's certificates may hold some. */
import {
  array,
  count,
  list,
  numeral,
  oneOf,
  record,
  reject,
  string,
  whole,
  type Reject,
  type Shape,
  type TextCode,
  tuple,
} from "./text.js";

/** A row of a layer as JSON: its bias, then pairs of column and weight. */
export type RowJson = readonly [bias: string, ...entries: (readonly [column: number, weight: string])[]];

/** A network document, as FORMAT.md describes it. */
export interface NetworkJson {
  readonly format: "weightproof-network";
  readonly version: 1;
  readonly layers: readonly {
    readonly name: string;
    readonly inputs: number;
    readonly relu: boolean;
    readonly rows: readonly RowJson[];
  }[];
}

const fail: Reject<TextCode> = reject;

const row = array([numeral], 1_000_001, tuple(count, numeral));
const layer = record({
  name: string(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{0,64}$/u),
  inputs: whole(1_000_000),
  relu: oneOf(true, false),
  rows: list(row, 1_000_000, 1),
});

/** The shape of a network document. */
export const network: Shape<NetworkJson> = record({
  format: oneOf("weightproof-network"),
  version: oneOf(1),
  layers: list(layer, 64, 1),
});

/** n / d with d > 0. */
export type Ratio = readonly [n: bigint, d: bigint];

/** An affine map and its ReLU; a row is bias + sum of weight * input[column]. */
export interface Layer<Numeral> {
  readonly inputs: number;
  readonly relu: boolean;
  readonly rows: readonly { readonly bias: Numeral; readonly entries: readonly (readonly [number, Numeral])[] }[];
}

/** The numbers of a network; decides of its spelling and shape what the schema leaves open. */
export function readNetwork({ layers }: NetworkJson, part: string): Layer<Ratio>[] {
  /** The number that a numeral spells, if it is reduced. */
  const ratioOf = remember((text: string): Ratio | undefined => {
    const [n = 0n, d = 1n] = text.split("/").map(BigInt);
    let [a, b] = [n < 0n ? -n : n, d];
    while (b !== 0n) [a, b] = [b, a % b];
    return a === 1n ? [n, d] : undefined;
  });
  const numberAt = (text: string, path: string): Ratio =>
    ratioOf(text) ?? fail("network", path, `${text} is not reduced`);
  let rowCount = 0;
  return layers.map(({ name: title, inputs, relu, rows }, l) => {
    const path = `${part}.layers[${l}]`;
    if (title.length > 64) fail("network", `${path}.name`, "expected at most 64 UTF-16 code units");
    const before = layers[l - 1]?.rows.length ?? inputs;
    if (before !== inputs) fail("network", `${path}.inputs`, `expected ${before}, got ${inputs}`);
    const numbers = rows.map(([bias, ...pairs], r) => {
      const entries = pairs.map(([column, weight], e): readonly [number, Ratio] => {
        const place = `${path}.rows[${r}][${e + 1}]`;
        if (column >= inputs || column <= (pairs[e - 1]?.[0] ?? -1)) fail("network", place, `column ${column}`);
        if (weight === "0") fail("network", place, "the weight is 0");
        return [column, numberAt(weight, place)];
      });
      return { bias: numberAt(bias, `${path}.rows[${r}][0]`), entries };
    });
    rowCount += rows.length;
    // The limit of 20,000,000 entries needs no look: an entry takes ten characters of at most 128 Mi.
    if (rowCount > 2_000_000) fail("network", path, "too many rows");
    return { inputs, relu, rows: numbers };
  });
}

/** The same function, which computes each of its values once. */
export function remember<Key, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? of(key);
    known.set(key, value);
    return value;
  };
}

/** Things that differ, each with its number. */
export type Tally<Thing> = [thing: Thing, size: bigint][];

/** Adds up the numbers of things with the same key; `kept` hears of each thing that is the first with its key. */
export function tally<Thing>(
  things: Iterable<readonly [key: string, thing: Thing, size: bigint]>,
  kept?: (thing: Thing) => void,
): Tally<Thing> {
  const sums = new Map<string, [Thing, bigint]>();
  for (const [key, thing, size] of things) {
    const sum = sums.get(key);
    if (sum !== undefined) {
      sum[1] += size;
      continue;
    }
    kept?.(thing);
    sums.set(key, [thing, size]);
  }
  return [...sums.values()];
}
