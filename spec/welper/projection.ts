/** The nearest point of the standard simplex: what projected gradient uses in place of Frank-Wolfe (amendment `tie-at-zero`). */
import { ONE, ZERO, rational, type Rational } from "../exact/rational.js";

/** P_S: the coordinates less a common threshold, and not below 0, so that they add up to 1. */
export function projectOntoSimplex(point: readonly Rational[]): Rational[] {
  const falling = point.toSorted((a, b) => Number(b.compare(a)));
  let sum = ZERO;
  let threshold = ZERO;
  for (const [i, value] of falling.entries()) {
    sum = sum.add(value);
    const candidate = sum.sub(ONE).div(rational(BigInt(i + 1)));
    if (value.gt(candidate)) threshold = candidate;
  }
  return point.map((value) => (value.gt(threshold) ? value.sub(threshold) : ZERO));
}
