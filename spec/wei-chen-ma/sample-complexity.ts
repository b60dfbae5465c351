/**
 * Sample complexity with explicit constants (Lemma 2.3 and section A), for delta = 1/100 and error epsilon.
 *
 * With Maurey's covering, ln N(eps) <= ceil(alpha^2 / (gamma eps)^2) ln(2 p + 1), Dudley's integral cut at 1 / sqrt(n), and no
 * surrogate loss on the sample, an empirical risk minimizer has error at most
 *
 *   2 (4 / sqrt(n) + 12 sqrt(ln(2 p + 1) / n) (alpha ln(n) / (2 gamma) + 1)) + sqrt(ln(100) / (2 n)).
 */

/** What the bounds read of a network and its circuit. */
export interface SampleParameters {
  /** |theta|_1. */
  readonly alpha: bigint;
  /** p, dense. */
  readonly parameters: bigint;
  /** gamma = numerator / denominator, a lower bound of the all-layer margin. */
  readonly margin: { readonly numerator: bigint; readonly denominator: bigint };
  /** m. */
  readonly inputs: number;
  /** r and s of the layered circuit. */
  readonly width: number;
  readonly size: number;
}

/** epsilon = 1/10. */
export const SAMPLE_EPSILON = { numerator: 1n, denominator: 10n } as const;

/** 1 / delta. */
export const SAMPLE_CONFIDENCE = 100n;

/** Digits of the numbers that a certificate states, which are rounded up to so many. */
export const SAMPLE_DIGITS = 12;

/**
 * How many ways there are to choose kind and parents of a gate in a layer after one of at most r gates: AND and OR of two, NOT and
 * ID of one, and two constants. The number of layered circuits with given widths is at most this to the power of s - m.
 */
export function gateChoices(width: number): bigint {
  const r = BigInt(width);
  return 2n * r * r + 2n * r + 2n;
}
