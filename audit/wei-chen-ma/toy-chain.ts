/** The toy chain of section 3.1, f(1, W) = W_1 ... W_d - 1/2, without round and with it (3.1), exactly. */
import { ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { isWrong, squaredNorm, type Perturbation } from "../../spec/wei-chen-ma/margin.js";
import { round } from "../../spec/wei-chen-ma/round.js";

const HALF = rational(1n, 2n);

/** f(1, 1 + delta). */
export function toyOutput(delta: Perturbation): Rational {
  return delta.reduce((product, change) => product.mul(ONE.add(change)), ONE).sub(HALF);
}

/** (3.1) at 1 + delta: round after every factor. */
export function roundedToyOutput(delta: Perturbation): Rational {
  return delta.reduce((value, change) => round(ONE.add(change).mul(value)), ONE).sub(HALF);
}

/** d equal entries. */
export function everywhere(value: Rational, depth: number): Rational[] {
  return Array.from({ length: depth }, () => value);
}

/** Bounds of a number, `digits` after the point apart. */
export interface Enclosure {
  readonly low: Rational;
  readonly high: Rational;
}

/**
 * 1 - 2^(-1/d), the factor by which all d weights have to fall together: (1 - low)^d > 1/2 >= (1 - high)^d, and they are 10^-digits
 * apart.
 */
export function equalShare(depth: number, digits: number): Enclosure {
  const unit = 10n ** BigInt(digits);
  const isWrongAt = (share: bigint): boolean => 2n * (unit - share) ** BigInt(depth) <= unit ** BigInt(depth);
  let [low, high] = [0n, unit];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isWrongAt(middle)) high = middle;
    else low = middle;
  }
  return { low: rational(low, unit), high: rational(high, unit) };
}

/**
 * A perturbation that makes the chain with round wrong, and whose norm is below 1/2 from d = 2 on: the first two factors take the
 * value to 1/2, which round leaves alone.
 */
export function roundedFlip(depth: number): Rational[] {
  const first = depth === 1 ? [rational(-1n, 2n)] : [rational(-12n, 25n), rational(-3n, 28n)];
  return [...first, ...everywhere(ZERO, depth - first.length)];
}

/** Whether the output under a perturbation is wrong for the target 1, and its squared norm. */
export function toyFlip(
  output: (delta: Perturbation) => Rational,
  delta: Perturbation,
): { readonly wrong: boolean; readonly squares: Rational } {
  return { wrong: isWrong(output(delta), 1), squares: squaredNorm(delta) };
}
