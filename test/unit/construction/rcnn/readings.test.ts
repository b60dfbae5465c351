import { describe, expect, it } from "vitest";
import {
  arrivingHead,
  centreClass,
  centreFeature,
  hasSymbol,
  headUnits,
  indicator,
  isPadding,
  leftBehind,
  levels,
  NEIGHBOURS,
  transitionAt,
} from "../../../../construction/rcnn/features.js";
import { formatRational, ONE, rational } from "../../../../spec/exact/rational.js";
import { MOVE_OFFSETS, type Move } from "../../../../spec/machines/machine.js";
import { alphabet } from "../../../../spec/rcnn/alphabet.js";
import {
  cellCode,
  cellFromDigits,
  PADDING_CELL,
  stateDigits,
  toUnits,
  type Cell,
} from "../../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf } from "../../../../spec/rcnn/patch.js";
import { FOUR } from "../../../mutants/rcnn/samples.js";

const CODE = cellCode(4);
const CELLS = alphabet(CODE, "full").centre;
const head = (q: number, symbol: -1 | 0 | 1): Cell => cellFromDigits(CODE, [0, symbol, 1, 1, ...stateDigits(CODE, q)]);

describe("the classes of the centre", () => {
  it("should be those that f-bar tells apart, for every cell of the full alphabet", () => {
    for (const cell of CELLS) {
      const phase = cell.digits?.[2];
      const kind = centreClass(CODE, cell);
      if (cell === PADDING_CELL) expect(kind).toBe("none");
      else if (phase === -1) expect(kind).toBe("memory");
      else if (phase === 0) expect(kind).toBe(cell.value.n === 0n ? "zero" : "unknown");
      else expect(kind).toBe(transitionAt(CODE, FOUR, cell) === undefined ? "compute" : "head");
    }
    expect(CELLS.filter((cell) => centreClass(CODE, cell) === "head")).toHaveLength(16);
  });
});

describe("the constants of the gates", () => {
  it("should exceed what they lift and bar, for every number of state digits", () => {
    for (const states of [1, 2, 3, 16, 17, 64]) {
      const code = cellCode(states);
      const { one, phase, start, lift, bar } = levels(code);
      expect([one, phase, start].map(formatRational)).toEqual([
        String(code.scale),
        String(code.scale / 9n),
        String(code.scale / 27n),
      ]);
      for (const { value } of alphabet(code, "well-formed").neighbour) {
        const units = value.mul(one);
        expect(units.add(lift).s > 0n).toBe(true);
        expect(units.abs().lt(lift)).toBe(true);
      }
      // A bar closes gates that sum a lifted value at most.
      expect(bar.equals(lift.add(lift))).toBe(true);
    }
  });
});

describe("the readings of heads", () => {
  it("should name for each neighbour the move that leads from it to the centre", () => {
    expect(NEIGHBOURS.map(({ name }) => name)).toEqual(["below", "above", "right", "left"]);
    for (const { place, towards } of NEIGHBOURS) {
      const [row, column] = [Math.floor(place / 3) - 1, (place % 3) - 1];
      const offset = MOVE_OFFSETS[towards];
      expect([row + offset[0], column + offset[1]].map((n) => n + 0)).toEqual([0, 0]);
    }
  });

  it("should give half a unit more than the head that arrives, where it moves there, and 0 elsewhere", () => {
    for (const { place, towards } of NEIGHBOURS) {
      const reading = arrivingHead(CODE, FOUR, place, towards);
      expect(reading.place).toBe(place);
      for (const cell of CELLS) {
        const transition = transitionAt(CODE, FOUR, cell);
        const expected =
          transition?.move === towards ? headUnits(CODE, transition.next).add(rational(1n, 2n)) : rational(0n);
        expect(reading.of(cell).equals(expected)).toBe(true);
      }
    }
  });

  it("should leave behind what f-bar leaves at the centre when the move succeeds", () => {
    const questions = cellFeatures(CODE, FOUR);
    const blank = cellFromDigits(CODE, [0, 0, 1]);
    for (let q = 0; q < 4; q++) {
      for (const symbol of [-1, 0, 1] as const) {
        const cell = head(q, symbol);
        const patch = patchOf(Array.from({ length: 9 }, (_, place) => (place === CENTRE ? cell : blank)));
        const expected = toUnits(CODE, outcomeValue(cellRule(CODE, questions, patch), cell));
        expect(formatRational(leftBehind(CODE, FOUR, cell))).toBe(String(expected));
      }
    }
    expect(() => leftBehind(CODE, FOUR, blank)).toThrow("leftBehind: expected a cell that carries a head");
  });

  it("should find gamma where a head is, in data and in padding columns, and nowhere else", () => {
    expect(transitionAt(CODE, FOUR, head(1, -1))).toEqual(FOUR.table[1]?.[-1]);
    const inPadding = cellFromDigits(CODE, [1, 0, 1, 1, ...stateDigits(CODE, 2)]);
    expect(transitionAt(CODE, FOUR, inPadding)).toEqual(FOUR.table[2]?.[0]);
    expect(transitionAt(CODE, FOUR, PADDING_CELL)).toBeUndefined();
    expect(transitionAt(CODE, FOUR, cellFromDigits(CODE, [0, 0, 0, 1]))).toBeUndefined();
  });
});

describe("indicators", () => {
  it("should be 1 and 0, at their place", () => {
    const reading = indicator(3, "is p", isPadding);
    expect([reading.place, reading.name]).toEqual([3, "is p"]);
    for (const cell of CELLS) expect(reading.of(cell).equals(cell === PADDING_CELL ? 1n : 0n)).toBe(true);
    expect(CELLS.filter(hasSymbol)).toHaveLength((2 * (CELLS.length - 1)) / 3);
  });

  it("should read the centre by its class and value", () => {
    const reading = centreFeature(CODE, "is told apart", (kind, cell) => (kind === "memory" ? cell.value : ONE));
    expect(reading.place).toBe(CENTRE);
    const memory = cellFromDigits(CODE, [0, 0, -1]);
    expect(reading.of(memory).equals(memory.value)).toBe(true);
    expect(reading.of(PADDING_CELL).equals(1n)).toBe(true);
  });

  it("should know every move", () => {
    const towards: readonly Move[] = NEIGHBOURS.map((one) => one.towards);
    expect([...towards].toSorted()).toEqual(["down", "left", "right", "up"]);
  });
});
