import { describe, expect, it } from "vitest";
import { contradictions, dummySample, hypercube, MAX_HYPERCUBE } from "../../../../inputs/examples/examples.js";

describe("hypercube", () => {
  it("should list every point once, the first coordinate slowest", () => {
    expect(hypercube(2)).toEqual([
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ]);
    expect(new Set(hypercube(6).map(String)).size).toBe(64);
  });

  it("should refuse dimensions out of range", () => {
    for (const d of [0, 1.5, MAX_HYPERCUBE + 1]) expect(() => hypercube(d)).toThrow("hypercube: expected a dimension");
  });
});

describe("contradictions", () => {
  it("should pair each example with the first one that says otherwise", () => {
    const point = [1, -1] as const;
    const other = [1, 1] as const;
    const examples = [
      { x: point, y: 1 as const },
      { x: other, y: 1 as const },
      { x: point, y: -1 as const },
      { x: point, y: 1 as const },
    ];
    expect(contradictions(examples)).toEqual([
      [0, 2],
      [2, 3],
    ]);
    expect(contradictions(examples.slice(0, 2))).toEqual([]);
  });
});

it("should make the dummy sample of Algorithm 1", () => {
  expect(dummySample(3)).toEqual({ x: [1, 1, 1], y: 1 });
});
