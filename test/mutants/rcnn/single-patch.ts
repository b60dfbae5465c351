/** Filters that are wrong at one patch of all and right at every other. */
import { ONE, rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import type { AffineLayer, Network } from "../../../spec/networks/network.js";
import { withRow } from "../networks/samples.js";
import { withIdleRow } from "./number-mutants.js";

const quarters = (n: bigint) => rational(n, 4n);

/**
 * Adds an amount to a filter's output at one patch and nothing at all others.
 *
 * @param patch u-units, integers; shape: 9. A place that is undefined may hold anything.
 */
export function wrongAt(network: Network, patch: readonly (bigint | undefined)[], amount: bigint | Rational): Network {
  const met = patch.flatMap((u, place) => (u === undefined ? [] : [[place, u] as const]));
  let changed = network;
  const functions: number[] = [];
  for (const [place, u] of met) {
    // 1 at u, 0 from 3/4 away on, and flat at every integer.
    const units = (changed.layers[0] as AffineLayer).rows.length;
    for (const offset of [-3n, -2n, 2n, 3n])
      changed = withIdleRow(changed, 0, { bias: rational(-u).sub(quarters(offset)), entries: [[place, ONE]] });
    functions.push((changed.layers[1] as AffineLayer).rows.length);
    changed = withIdleRow(changed, 1, {
      bias: ZERO,
      entries: [4n, -4n, -4n, 4n].map((weight, k) => [units + k, rational(weight)] as const),
    });
  }
  // The gate is at 1/2 where all places are met, and below 0 where one is not.
  const gate = (changed.layers[2] as AffineLayer).rows.length;
  changed = withIdleRow(changed, 2, {
    bias: rational(1n, 2n).sub(rational(BigInt(met.length))),
    entries: functions.map((column) => [column, ONE] as const),
  });
  const term = (changed.layers[3] as AffineLayer).rows.length;
  changed = withIdleRow(changed, 3, {
    bias: ZERO,
    entries: [[gate, (typeof amount === "bigint" ? rational(amount) : amount).mul(rational(2n))]],
  });
  return withRow(changed, 4, 0, (row) => ({ ...row, entries: [...row.entries, [term, ONE] as const] }));
}
