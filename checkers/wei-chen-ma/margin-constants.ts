/** What the induction over layers reads of a circuit's network: norms of its maps and of what they hold, at every width. */
import type { AffineRow, FeedForward, Layer } from "../../spec/wei-chen-ma/affine.js";
import type { CorrectionUnit } from "./check-correction.js";
import type { CheckedFunction, LayerNorms } from "./check-function.js";
import { operatorNorm } from "./norms.js";
import { squareRoot, upper, type Upper } from "./upward.js";

/** Squares of row norms through the maps of a window, of one row: how far each perturbation reaches into its value. */
export interface Reach {
  /** Of what the window's input deviates by: |sum of |W2| |W1||_2^2. */
  readonly input: bigint;
  /** Of the first map's perturbation: |W2|_2^2 of the row. */
  readonly first: bigint;
  /** Of the second map's. */
  readonly second: bigint;
}

/** A layer of gates, and the correction or the output after it. */
export interface LayerConstants {
  readonly norms: LayerNorms;
  readonly firstNorm: Upper;
  readonly secondNorm: Upper;
  /** Rows that the window's inequality is about; each once. */
  readonly rows: readonly ReachedRow[];
  readonly correction: CorrectionConstants | undefined;
}

/** |slope| * change + own perturbation must stay within the slack. */
export interface ReachedRow {
  readonly reach: Reach;
  readonly slope: bigint;
  readonly slack: bigint;
}

/** Of two layers that round. */
export interface CorrectionConstants {
  readonly firstNorm: Upper;
  readonly secondNorm: Upper;
  /** The sum of squares of the biases above 0 of the first map. */
  readonly biases: bigint;
  /** The largest sum of squares of hidden values at any input. */
  readonly hidden: bigint;
  /** The largest sum of squares of weights on the hidden ReLUs that are on, of a coordinate. */
  readonly weights: bigint;
}

/** All that the bounds on the margin read. */
export interface MarginData {
  readonly layers: readonly LayerConstants[];
  /** Of the last map. */
  readonly outputNorm: Upper;
  readonly outputs: number;
}

/** The constants of a network, or the number of the layer of gates whose correction stands on a kink at 0 or 1. */
export function marginConstants(
  network: FeedForward,
  { norms }: CheckedFunction,
  corrections: readonly (readonly CorrectionUnit[])[],
): MarginData | { readonly kinkAfter: number } {
  const list: LayerConstants[] = [];
  for (const [l, layerNorms] of norms.entries()) {
    const [first, second] = network.layers.slice(4 * l, 4 * l + 2) as [Layer, Layer];
    const units = corrections[l];
    const reaches = second.rows.map((row) => reachOf(first, row));
    const rows =
      units === undefined
        ? (network.layers.at(-1) as Layer).rows.map((row) => outputRow(first, second, row))
        : units.flatMap((unit, k) => correctedRows(unit, reaches[k] as Reach));
    if (rows.some(({ slack }) => slack === 0n)) return { kinkAfter: l + 1 };
    const correction = units === undefined ? undefined : correctionConstants(network, l, units, layerNorms);
    list.push({
      norms: layerNorms,
      firstNorm: operatorNorm(first),
      secondNorm: operatorNorm(second),
      rows: distinct(rows),
      correction,
    });
  }
  const last = network.layers.at(-1) as Layer;
  return { layers: list, outputNorm: operatorNorm(last), outputs: last.rows.length };
}

function absolute(value: number): bigint {
  return BigInt(Math.abs(value));
}

function sumOfSquares(values: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const value of values) sum += value * value;
  return sum;
}

/** |v|, where v is the sum over hidden units of weight * |row|. */
function inputReach(first: Layer, hidden: Iterable<readonly [column: number, weight: bigint]>): bigint {
  const columns = new Map<number, bigint>();
  for (const [column, weight] of hidden) {
    for (const [input, inner] of (first.rows[column] as AffineRow).entries)
      columns.set(input, (columns.get(input) ?? 0n) + weight * absolute(inner));
  }
  return sumOfSquares(columns.values());
}

function reachOf(first: Layer, { entries }: AffineRow): Reach {
  const hidden = entries.map(([column, weight]) => [column, absolute(weight)] as const);
  return { input: inputReach(first, hidden), first: sumOfSquares(hidden.map(([, weight]) => weight)), second: 1n };
}

/** An output is one more map away; its value is -1 or 1, so a change of less than 1 keeps its sign. */
function outputRow(first: Layer, second: Layer, { entries }: AffineRow): ReachedRow {
  const hidden = new Map<number, bigint>();
  for (const [column, weight] of entries) {
    for (const [inner, by] of (second.rows[column] as AffineRow).entries)
      hidden.set(inner, (hidden.get(inner) ?? 0n) + absolute(weight) * absolute(by));
  }
  const reach = {
    input: inputReach(first, hidden),
    first: sumOfSquares(hidden.values()),
    second: sumOfSquares(entries.map(([, weight]) => absolute(weight))),
  };
  return { reach, slope: 1n, slack: 1n };
}

/** Each ReLU of a correction stays on the side of its kink on which it is, at 0 and at 1. */
function correctedRows({ relus }: CorrectionUnit, reach: Reach): ReachedRow[] {
  return relus.flatMap(({ slope, bias }) =>
    [0, 1].map((value) => ({ reach, slope: absolute(slope), slack: absolute(slope * value + bias) })),
  );
}

function correctionConstants(
  { layers }: FeedForward,
  layer: number,
  units: readonly CorrectionUnit[],
  { output }: LayerNorms,
): CorrectionConstants {
  const [first, second] = layers.slice(4 * layer + 2, 4 * layer + 4) as [Layer, Layer];
  const at = (unit: CorrectionUnit, value: number): { readonly squares: bigint; readonly weights: bigint } => {
    const on = unit.relus.filter(({ slope, bias }) => slope * value + bias > 0);
    return {
      squares: sumOfSquares(on.map(({ slope, bias }) => absolute(slope * value + bias))),
      weights: sumOfSquares(on.map(({ weight }) => absolute(weight))),
    };
  };
  const zeros = units.map((unit) => at(unit, 0));
  const ones = units.map((unit) => at(unit, 1));
  const most = (list: readonly bigint[]): bigint => list.reduce((a, b) => (b > a ? b : a), 0n);
  const zeroSum = zeros.reduce((sum, { squares }) => sum + squares, 0n);
  return {
    firstNorm: operatorNorm(first),
    secondNorm: operatorNorm(second),
    biases: sumOfSquares(first.rows.map(({ bias }) => absolute(Math.max(bias, 0)))),
    hidden: zeroSum + output * most(ones.map(({ squares }) => squares)),
    weights: most([...zeros, ...ones].map(({ weights }) => weights)),
  };
}

function distinct(rows: readonly ReachedRow[]): ReachedRow[] {
  const known = new Map<string, ReachedRow>();
  for (const row of rows) {
    const { reach, slope, slack } = row;
    known.set([reach.input, reach.first, reach.second, slope, slack].join(), row);
  }
  return [...known.values()];
}

/** The root of an integer from above. */
export function normOf(squares: bigint): Upper {
  return squareRoot(upper(squares));
}
