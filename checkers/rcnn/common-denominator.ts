/** Rationals as integers over one denominator. */
import type { Rational } from "../../spec/exact/rational.js";
import type { AffineRow } from "../../spec/networks/network.js";

/** value * unit as an integer; unit is a multiple of the denominator. */
export function scaled(value: Rational, unit: bigint): bigint {
  return (value.s * value.n * unit) / value.d;
}

/** The least denominator over which all numbers of the rows are integers. */
export function commonDenominator(rows: readonly AffineRow[]): bigint {
  return lcmOfDenominators(rows.flatMap((row) => [row.bias, ...row.entries.map(([, weight]) => weight)]));
}

/** The least denominator over which all values are integers. */
export function lcmOfDenominators(values: readonly Rational[]): bigint {
  let lcm = 1n;
  for (const { d } of values) lcm = (lcm / gcd(lcm, d)) * d;
  return lcm;
}

function gcd(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large;
}
