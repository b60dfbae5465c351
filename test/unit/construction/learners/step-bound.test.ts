import { describe, expect, it } from "vitest";
import { learners } from "../../../../construction/learners/learners.js";
import { evaluateBound, formatBound, stepBound } from "../../../../construction/learners/step-bound.js";

describe("stepBound", () => {
  it("should read what it writes", () => {
    const text = "2 d^2 m + d m^3 + d + 10 m + 7";
    expect(stepBound(text)).toEqual([
      { coefficient: 2, dPower: 2, mPower: 1 },
      { coefficient: 1, dPower: 1, mPower: 3 },
      { coefficient: 1, dPower: 1, mPower: 0 },
      { coefficient: 10, dPower: 0, mPower: 1 },
      { coefficient: 7, dPower: 0, mPower: 0 },
    ]);
    expect(formatBound(stepBound(text))).toBe(text);
    expect(formatBound(stepBound("1 + m"))).toBe("1 + m");
    for (const { maxSteps } of learners) expect(stepBound(formatBound(maxSteps))).toEqual(maxSteps);
  });

  it("should evaluate", () => {
    expect(evaluateBound(stepBound("2 d^2 m + 3 m + 7"), 3, 5)).toBe(90 + 15 + 7);
  });

  it.each(["", "d + ", "2d", "m d", "0 d", "d^1", "-1", "x", "2 d m^", "1.5"])("should refuse %j", (text) => {
    expect(() => stepBound(text)).toThrow(RangeError);
  });
});
