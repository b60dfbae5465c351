import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cellGrid,
  centreCell,
  digitCell,
  neighbourCell,
  patch,
  wellFormedCell,
} from "../../../../arbitraries/rcnn/cells.js";
import { formatRational } from "../../../../spec/exact/rational.js";
import { ALPHABET_NAMES, alphabet } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, cellFromDigits, type Cell } from "../../../../spec/rcnn/cell-code.js";

const code = cellCode(2);
const blank = cellFromDigits(code, []);

/** What fast-check shrinks a failure to. */
function smallest<T>(arbitrary: fc.Arbitrary<T>, fails: (value: T) => boolean = () => true): T | undefined {
  return fc.check(fc.property(arbitrary, (value) => !fails(value))).counterexample?.[0];
}

describe("arbitraries of cells", () => {
  it.each(ALPHABET_NAMES)("should shrink to blank cells (%s)", (name) => {
    expect(smallest(wellFormedCell(code))).toEqual(blank);
    expect(smallest(digitCell(code))).toEqual(blank);
    expect(smallest(neighbourCell(code, name))).toEqual(blank);
    expect(smallest(centreCell(code, name))).toEqual(blank);
    expect(smallest(patch(code, name))?.cells).toEqual(Array.from({ length: 9 }, () => blank));
    expect(smallest(cellGrid(code, name))).toEqual({ rows: 1, columns: 1, cells: [blank] });
  });

  it("should shrink to a cell with few digits where blanks do not fail", () => {
    const isCompute = ({ digits }: Cell): boolean => digits?.[2] === 1;
    expect(smallest(digitCell(code), isCompute)?.digits).toEqual([0, 0, 1, 0, 0]);
    expect(smallest(wellFormedCell(code), isCompute)?.digits).toEqual([0, 0, 1, 0, 0]);
  });

  it.each(ALPHABET_NAMES)("should stay inside the %s alphabet, and reach p", (name) => {
    const letters = alphabet(code, name);
    const spell = (cells: readonly Cell[]): Set<string> => new Set(cells.map(({ value }) => formatRational(value)));
    const [centres, neighbours] = [spell(letters.centre), spell(letters.neighbour)];
    const seen = new Set<string>();
    for (const { cells } of fc.sample(patch(code, name), 300)) {
      for (const [i, { value }] of cells.entries()) {
        seen.add(formatRational(value));
        expect(i === 4 ? centres : neighbours).toContain(formatRational(value));
      }
    }
    expect(seen).toContain("1/6");
    if (name === "well-formed") expect(seen).toEqual(neighbours);
  });
});
