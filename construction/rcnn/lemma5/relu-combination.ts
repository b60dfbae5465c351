/**
 * Univariate piecewise linear functions as combinations of ReLUs (footnote 10 of B.4.1).
 *
 * The linear system of the footnote is triangular: the slope right of a kink is the sum of the coefficients of all
 * ReLUs up to it. So each coefficient is the change of slope at its kink; this closed form is used, and a test solves
 * the system by elimination and compares.
 */
import { type PiecewiseLinear } from "../../../spec/exact/piecewise-linear.js";
import { formatRational, ZERO, type Rational } from "../../../spec/exact/rational.js";

/** bias + sum over k of coefficients[k] * relu(x - kinks[k]). */
export interface ReluCombination {
  /** Rising strictly; the first is zeta_0. */
  readonly kinks: readonly Rational[];
  readonly coefficients: readonly Rational[];
  readonly bias: Rational;
}

/**
 * The combination of one ReLU at zeta_0 and one at each kink that equals a function. Since the function is 0 up to its
 * first kink, the bias and the coefficient at zeta_0 are 0.
 *
 * @param lowest zeta_0, below all kinks of the function
 * @throws {RangeError} if zeta_0 is not below the first kink
 */
export function reluCombination(fn: PiecewiseLinear, lowest: Rational): ReluCombination {
  const first = fn.kinks[0];
  if (first !== undefined && lowest.gte(first)) {
    throw new RangeError(
      `reluCombination: expected zeta_0 below the kink ${formatRational(first)}, got ${formatRational(lowest)}`,
    );
  }
  let before = ZERO;
  const changes = fn.slopes.map((slope) => {
    const change = slope.sub(before);
    before = slope;
    return change;
  });
  return { kinks: [lowest, ...fn.kinks], coefficients: [ZERO, ...changes], bias: ZERO };
}
