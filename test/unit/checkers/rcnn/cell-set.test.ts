import { describe, expect, it } from "vitest";
import { CellSet } from "../../../../checkers/rcnn/cell-set.js";
import type { LetterClass } from "../../../../checkers/rcnn/letters.js";
import { PADDING_CELL } from "../../../../spec/rcnn/cell-code.js";
import type { Primitive, CellFeature } from "../../../../spec/rcnn/patch.js";

const COLOUR: CellFeature<Primitive> = { name: "colour", of: () => "unused" };
const SHAPE: CellFeature<Primitive> = { name: "shape", of: () => "unused" };

function member(value: number[], answer: Primitive, size = 1n, slope: LetterClass["slope"] = []): LetterClass {
  const answers = new Map([[COLOUR, answer]]);
  return { letters: [], value: Float64Array.from(value), slope, representative: PADDING_CELL, size, answers };
}

const A = member([1, -5], "red", 2n);
const B = member([3, -5], undefined, 3n, [[1, 4]]);
const C = member([-2, 0], "red", 5n);

describe("CellSet", () => {
  it("should hold size, least and most summands of each gate, and whether anything has a slope", () => {
    const set = new CellSet([A, B, C]);
    expect(set.size).toBe(10n);
    expect([...set.least]).toEqual([-2, -5]);
    expect([...set.most]).toEqual([3, 0]);
    expect(set.hasSlope).toBe(true);
    expect(new CellSet([A, C]).hasSlope).toBe(false);
    expect([...new CellSet([B]).least]).toEqual([3, -5]);
  });

  it("should leave the tables of its members alone", () => {
    void new CellSet([A, B, C]);
    expect([...A.value]).toEqual([1, -5]);
  });

  it("should split by answers, absent ones included, and by gates, into disjoint parts that make up the whole", () => {
    const set = new CellSet([A, B, C]);
    const colours = set.byAnswer(COLOUR);
    expect(colours.map(({ members }) => members)).toEqual([[A, C], [B]]);
    expect(set.byGate(0).map(({ members }) => members)).toEqual([[A], [B], [C]]);
    expect(set.byGate(1).map(({ members }) => members)).toEqual([[A, B], [C]]);
    expect(colours.reduce((sum, { size }) => sum + size, 0n)).toBe(set.size);
  });

  it("should be its own only part where nothing differs, and remember its parts", () => {
    const set = new CellSet([A, C]);
    expect(set.byAnswer(COLOUR)).toEqual([set]);
    expect(set.byAnswer(COLOUR)).toBe(set.byAnswer(COLOUR));
    expect(set.byGate(0)).toBe(set.byGate(0));
    expect(set.partition(() => 1)[0]).toBe(set);
  });

  it("should treat -0 and 0 as one key", () => {
    expect(new CellSet([member([0], 1), member([-0], 1)]).byGate(0)).toHaveLength(1);
  });

  it("should refuse to be empty, and to guess", () => {
    expect(() => new CellSet([])).toThrow("CellSet: expected at least one member, got none");
    expect(() => new CellSet([A]).byAnswer(SHAPE)).toThrow('expected a question of f-bar\'s list, got "shape"');
  });
});
