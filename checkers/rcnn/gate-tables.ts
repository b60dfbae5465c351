/**
 * A filter given only as numbers, turned into tables: what each cell value at each place adds to each gate.
 *
 * A gate is a ReLU of the second ReLU layer. Its pre-activation is a bias plus one univariate function of each
 * coordinate (that every first-layer unit reads one coordinate is checked, not assumed), so on a finite alphabet it is
 * a sum of table entries. Tables hold integers: all rationals are brought to one denominator, and a bound computed with
 * bigints shows that every sum that is ever formed stays below 2^53, where JavaScript numbers are exact. A filter that
 * exceeds the bound is left undecided.
 */
import type { AffineMap, AffineRow, Network } from "../../spec/networks/network.js";
import { ZERO, type Rational } from "../../spec/exact/rational.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import { rejected, type Rejected, type Undecided, undecided } from "../verdict.js";
import { BIGINT_STEP, Work } from "../work.js";
import { commonDenominator, lcmOfDenominators, scaled } from "../networks/common-denominator.js";
import { firstHalf, sampleAt, support, type FirstHalf, type Sample } from "./first-half.js";

/**
 * Why a filter cannot be turned into tables: other sizes or ReLUs than a filter's, a first ReLU that reads more than
 * one coordinate, or one whose kink lies on the alphabet.
 */
export type TableFault = "shape" | "first-layer-reads-many" | "first-layer-kink";

