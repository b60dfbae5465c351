/** Lemma 6 for gated filters: weights from a set that depends on s alone, of size O(s). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { checkWeights } from "../../../../checkers/rcnn/check-weights.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { weightSets } from "../../../../spec/rcnn/weight-set.js";

describe("the weights of filters", () => {
  for (const [name, maxStates, numRuns] of [
    ["well-formed", 24, 40],
    ["full", 6, 12],
  ] as const) {
    it(`should lie in U_s, layer by layer, whatever the machine (${name})`, () => {
      fc.assert(
        fc.property(normalMachine({ maxStates }), (machine) => {
          const code = cellCode(machine.states.length);
          const verdict = checkWeights(machineToFilter(machine, name), code, name);
          expect(verdict.verdict === "rejected" ? verdict.message : verdict.verdict).toBe("accepted");
        }),
        { numRuns },
      );
    });
  }
});

describe("the size of U_s", () => {
  it("should be 18 s + 192 on the well-formed alphabet, one less where s is a power of two", () => {
    for (const s of [3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 33, 64, 100, 127, 128, 129, 256, 500]) {
      const size = weightSets(cellCode(s), "well-formed").union.size;
      expect(size).toBe(18 * s + 192 - (Number.isInteger(Math.log2(s)) ? 1 : 0));
    }
    // Where the code is so short, numbers coincide.
    expect([1, 2].map((s) => weightSets(cellCode(s), "well-formed").union.size)).toEqual([186, 224]);
  });

  it("should be O(s) on the full alphabet: at most 22 s + 277 and the roots of 3^(K+1)", () => {
    for (const s of [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 32]) {
      const digits = cellCode(s).lastIndex + 1;
      const roots = 2 * 3 ** Math.ceil(digits / 2) + 2 * 3 ** Math.floor(digits / 2);
      const size = weightSets(cellCode(s), "full").union.size;
      expect(size).toBeLessThanOrEqual(22 * s + 277 + roots);
      // With L = ceil(log2 s) <= log2 s + 1, the roots are at most 4 * 3^((5 + L) / 2) <= 108 s^(log2(3) / 2).
      expect(roots).toBeLessThanOrEqual(108 * s ** (Math.log2(3) / 2) + 1e-9);
      expect(size).toBeLessThanOrEqual(407 * s);
    }
  });

  it("should not depend on anything but s", () => {
    for (const name of ["well-formed", "full"] as const) {
      const [a, b] = [weightSets(cellCode(3), name), weightSets(cellCode(3), name)];
      expect([...a.union.keys()]).toEqual([...b.union.keys()]);
      expect(a.union.size).toBeLessThan(weightSets(cellCode(5), name).union.size);
      for (const layer of a.layers) for (const text of layer.keys()) expect(a.union.has(text)).toBe(true);
      expect(a.union.has("0")).toBe(true);
    }
  });
});
