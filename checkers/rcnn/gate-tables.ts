/**
 * A filter given only as numbers, turned into tables: what each cell value at each place adds to each gate.
 *
 * A gate is a ReLU of the second ReLU layer. Its pre-activation is a bias plus one univariate function of each coordinate
 * (that every first-layer unit reads one coordinate is checked, not assumed), so on a finite alphabet it is a sum of table
 * entries. Tables hold integers: all rationals are brought to one denominator, and a bound computed with bigints shows that
 * every sum that is ever formed stays below 2^53, where JavaScript numbers are exact. A filter that exceeds the bound is
 * left undecided.
 */
import type { AffineLayer, AffineRow, Network } from "../../spec/networks/network.js";
import { ZERO, type Rational } from "../../spec/exact/rational.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import { rejected, type Rejected, type Undecided } from "../verdict.js";

export type TableFault = "shape" | "first-layer-reads-many" | "first-layer-kink";

/** Cells of one place that every function of the filter treats alike. */
export interface CellClass {
  /** Indices into the place's alphabet, rising. */
  readonly letters: readonly number[];
  /** What these cells add to the pre-activation of each gate, in 1 / unit. */
  readonly value: Float64Array;
  /** The gates to which they add something that changes with the coordinate, and how fast, in 1 / unit. */
  readonly slope: readonly (readonly [gate: number, slope: number])[];
}

/** A filter as tables; all numbers are exact integers. */
export interface GateTables {
  /** Number of gates. */
  readonly gates: number;
  /** Bias of each gate, in 1 / unit. */
  readonly bias: Float64Array;
  /** The classes of each place (9), disjoint, together the place's alphabet. */
  readonly places: readonly (readonly CellClass[])[];
  readonly unit: bigint;
  /** Output = (outputBias + sum over gates of outputWeight * relu(pre)) / (unit * outputUnit). */
  readonly outputWeight: Float64Array;
  readonly outputBias: number;
  readonly outputUnit: bigint;
}

/** Integers below this are exact as JavaScript numbers. */
const EXACT_LIMIT = 2n ** 53n;

/** Most gates of a filter that is decided; one for 128 states on the full alphabet has 994. */
export const MAX_GATES = 4096;

/** Most table entries: classes of cells times gates, over all places. They take 8 bytes each. */
export const MAX_TABLE_ENTRIES: number = 2 ** 28;

/** Most work on the tables: a function of V2 at a cell value costs its number of ReLUs, and 32 to keep the result. */
export const MAX_TABLE_COST: number = 2 ** 29;

/**
 * The tables of a filter on an alphabet.
 *
 * @param letters the cell values (u-units) at each place, rising; shape 9 x letters
 */
export function gateTables(
  filter: Network,
  letters: readonly (readonly bigint[])[],
): GateTables | Rejected<TableFault> | Undecided {
  const wrongShape = checkShape(filter);
  if (wrongShape !== undefined) return wrongShape;
  const [v1, v2, v3, v4, v5] = filter.layers as [AffineLayer, AffineLayer, AffineLayer, AffineLayer, AffineLayer];
  const readsMany = checkReadsOne(v1);
  if (readsMany !== undefined) return readsMany;

  const kink = checkFirstKinks(v1, letters);
  if (kink !== undefined) return kink;
  const inner = firstHalf(v1, v2);
  const tooLarge = checkSize(inner, v3.rows.length, letters);
  if (tooLarge !== undefined) return tooLarge;
  const samples = letters.map((values, place) => sampleAt(inner, place, values));
  return assemble(inner, v3, composeOutput(v4, v5), samples);
}

