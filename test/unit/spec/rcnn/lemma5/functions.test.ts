import { slopeAt, type PiecewiseLinear, valueAt } from "../../../../../spec/exact/piecewise-linear.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finiteTable, smallRational } from "../../../../../arbitraries/tables.js";
import {
  formatRational,
  ONE,
  parseRational,
  rational,
  ZERO,
  type Rational,
} from "../../../../../spec/exact/rational.js";
import { bump, halfWidth, lowestKink, sumOfIndicators, threshold } from "../../../../../spec/rcnn/lemma5/functions.js";
import { coordinateValues, inputValues, type Table } from "../../../../../spec/networks/table.js";

const q = parseRational;
const slope = fc.constantFrom<0 | 1>(0, 1);

/** Half-widths that Part (i) can choose. */
const delta = fc.integer({ min: 10, max: 500 }).map((n) => rational(1n, BigInt(n)));

describe("valueAt and slopeAt", () => {
  const tent: PiecewiseLinear = {
    leftValue: ZERO,
    kinks: [q("-1"), q("0"), q("1/2")],
    slopes: [q("1"), q("-2"), q("0")],
  };

  it.each([
    ["-5", "0", "0"],
    ["-1", "0", undefined],
    ["-1/2", "1/2", "1"],
    ["0", "1", undefined],
    ["1/4", "1/2", "-2"],
    ["1/2", "0", undefined],
    ["9", "0", "0"],
  ])("should be those of a tent at %s", (x, value, slopeThere) => {
    expect(formatRational(valueAt(tent, q(x)))).toBe(value);
    const found = slopeAt(tent, q(x));
    expect(found === undefined ? undefined : formatRational(found)).toBe(slopeThere);
  });

  it("should find a slope where a kink does not bend", () => {
    expect(slopeAt({ leftValue: ZERO, kinks: [q("0"), q("1")], slopes: [q("2"), q("2")] }, q("1"))?.equals(2n)).toBe(
      true,
    );
  });
});

describe("bump", () => {
  it("should meet the three conditions of Part (i)", () => {
    fc.assert(
      fc.property(smallRational(), slope, delta, (at, gamma, width) => {
        const psi = bump(at, gamma, width);
        const g = rational(BigInt(gamma));
        const x = (steps: bigint, of = 2n): Rational => at.add(width.mul(rational(steps, of)));
        for (const far of [x(-40n), x(-4n), x(4n), x(40n)]) expect(valueAt(psi, far).n).toBe(0n);
        expect(valueAt(psi, at).equals(ONE)).toBe(true);
        // Half-open quarter steps: between -Delta and Delta the slope is gamma; on the flanks it is one number each.
        for (const k of [-3n, -1n, 0n, 1n, 3n]) expect(slopeAt(psi, x(k, 4n))?.equals(g)).toBe(true);
        for (const side of [-1n, 1n]) {
          const [a, b] = [slopeAt(psi, x(side * 5n, 4n)), slopeAt(psi, x(side * 7n, 4n))];
          expect(a !== undefined && b !== undefined && a.equals(b)).toBe(true);
        }
        // With slope 1 the ends of the plateau are at 1 - Delta and 1 + Delta, not at 1.
        expect(valueAt(psi, x(-2n)).equals(ONE.sub(width.mul(g)))).toBe(true);
        expect(valueAt(psi, x(2n)).equals(ONE.add(width.mul(g)))).toBe(true);
      }),
    );
  });
});

describe("threshold", () => {
  it("should meet the three conditions of Part (ii)", () => {
    const arguments_ = [fc.integer({ min: 1, max: 9 }), smallRational(), smallRational(), delta] as const;
    fc.assert(
      fc.property(...arguments_, (inputs, y, gamma, width) => {
        const tau = threshold(inputs, y, gamma, width);
        const full = rational(BigInt(inputs));
        const x = (quarters: bigint): Rational => full.add(width.mul(rational(quarters, 4n)));
        for (const left of [full.sub(ONE), x(-9n), x(-8n)]) expect(valueAt(tau, left).n).toBe(0n);
        expect(slopeAt(tau, full.sub(ONE))?.n).toBe(0n);
        expect(valueAt(tau, full).equals(y)).toBe(true);
        for (const k of [-3n, 0n, 1n, 400n]) expect(slopeAt(tau, x(k))?.equals(gamma)).toBe(true);
        const [a, b] = [slopeAt(tau, x(-7n)), slopeAt(tau, x(-5n))];
        expect(a !== undefined && b !== undefined && a.equals(b)).toBe(true);
      }),
    );
  });
});

