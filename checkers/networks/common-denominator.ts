/** Rationals as integers over one denominator. */
import type { Rational } from "../../spec/exact/rational.js";
import type { AffineRow } from "../../spec/networks/network.js";

/** value * denominator, which is a multiple of the value's own. */
export function scaled(value: Rational, denominator: bigint): bigint {
  return (value.s * value.n * denominator) / value.d;
}

/** The least denominator over which all numbers of the rows are integers. */
export function commonDenominator(rows: readonly AffineRow[]): bigint {
  return lcmOfDenominators(rows.flatMap((row) => [row.bias, ...row.entries.map(([, weight]) => weight)]));
}

/** The least denominator over which all values are integers; 1 if there are none. */
export function lcmOfDenominators(values: Iterable<Rational>): bigint;
/** @param most where to end: undefined if it is larger */
export function lcmOfDenominators(values: Iterable<Rational>, most: bigint): bigint | undefined;
export function lcmOfDenominators(values: Iterable<Rational>, most?: bigint): bigint | undefined {
  let lcm = 1n;
  for (const { d } of values) {
    if (lcm % d !== 0n) lcm = (lcm / gcd(lcm, d)) * d;
    if (most !== undefined && lcm > most) return undefined;
  }
  return lcm;
}

function gcd(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large;
}
