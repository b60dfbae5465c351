/** Continuous piecewise linear functions R -> R that are constant left of their first kink. */
import { ZERO, type Rational } from "./rational.js";

/** A function by its kinks; without one it is constant. */
export interface PiecewiseLinear {
  /** The value left of the first kink. */
  readonly leftValue: Rational;
  /** Rising strictly. */
  readonly kinks: readonly Rational[];
  /** slopes[k] holds right of kinks[k], up to the next kink; the last slope extends to infinity. */
  readonly slopes: readonly Rational[];
}

/** The value at x, in the units of the kinks. */
export function valueAt({ leftValue, kinks, slopes }: PiecewiseLinear, x: Rational): Rational {
  let value = leftValue;
  for (const [k, kink] of kinks.entries()) {
    if (x.lte(kink)) break;
    const next = kinks[k + 1];
    const end = next === undefined || x.lt(next) ? x : next;
    value = value.add(end.sub(kink).mul(slopes[k] ?? ZERO));
  }
  return value;
}

/** The derivative at x, or undefined where the slope changes. */
export function slopeAt({ kinks, slopes }: PiecewiseLinear, x: Rational): Rational | undefined {
  let slope = ZERO;
  for (const [k, kink] of kinks.entries()) {
    const right = slopes[k] ?? ZERO;
    if (x.equals(kink) && !right.equals(slope)) return undefined;
    if (x.lte(kink)) break;
    slope = right;
  }
  return slope;
}
