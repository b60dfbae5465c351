import { describe, expect, it } from "vitest";
import { formatRational, negativePowerOfThree, parseRational, rational } from "../../../../spec/exact/rational.js";
import {
  cellCode,
  cellFromDigits,
  cellFromValue,
  fromUnits,
  headOnCell,
  headValue,
  MAX_STATES,
  PADDING,
  PADDING_CELL,
  state,
  stateDigits,
  symbolValue,
  toUnits,
  val,
  type Digit,
} from "../../../../spec/rcnn/cell-code.js";

describe("cellCode", () => {
  it.each([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [8, 3],
    [9, 4],
    [256, 8],
    [257, 9],
    [MAX_STATES, 12],
  ])("should give %i states %i state digits", (states, digits) => {
    const code = cellCode(states);
    expect(code).toEqual({ states, stateDigits: digits, lastIndex: 3 + digits, scale: 2n * 3n ** BigInt(3 + digits) });
  });

  it.each([0, -1, 1.5, NaN, MAX_STATES + 1, Infinity])("should refuse %d states", (states) => {
    expect(() => cellCode(states)).toThrow(RangeError);
  });
});

describe("cells", () => {
  const code = cellCode(4);

  it.each<[string, Digit[], string]>([
    ["a padding column", [1], "1"],
    ["a symbol", [0, -1], "-1/3"],
    ["the memory phase", [0, 0, -1], "-1/9"],
    ["the compute phase", [0, 1, 1], "4/9"],
    ["a head in state 0", [0, 0, 1, 1], "4/27"],
    ["a head in state 2", [0, 0, 1, 1, 1, 0], "13/81"],
    ["a head in state 3", [0, -1, 1, 1, 1, 1], "-41/243"],
    ["the last digit", [0, 0, 0, 0, 0, -1], "-1/243"],
  ])("should sum up the digits of %s", (_, digits, value) => {
    const cell = cellFromDigits(code, digits);
    expect(formatRational(cell.value)).toBe(value);
    expect(cell.digits).toHaveLength(6);
    expect(cellFromValue(code, parseRational(value))).toEqual(cell);
  });

  it("should refuse more digits than there are", () => {
    expect(() => cellFromDigits(code, [0, 0, 0, 0, 0, 0, 0])).toThrow(RangeError);
  });

  it.each(["1/6", "1/2", "1/729", "2", "-2", "365/243", "1/5"])("should find no digits in %s", (text) => {
    const cell = cellFromValue(code, parseRational(text));
    expect(cell.digits).toBeUndefined();
    expect(formatRational(cell.value)).toBe(text);
    expect(val(cell, 0)).toBeUndefined();
    expect(state(cell)).toBeUndefined();
    expect(headOnCell(code, cell)).toBeUndefined();
  });

  it("should find digits up to the sum of all of them, and no further", () => {
    const most = rational(364n, 243n);
    expect(cellFromValue(code, most).digits).toEqual([1, 1, 1, 1, 1, 1]);
    expect(cellFromValue(code, most.neg()).digits).toEqual([-1, -1, -1, -1, -1, -1]);
  });

  it("should keep p outside of the digit strings of every code", () => {
    for (let digits = 0; digits <= 12; digits++) {
      expect(cellFromValue(cellCode(2 ** digits), PADDING).digits).toBeUndefined();
    }
    expect(PADDING_CELL).toEqual({ value: PADDING, digits: undefined });
  });

  it("should read index by index", () => {
    const cell = cellFromDigits(code, [1, -1, 0, 1, 0, -1]);
    expect([0, 1, 2, 3, 4, 5].map((index) => val(cell, index))).toEqual([1, -1, 0, 1, 0, -1]);
    expect(val(cell, 6)).toBeUndefined();
    expect(formatRational(state(cell) ?? rational(9n))).toBe("-1/3");
  });
});

describe("state codes", () => {
  it("should be q in binary, most significant digit first, and 0 for state 0", () => {
    expect(stateDigits(cellCode(1), 0)).toEqual([]);
    expect(Array.from({ length: 5 }, (_, q) => stateDigits(cellCode(5), q).join(""))).toEqual([
      "000",
      "001",
      "010",
      "011",
      "100",
    ]);
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 16, 100])("should be read back under a head, for all of %i states", (states) => {
    const code = cellCode(states);
    for (let q = 0; q < states; q++) {
      for (const symbol of [0, 1, -1] as const) {
        const value = symbolValue(symbol).add(negativePowerOfThree(2)).add(headValue(code, q));
        expect(headOnCell(code, cellFromValue(code, value))).toEqual({ state: q, symbol });
      }
      const padded = cellFromValue(code, rational(1n).add(negativePowerOfThree(2)).add(headValue(code, q)));
      expect(headOnCell(code, padded)).toEqual({ state: q, symbol: 0 });
      const units = state(cellFromValue(code, headValue(code, q)));
      expect(units?.mul(negativePowerOfThree(4)).equals(headValue(code, q).sub(negativePowerOfThree(3)))).toBe(true);
    }
  });

  it.each<[string, Digit[]]>([
    ["of unknown phase", [0, 0, 0, 1, 0, 0]],
    ["in the memory phase", [0, 0, -1, 1, 0, 0]],
    ["with digit 3 unset", [0, 0, 1, 0, 0, 1]],
    ["with digit 3 negative", [0, 0, 1, -1, 0, 0]],
    ["with digit 0 negative", [-1, 0, 1, 1, 0, 0]],
    ["with a symbol in a padding column", [1, 1, 1, 1, 0, 0]],
    ["with a negative first state digit", [0, 0, 1, 1, -1, 1]],
    ["with a negative last state digit", [0, 0, 1, 1, 1, -1]],
    ["with a code beyond s", [0, 0, 1, 1, 1, 1]],
  ])("should not be read from a cell %s", (_, digits) => {
    const code = cellCode(3);
    expect(headOnCell(code, cellFromDigits(code, digits))).toBeUndefined();
  });
});

describe("units", () => {
  const code = cellCode(2);

  it("should make cells even integers and p the odd one 3^(K-1)", () => {
    expect(toUnits(code, PADDING)).toBe(27n);
    expect(toUnits(code, rational(1n))).toBe(162n);
    expect(toUnits(code, rational(-1n, 81n))).toBe(-2n);
    expect(formatRational(fromUnits(code, -27n))).toBe("-1/6");
  });

  it("should refuse what is no integer", () => {
    expect(() => toUnits(code, rational(1n, 243n))).toThrow(RangeError);
  });
});
