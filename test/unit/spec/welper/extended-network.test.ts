import { describe, expect, it } from "vitest";
import { cutoff, orthogonal } from "../../../../spec/welper/extended-network.js";
import { parameterCount, primaryValue, weightRows } from "../../../../spec/welper/primary-network.js";
import { projectOntoSimplex } from "../../../../spec/welper/projection.js";
import { formatRational, rational } from "../../../../spec/exact/rational.js";

describe("the parts of section 5", () => {
  it("should turn switches between their two numbers, and nowhere else", () => {
    expect([0, 1, 2, 2.5, 3, 4, 65536].map((t) => cutoff(t, [2, 3]))).toEqual([0, 0, 0, 0.5, 1, 1, 1]);
    expect([12, 13, 14, 20].map((t) => cutoff(t, [12, 14]))).toEqual([0, 0.5, 1, 1]);
  });

  it("should have a unit vector orthogonal to any labels -1 and 1", () => {
    for (let code = 0; code < 64; code++) {
      const labels = Array.from({ length: 6 }, (_, i) => ((code >> i) & 1 ? 1 : -1));
      const vector = orthogonal(labels);
      expect(vector.reduce((sum, value, i) => sum + value * (labels[i] as number), 0)).toBe(0);
      expect(vector.reduce((sum, value) => sum + value ** 2, 0)).toBe(1);
    }
  });

  it("should read weights from a tape, and compute the primary network", () => {
    const cells = [1, -1, 1, -1, 1, 1];
    const read = weightRows({ first: 0, bits: 3 }, 2).map(({ constant, entries }) =>
      entries.reduce((sum, [cell, weight]) => sum + weight * (cells[cell] as number), constant),
    );
    // 101 and 011 in two's complement.
    expect(read).toEqual([-3, 3]);
    expect(parameterCount([2, 2, 1])).toBe(9);
    const xor = [1, 1, 0, -1, -1, 0, -1, -1, 1];
    expect(
      [
        [-1, -1],
        [-1, 1],
        [1, -1],
        [1, 1],
      ].map((x) => primaryValue([2, 2, 1], xor, x)),
    ).toEqual([-1, 1, 1, -1]);
  });

  it("should project onto the simplex", () => {
    const point = [rational(3n, 2n), rational(1n), rational(-1n)];
    expect(projectOntoSimplex(point).map(formatRational)).toEqual(["3/4", "1/4", "0"]);
  });
});
