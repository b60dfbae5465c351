/** Filters that are wrong at one patch of all and right at every other. */
import { ONE, rational, type Rational } from "../../../spec/exact/rational.js";
import type { Network } from "../../../spec/networks/network.js";
import { withCellFunction, withGate } from "./gates.js";

/**
 * Adds an amount to a filter's output at one patch and nothing at all others.
 *
 * @param patch u-units, integers; shape: 9. A place that is undefined may hold anything.
 */
export function wrongAt(network: Network, patch: readonly (bigint | undefined)[], amount: bigint | Rational): Network {
  let changed = network;
  const functions: number[] = [];
  for (const [place, u] of patch.entries()) {
    if (u === undefined) continue;
    const [bumped, bump] = withCellFunction(changed, "bump", place, u);
    changed = bumped;
    functions.push(bump);
  }
  // The gate is at 1/2 where all places are met, and below 0 where one is not.
  const gate = {
    bias: rational(1n, 2n).sub(rational(BigInt(functions.length))),
    entries: functions.map((column) => [column, ONE] as const),
  };
  return withGate(changed, gate, (typeof amount === "bigint" ? rational(amount) : amount).mul(rational(2n)));
}
