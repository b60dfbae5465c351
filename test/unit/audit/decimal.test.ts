import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, logarithm, showDecimal } from "../../../audit/decimal.js";

describe("logarithm", () => {
  it("should have the known digits of ln 2, ln 3 and ln 10", () => {
    expect(showDecimal(logarithm(2n))).toBe("0.6931471805599453094172321214581765680755");
    expect(showDecimal(logarithm(3n))).toBe("1.0986122886681096913952452369225257046474");
    expect(showDecimal(logarithm(10n))).toBe("2.3025850929940456840179914546843642076011");
    expect(showDecimal(logarithm(1n), 3)).toBe("0.000");
  });

  it("should turn products into sums to sixty digits", () => {
    const whole = fc.bigInt({ min: 1n, max: 10n ** 30n });
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const error = logarithm(a * b)
          .minus(logarithm(a))
          .minus(logarithm(b))
          .abs();
        expect(error.lt("1e-60")).toBe(true);
      }),
    );
  });

  it("should rise, and agree with Math.log to double precision", () => {
    for (const n of [2n, 3n, 7n, 255n, 256n, 257n, 123_456_789n]) {
      expect(logarithm(n).lt(logarithm(n + 1n))).toBe(true);
      expect(Number(showDecimal(logarithm(n), 20))).toBeCloseTo(Math.log(Number(n)), 12);
    }
  });

  it("should reject numbers below 1", () => {
    expect(() => logarithm(0n)).toThrow("logarithm: expected a number of at least 1, got 0");
  });
});

describe("showDecimal", () => {
  it("should cut, not round", () => {
    expect(showDecimal(decimal(2n, 3n), 4)).toBe("0.6666");
    expect(showDecimal(decimal(-2n, 3n), 4)).toBe("-0.6666");
  });
});
