import { describe, expect, it } from "vitest";
import { InputError } from "../../../../inputs/input-error.js";
import { runFastAlphabet } from "../../../../execution/machines/fast-alphabet.js";
import {
  looksLikeBbchallenge,
  looksLikeListing,
  readBbchallenge as readAlphabet,
} from "../../../../inputs/machines/read-bbchallenge.js";
import { readBbchallenge } from "../../../three-symbol-readers.js";

describe("readBbchallenge", () => {
  it("should read cells, absent entries and letters beyond the table", () => {
    const machine = readBbchallenge(" 1RB---0LZ_2LA1RX2RB\n");
    expect(machine).toEqual({
      name: "1RB---0LZ_2LA1RX2RB",
      states: ["A", "B", "X", "Z"],
      start: "A",
      halting: ["X", "Z"],
      table: new Map([
        [
          "A",
          new Map([
            [0, { write: 1, move: "right", next: "B" }],
            [-1, { write: 0, move: "left", next: "Z" }],
          ]),
        ],
        [
          "B",
          new Map([
            [0, { write: -1, move: "left", next: "A" }],
            [1, { write: 1, move: "right", next: "X" }],
            [-1, { write: -1, move: "right", next: "B" }],
          ]),
        ],
      ]),
      notes: {},
      expected: {},
    });
  });

  it("should read one row, and a row for each letter", () => {
    expect(readBbchallenge("1RA---").states).toEqual(["A"]);
    const rows = Array.from({ length: 26 }, () => "1RZ0LA").join("_");
    const machine = readBbchallenge(rows);
    expect(machine.states.length).toBe(26);
    expect(machine.halting).toEqual([]);
    expect(machine.table.get("Z")?.get(0)?.next).toBe("Z");
  });

  it.each([
    ["nothing", "", "expected rows such as 1RB1LB_1LA1RZ, got nothing"],
    ["blanks", " \n ", "got nothing"],
    ["a word", "hello", 'got "hello"'],
    ["two words", "1RB1LB 1LA1RZ", 'got "1RB1LB 1LA1RZ"'],
    ["commas", "1RB,1LB", "expected rows such as"],
    [
      "a bad direction in the first row",
      "1RB1XB_1LA1RZ",
      'row 1 (state A), symbol 1: expected the direction L or R, got "X" in "1XB"',
    ],
    [
      "a bad direction in the last row",
      "1RB1LB_1LA1SZ",
      'row 2 (state B), symbol 1: expected the direction L or R, got "S" in "1SZ"',
    ],
    ["a small direction", "1rB1LB_1LA1RZ", 'row 1 (state A), symbol 0: expected the direction L or R, got "r"'],
    ["a small state", "1RB1Lb_1LA1RZ", 'row 1 (state A), symbol 1: expected a state from A to Z, got "b" in "1Lb"'],
    ["a digit for a state", "1RB1L1_1LA1RZ", 'expected a state from A to Z, got "1"'],
    ["no state", "1RB1L-_1LA1RZ", 'expected a state from A to Z, got "-"'],
    [
      "a symbol beyond the table",
      "1RB2LB_1LA1RZ",
      'row 1 (state A), symbol 1: expected to write a digit below 2, got "2" in "2LB"',
    ],
    ["a letter for a symbol", "1RB1LB_ALA1RZ", 'row 2 (state B), symbol 0: expected to write a digit below 2, got "A"'],
    ["half an absent entry", "1RB1LB_1LA--Z", 'row 2 (state B), symbol 1: expected to write a digit below 2, got "-"'],
    ["a short row", "1RB1LB_1LA", "row 2 (state B): expected 2 cells as in row 1, got 1"],
    ["a long row", "1RB1LB_1LA1RZ0RA", "row 2 (state B): expected 2 cells as in row 1, got 3"],
    ["a row of broken cells", "1RB1LB_1LA1R", "row 2 (state B): expected cells of three characters, got 5 characters"],
    [
      "a first row of broken cells",
      "1RB1L_1LA1RZ",
      "row 1 (state A): expected cells of three characters, got 5 characters",
    ],
    ["an empty last row", "1RB1LB_", "row 2 (state B): expected cells of three characters, got an empty row"],
    ["an empty row between", "1RB1LB__1LA1RZ", "row 2 (state B): expected cells of three characters, got an empty row"],
    ["one symbol", "0RA", "expected two to ten symbols (0 to 9), got rows of 1 cells"],
    ["eleven symbols", "1RB".repeat(11), "expected two to ten symbols (0 to 9), got rows of 11 cells"],
    ["27 rows", Array.from({ length: 27 }, () => "1RA1LA").join("_"), "expected at most 26 rows, got 27"],
    ["a megabyte of cells", "1RB".repeat(340_000), "got rows of 340000 cells"],
    ["a megabyte of rows", "1RB1LB_".repeat(140_000), "expected at most 26 rows, got 140001"],
  ])("should refuse %s", (_, text, message) => {
    expect(() => readBbchallenge(text)).toThrow(InputError);
    expect(() => readBbchallenge(text)).toThrow(message);
    expect(() => readBbchallenge(text, "list.txt:7")).toThrow(/^list\.txt:7: /);
    expect(() => readBbchallenge(text)).toThrow(/^.{1,200}$/);
  });
});

