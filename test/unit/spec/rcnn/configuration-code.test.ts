import { describe, expect, it } from "vitest";
import { formatRational, rational } from "../../../../spec/exact/rational.js";
import type { TapeSymbol } from "../../../../spec/machines/machine.js";
import { allCells } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, cellFromValue, PADDING_CELL } from "../../../../spec/rcnn/cell-code.js";
import { encodeConfiguration, encodeTapeCell, tapeCell } from "../../../../spec/rcnn/configuration-code.js";

const SYMBOLS: readonly TapeSymbol[] = [0, 1, -1];

describe("tapeCell", () => {
  it.each([1, 2, 3, 4])("should read what B.1.1 encodes, and nothing else of all digit strings (s = %i)", (s) => {
    const code = cellCode(s);
    const states = [undefined, ...Array.from({ length: s }, (_, q) => q)];
    const meanings = new Map<string, unknown>();
    for (const state of states) {
      for (const symbol of SYMBOLS) {
        meanings.set(formatRational(encodeTapeCell(code, { symbol, state })), { symbol, state });
      }
      // A padding column holds 1 more than a blank cell does, and reads as one.
      const blank = encodeTapeCell(code, { symbol: 0, state });
      meanings.set(formatRational(blank.add(rational(1n))), { symbol: 0, state });
    }
    expect(meanings.size).toBe(4 * (s + 1));
    for (const cell of allCells(code)) {
      expect(tapeCell(code, cell)).toEqual(meanings.get(formatRational(cell.value)));
    }
  });

  it("should read nothing from p and from other values that are no digit strings", () => {
    expect(tapeCell(cellCode(2), PADDING_CELL)).toBeUndefined();
    expect(tapeCell(cellCode(2), cellFromValue(cellCode(2), rational(2n)))).toBeUndefined();
  });
});

describe("encodeTapeCell", () => {
  it.each<[TapeSymbol, number | undefined, string]>([
    [0, undefined, "1/9"],
    [1, undefined, "4/9"],
    [-1, undefined, "-2/9"],
    [0, 0, "4/27"],
    [1, 1, "118/243"],
    [-1, 2, "-14/81"],
    [0, 3, "40/243"],
  ])("should be t/3 + 3^-2, plus 3^-3 and the code under a head: symbol %i, state %s", (symbol, state, value) => {
    expect(formatRational(encodeTapeCell(cellCode(4), { symbol, state }))).toBe(value);
  });
});

describe("encodeConfiguration", () => {
  it("should set the head on its cell only", () => {
    const values = encodeConfiguration(cellCode(4), {
      rows: 2,
      columns: 3,
      tape: [0, 1, -1, -1, 0, 1],
      headRow: 1,
      headColumn: 2,
      state: 1,
    });
    expect(values.map(formatRational)).toEqual(["1/9", "4/9", "-2/9", "-2/9", "1/9", "118/243"]);
  });
});
