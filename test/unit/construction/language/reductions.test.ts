import { describe, expect, it } from "vitest";
import {
  oneWayConfiguration,
  oneWayToGrid,
  readOneWayTape,
} from "../../../../construction/language/one-way-to-grid.js";
import { columnOf, symbolColumns, symbolOfColumn } from "../../../../construction/language/symbol-column.js";
import { assertTapesMachine } from "../../../../construction/language/tapes-machine.js";
import type { TapesEntry, TapesMachine } from "../../../../spec/machines/tape-machine.js";
import {
  readTwoTapes,
  twoTapeConfiguration,
  twoTapeToGrid,
} from "../../../../construction/language/two-tape-to-grid.js";
import { InputError } from "../../../../inputs/input-error.js";
import { runFastOnGrid } from "../../../../execution/machines/fast-simulator.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";

type Rows = Readonly<Record<string, Readonly<Record<string, TapesEntry>>>>;

function machine(tapes: 1 | 2, symbols: readonly string[], rows: Rows, halting: readonly string[]): TapesMachine {
  const states = [...Object.keys(rows), ...halting];
  const table = new Map(Object.entries(rows).map(([state, row]) => [state, new Map(Object.entries(row))]));
  return { name: "example", tapes, symbols, states, start: states[0] ?? "", halting, table };
}

/** Adds one to a decimal number that stands with its least digit first. */
const digits = Array.from({ length: 10 }, (_, i) => String(i));
const increment = machine(
  1,
  ["_", ...digits],
  {
    carry: Object.fromEntries([
      ["9", { write: ["0"], moves: ["right"], next: "carry" }],
      ["_", { write: ["1"], moves: ["stay"], next: "done" }],
      ...digits
        .slice(0, 9)
        .map((digit) => [digit, { write: [String(Number(digit) + 1)], moves: ["stay"], next: "done" }]),
    ]) as Record<string, TapesEntry>,
  },
  ["done"],
);

/** Whether a word of a and b, behind the left end mark, is a palindrome: copies it to tape 2 and compares backwards. */
function palindrome(): TapesMachine {
  const step = (write: string, moves: string, next: string): TapesEntry => ({
    write: write.split(" "),
    moves: moves.split(" ").map((move) => ({ L: "left", R: "right", S: "stay" })[move]) as TapesEntry["moves"],
    next,
  });
  return machine(
    2,
    ["_", "a", "b", "#"],
    {
      mark: { "# _": step("# #", "R R", "copy") },
      copy: {
        "a _": step("a a", "R R", "copy"),
        "b _": step("b b", "R R", "copy"),
        "_ _": step("_ _", "L S", "rewind"),
      },
      rewind: {
        "a _": step("a _", "L S", "rewind"),
        "b _": step("b _", "L S", "rewind"),
        "# _": step("# _", "R L", "compare"),
      },
      compare: {
        "a a": step("a a", "R L", "compare"),
        "b b": step("b b", "R L", "compare"),
        "_ #": step("_ #", "S S", "yes"),
        "a b": step("a b", "S S", "no"),
        "b a": step("b a", "S S", "no"),
      },
    },
    ["yes", "no"],
  );
}

describe("symbolColumns", () => {
  it.each([
    [1, 1],
    [3, 1],
    [4, 2],
    [9, 2],
    [10, 3],
    [27, 3],
    [28, 4],
  ])("should give %i symbols columns of %i cells, all different, blank for the blank", (count, height) => {
    const columns = symbolColumns(Array.from({ length: count }, (_, i) => `s${i}`));
    expect(columns.height).toBe(height);
    const cells = columns.symbols.map((symbol) => columnOf(columns, symbol));
    expect(new Set(cells.map((each) => each.join())).size).toBe(count);
    expect(cells.map((each) => symbolOfColumn(columns, each))).toEqual(columns.symbols);
    expect(cells[0]?.every((cell) => cell === 0)).toBe(true);
    expect(cells.every((each) => each.length === height)).toBe(true);
  });

  it("should know the columns that no symbol has", () => {
    expect(symbolOfColumn(symbolColumns(["a", "b"]), [-1])).toBe(undefined);
    expect(() => columnOf(symbolColumns(["a", "b"]), "c")).toThrow('columnOf: expected one of a, b, got "c"');
  });
});

describe("oneWayToGrid", () => {
  it.each([
    ["", "1"],
    ["0", "1"],
    ["99", "001"],
    ["9990", "0001"],
    ["31", "41"],
  ])("should add one to %j", (before, after) => {
    const normal = normalForm(oneWayToGrid(increment).machine);
    const run = runFastOnGrid(normal, oneWayConfiguration(increment, [...before], 6), { maxSteps: 100 });
    expect(run.halted).toBe(true);
    expect(readOneWayTape(increment, run.configuration).join("").replaceAll("_", "")).toBe(after);
  });

  it("should refuse two tapes, and a grid that is too small", () => {
    expect(() => oneWayToGrid(palindrome())).toThrow("oneWayToGrid: expected a machine with one tape, got 2");
    expect(() => oneWayConfiguration(increment, ["1", "2"], 1)).toThrow("expected a width of at least 2, got 1");
    expect(() => oneWayConfiguration(increment, [], 0)).toThrow("expected a width of at least 1, got 0");
  });
});

