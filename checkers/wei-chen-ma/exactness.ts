/** How large the sums in a circuit's network are at any input, whatever the order in which they are added. */
import type { AffineRow, FeedForward, Layer } from "../../spec/wei-chen-ma/affine.js";

/**
 * The largest |bias| + sum of |weight| * (largest value of what it is on), over all rows. Coordinates of gates are at most 1;
 * hidden ReLUs of gates and of corrections at most their value where every weight above 0 is on a 1. The order of maps is that of
 * circuits' networks: two of gates, two of a correction, and so on.
 */
export function largestSum({ layers }: FeedForward): bigint {
  let most = 0n;
  let before: readonly bigint[] = (layers[0] as Layer).rows.map(() => 1n);
  for (const [l, { rows }] of layers.entries()) {
    const isInner = l % 2 === 1;
    const values = isInner ? before : undefined;
    for (const { bias, entries } of rows) {
      const sum = entries.reduce(
        (total, [column, weight]) => total + size(weight) * (values?.[column] ?? 1n),
        size(bias),
      );
      if (sum > most) most = sum;
    }
    before = isInner ? [] : rows.map(largestValue);
  }
  return most;
}

function size(value: number): bigint {
  return BigInt(Math.abs(value));
}

function largestValue({ bias, entries }: AffineRow): bigint {
  const most = entries.reduce((sum, [, weight]) => sum + BigInt(Math.max(weight, 0)), BigInt(bias));
  return most < 0n ? 0n : most;
}