describe("listings and larger alphabets", () => {
  const listing =
    "# the first two\n1RB1LB_1LA1RZ  6 4\n\n1RB1RZ_1LB0RC_1LC1LA | 21 steps, 1RB in words\n1RB 1LB  1LA 1RZ\n";

  it("should take the machine of a line, whatever follows it, in either spelling", () => {
    expect(readBbchallenge(listing, "list.txt", 1).name).toBe("1RB1LB_1LA1RZ");
    expect(readBbchallenge(listing, "list.txt", 2).name).toBe("1RB1RZ_1LB0RC_1LC1LA");
    expect(readBbchallenge(listing, "list.txt", 3).name).toBe("1RB1LB_1LA1RZ");
    expect(readBbchallenge("1RB1LB_1LA1RZ // comment", "list.txt").states).toEqual(["A", "B", "Z"]);
  });

  it("should not choose among several", () => {
    expect(() => readBbchallenge(listing, "list.txt")).toThrow(
      "list.txt: expected one machine, got 3 machines; --entry N takes the Nth",
    );
    expect(() => readBbchallenge(listing, "list.txt", 4)).toThrow(
      "there are 3 machines; expected --entry from 1 to that",
    );
    expect(looksLikeListing(`${listing}hello\n`)).toBe(false);
    expect(looksLikeListing("# nothing")).toBe(false);
  });

  it("should read four symbols, and run them as published", () => {
    const machine = readAlphabet("1RB2LA1RA1RA_1LB1LA3RB1RZ");
    expect(machine.symbols).toEqual(["0", "1", "2", "3"]);
    expect(machine.table.get("B")?.get("2")).toEqual({ write: [3], moves: ["right"], next: "B" });
    const { halted, steps, tapes } = runFastAlphabet(machine, 4_000_000);
    expect([halted, steps, tapes[0]?.plane.nonblank()]).toEqual([true, 3_932_964, 2050]);
  });
});

describe("looksLikeBbchallenge", () => {
  it.each(["1RB1LB_1LA1RZ", "---1RB", "1RB", " 1RB1XB_1LA\n", "1RB2LB3RA", "1rb---"])(
    "should say yes to %j",
    (text) => {
      expect(looksLikeBbchallenge(text)).toBe(true);
    },
  );

  it.each(["", "bb5", "four-borders", "machine.yaml", "name: x", "1R", "-1RB", "1RB/1LA", "{}", "1RB 1LB", "R1B"])(
    "should say no to %j",
    (text) => {
      expect(looksLikeBbchallenge(text)).toBe(false);
    },
  );
});