describe("twoTapeToGrid", () => {
  it.each([
    ["", "yes"],
    ["a", "yes"],
    ["ab", "no"],
    ["abba", "yes"],
    ["abaaba", "yes"],
    ["abaabb", "no"],
  ])("should decide whether %j is a palindrome", (word, answer) => {
    const original = palindrome();
    const normal = normalForm(twoTapeToGrid(original).machine);
    const start = twoTapeConfiguration(original, [["#", ...word], []], word.length + 3);
    const run = runFastOnGrid(normal, start, { maxSteps: 10_000 });
    expect(normal.states[run.configuration.state]).toBe(answer);
    const [first, second] = readTwoTapes(original, run.configuration);
    expect(first.symbols.join("").replaceAll("_", "")).toBe(`#${word}`);
    expect(second.symbols.join("").replaceAll("_", "")).toBe(`#${word}`);
  });

  it("should refuse one tape, and a grid that is too small", () => {
    expect(() => twoTapeToGrid(increment)).toThrow("twoTapeToGrid: expected a machine with two tapes, got 1");
    expect(() => twoTapeConfiguration(palindrome(), [["a"], ["a", "b"]], 1)).toThrow("a width of at least 2, got 1");
  });

  it("should number halting states whose names are no names of the language", () => {
    const odd = {
      ...palindrome(),
      states: [...palindrome().states.slice(0, 4), "it is", "it is not"],
      halting: ["it is", "it is not"],
    };
    const table = new Map(
      [...odd.table].map(([state, row]) => {
        const renamed = [...row].map(([read, entry]) => {
          const next = entry.next === "yes" ? "it is" : entry.next === "no" ? "it is not" : entry.next;
          return [read, { ...entry, next }] as const;
        });
        return [state, new Map(renamed)] as const;
      }),
    );
    expect(twoTapeToGrid({ ...odd, table }).machine.halting.toSorted()).toEqual(["halt-1", "halt-2"]);
  });
});

describe("assertTapesMachine", () => {
  const good = palindrome();
  const withEntry = (entry: Partial<TapesEntry>, read: string = "a a"): TapesMachine => {
    const compare = new Map([[read, { write: ["a", "a"], moves: ["left", "left"] as const, next: "yes", ...entry }]]);
    return { ...good, table: new Map([...good.table, ["compare", compare]]) };
  };

  it.each<[TapesMachine, string]>([
    [{ ...good, symbols: [] }, "expected at least one symbol, the blank"],
    [{ ...good, symbols: ["_", "a b"] }, 'symbol "a b" is empty or contains a space'],
    [{ ...good, symbols: ["_", ""] }, 'symbol "" is empty or contains a space'],
    [{ ...good, symbols: ["_", "a", "a"] }, 'symbol "a" is declared twice'],
    [{ ...good, states: [...good.states, "no"] }, 'state "no" is declared twice'],
    [{ ...good, start: "begin" }, 'state "begin" is not declared'],
    [{ ...good, halting: ["maybe"] }, 'state "maybe" is not declared'],
    [{ ...good, halting: ["compare"] }, 'halting state "compare" has entries'],
    [{ ...good, states: good.states.filter((state) => state !== "copy") }, 'state "copy" is not declared'],
    [withEntry({ write: ["a"] }), 'state "compare", symbols "a a": expected 2 symbols to read, 2 to write and 2 moves'],
    [withEntry({}, "a"), 'state "compare", symbols "a": expected 2 symbols to read, 2 to write and 2 moves'],
    [withEntry({ write: ["a", "c"] }), 'state "compare", symbols "a a": symbol "c" is not declared'],
    [withEntry({}, "a c"), 'state "compare", symbols "a c": symbol "c" is not declared'],
    [withEntry({ moves: ["left", "up" as "left"] }), 'expected moves left, right and stay, got "up"'],
    [withEntry({ next: "maybe" }), 'state "compare", symbols "a a": state "maybe" is not declared'],
  ])("should refuse inconsistent machine %#", (bad, message) => {
    expect(() => assertTapesMachine(bad)).toThrow(InputError);
    expect(() => assertTapesMachine(bad)).toThrow(`machine example: `);
    expect(() => assertTapesMachine(bad)).toThrow(message);
  });

  it("should accept a consistent one", () => {
    expect(() => assertTapesMachine(good)).not.toThrow();
  });
});
