/**
 * The functions of the proof of Lemma 5 (B.4.1), by definition and without networks: the half-width Delta, the
 * univariate indicators psi (bumps), the thresholds tau, and Equation (4), which adds them up.
 *
 * As amended; where a printed reading differs, amendments/rcnn/lemma5/ builds it from the same parts and replays it.
 */
import { slopeAt, valueAt, type PiecewiseLinear } from "../../exact/piecewise-linear.js";
import { ONE, rational, ZERO, type Rational } from "../../exact/rational.js";
import { coordinateValues, inputValues, type Table, type TablePoint } from "../../networks/table.js";

/**
 * Delta of Part (i): 1/10 of the smaller of 1 and the least distance between two *different* values of one coordinate
 * (amendment L5-1).
 */
export function halfWidth(table: Table): Rational {
  let gap = ONE;
  for (const values of coordinateValues(table)) {
    for (const [k, value] of values.entries()) {
      const next = values[k + 1];
      if (next !== undefined && next.sub(value).lt(gap)) gap = next.sub(value);
    }
  }
  return gap.div(rational(10n));
}

/**
 * zeta_0 of footnote 10, one for both ReLU layers (amendments L6-1, L6-2): 1 below 0 and below every value of X.
 *
 * All kinks of psi and tau lie above it because 2 Delta < 1; so do all points of X and all sums of indicators there.
 */
export function lowestKink(table: Table): Rational {
  const least = inputValues(table)[0] ?? ZERO;
  return (least.lt(ZERO) ? least : ZERO).sub(ONE);
}

/**
 * psi of Part (i): 1 at `at` with slope 0 or 1 within Delta of it, 0 from 2 Delta on, linear between.
 *
 * @param delta Delta, above 0
 */
export function bump(at: Rational, slope: 0 | 1, delta: Rational): PiecewiseLinear {
  const flank = delta.add(delta);
  const drop = slope === 1 ? delta : ZERO;
  return {
    leftValue: ZERO,
    kinks: [at.sub(flank), at.sub(delta), at.add(delta), at.add(flank)],
    slopes: [ONE.sub(drop).div(delta), slope === 1 ? ONE : ZERO, ONE.add(drop).div(delta).neg(), ZERO],
  };
}

/**
 * tau of Part (ii): 0 up to inputs - 2 Delta, y with slope gamma at `inputs`, slope gamma from inputs - Delta on.
 *
 * @param inputs d_in
 * @param height y
 * @param slope gamma
 * @param delta Delta, above 0
 */
export function threshold(inputs: number, height: Rational, slope: Rational, delta: Rational): PiecewiseLinear {
  const full = rational(BigInt(inputs));
  return {
    leftValue: ZERO,
    kinks: [full.sub(delta).sub(delta), full.sub(delta)],
    slopes: [height.sub(slope.mul(delta)).div(delta), slope],
  };
}

/** One tau of Equation (4), applied to the sum over i of psi at coordinate i of x_0. */
export interface Indicator {
  /** i': the one coordinate whose psi has slope 1; from 0 on. */
  readonly summand: number;
  /** y */
  readonly height: Rational;
  /** gamma */
  readonly slope: Rational;
}

/** How Equation (4) is read; the amendments vary one part each. */
export interface Lemma5Variant {
  /** The superscript of psi for coordinate i in the sum for i' = summand. */
  bumpSlope(i: number, summand: number): 0 | 1;
  /** The indicators that are added up for the point x_0 and the output j. */
  indicators(point: TablePoint, j: number): readonly Indicator[];
}

/** Equation (4) as amended: i' runs over the inputs, gamma = g(x_0, j, i'), and y = f(x_0)_j for i' = 0 only. */
export const AS_AMENDED: Lemma5Variant = {
  bumpSlope: (i, summand) => (i === summand ? 1 : 0),
  indicators: ({ at, value, jacobian }, j) =>
    at.map((_, i) => ({
      summand: i,
      height: i === 0 ? (value[j] ?? ZERO) : ZERO,
      slope: jacobian[j]?.[i] ?? ZERO,
    })),
};

/** A value with its Jacobian, or with none where some psi or tau sits at a kink. */
export interface SumOfIndicators {
  /** Shape: outputs. */
  readonly value: readonly Rational[];
  /** Shape: outputs x inputs. */
  readonly jacobian: readonly (readonly Rational[])[] | undefined;
}

/**
 * f_net of Part (iii) at x, with its Jacobian by the chain rule.
 *
 * @param x shape: inputs
 * @throws {RangeError} if x has another length
 */
export function sumOfIndicators(
  table: Table,
  x: readonly Rational[],
  reading: Lemma5Variant = AS_AMENDED,
): SumOfIndicators {
  const { inputs, outputs, points } = table;
  if (x.length !== inputs) throw new RangeError(`sumOfIndicators: expected ${inputs} inputs, got ${x.length}`);
  const delta = halfWidth(table);
  const value: Rational[] = Array.from({ length: outputs }, () => ZERO);
  const jacobian = Array.from({ length: outputs }, () => Array.from({ length: inputs }, () => ZERO));
  let smooth = true;
  for (const point of points) {
    for (let j = 0; j < outputs; j++) {
      for (const { summand, height, slope } of reading.indicators(point, j)) {
        const bumps = point.at.map((at, i) => bump(at, reading.bumpSlope(i, summand), delta));
        const sum = bumps.reduce((total, psi, i) => total.add(valueAt(psi, x[i] ?? ZERO)), ZERO);
        const tau = threshold(inputs, height, slope, delta);
        value[j] = (value[j] as Rational).add(valueAt(tau, sum));
        const outer = slopeAt(tau, sum);
        // A flat tau passes nothing on, wherever the bumps below it are.
        if (outer !== undefined && outer.n === 0n) continue;
        for (const [i, psi] of bumps.entries()) {
          const inner = slopeAt(psi, x[i] ?? ZERO);
          if (outer === undefined || inner === undefined) smooth = false;
          else addTo(jacobian, j, i, outer.mul(inner));
        }
      }
    }
  }
  return { value, jacobian: smooth ? jacobian : undefined };
}

function addTo(matrix: Rational[][], row: number, column: number, term: Rational): void {
  const entries = matrix[row] as Rational[];
  entries[column] = (entries[column] as Rational).add(term);
}
