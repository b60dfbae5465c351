/** Rationals as integers over one denominator; the engines' own, apart from the checkers'. */
import type { Rational } from "../../spec/exact/rational.js";
import type { AffineMap } from "../../spec/networks/network.js";

/** value * denominator, which is a multiple of the value's own. */
export function toInteger(value: Rational, denominator: bigint): bigint {
  return value.s * value.n * (denominator / value.d);
}

/** The least denominator over which all numbers of a matrix and its biases are integers. */
export function commonDenominator({ rows }: AffineMap): bigint {
  let common = 1n;
  const include = ({ d }: Rational): void => {
    if (common % d !== 0n) common *= d / greatestCommonDivisor(common, d);
  };
  for (const { bias, entries } of rows) {
    include(bias);
    for (const [, weight] of entries) include(weight);
  }
  return common;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large;
}
