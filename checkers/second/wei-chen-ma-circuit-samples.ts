/** Norms of a circuit's network, sums in floats, and the numbers of samples that follow from the margin. */
import { absolute, integerRoot } from "./wei-chen-ma-circuit-margin.js";
import { top } from "./wei-chen-ma-circuit-tables.js";
import type { Layer, Ratio } from "./wei-chen-ma-circuit-text.js";

interface Norms {
  readonly alpha: string;
  readonly parameters: string;
  readonly depth: number;
  readonly leastWidth: number;
  readonly largestWeight: number;
  readonly nonzero: number;
}

/** The numbers of `norms`. */
export function normsOf(layers: readonly Layer[], m: number, k: number, width: number, leastWidth: number): Norms {
  let alpha = 0n;
  let [largestWeight, nonzero] = [0, 0];
  for (const { rows } of layers)
    for (const { bias, entries } of rows)
      for (const weight of [bias, ...entries.map(([, one]) => one)]) {
        alpha += BigInt(Math.abs(weight));
        largestWeight = Math.max(largestWeight, Math.abs(weight));
        if (weight !== 0) nonzero++;
      }
  const depth = layers.length - 1;
  const w = BigInt(width);
  const parameters = w * BigInt(m + 1) + BigInt(depth - 1) * w * (w + 1n) + BigInt(k) * (w + 1n);
  return { alpha: String(alpha), parameters: String(parameters), depth, leastWidth, largestWeight, nonzero };
}

/** The largest absolute value of a sum, in any order. */
export function largestSum(layers: readonly Layer[]): bigint {
  return layers.reduce((most, { rows }, l) => {
    const tops = l % 2 === 1 ? layers[l - 1]?.rows.map(top) : undefined;
    return rows.reduce((inner, row) => {
      const sum = absolute(row).reduce((total, [c, w]) => total + w * (tops?.[c] ?? 1n), BigInt(Math.abs(row.bias)));
      return sum > inner ? sum : inner;
    }, most);
  }, 0n);
}

/** Units of logarithms: 2^-160. */
const LOG = 160n;

/** ln x from above: the binary logarithm digit by digit, by squaring, times ln 2 = sum of 1 / (k 2^k). */
function ln(x: bigint): bigint {
  const precision = 640n;
  let exponent = BigInt(x.toString(2).length - 1);
  let mantissa = ((x << precision) >> exponent) + 1n;
  for (let i = 0n; i < LOG; i++) {
    mantissa = ((mantissa * mantissa) >> precision) + 1n;
    exponent *= 2n;
    if (mantissa >> (precision + 1n) > 0n) {
      mantissa = (mantissa >> 1n) + 1n;
      exponent += 1n;
    }
  }
  return (((exponent + 1n) * LN_2) >> LOG) + 1n;
}

const LN_2: bigint = Array.from({ length: 170 }, (_, k) => ((1n << LOG) >> BigInt(k + 1)) / BigInt(k + 1) + 1n).reduce(
  (a, b) => a + b,
);

/** The numbers of `sample`. */
export function samples(
  alpha: bigint,
  p: bigint,
  [gn, gd]: Ratio,
  m: number,
  r: number,
  coordinates: number,
): Record<string, string> {
  const one = 1n << LOG;
  const over = (n: bigint, d: bigint): bigint => (n + d - 1n) / d;
  const twelve = (n: bigint): string => {
    const zeros = Math.max(0, String(n).length - 12);
    return zeros === 0 ? String(n) : String(over(n, 10n ** BigInt(zeros)) * 10n ** BigInt(zeros));
  };
  const sqrt = (a: bigint): bigint => integerRoot(a << LOG);
  const [cover, sure] = [24n * sqrt(ln(2n * p + 1n)), sqrt(over(ln(100n), 2n))];
  const isEnough = (n: bigint): boolean => {
    const left = 8n * one + over(cover * (over(alpha * ln(n) * gd, 2n * gn) + one), one) + sure;
    return 100n * left * left <= n * one * one;
  };
  let [low, high] = [8n, 16n];
  while (!isEnough(high)) [low, high] = [high, 2n * high];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  const choices = 2n * BigInt(r) * BigInt(r) + 2n * BigInt(r) + 2n;
  return {
    expression: twelve(over(100n * (over(alpha * alpha * gd * gd * ln(p), gn * gn) + one), one)),
    explicit: twelve(high),
    finiteClass: twelve(over(10n * (BigInt(coordinates) * ln(choices) + ln(100n)), one)),
    inputs: twelve(2n ** BigInt(m)),
  };
}
