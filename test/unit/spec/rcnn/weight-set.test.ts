import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { formatRational, parseRational, rational } from "../../../../spec/exact/rational.js";
import { alphabet, type AlphabetName } from "../../../../spec/rcnn/alphabet.js";
import { uniformMachine } from "../../../../amendments/rcnn/small-machines.js";
import { cellCode, type Cell } from "../../../../spec/rcnn/cell-code.js";
import { cellFeatures } from "../../../../spec/rcnn/cell-rule.js";
import type { Primitive, CellFeature } from "../../../../spec/rcnn/patch.js";
import { runEnds, weightSets } from "../../../../spec/rcnn/weight-set.js";

/** The numbers that the filters of random machines of s states hold, layer by layer. */
function numbersOfFilters(states: number, name: AlphabetName, count: number): Set<string>[] {
  const found = Array.from({ length: 5 }, () => new Set<string>());
  const machines = fc.sample(normalMachine({ maxStates: states }), 8 * count);
  for (const machine of machines.filter((one) => one.states.length === states).slice(0, count)) {
    machineToFilter(machine, name).layers.forEach(({ rows }, l) => {
      for (const { bias, entries } of rows) {
        for (const value of [bias, ...entries.map(([, weight]) => weight)]) found[l]?.add(formatRational(value));
      }
    });
  }
  return found;
}

describe("weightSets", () => {
  it.each<[AlphabetName, number, number[]]>([
    ["well-formed", 1, [37, 7, 170, 9, 2, 186]],
    ["well-formed", 2, [45, 7, 185, 9, 2, 224]],
    ["well-formed", 3, [53, 7, 198, 9, 2, 246]],
    ["well-formed", 16, [157, 7, 327, 9, 2, 479]],
    ["full", 1, [91, 12, 188, 9, 2, 246]],
    ["full", 2, [117, 12, 203, 9, 2, 305]],
    ["full", 3, [141, 12, 252, 9, 2, 385]],
    ["full", 16, [393, 12, 489, 9, 2, 875]],
  ])("should have these sizes on the %s alphabet for %i states", (name, states, sizes) => {
    const { layers, union } = weightSets(cellCode(states), name);
    expect([...layers, union].map((set) => set.size)).toEqual(sizes);
  });

  it("should hold these numbers in the third layer for one state: K = 3, so one x-unit is 54", () => {
    const quarters = Array.from({ length: 132 }, (_, k) => rational(BigInt(k - 65), 4n));
    // All quarters from -65/4 to 33/2, thresholds of counts; the others come from cells, lifted by 2 x-units or not.
    const others =
      "-433/2 -216 -108 -119/2 -47/2 49/2 121/2 95 96 193/2 97 98 197/2 101 102 205/2 107 108 217/2 113 114 229/2 115 " +
      "116 233/2 117 235/2 131 132 265/2 133 134 269/2 167 168 337/2 216 433/2";
    const expected = [...quarters, ...others.split(" ").map(parseRational)].sort((a, b) => a.compare(b));
    const [, , third] = weightSets(cellCode(1), "well-formed").layers;
    expect([...third.values()].sort((a, b) => a.compare(b)).map(formatRational)).toEqual(expected.map(formatRational));
  });

  // The third layer's set allows more than any filter needs; the others hold little else than what is needed. Of V1's, the
  // edge above the last cell value is needed by none.
  it.each<[AlphabetName, number, number, readonly (readonly string[] | undefined)[]]>([
    ["well-formed", 1, 3, [["0", "-249/4", "-125/2", "108"], [], undefined, ["2", "-2"], []]],
    ["well-formed", 2, 50, [["0", "-753/4", "-377/2", "324"], [], undefined, ["2", "-2"], []]],
    ["well-formed", 3, 50, [["0", "-2257/4", "-1129/2", "972"], [], undefined, ["2", "-2"], []]],
    ["full", 1, 3, [["0", "-321/4", "-161/2", "13/2", "11/2", "25/4", "23/4"], [], undefined, [], []]],
    ["full", 2, 25, [["0", "-969/4", "-485/2", "37/2", "35/2", "73/4", "71/4"], [], undefined, [], []]],
  ])("should hold what filters need, on the %s alphabet for %i states", (name, states, count, expected) => {
    const { layers, union } = weightSets(cellCode(states), name);
    const found = numbersOfFilters(states, name, count);
    for (const [l, set] of layers.entries()) {
      for (const [text, value] of set) {
        expect(formatRational(value)).toBe(text);
        expect(union.get(text)?.equals(value)).toBe(true);
      }
      for (const text of found[l] ?? []) expect(set.has(text), `layer ${l} needs ${text}`).toBe(true);
      const unused = [...set.keys()].filter((text) => found[l]?.has(text) !== true);
      if (expected[l] !== undefined) expect(unused).toEqual(expected[l]);
    }
  });
});

describe("runEnds", () => {
  it("should be every neighbour on the well-formed alphabet, p included", () => {
    for (const states of [1, 3]) {
      const texts = runEnds(cellCode(states), "well-formed").map(({ value }) => formatRational(value));
      expect(texts).toEqual(
        alphabet(cellCode(states), "well-formed").neighbour.map(({ value }) => formatRational(value)),
      );
    }
  });

  it.each([1, 2, 3, 4])("should lie on the full alphabet where some question is answered differently (s = %i)", (s) => {
    const code = cellCode(s);
    // Each state enters the next one, so that headNext tells the states apart.
    const machine = uniformMachine(Array.from({ length: s }, (_, q) => ({ move: "stay", next: (q + 1) % s })));
    const questions = Object.values(cellFeatures(code, machine)) as readonly CellFeature<Primitive>[];
    const cells = alphabet(code, "full").neighbour;
    const answers = cells.map((cell) => questions.map((question) => question.of(cell)));
    const expected = cells.filter(
      (_, k) => k + 1 === cells.length || answers[k]?.some((answer, i) => answer !== answers[k + 1]?.[i]),
    );
    const spell = (list: readonly Cell[]): string[] => list.map(({ value }) => formatRational(value));
    expect(spell(runEnds(code, "full"))).toEqual(spell(expected));
  });
});
