/** The box around a point on which no ReLU of a network changes its sign, so that the network is affine there. */
import { ONE, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { AffineRow, Network } from "../../spec/networks/network.js";

/** A network at and around a point. */
export interface AffineRegion {
  /** Value of the first output at the point. */
  readonly value: Rational;
  /** Its partial derivatives; shape: inputs. */
  readonly jacobian: readonly Rational[];
  /**
   * Largest r such that at every x with |x_j - point_j| <= r each ReLU is on or off as at the point; undefined if every r is.
   * There the output is value + sum of jacobian_j (x_j - point_j).
   */
  readonly radius: Rational | undefined;
}

/** Derivatives by the inputs where they are not 0. */
type Gradient = ReadonlyMap<number, Rational>;

/**
 * The region of a point. A pre-activation is affine as long as no ReLU before it changes, so it keeps its sign while the sum of
 * |derivative_j| r is at most its size; the least such r of all ReLUs is the radius. It is 0 at a kink.
 *
 * @param point shape: inputs
 */
export function affineRegion({ layers }: Network, point: readonly Rational[]): AffineRegion {
  let values = [...point];
  let gradients: Gradient[] = point.map((_, j) => new Map([[j, ONE]]));
  let radius: Rational | undefined;
  for (const { rows, relu } of layers) {
    const sums = rows.map((row) => row.entries.reduce((sum, [k, w]) => addProduct(sum, w, values[k]), row.bias));
    const slopes = rows.map((row) => combine(row, gradients));
    if (relu) {
      for (const [r, sum] of sums.entries()) {
        const steepness = [...(slopes[r] as Gradient).values()].reduce((total, slope) => total.add(slope.abs()), ZERO);
        if (steepness.n === 0n) continue;
        const reach = sum.abs().div(steepness);
        if (radius === undefined || reach.lt(radius)) radius = reach;
      }
    }
    const isOff = (sum: Rational): boolean => relu && (sum.s < 0n || sum.n === 0n);
    values = sums.map((sum) => (isOff(sum) ? ZERO : sum));
    gradients = slopes.map((slope, r) => (isOff(sums[r] as Rational) ? new Map() : slope));
  }
  const jacobian = point.map((_, j) => gradients[0]?.get(j) ?? ZERO);
  return { value: values[0] as Rational, jacobian, radius };
}

function addProduct(sum: Rational, weight: Rational, value: Rational | undefined): Rational {
  return value === undefined || value.n === 0n ? sum : sum.add(weight.mul(value));
}

function combine({ entries }: AffineRow, gradients: readonly Gradient[]): Gradient {
  const sum = new Map<number, Rational>();
  for (const [k, weight] of entries) {
    for (const [j, slope] of gradients[k] ?? []) sum.set(j, (sum.get(j) ?? ZERO).add(weight.mul(slope)));
  }
  for (const [j, slope] of sum) if (slope.n === 0n) sum.delete(j);
  return sum;
}
