/** The function round (Proposition 3.4) and correction functions (Definition D.1), in exact rationals. */
import { ONE, rational, ZERO, type Rational } from "../exact/rational.js";
import type { AffineRow } from "./affine.js";

/** round: 0 up to 1/3, 3 z - 1 up to 2/3, 1 from there on. (The print's x is z; amendment `round-variable`.) */
export function round(z: Rational): Rational {
  if (z.mul(3n).lte(ONE)) return ZERO;
  return z.mul(3n).gte(2n) ? ONE : z.mul(3n).sub(ONE);
}

/**
 * round as two layers of ReLUs: phi(phi(3 z - 1) - phi(3 z - 2)). The print has 3 phi(z - 1/3) - 3 phi(z - 2/3), which is the
 * same function with other weights; with these all weights are integers, and the all-layer margin is larger (amendment
 * `round-weights`).
 *
 * @param column the coordinate that is rounded
 */
export function roundRows(column: number): readonly [first: AffineRow, second: AffineRow] {
  return [
    { bias: -1, entries: [[column, 3]] },
    { bias: -2, entries: [[column, 3]] },
  ];
}

/** The row of round's second layer. @param hidden the place of the first of its two ReLUs */
export function roundOutput(hidden: number): AffineRow {
  return {
    bias: 0,
    entries: [
      [hidden, 1],
      [hidden + 1, -1],
    ],
  };
}

/** sigma_zeta of round: it maps whatever is within this distance of 0 to 0, and of 1 to 1. */
export const ROUND_RADIUS: Rational = rational(1n, 3n);

/**
 * Definition D.1 for a function of one coordinate whose true values are 0 and 1, at one point: whether `zeta` corrects it.
 *
 * @param radius sigma_zeta
 * @param truth 0 or 1
 * @param point within the radius of the truth
 */
export function corrects(zeta: (z: Rational) => Rational, radius: Rational, truth: 0n | 1n, point: Rational): boolean {
  if (point.sub(rational(truth)).abs().gt(radius))
    throw new RangeError("corrects: expected a point within the radius of the true value");
  return zeta(point).equals(rational(truth));
}