function checkShape(filter: Network): Rejected<TableFault> | undefined {
  const fail = (path: string, message: string) => rejected("shape", path, message);
  if (filter.layers.length !== 5) return fail("layers", `expected five layers, got ${filter.layers.length}`);
  let inputs = PLACES;
  for (const [i, layer] of filter.layers.entries()) {
    if (layer.inputs !== inputs) return fail(`layers[${i}].inputs`, `expected ${inputs} inputs, got ${layer.inputs}`);
    const relu = i === 0 || i === 2;
    if (layer.relu !== relu) return fail(`layers[${i}].relu`, `expected relu ${relu}, got ${layer.relu}`);
    for (const [k, row] of layer.rows.entries()) {
      let last = -1;
      for (const [column] of row.entries) {
        if (!Number.isInteger(column) || column <= last || column >= inputs) {
          return fail(
            `layers[${i}].rows[${k}]`,
            `expected columns that rise within 0 ... ${inputs - 1}, got ${column}`,
          );
        }
        last = column;
      }
    }
    inputs = layer.rows.length;
  }
  if (inputs !== 1) return fail("layers[4].rows", `expected one output, got ${inputs}`);
  return undefined;
}

function checkReadsOne(v1: AffineLayer): Rejected<TableFault> | undefined {
  const index = v1.rows.findIndex((row) => row.entries.length > 1);
  const row = v1.rows[index];
  if (row === undefined) return undefined;
  return rejected(
    "first-layer-reads-many",
    `layers[0].rows[${index}]`,
    `this checker decides filters whose first-layer units read one coordinate each; unit ${index} reads ${row.entries.length}`,
    { places: row.entries.map(([place]) => String(place)) },
  );
}

/** relu(weight * x + bias) times `factor`, a summand of a univariate function; in 1 / unit of its layer, weight not 0. */
interface Term {
  readonly weight: bigint;
  readonly bias: bigint;
  readonly factor: bigint;
}

/** V1 and V2 as univariate functions: row r of V2 is constant[r] + sum over its parts of part(x_place). */
interface FirstHalf {
  readonly rows: number;
  readonly constant: readonly bigint[];
  /** parts[place]: which row, and the terms. */
  readonly parts: readonly (readonly { readonly row: number; readonly terms: readonly Term[] }[])[];
  readonly unit: bigint;
}

function firstHalf(v1: AffineLayer, v2: AffineLayer): FirstHalf {
  const unit1 = commonDenominator(v1.rows);
  const unit2 = commonDenominator(v2.rows);
  const constant = v2.rows.map((row) => scaled(row.bias, unit1 * unit2));
  const parts = Array.from({ length: PLACES }, (): { row: number; terms: Term[] }[] => []);
  for (const [r, row] of v2.rows.entries()) {
    for (const [unitIndex, weight] of row.entries) {
      const { bias, entries } = v1.rows[unitIndex] as AffineRow;
      const factor = scaled(weight, unit2);
      const [entry] = entries;
      if (entry === undefined || entry[1].n === 0n) {
        const value = scaled(bias, unit1);
        constant[r] = (constant[r] ?? 0n) + (value > 0n ? factor * value : 0n);
        continue;
      }
      const ofPlace = parts[entry[0]] as { row: number; terms: Term[] }[];
      if (ofPlace.at(-1)?.row !== r) ofPlace.push({ row: r, terms: [] });
      ofPlace.at(-1)?.terms.push({ weight: scaled(entry[1], unit1), bias: scaled(bias, unit1), factor });
    }
  }
  return { rows: v2.rows.length, constant, parts, unit: unit1 * unit2 };
}

/**
 * A first-layer ReLU that sits exactly at its kink at some cell value has no derivative there. As in evaluateWithJacobian,
 * that holds whether or not anything reads the unit.
 */
function checkFirstKinks(v1: AffineLayer, letters: readonly (readonly bigint[])[]): Rejected<TableFault> | undefined {
  const values = letters.map((ofPlace) => new Set(ofPlace));
  for (const [k, { bias, entries }] of v1.rows.entries()) {
    const [entry] = entries;
    if (entry === undefined || entry[1].n === 0n) continue;
    const [place, weight] = entry;
    const kink = bias.neg().div(weight);
    if (kink.d !== 1n || values[place]?.has(kink.s * kink.n) !== true) continue;
    const message = "a first-layer unit has its kink at a cell value";
    return rejected("first-layer-kink", `layers[0].rows[${k}]`, message, { place, cell: String(kink.s * kink.n) });
  }
  return undefined;
}

