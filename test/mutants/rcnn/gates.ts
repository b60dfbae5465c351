/** Functions of one cell and gates of several, added to a filter. */
import { ONE, rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../../spec/networks/network.js";
import { withRow } from "../networks/samples.js";
import { withIdleRow } from "./number-mutants.js";

/**
 * "bump": 1 at u and flat there. "wiggle": 0 at u with slope 1. Both are 0, and flat, from 3/4 away on. The kinks are
 * quarters away from u, so none is at an integer.
 */
const FUNCTIONS: Readonly<Record<"bump" | "wiggle", readonly (readonly [quarters: bigint, weight: bigint])[]>> = {
  bump: [[-3n, 4n], [-2n, -4n], [2n, -4n], [3n, 4n]],
  wiggle: [[-2n, -1n], [-1n, 2n], [1n, -2n], [2n, 1n]],
}; // prettier-ignore

/** Adds a function of one place to V1 and V2, and returns its column. */
export function withCellFunction(
  network: Network,
  kind: keyof typeof FUNCTIONS,
  place: number,
  u: bigint,
): readonly [changed: Network, column: number] {
  const [{ rows: units }, { rows: functions }] = network.layers as [AffineMap, AffineMap];
  let changed = network;
  for (const [quarters] of FUNCTIONS[kind])
    changed = withIdleRow(changed, 0, { bias: rational(-u).sub(rational(quarters, 4n)), entries: [[place, ONE]] });
  changed = withIdleRow(changed, 1, {
    bias: ZERO,
    entries: FUNCTIONS[kind].map(([, weight], k) => [units.length + k, rational(weight)] as const),
  });
  return [changed, functions.length];
}

/** Adds a gate to V3, and adds its value times a weight to the output; with the weight 0 nothing reads it. */
export function withGate(network: Network, gate: AffineRow, weight: Rational): Network {
  const [, , { rows: gates }, { rows: terms }] = network.layers as [AffineMap, AffineMap, AffineMap, AffineMap];
  const gated = withIdleRow(network, 2, gate);
  if (weight.n === 0n) return gated;
  const termed = withIdleRow(gated, 3, { bias: ZERO, entries: [[gates.length, weight]] });
  return withRow(termed, 4, 0, (row) => ({ ...row, entries: [...row.entries, [terms.length, ONE] as const] }));
}
