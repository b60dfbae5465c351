import { describe, expect, it } from "vitest";
import { RULE_LINES } from "../../../../spec/rcnn/cell-rule.js";
import type { Cell } from "../../../../spec/rcnn/cell-code.js";
import { cellInWords, cellsInWords, linesInWords, PLACE_NAMES } from "../../../../systems/rcnn/explain/words.js";
import { TEXT, TINY_FULL_TEXT } from "../../checkers/second/forge.js";
import { subjectOf } from "./subjects.js";

const { code, machine, letters } = subjectOf(TEXT);
const all = letters.neighbour;
const words = (keep: (cell: Cell) => boolean): string => cellsInWords(code, machine, all.filter(keep), all);
const digit = (cell: Cell, i: number): number | undefined => cell.digits?.[i];

describe("cells in words", () => {
  it("should name every cell of an alphabet differently, and its value first", () => {
    for (const text of [TEXT, TINY_FULL_TEXT]) {
      const subject = subjectOf(text);
      const names = subject.letters.neighbour.map((cell) => cellInWords(subject.code, subject.machine, cell));
      expect(new Set(names).size).toBe(names.length);
    }
    const found = all.map((cell) => cellInWords(code, machine, cell));
    expect(found).toContain("p");
    expect(found).toContain("-1/9, memory phase");
    expect(found).toContain("0, unknown phase, blank");
    expect(found).toContain("1, unknown phase, padding column");
    expect(found).toContain("10/9, compute phase without a head, padding column");
    expect(found.filter((name) => /head in state \S+ on -$/.test(name))).toHaveLength(machine.states.length);
  });

  it("should call whole kinds by their names, and list the members of parts", () => {
    expect(words(() => true)).toBe(`every cell (${all.length})`);
    expect(words(() => false)).toBe("no cell");
    expect(words((cell) => digit(cell, 2) === 0)).toBe("unknown phase (all 4)");
    expect(words((cell) => digit(cell, 2) === -1)).toBe("memory phase");
    expect(words((cell) => cell.digits === undefined)).toBe("p");
    expect(words((cell) => digit(cell, 2) === 1)).toBe("compute phase without a head (all 4); every head");
    expect(words((cell) => digit(cell, 3) === 1 && digit(cell, 1) === 1)).toBe("every head on +");
    expect(words((cell) => digit(cell, 3) === 1 && digit(cell, 0) === 1)).toBe("every head in a padding column");
    expect(words((cell) => digit(cell, 2) === 0 && digit(cell, 0) === 0)).toBe("unknown phase: -1/3, 0, 1/3");
    const heads = all.filter((cell) => digit(cell, 3) === 1 && digit(cell, 1) === -1);
    expect(cellsInWords(code, machine, heads.slice(1, 3), all)).toBe(
      `head on -: ${machine.states[1]}, ${machine.states[2]}`,
    );
    expect(cellsInWords(code, machine, heads.slice(0, 4), all)).toBe(
      `head on -: ${machine.states.slice(0, 4).join(", ")}`,
    );
    const full = subjectOf(TINY_FULL_TEXT);
    const unknown = full.letters.centre.filter((cell) => digit(cell, 2) === 0);
    expect(cellsInWords(full.code, full.machine, unknown.slice(0, 6), full.letters.centre)).toBe(
      "unknown phase: -112/81, -37/27, -110/81, -109/81 and 2 more",
    );
  });

  it("should name nine places", () => {
    expect(new Set(PLACE_NAMES).size).toBe(9);
    expect([1, 3, 4, 5, 7].map((place) => PLACE_NAMES[place])).toEqual(["above", "left", "centre", "right", "below"]);
  });
});

describe("lines of f-bar in words", () => {
  it("should list few of them, and the others where they are many", () => {
    expect(linesInWords(["msg-1-memorize"])).toBe("msg-1-memorize");
    expect(linesInWords(RULE_LINES)).toBe("every line");
    expect(linesInWords(RULE_LINES.slice(1))).toBe("every line but msg-1-memorize");
  });
});
