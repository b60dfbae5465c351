/**
 * A lower bound of the all-layer margin (2.1), certified by induction over layers: no perturbation of all parameters of total
 * 2-norm below g changes the sign of an output, at any input. The argument, with e the deviation of what a layer of gates reads:
 *
 * - The two maps of gates and the first map of round change a value by at most a sum of products (norm of a perturbation) *
 *   (norm of what it is applied to). The squares of the perturbations' norms add up to less than g^2, so by Cauchy and Schwarz the
 *   sum is at most g times the root of a sum of squares: D1, D2, D3 below for whole vectors, the inequality for one coordinate.
 * - While a coordinate's change is within the slack of round's ReLUs, round's own parameters are all that is left of e. So |e|
 *   after round is at most g C, with C^2 = (squares of the weights of the ReLUs that are on) * B3^2 + H^2 + 1.
 *
 * B1, B2, B3 are bounds of what the maps are applied to, with the 1 that a bias sees. All norms are 2-norms of whole vectors,
 * coordinates of padding included, so the bound holds at every width. It is sharper than Theorem D.6, which theorem-d6.ts
 * evaluates literally.
 */
import type { Rational } from "../../spec/exact/rational.js";
import { accepted, rejected, type Verdict } from "../verdict.js";
import { normOf, type MarginData } from "./margin-constants.js";
import {
  showUpper,
  square,
  squareRoot as root,
  times,
  UPPER_ONE,
  UPPER_ZERO,
  upperRational,
  withBias,
  type Upper,
} from "./upward.js";

/** The inequality that came closest to failing: (left side) <= 1 in each. */
export interface CheckedMargin {
  readonly closest: Upper;
}

/**
 * Whether the induction holds at g.
 *
 * @param g above 0
 */
export function checkMargin({ layers }: MarginData, g: Rational): Verdict<"margin", CheckedMargin> {
  const size = upperRational(g);
  let deviation = UPPER_ZERO;
  let ratio = UPPER_ZERO;
  let closest = UPPER_ZERO;
  for (const [l, layer] of layers.entries()) {
    const { norms, firstNorm, secondNorm, rows, correction } = layer;
    const b1 = withBias(normOf(norms.input) + deviation);
    const d1 = root(square(times(firstNorm, ratio)) + square(b1));
    const b2 = withBias(normOf(norms.hidden) + times(size, d1));
    const d2 = root(square(times(secondNorm, d1)) + square(b2));
    const b3 = withBias(normOf(norms.output) + times(size, d2));
    for (const { reach, slope, slack } of rows) {
      const inside = reach.input * square(ratio) + reach.first * square(b1) + reach.second * square(b2);
      // g^2 (slope^2 inside + B3^2) <= slack^2
      const left = times(square(size), slope * slope * inside + square(b3));
      const share = divide(left, slack * slack);
      if (share > closest) closest = share;
      if (share <= UPPER_ONE) continue;
      const place = correction === undefined ? "the output" : `round after layer ${l + 1} of gates`;
      return rejected("margin", "verdicts.margin.lower", `${place} is not shown to hold at this size`, {
        layer: String(l + 1),
        inequality: `g^2 (slope^2 (${reach.input} C^2 + ${reach.first} B1^2 + ${reach.second} B2^2) + B3^2) <= slack^2`,
        share: showUpper(share),
      });
    }
    if (correction === undefined) continue;
    const d3 = root(square(times(correction.firstNorm, d2)) + square(b3));
    const hidden = normOf(correction.hidden) + times(size, d3);
    ratio = root(correction.weights * square(b3) + square(hidden) + UPPER_ONE);
    deviation = times(size, ratio);
  }
  return accepted({ closest });
}

function divide(a: Upper, by: bigint): Upper {
  return (a + by - 1n) / by;
}
