/** The sample complexities of spec/wei-chen-ma/sample-complexity.ts, each rounded up to twelve digits. */
import {
  gateChoices,
  SAMPLE_CONFIDENCE,
  SAMPLE_DIGITS,
  SAMPLE_EPSILON,
  type SampleParameters,
} from "../../spec/wei-chen-ma/sample-complexity.js";
import { LOG_BITS, logarithm, type Bounds } from "./logarithm.js";
import { ceilingRoot } from "./upward.js";

/** Numbers of samples, as integers with at most twelve digits before zeros. */
export interface SampleNumbers {
  /** (alpha^2 ln p / gamma^2 + 1) / epsilon^2: the paper's expression without constants and poly-logarithmic factors. */
  readonly expression: string;
  /** The least n for which the explicit bound is at most epsilon. */
  readonly explicit: string;
  /** (ln |G| + ln 100) / epsilon: empirical risk minimization over all circuits of these widths. */
  readonly finiteClass: string;
  /** 2^m: seeing every input. */
  readonly inputs: string;
}

const { numerator: EPS, denominator: EPS_INVERSE } = SAMPLE_EPSILON;
const ONE = 1n << LOG_BITS;

/** The four numbers. */
export function sampleNumbers(parameters: SampleParameters): SampleNumbers {
  const { alpha, parameters: p, margin, inputs, width, size } = parameters;
  const logs = logarithm(p).high;
  const ratio = divideUp(alpha * alpha * margin.denominator ** 2n * logs, margin.numerator ** 2n);
  const expression = divideUp((ratio + ONE) * EPS_INVERSE ** 2n, ONE * EPS ** 2n);
  const circuits = logarithm(gateChoices(width)).high * BigInt(size - inputs) + logarithm(SAMPLE_CONFIDENCE).high;
  return {
    expression: roundUp(expression),
    explicit: leastSample(parameters),
    finiteClass: roundUp(divideUp(circuits * EPS_INVERSE, ONE * EPS)),
    inputs: roundUp(2n ** BigInt(inputs)),
  };
}

/** The least n whose bound is at most epsilon, rounded up to twelve digits. */
function leastSample(parameters: SampleParameters): string {
  // From e^2 on the bound falls; it is above 1 there.
  let high = 16n;
  while (!isEnough(parameters, high)) high *= 2n;
  let low = high / 2n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isEnough(parameters, middle)) high = middle;
    else low = middle;
  }
  return roundUp(high);
}

/** Whether 8 + 24 sqrt(ln(2 p + 1)) (alpha ln(n) / (2 gamma) + 1) + sqrt(ln(100) / 2) <= epsilon sqrt(n), rounded against it. */
function isEnough({ alpha, parameters, margin }: SampleParameters, n: bigint): boolean {
  const root = (bound: Bounds): bigint => ceilingRoot(bound.high << LOG_BITS);
  const slope = divideUp(alpha * logarithm(n).high * margin.denominator, 2n * margin.numerator);
  const covering = (24n * root(logarithm(2n * parameters + 1n)) * (slope + ONE)) >> LOG_BITS;
  const confidence = ceilingRoot(divideUp(logarithm(SAMPLE_CONFIDENCE).high, 2n) << LOG_BITS);
  const left = 8n * ONE + covering + 1n + confidence;
  return left * left * EPS_INVERSE ** 2n <= n * EPS ** 2n * ONE * ONE;
}

/** Rounds an integer up to twelve digits and zeros. */
function roundUp(value: bigint): string {
  const power = 10n ** BigInt(Math.max(0, String(value).length - SAMPLE_DIGITS));
  return String(divideUp(value, power) * power);
}

function divideUp(n: bigint, d: bigint): bigint {
  return (n + d - 1n) / d;
}
