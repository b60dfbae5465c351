/** Norms of sparse integer maps, exact or bounded from above. */
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import { squareRoot, upper, type Upper } from "./upward.js";

/**
 * A bound of the operator norm |W|_2 of a map's weights: the root of (largest column sum) * (largest row sum) of absolute values,
 * or of the sum of all squares, whichever is less. Rows and columns of zeros change none of these, so the bound holds at every
 * width.
 */
export function operatorNorm({ rows }: Pick<AffineMap, "rows">): Upper {
  const columns = new Map<number, bigint>();
  let [rowSum, squares] = [0n, 0n];
  for (const { entries } of rows) {
    let sum = 0n;
    for (const [column, weight] of entries) {
      const size = BigInt(Math.abs(weight));
      sum += size;
      squares += size * size;
      columns.set(column, (columns.get(column) ?? 0n) + size);
    }
    if (sum > rowSum) rowSum = sum;
  }
  let columnSum = 0n;
  for (const sum of columns.values()) if (sum > columnSum) columnSum = sum;
  const product = rowSum * columnSum;
  return squareRoot(upper(product < squares ? product : squares));
}

/** The largest absolute value of a weight or a bias. */
export function largestWeight(maps: readonly AffineMap[]): number {
  let most = 0;
  for (const { rows } of maps) {
    for (const { bias, entries } of rows) {
      most = Math.max(most, Math.abs(bias));
      for (const [, weight] of entries) most = Math.max(most, Math.abs(weight));
    }
  }
  return most;
}

/** Weights and biases that are not 0. */
export function countNonzero(maps: readonly AffineMap[]): number {
  let count = 0;
  for (const { rows } of maps) for (const { bias, entries } of rows) count += entries.length + (bias === 0 ? 0 : 1);
  return count;
}
