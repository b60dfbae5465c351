import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  equalShare,
  everywhere,
  roundedFlip,
  roundedToyOutput,
  toyOutput,
} from "../../../../audit/wei-chen-ma/toy-chain.js";
import { rational } from "../../../../spec/exact/rational.js";
import { isWrong, squaredNorm } from "../../../../spec/wei-chen-ma/margin.js";

const HALF = rational(1n, 2n);

/** Perturbations with entries in hundredths. */
const deltas = (most: number) =>
  fc
    .array(fc.integer({ min: -most, max: most }), { minLength: 1, maxLength: 6 })
    .map((list) => list.map((entry) => rational(BigInt(entry), 100n)));

describe("the chain without round", () => {
  it("should be wrong from the upper end of the enclosure on, and right at the lower", () => {
    for (const depth of [1, 2, 3, 7]) {
      const { low, high } = equalShare(depth, 20);
      expect(high.sub(low).equals(rational(1n, 10n ** 20n))).toBe(true);
      expect(isWrong(toyOutput(everywhere(high.neg(), depth)), 1)).toBe(true);
      expect(isWrong(toyOutput(everywhere(low.neg(), depth)), 1)).toBe(false);
    }
  });

  it("should be right at every perturbation below sqrt(d) (1 - 2^(-1/d))", () => {
    let below = 0;
    fc.assert(
      fc.property(deltas(30), (delta) => {
        const { low } = equalShare(delta.length, 20);
        const isBelow = squaredNorm(delta).lt(low.mul(low).mul(rational(BigInt(delta.length))));
        if (isBelow) below++;
        return !isBelow || !isWrong(toyOutput(delta), 1);
      }),
      { numRuns: 500 },
    );
    expect(below).toBeGreaterThan(50);
  });
});

describe("the chain with round", () => {
  it("should keep its output within 1/3 in each factor", () => {
    fc.assert(fc.property(deltas(33), (delta) => roundedToyOutput(delta).equals(HALF)));
  });

  it("should be wrong at the perturbation that bounds its margin, and not at nine tenths of it", () => {
    for (let depth = 1; depth <= 5; depth++) {
      const flip = roundedFlip(depth);
      expect(flip).toHaveLength(depth);
      expect(isWrong(roundedToyOutput(flip), 1)).toBe(true);
      expect(isWrong(roundedToyOutput(flip.map((entry) => entry.mul(9n).div(10n))), 1)).toBe(false);
      expect(squaredNorm(flip).lte(rational(1n, 4n))).toBe(true);
    }
  });
});
