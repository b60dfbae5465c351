import { describe, expect, it } from "vitest";
import {
  plainTape,
  plainToXorTape,
  readAnswer,
  startConfiguration,
  xorTape,
  xorToPlainTape,
  type Sign,
  type SignRows,
} from "../../../../construction/learners/xor-tape.js";
import type { TapeSymbol } from "../../../../spec/machines/machine.js";
import { instances } from "./training-sets.js";

const examples = [
  { x: [1, -1, -1], y: -1 },
  { x: [-1, -1, 1], y: 1 },
] as const;
const x = [1, 1, -1] as const;

describe("xorTape", () => {
  it("should hold y [x o x_i, y] row by row, then [x, 1]", () => {
    expect(xorTape(examples, x)).toEqual([
      [-1, 1, -1, -1],
      [-1, -1, -1, 1],
      [1, 1, -1, 1],
    ]);
    expect(plainTape(examples, x)).toEqual([
      [1, -1, -1, -1],
      [-1, -1, 1, 1],
      [1, 1, -1, 1],
    ]);
  });

  it("should be what the memorized weights show to the machine: 3 W diag([x, 1])", () => {
    for (const instance of instances(2, 2)) {
      // Lemma 1: W_ij = y_i x_ij / 3, last column y_i / 3; the last row is the one of the dummy sample.
      const rows = [...instance.examples, { x: [1, 1] as const, y: 1 as const }];
      const memorized = rows.map((example) => [...example.x, 1].map((entry) => entry * example.y));
      const input = [...instance.x, 1];
      const shown = memorized.map((row) => row.map((weight, j) => weight * (input[j] ?? 0)));
      expect(xorTape(instance.examples, instance.x)).toEqual(shown);
    }
  });

  it("should be taken back by xorToPlainTape", () => {
    for (const instance of instances(2, 2)) {
      const plain = plainTape(instance.examples, instance.x);
      expect(xorToPlainTape(plainToXorTape(plain))).toEqual(plain);
      expect(plainToXorTape(xorToPlainTape(plain))).toEqual(plain);
    }
  });

  it.each<[SignRows, string]>([
    [[], "expected at least one example and a test point, got 0 rows"],
    [[[1, 1]], "expected at least one example and a test point, got 1 rows"],
    [[[1], [1]], "expected at least one coordinate and a label, got 1 columns"],
    [
      [
        [1, 1],
        [1, 1, 1],
      ],
      "expected 2 entries in row 2, got 3",
    ],
    [
      [
        [1, 0 as Sign],
        [1, 1],
      ],
      "expected 1 and -1 in row 1, got 0",
    ],
    [
      [
        [1, 1],
        [1, -1],
      ],
      "expected the last row to end in 1, got -1",
    ],
  ])("should refuse malformed rows %j", (rows, message) => {
    expect(() => plainToXorTape(rows)).toThrow(RangeError);
    expect(() => plainToXorTape(rows)).toThrow(`plainToXorTape: ${message}`);
    expect(() => xorToPlainTape(rows)).toThrow(`xorToPlainTape: ${message}`);
    expect(() => startConfiguration(rows, 1)).toThrow(`startConfiguration: ${message}`);
  });

  it("should refuse a training set that is empty or ragged", () => {
    expect(() => plainTape([], [1])).toThrow("plainTape: expected at least one example");
    expect(() => plainTape([{ x: [1, 1], y: 1 }], [1])).toThrow("plainTape: expected 3 entries in row 2, got 2");
  });
});

describe("startConfiguration", () => {
  it("should put the head on the bottom right data cell, padding on the right", () => {
    expect(
      startConfiguration(
        [
          [1, -1],
          [-1, 1],
        ],
        2,
      ),
    ).toEqual({
      rows: 2,
      columns: 4,
      tape: [1, -1, 0, 0, -1, 1, 0, 0],
      headRow: 1,
      headColumn: 1,
      state: 0,
    });
  });

  it.each([-1, 0.5, Number.NaN])("should refuse %d padding columns", (count) => {
    expect(() =>
      startConfiguration(
        [
          [1, 1],
          [1, 1],
        ],
        count,
      ),
    ).toThrow("expected at least 0 padding columns");
  });
});

describe("readAnswer", () => {
  const read = (tape: TapeSymbol[], headRow: number, headColumn: number): unknown =>
    readAnswer({ rows: 2, columns: 3, tape, headRow, headColumn, state: 5 }, 2);

  it("should read the top left cell where all other data cells are blank", () => {
    expect(read([1, 0, -1, 0, 0, 1], 0, 0)).toEqual({ ok: true, answer: 1 });
    expect(read([-1, 0, 0, 0, 0, 0], 0, 0)).toEqual({ ok: true, answer: -1 });
  });

  it("should say what is wrong with any other halting position", () => {
    expect(read([1, 0, 0, 0, 0, 0], 1, 0)).toEqual({
      ok: false,
      message: "the head is on row 2, column 1, not on the top left cell",
    });
    expect(read([1, 0, 0, 0, 0, 0], 0, 1)).toEqual({
      ok: false,
      message: "the head is on row 1, column 2, not on the top left cell",
    });
    expect(read([0, 0, 0, 0, 0, 0], 0, 0)).toEqual({ ok: false, message: "the top left cell is blank" });
    expect(read([1, 1, 0, 0, 0, 0], 0, 0)).toEqual({ ok: false, message: "row 1, column 2 is not blank" });
    expect(read([1, 0, 0, 0, -1, 0], 0, 0)).toEqual({ ok: false, message: "row 2, column 2 is not blank" });
  });
});
