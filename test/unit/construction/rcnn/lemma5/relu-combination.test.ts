import { type PiecewiseLinear, valueAt } from "../../../../../spec/exact/piecewise-linear.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallRational } from "../../../../../arbitraries/tables.js";
import { reluCombination } from "../../../../../construction/rcnn/lemma5/relu-combination.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../../../spec/exact/rational.js";
import { bump, threshold } from "../../../../../spec/rcnn/lemma5/functions.js";

/** The solution of a regular linear system by Gauss-Jordan elimination; `rows` are [coefficients..., right-hand side]. */
function solve(rows: readonly (readonly Rational[])[]): Rational[] {
  const matrix = rows.map((row) => [...row]);
  const size = matrix.length;
  for (let column = 0; column < size; column++) {
    const pivotAt = matrix.findIndex((row, r) => r >= column && row[column]?.n !== 0n);
    const pivot = matrix[pivotAt];
    if (pivotAt < 0 || pivot === undefined) throw new Error("expected a regular system");
    matrix[pivotAt] = matrix[column] as Rational[];
    const scaled = pivot.map((entry) => entry.div(pivot[column] ?? ONE));
    matrix[column] = scaled;
    for (const [r, row] of matrix.entries()) {
      if (r === column) continue;
      const factor = row[column] ?? ZERO;
      matrix[r] = row.map((entry, k) => entry.sub(factor.mul(scaled[k] ?? ZERO)));
    }
  }
  return matrix.map((row) => row[size] ?? ZERO);
}

/**
 * The linear system of footnote 10: bias and coefficients such that the combination agrees with the function at one place
 * left of zeta_0, at each kink, and right of all; two places of every linear region, so everywhere.
 */
function solvedSystem(fn: PiecewiseLinear, lowest: Rational): { bias: Rational; coefficients: Rational[] } {
  const kinks = [lowest, ...fn.kinks];
  const places = [lowest.sub(ONE), ...kinks.slice(1), (kinks.at(-1) ?? ZERO).add(ONE)];
  const rows = places.map((x) => [ONE, ...kinks.map((kink) => (x.gt(kink) ? x.sub(kink) : ZERO)), valueAt(fn, x)]);
  const [bias = ZERO, ...coefficients] = solve(rows);
  return { bias, coefficients };
}

const delta = fc.integer({ min: 10, max: 300 }).map((n) => rational(1n, BigInt(n)));
const psi = fc
  .tuple(smallRational(), fc.constantFrom<0 | 1>(0, 1), delta)
  .map(([at, slope, width]) => ({ fn: bump(at, slope, width), relus: 5 }));
const tau = fc
  .tuple(fc.integer({ min: 1, max: 9 }), smallRational(), smallRational(), delta)
  .map(([inputs, y, gamma, width]) => ({ fn: threshold(inputs, y, gamma, width), relus: 3 }));

describe("reluCombination", () => {
  it("should have the coefficients that elimination finds, with 5 ReLUs for psi and 3 for tau", () => {
    fc.assert(
      fc.property(fc.oneof(psi, tau), smallRational(), ({ fn, relus }, below) => {
        const lowest = (fn.kinks[0] ?? ZERO).sub(ONE).sub(below.abs());
        const { kinks, coefficients, bias } = reluCombination(fn, lowest);
        expect(kinks.length).toBe(relus);
        const solved = solvedSystem(fn, lowest);
        expect([bias, ...coefficients].map(formatRational)).toEqual(
          [solved.bias, ...solved.coefficients].map(formatRational),
        );
        // The bias and the coefficient at zeta_0 are 0: so no 0 of Lemma 6's 6 and 4 coefficients counts as a weight.
        expect(bias.n).toBe(0n);
        expect(coefficients[0]?.n).toBe(0n);
      }),
    );
  });

  it("should equal the function everywhere", () => {
    fc.assert(
      fc.property(fc.oneof(psi, tau), smallRational(), fc.integer({ min: -30, max: 30 }), ({ fn }, at, steps) => {
        const first = fn.kinks[0] ?? ZERO;
        const { kinks, coefficients, bias } = reluCombination(fn, first.sub(ONE));
        for (const x of [at, first.add(rational(BigInt(steps), 50n))]) {
          const sum = kinks.reduce(
            (total, kink, k) => (x.gt(kink) ? total.add(x.sub(kink).mul(coefficients[k] ?? ZERO)) : total),
            bias,
          );
          expect(formatRational(sum)).toBe(formatRational(valueAt(fn, x)));
        }
      }),
    );
  });

  it("should refuse a zeta_0 that is not below the first kink", () => {
    const fn = bump(ZERO, 0, rational(1n, 10n));
    expect(() => reluCombination(fn, rational(-1n, 5n))).toThrow(
      "reluCombination: expected zeta_0 below the kink -1/5, got -1/5",
    );
  });
});
