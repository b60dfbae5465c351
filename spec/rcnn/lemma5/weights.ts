/**
 * Lemma 5's dimensions, Lemma 6's weight sets and Corollary 3's count (B.4.1), each as printed and as proven.
 *
 * A weight set U(W) holds every nonzero number that the matrix W can hold, for all f and g together: it depends on X, Y
 * and G alone. What a given network holds is counted elsewhere, from its numbers.
 */
import { ONE, rational, ZERO, type Rational } from "../../exact/rational.js";
import type { AffineMap } from "../../networks/network.js";
import { halfWidth, lowestKink } from "./functions.js";
import { coordinateValues, distinct, inputValues, outputValues, slopes, type Table } from "../../networks/table.js";

/** The five matrices in the order of application; a ReLU follows W1 and W1+ (amendment L6-4). */
export const MATRIX_NAMES = ["W1", "W1'", "W1+", "W2'", "W2+"] as const;

/** The name of one of the five matrices. */
export type MatrixName = (typeof MATRIX_NAMES)[number];

/** RELU_AFTER[k] says whether a ReLU follows matrix k. */
export const RELU_AFTER: readonly boolean[] = [true, false, true, false, false];

/** What the sets of Lemma 6 may depend on: X, Y and G, but not f and g. */
export interface WeightDomain {
  /** d_in */
  readonly inputs: number;
  /** Delta, made from X. */
  readonly halfWidth: Rational;
  /** zeta_0, made from X. */
  readonly lowestKink: Rational;
  /** X_i of Lemma 6, rising. */
  readonly inputValues: readonly Rational[];
  /** Y_i of Lemma 6, rising. */
  readonly outputValues: readonly Rational[];
  /** G, rising. */
  readonly slopes: readonly Rational[];
}

/** X, Y = f(X) and G = g(X) of a table. */
export function weightDomain(table: Table): WeightDomain {
  return {
    inputs: table.inputs,
    halfWidth: halfWidth(table),
    lowestKink: lowestKink(table),
    inputValues: inputValues(table),
    outputValues: outputValues(table),
    slopes: slopes(table),
  };
}

/** U(W) for each matrix (Lemma 6): nonzero numbers, rising. */
export function weightSets(domain: WeightDomain): Record<MatrixName, Rational[]> {
  const { inputs, halfWidth: delta, lowestKink: lowest, slopes: gammas } = domain;
  const flank = delta.add(delta);
  const steep = delta.inverse();
  const two = ONE.add(ONE);
  const full = rational(BigInt(inputs));
  const kinks = domain.inputValues.flatMap((x) => [x.sub(flank), x.sub(delta), x.add(delta), x.add(flank)]);
  // Amendment L6-3: thresholds of height 0 are always needed.
  const heights = distinct([ZERO, ...domain.outputValues]);
  return {
    W1: nonzero([ONE, lowest.neg(), ...kinks.map((kink) => kink.neg())]),
    "W1'": nonzero([steep, steep.neg(), steep.sub(ONE), two.sub(steep), steep.add(two).neg(), steep.add(ONE)]),
    "W1+": nonzero([ONE, lowest.neg(), full.sub(flank).neg(), full.sub(delta).neg()]),
    "W2'": nonzero(
      heights.flatMap((y) => {
        const climb = y.mul(steep);
        return gammas.flatMap((gamma) => [climb.sub(gamma), gamma.mul(two).sub(climb)]);
      }),
    ),
    "W2+": [ONE],
  };
}

/** Upper bounds on |U(W)|. */
export interface WeightBound {
  /** Lemma 6 or Corollary 3, to the letter. */
  readonly printed: number;
  /** The most that the construction needs; never above `printed`. */
  readonly sharp: number;
}

/** The bounds of Lemma 6, printed and sharp. */
export function weightBounds(domain: WeightDomain): Record<MatrixName, WeightBound> {
  const x = domain.inputValues.length;
  const y = domain.outputValues.length;
  const g = domain.slopes.length;
  return {
    W1: { printed: 4 * x + 2, sharp: 4 * x + 2 },
    "W1'": { printed: 12 * x, sharp: 6 },
    "W1+": { printed: 4, sharp: 4 },
    "W2'": { printed: 4 * g * y, sharp: thresholdWeights(domain) },
    "W2+": { printed: 1, sharp: 1 },
  };
}

/**
 * The bound on |U|, the union of all weight sets and {0}.
 *
 * Printed (Corollary 3): 24 |X_i| + 5, where Y_i = X_i and G = {0, 1}; for other Y and G the same sum of Lemma 6's bounds,
 * 16 |X_i| + 4 |G| |Y_i| + 5 with 0, 1 and -zeta_0 counted once (amendment C3-1).
 */
export function unionBound(domain: WeightDomain): WeightBound {
  const x = domain.inputValues.length;
  const printed = 16 * x + 4 * domain.slopes.length * domain.outputValues.length + 5;
  return { printed, sharp: 4 * x + 11 + thresholdWeights(domain) };
}

/** Two numbers for each height (0 among them) and slope; none where both are 0. */
function thresholdWeights({ outputValues: heights, slopes: gammas }: WeightDomain): number {
  const isZero = (value: Rational): boolean => value.n === 0n;
  const y = heights.length + (heights.some(isZero) ? 0 : 1);
  return 2 * gammas.length * y - (gammas.some(isZero) ? 2 : 0);
}

/** The sizes of Lemma 5: |X_i| and the rows of each matrix. */
export interface Dimensions {
  /** Rows of W1: ReLUs of the first layer. */
  readonly d1: number;
  /** Rows of W1': univariate indicators. */
  readonly bumps: number;
  /** Rows of W1+: ReLUs of the second layer. */
  readonly d2: number;
  /** Rows of W2': thresholds tau. */
  readonly thresholds: number;
}

/** Equation (3) and the counts d'_1 and d'_2, to the letter; the proof yields at most this (amendment L5-4). */
export function printedDimensions({ inputs, outputs, points }: Table): Dimensions {
  const bumps = 2 * inputs * points.length;
  const thresholds = 2 * inputs * outputs * points.length;
  return { d1: 5 * bumps, bumps, d2: 3 * thresholds, thresholds };
}

/**
 * What the proof yields: 2 bumps for each coordinate and value, 5 ReLUs each; for each point, input and output one tau
 * for each element of {0, f(x)_j}, 3 ReLUs each.
 */
export function provenDimensions(table: Table): Dimensions {
  const bumps = coordinateValues(table).reduce((sum, values) => sum + 2 * values.length, 0);
  let thresholds = 0;
  for (const { value } of table.points)
    for (const y of value) thresholds += y.n === 0n ? table.inputs : 2 * table.inputs;
  return { d1: 5 * bumps, bumps, d2: 3 * thresholds, thresholds };
}

/** The nonzero numbers that an affine map holds, biases included, each once, rising. */
export function weightsOf(layer: AffineMap): Rational[] {
  const all: Rational[] = [];
  for (const { bias, entries } of layer.rows) {
    all.push(bias);
    for (const [, weight] of entries) all.push(weight);
  }
  return nonzero(all);
}

function nonzero(values: Iterable<Rational>): Rational[] {
  return distinct(values).filter((value) => value.n !== 0n);
}
