import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BLOCK_SHAPES,
  cellsFor,
  plainCodes,
  recodeAlphabet,
  recodeWith,
  searchCodes,
} from "../../../../construction/machines/recode-alphabet.js";
import { decideSituations } from "../../../../checkers/rcnn/recoding-situations.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { alphabetMachine, anyAlphabetMachine, CHAMPION, ofText } from "../../../alphabet-machines.js";

describe("codes", () => {
  it("should take the fewest cells that tell all symbols apart", () => {
    expect([1, 2, 3, 4, 9, 10, 27, 28].map(cellsFor)).toEqual([1, 1, 1, 2, 2, 3, 3, 4]);
  });

  it("should be distinct, the blank's blank, and tell symbols apart in the first cell", () => {
    for (const k of [2, 3, 4, 9, 10, 27, 30]) {
      const codes = plainCodes(k).map((code) => code.join());
      expect(new Set(codes).size).toBe(k);
      expect(plainCodes(k)[0]).toEqual(Array.from({ length: cellsFor(k) }, () => 0));
    }
    expect(plainCodes(4)).toEqual([
      [0, 0],
      [1, 0],
      [-1, 0],
      [0, 1],
    ]);
  });
});

describe("recodeWith", () => {
  it("should make a target that does what the source does, in a column and in a row, with any codes", () => {
    fc.assert(
      fc.property(anyAlphabetMachine(), fc.constantFrom(...BLOCK_SHAPES), fc.nat(), (machine, shape, turn) => {
        const [blank = [], ...others] = plainCodes(machine.symbols.length);
        const turned = others.map((_, i) => others[(i + turn) % others.length] ?? []);
        const recoding = recodeWith(machine, [blank, ...turned], shape);
        expect(() => normalForm(recoding.target)).not.toThrow();
        const n = cellsFor(machine.symbols.length);
        expect([recoding.rows, recoding.columns]).toEqual(shape === "column" ? [n, 1] : [1, n]);
        expect(decideSituations(recoding, 4 * n).verdict).toBe("accepted");
      }),
      { numRuns: 100 },
    );
  });

  it("should give states names of their own, whatever the source calls its", () => {
    const long = "q".repeat(200);
    const rows = Object.fromEntries(
      ["A", "A .", "write ., right A", "A stops", long].map((name) => [
        name,
        Array.from({ length: 5 }, (_, a) => (a === 4 ? null : ([(a + 2) % 5, "right", "A"] as const))),
      ]),
    );
    const recoding = recodeAlphabet(alphabetMachine(rows, ["Z"], { missing: "stop" }));
    const { states } = recoding.target;
    expect(new Set(states).size).toBe(states.length);
    for (const name of states) {
      expect(name.length).toBeLessThanOrEqual(200);
      expect(name).toMatch(/^\P{Cc}+$/u);
    }
    expect(decideSituations(recoding, 20).verdict).toBe("accepted");
  });
});

describe("recodeAlphabet", () => {
  it("should take the fewer states of a column and a row, and of the codes that it tries", () => {
    const champion = ofText(CHAMPION);
    const [column, row] = BLOCK_SHAPES.map((shape) => searchCodes(champion, shape).target.states.length);
    expect([column, row]).toEqual([6, 10]);
    expect(recodeAlphabet(champion).target.states).toHaveLength(6);
    expect(recodeWith(champion, plainCodes(4), "column").target.states).toHaveLength(11);
    const upright = alphabetMachine(
      {
        a: [
          [1, "up", "b"],
          [2, "up", "b"],
          [3, "down", "a"],
          [0, "up", "a"],
        ],
        b: [
          [3, "down", "a"],
          [0, "up", "Z"],
          [1, "up", "b"],
          [2, "down", "b"],
        ],
      },
      ["Z"],
    );
    expect(recodeAlphabet(upright)).toMatchObject({ rows: 1, columns: 2 });
  });

  it("should give the same every time, and refuse several tapes", () => {
    const machine = ofText("1RB2LA1RA1RA4LB_1LB1LA3RB1RZ2RA");
    expect(recodeAlphabet(machine)).toEqual(recodeAlphabet(machine));
    expect(() => recodeAlphabet({ ...machine, tapes: 2 })).toThrow("recodeAlphabet: expected one tape, got 2");
  });
});
