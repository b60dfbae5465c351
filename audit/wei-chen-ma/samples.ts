/**
 * Sample complexity to the last digit. The inequality of spec/wei-chen-ma/sample-complexity.ts is decided between bounds from below and
 * from above, so the least n is certain: at n the larger bound is enough, at n - 1 the smaller one is not.
 */
import { LOG_BITS, logarithm, type Bounds } from "../../checkers/wei-chen-ma/logarithm.js";
import { ceilingRoot } from "../../checkers/wei-chen-ma/upward.js";
import type { Rational } from "../../spec/exact/rational.js";
import { SAMPLE_CONFIDENCE, SAMPLE_EPSILON } from "../../spec/wei-chen-ma/sample-complexity.js";
import { decimal, logarithm as decimalLogarithm, type Decimal } from "../decimal.js";

/** What the bounds of Lemma 2.3 read of a network. */
export interface SampledNetwork {
  /** |theta|_1. */
  readonly alpha: bigint;
  /** p, dense. */
  readonly parameters: bigint;
  /** gamma: a lower bound of the all-layer margin, above 0. */
  readonly margin: Rational;
}

const ONE = 1n << LOG_BITS;
const { numerator: EPS, denominator: EPS_INVERSE } = SAMPLE_EPSILON;

/**
 * The least n from 16 on with 2 (4 / sqrt n + 12 sqrt(ln(2 p + 1) / n) (alpha ln n / (2 gamma) + 1)) + sqrt(ln 100 / (2 n)) <= 1/10.
 *
 * @throws {RangeError} if 192 bits do not decide it
 */
export function leastSample(network: SampledNetwork): bigint {
  let high = 16n;
  while (!isEnough(network, high)) high *= 2n;
  let low = high / 2n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isEnough(network, middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether the bound is at most epsilon at n. It falls from e^2 on. */
export function isEnough(network: SampledNetwork, n: bigint): boolean {
  const { low, high } = scaledBound(network, n);
  const right = n * EPS ** 2n * ONE * ONE;
  if (high * high * EPS_INVERSE ** 2n <= right) return true;
  if (low * low * EPS_INVERSE ** 2n > right) return false;
  throw new RangeError(`isEnough: ${LOG_BITS} bits do not decide it at n = ${n}`);
}

/** sqrt n times the bound: 8 + 24 sqrt(ln(2 p + 1)) (alpha ln(n) / (2 gamma) + 1) + sqrt(ln(100) / 2). */
function scaledBound({ alpha, parameters, margin }: SampledNetwork, n: bigint): Bounds {
  const logN = logarithm(n);
  const slope = {
    low: (alpha * logN.low * margin.d) / (2n * margin.n),
    high: up(alpha * logN.high * margin.d, 2n * margin.n),
  };
  const root = rootBounds(logarithm(2n * parameters + 1n));
  const log100 = logarithm(SAMPLE_CONFIDENCE);
  const confidence = rootBounds({ low: log100.low / 2n, high: up(log100.high, 2n) });
  return {
    low: 8n * ONE + ((24n * root.low * (slope.low + ONE)) >> LOG_BITS) + confidence.low,
    high: 8n * ONE + ((24n * root.high * (slope.high + ONE)) >> LOG_BITS) + 1n + confidence.high,
  };
}

function rootBounds({ low, high }: Bounds): Bounds {
  const least = ceilingRoot(low << LOG_BITS) - 1n;
  return { low: least < 0n ? 0n : least, high: ceilingRoot(high << LOG_BITS) };
}

function up(n: bigint, d: bigint): bigint {
  return (n + d - 1n) / d;
}

/** (alpha^2 ln p / gamma^2 + 1) / epsilon^2: Lemma 2.3 as it is printed, without constants and poly-logarithmic factors. */
export function printedExpression({ alpha, parameters, margin }: SampledNetwork): Decimal {
  const squares = decimal(alpha ** 2n * margin.d ** 2n, margin.n ** 2n);
  return squares
    .times(decimalLogarithm(parameters))
    .plus(1)
    .times((EPS_INVERSE ** 2n).toString())
    .div((EPS ** 2n).toString());
}

/**
 * p d ln p / epsilon^2: the VC dimension of networks of piecewise linear units (Harvey et al., 2017), up to a constant, in place of
 * the margin. It grows with every parameter, used or not.
 */
export function vcExpression(parameters: bigint, depth: number): Decimal {
  return decimalLogarithm(parameters)
    .times((parameters * BigInt(depth) * EPS_INVERSE ** 2n).toString())
    .div((EPS ** 2n).toString());
}