describe("halfWidth and lowestKink", () => {
  const at = (...points: string[][]): Table => ({
    inputs: points[0]?.length ?? 0,
    outputs: 1,
    points: points.map((texts) => ({ at: texts.map(q), value: [ZERO], jacobian: [texts.map(() => ZERO)] })),
  });

  it.each([
    [at(["0"]), "1/10"],
    [at(["0"], ["5"]), "1/10"],
    [at(["0"], ["1/3"], ["1"]), "1/30"],
    [at(["0", "1/50"], ["0", "1"]), "49/500"],
    [at(["0", "0"], ["1/7", "0"], ["0", "1/9"]), "1/90"],
  ])("should take Delta from the least gap within one coordinate (case %#)", (table, expected) => {
    expect(formatRational(halfWidth(table))).toBe(expected);
  });

  it("should leave 2 Delta clear of every other value, and zeta_0 below all kinks, points and sums", () => {
    fc.assert(
      fc.property(finiteTable(), (table) => {
        const flank = halfWidth(table).mul(rational(2n));
        const lowest = lowestKink(table);
        for (const values of coordinateValues(table)) {
          values.forEach((value, k) => {
            const next = values[k + 1];
            if (next !== undefined) expect(next.sub(value).gt(flank)).toBe(true);
          });
        }
        for (const value of inputValues(table)) expect(lowest.lt(value.sub(flank))).toBe(true);
        expect(lowest.lt(ZERO)).toBe(true);
        expect(flank.lt(ONE)).toBe(true);
      }),
    );
  });
});

describe("sumOfIndicators", () => {
  it("should meet Equations (1) and (2) on every table", () => {
    fc.assert(
      fc.property(finiteTable(), (table) => {
        for (const { at, value, jacobian } of table.points) {
          const found = sumOfIndicators(table, at);
          expect(found.value.map(formatRational)).toEqual(value.map(formatRational));
          expect(found.jacobian?.map((row) => row.map(formatRational))).toEqual(
            jacobian.map((row) => row.map(formatRational)),
          );
        }
      }),
    );
  });

  // One point, 0: psi has its kinks at 1/10 and 1/5 on either side, tau at 4/5 and 9/10.
  const single = (value: string, slope: string): Table => ({
    inputs: 1,
    outputs: 1,
    points: [{ at: [ZERO], value: [q(value)], jacobian: [[q(slope)]] }],
  });

  it.each<[string, string, string, string, string | undefined]>([
    ["tau is flat and psi bends", "1", "0", "1/10", "0"],
    ["both bend", "1", "1", "-1/10", undefined],
    ["psi bends under a tau that climbs", "1", "1", "1/10", undefined],
    ["tau bends where psi does not", "1", "0", "-1/9", undefined],
    ["nothing bends", "1", "0", "-19/180", "90"],
    ["all is 0 beyond the bump", "1", "1", "1/5", "0"],
    ["all is 0 far away", "1", "1", "7", "0"],
  ])("should have a derivative exactly where Equation (4) does: %s", (_, value, slope, x, expected) => {
    const { jacobian } = sumOfIndicators(single(value, slope), [q(x)]);
    expect(jacobian?.map((row) => row.map(formatRational))).toEqual(expected === undefined ? undefined : [[expected]]);
  });

  it("should be 0 where nothing is added up", () => {
    const nothing = sumOfIndicators(single("1", "1"), [ZERO], { bumpSlope: () => 1, indicators: () => [] });
    expect(nothing.value.map(formatRational)).toEqual(["0"]);
    expect(nothing.jacobian?.map((row) => row.map(formatRational))).toEqual([["0"]]);
  });

  it("should refuse a point of another length", () => {
    const table: Table = { inputs: 1, outputs: 1, points: [{ at: [ZERO], value: [ZERO], jacobian: [[ZERO]] }] };
    expect(() => sumOfIndicators(table, [])).toThrow("sumOfIndicators: expected 1 inputs, got 0");
  });
});