/** Cells of one place that every function of the filter treats alike. */
export interface CellClass {
  /** Indices into the place's alphabet, rising. */
  readonly letters: readonly number[];
  /** The summand of these cells in the pre-activation of each gate, in 1 / unit. */
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

/** A value and a slope that are kept for a function of V2 at a cell value take as much room as this many doubles. */
const SAMPLE_SIZE = 24;

/** So much do a letter of a place and a class of letters, whatever they add to gates. */
const LETTER_SIZE = 32;

/**
 * The tables of a filter on an alphabet.
 *
 * @param letters the cell values (u-units) at each place, rising; shape 9 x letters
 * @throws {OutOfWork}
 */
export function gateTables(
  filter: Network,
  letters: readonly (readonly bigint[])[],
  work: Work = new Work(),
): GateTables | Rejected<TableFault> | Undecided {
  const wrongShape = checkShape(filter);
  if (wrongShape !== undefined) return wrongShape;
  const [v1, v2, v3, v4, v5] = filter.layers as [AffineMap, AffineMap, AffineMap, AffineMap, AffineMap];
  const readsMany = checkReadsOne(v1);
  if (readsMany !== undefined) return readsMany;

  const kink = checkFirstKinks(v1, letters);
  if (kink !== undefined) return kink;
  const inner = firstHalf(v1, v2);
  const gates = v3.rows.length;
  if (gates > MAX_GATES) return undecided("gates", `${gates} gates, more than the ${MAX_GATES} that are decided`);
  work.keep(letters.reduce((sum, { length }) => sum + length, 0) * LETTER_SIZE);
  askForSamples(inner, letters, work);
  const samples = letters.map((values, place) => sampleAt(inner, place, values));
  return assemble(inner, v3, composeOutput(v4, v5), samples, work);
}

function checkShape(filter: Network): Rejected<TableFault> | undefined {
  const fail = (message: string, path: string) => rejected("shape", path, message);
  if (filter.layers.length !== 5) return fail(`expected five layers, got ${filter.layers.length}`, "filter.layers");
  let inputs = PLACES;
  for (const [i, layer] of filter.layers.entries()) {
    if (layer.inputs !== inputs)
      return fail(`expected ${inputs} inputs, got ${layer.inputs}`, `filter.layers[${i}].inputs`);
    const relu = i === 0 || i === 2;
    if (layer.relu !== relu) return fail(`expected relu ${relu}, got ${layer.relu}`, `filter.layers[${i}].relu`);
    for (const [k, row] of layer.rows.entries()) {
      let last = -1;
      for (const [column] of row.entries) {
        if (!Number.isInteger(column) || column <= last || column >= inputs) {
          return fail(
            `expected columns that rise and stay below ${inputs}, got ${column}`,
            `filter.layers[${i}].rows[${k}]`,
          );
        }
        last = column;
      }
    }
    inputs = layer.rows.length;
  }
  if (inputs !== 1) return fail(`expected one output, got ${inputs}`, "filter.layers[4].rows");
  return undefined;
}

function checkReadsOne(v1: AffineMap): Rejected<TableFault> | undefined {
  const index = v1.rows.findIndex((row) => row.entries.length > 1);
  const row = v1.rows[index];
  if (row === undefined) return undefined;
  return rejected(
    "first-layer-reads-many",
    `filter.layers[0].rows[${index}]`,
    `this checker decides filters whose first-layer units read one coordinate each; unit ${index} reads ${row.entries.length}`,
    { places: row.entries.map(([place]) => String(place)) },
  );
}

/**
 * A first-layer ReLU that sits exactly at its kink at some cell value has no derivative there. As in
 * evaluateWithJacobian, that holds whether or not anything reads the unit.
 */
function checkFirstKinks(v1: AffineMap, letters: readonly (readonly bigint[])[]): Rejected<TableFault> | undefined {
  const values = letters.map((ofPlace) => new Set(ofPlace));
  for (const [k, { bias, entries }] of v1.rows.entries()) {
    const [entry] = entries;
    if (entry === undefined || entry[1].n === 0n) continue;
    const [place, weight] = entry;
    const kink = bias.neg().div(weight);
    if (kink.d !== 1n || !(values[place] as ReadonlySet<bigint>).has(kink.s * kink.n)) continue;
    const message = "a first-layer unit has its kink at a cell value";
    return rejected("first-layer-kink", `filter.layers[0].rows[${k}]`, message, {
      place,
      cell: String(kink.s * kink.n),
    });
  }
  return undefined;
}

/** Asks for the samples of V2 before they are made. @throws {OutOfWork} */
function askForSamples(inner: FirstHalf, letters: readonly (readonly bigint[])[], work: Work): void {
  for (const [place, parts] of inner.parts.entries()) {
    for (const { terms } of parts) {
      const [from, to] = support(terms, letters[place] as readonly bigint[]);
      work.spend((to - from) * (terms.length + SAMPLE_SIZE) * BIGINT_STEP);
      work.keep((to - from) * SAMPLE_SIZE);
    }
  }
}

interface Output {
  readonly weight: readonly Rational[];
  readonly bias: Rational;
}

/** V5 after V4: one affine map from the gates to the output. */
function composeOutput(v4: AffineMap, v5: AffineMap): Output {
  const [row] = v5.rows as readonly [AffineRow];
  const weight = Array.from({ length: v4.inputs }, () => ZERO);
  let bias = row.bias;
  for (const [term, outer] of row.entries) {
    const inner = v4.rows[term] as AffineRow;
    bias = bias.add(outer.mul(inner.bias));
    for (const [gate, w] of inner.entries) weight[gate] = (weight[gate] as Rational).add(outer.mul(w));
  }
  return { weight, bias };
}

function assemble(
  inner: FirstHalf,
  v3: AffineMap,
  output: Output,
  samples: readonly (readonly (readonly Sample[])[])[],
  work: Work,
): GateTables | Undecided {
  const gates = v3.rows.length;
  const unit3 = commonDenominator(v3.rows);
  const unit = inner.unit * unit3;
  const readers = Array.from({ length: inner.rows }, (): [gate: number, weight: bigint][] => []);
  for (const [gate, row] of v3.rows.entries()) {
    for (const [r, weight] of row.entries) (readers[r] as [number, bigint][]).push([gate, scaled(weight, unit3)]);
  }
  const bias = v3.rows.map((row) => {
    let sum = scaled(row.bias, unit);
    for (const [r, weight] of row.entries) sum += scaled(weight, unit3) * (inner.constant[r] as bigint);
    return sum;
  });

  const merged = samples.map(mergeEqual);
  work.keep(merged.reduce((sum, classes) => sum + classes.length * (gates + LETTER_SIZE), 0));

  const bound = bias.map(magnitude);
  const places = samples.map((ofPlace, place) => {
    const classes = (merged[place] as number[][]).map((members): CellClass => {
      work.spend(gates * BIGINT_STEP);
      const value = Array.from({ length: gates }, () => 0n);
      const slope = new Map<number, bigint>();
      for (const [row, v, d] of ofPlace[members[0] as number] as readonly Sample[]) {
        work.spend((readers[row] as (typeof readers)[number]).length * BIGINT_STEP);
        for (const [gate, weight] of readers[row] as (typeof readers)[number]) {
          value[gate] = (value[gate] as bigint) + weight * v;
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
  for (const [gate, w] of outputWeight.entries()) total += magnitude(w) * (bound[gate] as bigint);
  const largest = [...bound, total].reduce(larger);
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
    // Three numbers a sample, so that no two lists of samples read alike.
    const key = sample.join();
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
      largest.set(row, larger(largest.get(row) ?? 0n, larger(magnitude(value), magnitude(slope))));
    }
  }
  for (const [row, size] of largest) {
    for (const [gate, weight] of readers[row] as (typeof readers)[number])
      bound[gate] = (bound[gate] as bigint) + magnitude(weight) * size;
  }
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function magnitude(n: bigint): bigint {
  return n < 0n ? -n : n;
}
