import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parityTrainingSet, trainingSet } from "../../../../arbitraries/index.js";

describe("trainingSet", () => {
  it("should keep to the sizes asked for, with points of one dimension", () => {
    fc.assert(
      fc.property(trainingSet({ maxDimension: 3, maxExamples: 5 }), (examples) => {
        const dimensions = new Set(examples.map(({ x }) => x.length));
        expect(dimensions.size).toBe(1);
        expect(Math.max(...dimensions)).toBeLessThanOrEqual(3);
        expect(examples.length).toBeGreaterThan(0);
        expect(examples.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  it("should shrink to one example of one coordinate", () => {
    const details = fc.check(fc.property(trainingSet(), () => false));
    expect(details.counterexample).toEqual([[{ x: [1], y: 1 }]]);
  });

  it("should reach contradictions", () => {
    const details = fc.check(
      fc.property(trainingSet(), (examples) => {
        const labels = new Map<string, number>();
        for (const { x, y } of examples) {
          const seen = labels.get(x.join());
          if (seen !== undefined && seen !== y) return false;
          labels.set(x.join(), y);
        }
        return true;
      }),
    );
    expect(details.failed).toBe(true);
  });

  it("should refuse a size below 1", () => {
    expect(() => trainingSet({ maxExamples: 0 })).toThrow(RangeError);
  });
});

describe("parityTrainingSet", () => {
  it("should label by one parity", () => {
    fc.assert(
      fc.property(parityTrainingSet({ maxDimension: 3 }), (examples) => {
        const d = examples[0]?.x.length ?? 0;
        const fits = Array.from({ length: 2 ** d }, (_, subset) =>
          examples.every(({ x, y }) => x.reduce<number>((p, v, j) => ((subset >> j) & 1 ? p * v : p), 1) === y),
        );
        expect(fits).toContain(true);
      }),
    );
  });
});
