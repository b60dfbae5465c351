/**
 * Bounds on the sums of any network, from the sizes of its inputs alone: each weight times the most that comes in, whether or
 * not it can come in at once. Far larger than the bounds by letters of checkers/rcnn/float-sums.ts, but for every kind of filter.
 */
import { DyadicSum, exactNumber, powerOfTwo } from "../../checkers/rcnn/dyadic-sum.js";
import type { Worst } from "../../checkers/rcnn/float-sums.js";
import type { AffineMap, Network } from "../../spec/networks/network.js";

/**
 * The largest sum of each layer, at integer inputs of at most the given size; ReLUs let everything through.
 *
 * @param size shape: inputs
 */
export function plainForward({ layers }: Network, size: readonly number[]): Worst[] {
  let before = size.map((most) => new DyadicSum([1, most - 1]));
  return layers.map((layer) => {
    const sums = layer.rows.map(({ bias }) => new DyadicSum([exactNumber(bias)]));
    for (const [r, { entries }] of layer.rows.entries()) {
      for (const [column, weight] of entries) addTerm(sums[r], weight, before[column]);
    }
    before = sums;
    return worst(`${layer.name} forward`, sums);
  });
}

/** The largest sum of each layer on the way back, for a derivative of 1 by the output; all ReLUs are on. */
export function plainBackward({ layers }: Network): Worst[] {
  let after = (layers.at(-1) as AffineMap).rows.map(() => new DyadicSum([1]));
  return [...layers].reverse().map((layer) => {
    const sums = Array.from({ length: layer.inputs }, () => new DyadicSum());
    for (const [r, { entries }] of layer.rows.entries()) {
      for (const [column, weight] of entries) addTerm(sums[column], weight, after[r]);
    }
    after = sums;
    return worst(`${layer.name} backward`, sums);
  });
}

function addTerm(
  sum: DyadicSum | undefined,
  weight: Parameters<typeof exactNumber>[0],
  other: DyadicSum | undefined,
): void {
  if (sum === undefined || other === undefined || other.size === 0) return;
  const factor = exactNumber(weight);
  sum.onGridOf(powerOfTwo(factor) * other.grid);
  sum.grow(Math.abs(factor) * other.size);
}

function worst(name: string, sums: readonly DyadicSum[]): Worst {
  const units = sums.map((sum) => sum.units);
  const row = units.indexOf(Math.max(...units));
  return { name, row, grid: sums[row]?.grid ?? 1, size: units[row] ?? 0 };
}
