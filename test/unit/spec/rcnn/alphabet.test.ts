import { describe, expect, it } from "vitest";
import { formatRational } from "../../../../spec/exact/rational.js";
import {
  allCells,
  allCellsAsPrinted,
  ALPHABET_NAMES,
  alphabet,
  computeCells,
  headCells,
  patchCount,
  wellFormedCells,
} from "../../../../spec/rcnn/alphabet.js";
import { cellCode, cellFromValue, headOnCell, PADDING, type Cell } from "../../../../spec/rcnn/cell-code.js";
import { tapeCell } from "../../../../spec/rcnn/configuration-code.js";

function values(cells: readonly Cell[]): string[] {
  return cells.map(({ value }) => formatRational(value));
}

function expectRising(cells: readonly Cell[]): void {
  for (const [k, { value }] of cells.entries()) {
    const before = cells[k - 1];
    if (before !== undefined) expect(value.gt(before.value)).toBe(true);
  }
}

describe("alphabets", () => {
  it.each([1, 2, 3, 4])("should hold each digit string once, in rising order, for %i states", (states) => {
    const code = cellCode(states);
    const cells = allCells(code);
    expect(cells).toHaveLength(3 ** (code.lastIndex + 1));
    expectRising(cells);
    expect(new Set(cells.map(({ digits }) => digits?.join())).size).toBe(cells.length);
    for (const cell of cells) expect(cellFromValue(code, cell.value)).toEqual(cell);
  });

  it.each([1, 2, 3, 4])("should hold a third of them as printed, for %i states", (states) => {
    const code = cellCode(states);
    const printed = allCellsAsPrinted(code);
    expect(printed).toHaveLength(3 ** code.lastIndex);
    for (const { value } of printed) expect(value.abs().mul(2n).lt(1n)).toBe(true);
  });

  it.each([1, 2, 3, 4, 5, 8, 9])("should hold 9 + 4s well-formed cells for %i states", (states) => {
    const code = cellCode(states);
    const cells = wellFormedCells(code);
    expect(cells).toHaveLength(9 + 4 * states);
    expectRising(cells);
    expect(computeCells(code)).toHaveLength(4);
    expect(headCells(code)).toHaveLength(4 * states);
    for (const cell of headCells(code)) expect(headOnCell(code, cell)).toBeDefined();
    for (const cell of [...computeCells(code), ...headCells(code)]) expect(tapeCell(code, cell)).toBeDefined();
  });

  it("should hold these cells for one state", () => {
    expect(values(wellFormedCells(cellCode(1)))).toEqual([
      "-1/3",
      "-2/9",
      "-5/27",
      "-1/9",
      "0",
      "1/9",
      "4/27",
      "1/3",
      "4/9",
      "13/27",
      "1",
      "10/9",
      "31/27",
    ]);
  });

  it("should be two, the small one first", () => {
    expect(ALPHABET_NAMES).toEqual(["well-formed", "full"]);
  });

  it.each(ALPHABET_NAMES)("should place p among the neighbours of the %s alphabet", (name) => {
    const letters = alphabet(cellCode(2), name);
    expectRising(letters.centre);
    expectRising(letters.neighbour);
    expect(values(letters.neighbour)).toContain(formatRational(PADDING));
    expect(values(letters.centre).includes(formatRational(PADDING))).toBe(name === "full");
    const [centres, neighbours] = name === "full" ? [244n, 244n] : [17n, 18n];
    expect(patchCount(letters)).toBe(centres * neighbours ** 8n);
  });
});
