import { describe, expect, it } from "vitest";
import { DyadicSum, exactNumber, powerOfTwo } from "../../../../checkers/rcnn/dyadic-sum.js";
import { rational } from "../../../../spec/exact/rational.js";

describe("exactNumber", () => {
  it("should give dyadic numbers of at most 53 bits, and refuse all others", () => {
    expect(exactNumber(rational(-3n, 8n))).toBe(-0.375);
    expect(exactNumber(rational(0n))).toBe(0);
    expect(exactNumber(rational(2n ** 53n - 1n, 2n ** 40n))).toBe((2 ** 53 - 1) / 2 ** 40);
    for (const bad of [rational(1n, 3n), rational(-5n, 6n), rational(2n ** 53n), rational(-(2n ** 53n) - 1n, 4n)])
      expect(() => exactNumber(bad)).toThrow(RangeError);
  });
});

describe("dyadic sums", () => {
  it("should find the largest power of two that divides a number", () => {
    expect([1, 12, -40, 0.75, 2 ** 30, -0.03125].map(powerOfTwo)).toEqual([1, 4, 8, 0.25, 2 ** 30, 0.03125]);
  });

  it("should keep the coarsest common grid and the largest size", () => {
    const sum = new DyadicSum([4, -12]);
    expect([sum.grid, sum.size, sum.units]).toEqual([4, 16, 4]);
    sum.offer([0, 6]);
    expect([sum.grid, sum.size, sum.units]).toEqual([2, 16, 8]);
    sum.offerScaled([0.5, -0.5], 32, 8);
    expect([sum.grid, sum.size, sum.units]).toEqual([2, 32, 16]);
    sum.grow(1);
    expect(sum.size).toBe(33);
    expect(new DyadicSum([0]).units).toBe(0);
    expect(new DyadicSum().grid).toBe(1);
  });

  it("should count a factor of 0 for nothing, and grow beyond what was there only if more is offered", () => {
    const sum = new DyadicSum();
    sum.offerScaled([0, 3], 8, 2);
    expect([sum.grid, sum.size]).toEqual([2, 24]);
    sum.offerScaled([1], 8, 2);
    sum.offer([6, -2]);
    expect([sum.grid, sum.size]).toEqual([2, 24]);
    sum.onGridOf(0);
    sum.onGridOf(12);
    expect(sum.grid).toBe(2);
    sum.onGridOf(0.5);
    expect(sum.grid).toBe(0.5);
    sum.onGridOf(3);
    expect(sum.grid).toBe(0.5);
  });
});
