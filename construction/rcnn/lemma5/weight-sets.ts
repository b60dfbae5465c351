/**
 * Lemma 6 and Corollary 3 (B.4.1) measured on a network: how many different numbers its matrices hold, against the bounds,
 * and whether they all come from the sets that depend on X, Y and G alone.
 */
import { formatRational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import type { Network } from "../../../spec/networks/network.js";
import { distinct } from "../../../spec/networks/table.js";
import {
  MATRIX_NAMES,
  unionBound,
  weightBounds,
  weightSets,
  weightsOf,
  type MatrixName,
  type WeightBound,
  type WeightDomain,
} from "../../../spec/rcnn/lemma5/weights.js";

/** One line of the report. */
export interface WeightSetLine {
  /** U is the union of all sets and {0} (Corollary 3). */
  readonly set: MatrixName | "U";
  /** The bound to the letter: Lemma 6 for a matrix, Corollary 3 for U. */
  readonly bound: number;
  /** The bound that the construction meets by itself, never above `bound`. */
  readonly sharpBound: number;
  /** |U(W)| as made from X, Y and G. */
  readonly available: number;
  /** How many different nonzero numbers the matrix holds; for U, with 0. */
  readonly actual: number;
  /** Whether actual is at most bound, and every number is in U(W). */
  readonly holds: boolean;
}

/**
 * The report for a network of five layers.
 *
 * @throws {RangeError} if the network has another number of layers
 */
export function weightSetReport(network: Network, domain: WeightDomain): WeightSetLine[] {
  if (network.layers.length !== MATRIX_NAMES.length) {
    throw new RangeError(`weightSetReport: expected 5 layers, got ${network.layers.length}`);
  }
  const sets = weightSets(domain);
  const bounds = weightBounds(domain);
  const found = network.layers.map(weightsOf);
  const lines = MATRIX_NAMES.map((name, k) => line(name, bounds[name], sets[name], found[k] ?? []));
  const all = distinct([ZERO, ...MATRIX_NAMES.flatMap((name) => sets[name])]);
  return [...lines, line("U", unionBound(domain), all, distinct([ZERO, ...found.flat()]))];
}

function line(
  set: WeightSetLine["set"],
  bound: WeightBound,
  available: readonly Rational[],
  found: readonly Rational[],
): WeightSetLine {
  const known = new Set(available.map(formatRational));
  return {
    set,
    bound: bound.printed,
    sharpBound: bound.sharp,
    available: available.length,
    actual: found.length,
    holds: found.length <= bound.printed && found.every((weight) => known.has(formatRational(weight))),
  };
}