function checkSize(inner: FirstHalf, gates: number, letters: readonly (readonly bigint[])[]): Undecided | undefined {
  if (gates > MAX_GATES) return undecided("gates", `${gates} gates, more than the ${MAX_GATES} that are decided`);
  let cost = 0;
  for (const [place, parts] of inner.parts.entries()) {
    for (const { terms } of parts) {
      const [from, to] = support(terms, letters[place] ?? []);
      cost += (to - from) * (terms.length + 32);
    }
  }
  return cost > MAX_TABLE_COST ? undecided("table-cost", `${cost} units of work on the tables`) : undefined;
}

function undecided(limit: string, message: string): Undecided {
  return { verdict: "undecided", limit, message };
}

/** A row of V2 at one cell value: what the coordinate adds to it, and with which slope; left out where both are 0. */
type Sample = readonly [row: number, value: bigint, slope: bigint];

/** samples[letter]: the rows of V2 that the coordinate at this place moves away from 0. */
function sampleAt(inner: FirstHalf, place: number, values: readonly bigint[]): Sample[][] {
  const samples: Sample[][] = values.map(() => []);
  for (const { row, terms } of inner.parts[place] ?? []) {
    const [from, to] = support(terms, values);
    for (let i = from; i < to; i++) {
      const x = values[i] as bigint;
      let value = 0n;
      let slope = 0n;
      for (const { weight, bias, factor } of terms) {
        const pre = weight * x + bias;
        if (pre <= 0n) continue;
        value += factor * pre;
        slope += factor * weight;
      }
      if (value !== 0n || slope !== 0n) samples[i]?.push([row, value, slope]);
    }
  }
  return samples;
}

/** The index range outside of which the function is identically 0: left of all kinks, or right of them, or neither. */
function support(terms: readonly Term[], values: readonly bigint[]): [from: number, to: number] {
  const vanishes = (active: (term: Term) => boolean): boolean => {
    let slope = 0n;
    let level = 0n;
    for (const term of terms.filter(active)) {
      slope += term.factor * term.weight;
      level += term.factor * term.bias;
    }
    return slope === 0n && level === 0n;
  };
  const isLeftOfKink = (x: bigint, { weight, bias }: Term) =>
    weight > 0n ? weight * x + bias < 0n : weight * x + bias > 0n;
  const isRightOfKink = (x: bigint, { weight, bias }: Term) =>
    weight > 0n ? weight * x + bias > 0n : weight * x + bias < 0n;
  const leftIsZero = vanishes(({ weight }) => weight < 0n);
  const rightIsZero = vanishes(({ weight }) => weight > 0n);
  const from = leftIsZero ? firstIndex(values, (x) => !terms.every((term) => isLeftOfKink(x, term))) : 0;
  const to = rightIsZero ? firstIndex(values, (x) => terms.every((term) => isRightOfKink(x, term))) : values.length;
  return [from, Math.max(from, to)];
}

