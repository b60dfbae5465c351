import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isEnough, leastSample, printedExpression, vcExpression } from "../../../../audit/wei-chen-ma/samples.js";
import { sampleNumbers } from "../../../../checkers/wei-chen-ma/check-sample.js";
import { rational } from "../../../../spec/exact/rational.js";

const network = fc.record({
  alpha: fc.bigInt(1n, 10n ** 6n),
  parameters: fc.bigInt(2n, 10n ** 12n),
  margin: fc.bigInt(1n, 10n ** 6n).map((n) => rational(n, 10n ** 6n)),
});

/** The bound in floating point. */
function bound(alpha: number, parameters: number, margin: number, n: number): number {
  const covering = 12 * Math.sqrt(Math.log(2 * parameters + 1) / n) * ((alpha * Math.log(n)) / (2 * margin) + 1);
  return 2 * (4 / Math.sqrt(n) + covering) + Math.sqrt(Math.log(100) / (2 * n));
}

describe("leastSample", () => {
  it("should be where the bound crosses 1/10", () => {
    fc.assert(
      fc.property(network, ({ alpha, parameters, margin }) => {
        const n = leastSample({ alpha, parameters, margin });
        expect(bound(Number(alpha), Number(parameters), Number(margin), Number(n))).toBeCloseTo(0.1, 9);
        expect([isEnough({ alpha, parameters, margin }, n), isEnough({ alpha, parameters, margin }, n - 1n)]).toEqual([
          true,
          false,
        ]);
      }),
      { numRuns: 30 },
    );
  });

  it("should be what certificates state, which round it up to twelve digits", () => {
    fc.assert(
      fc.property(network, ({ alpha, parameters, margin }) => {
        const parts = { alpha, parameters, inputs: 4, width: 4, size: 9 };
        const stated = BigInt(
          sampleNumbers({ ...parts, margin: { numerator: margin.n, denominator: margin.d } }).explicit,
        );
        const n = leastSample({ alpha, parameters, margin });
        const unit = 10n ** BigInt(Math.max(0, String(n).length - 12));
        expect(stated).toBe(((n + unit - 1n) / unit) * unit);
      }),
      { numRuns: 20 },
    );
  });
});

describe("the expressions without constants", () => {
  it("should be the paper's", () => {
    const parts = { alpha: 183n, parameters: 1512n, margin: rational(81161n, 2_500_000n) };
    const value = (183 ** 2 * Math.log(1512)) / (81161 / 2_500_000) ** 2 + 1;
    expect(Number(printedExpression(parts)) / (100 * value)).toBeCloseTo(1, 12);
    expect(Number(vcExpression(1512n, 14)) / (100 * 1512 * 14 * Math.log(1512))).toBeCloseTo(1, 12);
  });
});
