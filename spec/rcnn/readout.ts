/**
 * f-bar_head (B.2), which turns a cell of the last layer into its share of the prediction, in both readings.
 *
 * As printed, four of the five pieces live on open intervals or half-lines, and the points between them fall through to
 * "1 otherwise". As amended (head-continuous, head-blank-cell) the pieces are closed; the function is continuous, and
 * its value at a blank cell of the compute phase, 3^-2, is 0.
 */
import { slopeAt, valueAt, type PiecewiseLinear } from "../exact/piecewise-linear.js";
import { negativePowerOfThree, ONE, rational, ZERO, type Rational } from "../exact/rational.js";
import type { CellCode } from "./cell-code.js";

/** 1/6: from here on outwards the head is constant. */
const SATURATION: Rational = rational(1n, 6n);
/** 3^-2, where the head is 0. */
const ROOT: Rational = rational(1n, 9n);
/** 18, the steepness of every piece that is not constant. */
const STEEPNESS: Rational = rational(18n);

/**
 * f-bar_head as amended, in x-units: -1 up to -1/6, 18(x + 3^-2) up to 0, -18(x - 3^-2) up to 3^-2, 18(x - 3^-2) up to
 * 1/6, then 1.
 */
export const READOUT: PiecewiseLinear = {
  leftValue: ONE.neg(),
  kinks: [SATURATION.neg(), ZERO, ROOT, SATURATION],
  slopes: [STEEPNESS, STEEPNESS.neg(), STEEPNESS, ZERO],
};

/**
 * The head in integers: F(u) = 3^(K-2) f(u / (2 * 3^K)). Its kinks lie at -3^(K-1), 0, 2 * 3^(K-2) and 3^(K-1), its slopes
 * are 1, -1, 1 and 0, and it saturates at -3^(K-2) and 3^(K-2).
 */
export function readoutInUnits(code: CellCode): PiecewiseLinear {
  const height = rational(3n ** BigInt(code.lastIndex - 2));
  const scale = rational(code.scale);
  return {
    leftValue: READOUT.leftValue.mul(height),
    kinks: READOUT.kinks.map((kink) => kink.mul(scale)),
    slopes: READOUT.slopes.map((slope) => slope.mul(height).div(scale)),
  };
}

/**
 * f-bar_head(x) as amended (x-units).
 *
 * @example
 * ```ts
 * import { formatRational, rational, readout } from "weightproof";
 *
 * // The share of a cell in the prediction: 0 at a blank of the compute phase, 1 and -1 at its symbols.
 * const cells = [rational(1n, 9n), rational(4n, 9n), rational(-2n, 9n)];
 * cells.map((cell) => formatRational(readout(cell))); // => ["0", "1", "-1"]
 * ```
 */
export function readout(x: Rational): Rational {
  return valueAt(READOUT, x);
}

/** The derivative of f-bar_head at x as amended (x-units), or undefined at -1/6, 0, 3^-2 and 1/6. */
export function readoutSlope(x: Rational): Rational | undefined {
  return slopeAt(READOUT, x);
}

/** f-bar_head(x), read off the printed table line by line (x-units). */
export function readoutAsPrinted(x: Rational): Rational {
  if (x.lte(SATURATION.neg())) return ONE.neg();
  if (isStrictlyBetween(x, SATURATION.neg(), ZERO)) return STEEPNESS.mul(x.add(negativePowerOfThree(2)));
  if (isStrictlyBetween(x, ZERO, ROOT)) return STEEPNESS.neg().mul(x.sub(negativePowerOfThree(2)));
  if (isStrictlyBetween(x, ROOT, SATURATION)) return STEEPNESS.mul(x.sub(negativePowerOfThree(2)));
  return ONE;
}

/**
 * The derivative of the printed table at x (x-units): that of the line that holds around x, undefined at -1/6, 0, 3^-2
 * and 1/6. At -1/6 the function is continuous with a kink, at 0 and 3^-2 it jumps away and back, and at 1/6 again it has
 * a kink.
 */
export function readoutSlopeAsPrinted(x: Rational): Rational | undefined {
  if (READOUT.kinks.some((kink) => x.equals(kink))) return undefined;
  if (isStrictlyBetween(x, SATURATION.neg(), ZERO) || isStrictlyBetween(x, ROOT, SATURATION)) return STEEPNESS;
  return isStrictlyBetween(x, ZERO, ROOT) ? STEEPNESS.neg() : ZERO;
}

function isStrictlyBetween(x: Rational, low: Rational, high: Rational): boolean {
  return x.gt(low) && x.lt(high);
}