/** The first index from which a predicate that is monotone in x holds; the length if it never does. */
function firstIndex(values: readonly bigint[], holds: (x: bigint) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(values[middle] as bigint)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Output {
  readonly weight: readonly Rational[];
  readonly bias: Rational;
}

/** V5 after V4: one affine map from the gates to the output. */
function composeOutput(v4: AffineLayer, v5: AffineLayer): Output {
  const [row] = v5.rows as readonly [AffineRow];
  const weight = Array.from({ length: v4.inputs }, () => ZERO);
  let bias = row.bias;
  for (const [term, outer] of row.entries) {
    const inner = v4.rows[term] as AffineRow;
    bias = bias.add(outer.mul(inner.bias));
    for (const [gate, w] of inner.entries) weight[gate] = (weight[gate] ?? ZERO).add(outer.mul(w));
  }
  return { weight, bias };
}

function assemble(
  inner: FirstHalf,
  v3: AffineLayer,
  output: Output,
  samples: readonly (readonly (readonly Sample[])[])[],
): GateTables | Undecided {
  const gates = v3.rows.length;
  const unit3 = commonDenominator(v3.rows);
  const unit = inner.unit * unit3;
  const readers = Array.from({ length: inner.rows }, (): [gate: number, weight: bigint][] => []);
  for (const [gate, row] of v3.rows.entries()) {
    for (const [r, weight] of row.entries) readers[r]?.push([gate, scaled(weight, unit3)]);
  }
  const bias = v3.rows.map((row) => {
    let sum = scaled(row.bias, unit);
    for (const [r, weight] of row.entries) sum += scaled(weight, unit3) * (inner.constant[r] ?? 0n);
    return sum;
  });

  const merged = samples.map(mergeEqual);
  const size = merged.reduce((sum, classes) => sum + classes.length * gates, 0);
  if (size > MAX_TABLE_ENTRIES) return undecided("table-entries", `${size} entries in the tables`);

  const bound = bias.map(magnitude);
  const places = samples.map((ofPlace, place) => {
    const classes = (merged[place] as number[][]).map((members): CellClass => {
      const value = Array.from({ length: gates }, () => 0n);
      const slope = new Map<number, bigint>();
      for (const [row, v, d] of ofPlace[members[0] as number] as readonly Sample[]) {
        for (const [gate, weight] of readers[row] ?? []) {
          value[gate] = (value[gate] ?? 0n) + weight * v;
          if (d !== 0n) slope.set(gate, (slope.get(gate) ?? 0n) + weight * d);
        }
      }
      return {
        letters: members,
        value: Float64Array.from(value, Number),
        slope: [...slope].filter(([, d]) => d !== 0n).map(([gate, d]) => [gate, Number(d)] as const),
      };
    });
    addBound(bound, readers, ofPlace);
    return classes;
  });

  const outputUnit = lcmOfDenominators([...output.weight, output.bias]);
  const outputWeight = output.weight.map((w) => scaled(w, outputUnit));
  const outputBias = scaled(output.bias, outputUnit * unit);
  let total = magnitude(outputBias);
  for (const [gate, w] of outputWeight.entries()) total += magnitude(w) * (bound[gate] ?? 0n);
  const largest = [...bound, total].reduce((a, b) => (a > b ? a : b));
  if (largest >= EXACT_LIMIT) {
    const message = `a sum may reach ${largest}, past 2^53, the limit of this checker's arithmetic`;
    return undecided("exact-integers", message);
  }
  return {
    gates,
    bias: Float64Array.from(bias, Number),
    places,
    unit,
    outputWeight: Float64Array.from(outputWeight, Number),
    outputBias: Number(outputBias),
    outputUnit,
  };
}

/** Letters with the same samples, in order of first appearance. */
function mergeEqual(samples: readonly (readonly Sample[])[]): number[][] {
  const classes = new Map<string, number[]>();
  for (const [letter, sample] of samples.entries()) {
    const key = sample.map((s) => s.join(":")).join(";");
    const members = classes.get(key);
    if (members === undefined) classes.set(key, [letter]);
    else members.push(letter);
  }
  return [...classes.values()];
}

/** Adds to each gate's bound the largest |summand| (value or slope) that this place can contribute. */
function addBound(
  bound: bigint[],
  readers: readonly (readonly (readonly [number, bigint])[])[],
  samples: readonly (readonly Sample[])[],
): void {
  const largest = new Map<number, bigint>();
  for (const sample of samples) {
    for (const [row, value, slope] of sample) {
      const size = magnitude(value) > magnitude(slope) ? magnitude(value) : magnitude(slope);
      if (size > (largest.get(row) ?? 0n)) largest.set(row, size);
    }
  }
  for (const [row, size] of largest) {
    for (const [gate, weight] of readers[row] ?? []) bound[gate] = (bound[gate] ?? 0n) + magnitude(weight) * size;
  }
}

function magnitude(n: bigint): bigint {
  return n < 0n ? -n : n;
}

/** value * unit as an integer; unit is a multiple of the denominator. */
function scaled(value: Rational, unit: bigint): bigint {
  return (value.s * value.n * unit) / value.d;
}

function commonDenominator(rows: readonly AffineRow[]): bigint {
  return lcmOfDenominators(rows.flatMap((row) => [row.bias, ...row.entries.map(([, weight]) => weight)]));
}

function lcmOfDenominators(values: readonly Rational[]): bigint {
  let lcm = 1n;
  for (const { d } of values) if (lcm % d !== 0n) lcm = (lcm / gcd(lcm, d)) * d;
  return lcm;
}

function gcd(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large;
}
