import { describe, expect, it } from "vitest";
import type { Move, NormalMachine, SourceTransition, TapeSymbol } from "../../../../spec/machines/machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { blankConfiguration, isHalted, runFromBlank, step } from "../../../../spec/machines/simulate.js";

/** On every symbol: write +1, make the move, halt. */
function moveOnce(move: Move): NormalMachine {
  const entry = { write: 1, move, next: "Z" } as const;
  const row = new Map<TapeSymbol, typeof entry>([
    [0, entry],
    [1, entry],
    [-1, entry],
  ]);
  const table = new Map([["A", row]]);
  return normalForm({ name: move, states: ["A", "Z"], start: "A", halting: ["Z"], table, notes: {}, expected: {} });
}

/** The two-state champion 1RB1LB_1LA1RZ by hand. */
function champion(): NormalMachine {
  const row = (...entries: [TapeSymbol, SourceTransition][]): Map<TapeSymbol, SourceTransition> => new Map(entries);
  const table = new Map([
    ["A", row([0, { write: 1, move: "right", next: "B" }], [1, { write: 1, move: "left", next: "B" }])],
    ["B", row([0, { write: 1, move: "left", next: "A" }], [1, { write: 1, move: "right", next: "Z" }])],
  ]);
  return normalForm({
    name: "bb2",
    states: ["A", "B", "Z"],
    start: "A",
    halting: ["Z"],
    table,
    notes: {},
    expected: {},
  });
}

describe("step", () => {
  it.each<[Move, number, number]>([
    ["up", 0, 1],
    ["down", 2, 1],
    ["left", 1, 0],
    ["right", 1, 2],
    ["stay", 1, 1],
  ])("should move %s on the grid", (move, row, column) => {
    const before = { ...blankConfiguration(3, 3, 1, 1), state: 1 };
    const after = step(moveOnce(move), before);
    expect(after).toEqual({ ...before, tape: [0, 0, 0, 0, 1, 0, 0, 0, 0], headRow: row, headColumn: column, state: 2 });
    expect(before.tape).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it.each<[Move, number, number]>([
    ["up", 0, 1],
    ["down", 1, 1],
    ["left", 1, 0],
    ["right", 0, 2],
  ])(
    "should leave the head at the border on a move %s off the grid, and still write and change the state",
    (move, row, column) => {
      const after = step(moveOnce(move), { ...blankConfiguration(2, 3, row, column), state: 1 });
      expect([after.headRow, after.headColumn, after.state]).toEqual([row, column, 2]);
      expect(after.tape[row * 3 + column]).toBe(1);
      expect(after.tape.filter((symbol) => symbol !== 0)).toEqual([1]);
    },
  );

  it("should do nothing in the first step but enter the start state", () => {
    const before = blankConfiguration(2, 2, 1, 1);
    expect(step(moveOnce("up"), before)).toEqual({ ...before, state: 1 });
  });

  it("should be the identity on a halted configuration", () => {
    const machine = moveOnce("up");
    const halted = { ...blankConfiguration(2, 2, 1, 0), tape: [1, -1, 0, 1] as const, state: 2 };
    expect(isHalted(machine, halted)).toBe(true);
    expect(step(machine, halted)).toEqual(halted);
  });

  it.each([
    ["a tape of another size", { tape: [0, 0, 0] as const }, "expected 4 tape cells, got 3"],
    ["an empty grid", { rows: 0, tape: [] }, "expected at least one row and one column, got 0 x 2"],
    ["a head below the grid", { headRow: 2 }, "row 2, column 0"],
    ["a head left of the grid", { headColumn: -1 }, "row 0, column -1"],
    ["an unknown state", { state: 9 }, "expected a state below 3 and a symbol, got 9, 0"],
  ])("should refuse %s", (_, change, message) => {
    const configuration = { ...blankConfiguration(2, 2, 0, 0), ...change };
    expect(() => step(moveOnce("up"), configuration)).toThrow(RangeError);
    expect(() => step(moveOnce("up"), configuration)).toThrow(message);
  });
});

describe("runFromBlank", () => {
  it("should count the halting transition and leave the added first step out", () => {
    const run = runFromBlank(moveOnce("left"), { maxSteps: 10 });
    expect(run).toMatchObject({ halted: true, steps: 1, state: 2, nonblank: 1, headRow: 0, headColumn: -1 });
    expect(run.visited).toEqual({ top: 0, bottom: 0, left: -1, right: 0 });
  });

  it.each<[Move, number, number]>([
    ["up", -1, 0],
    ["down", 1, 0],
    ["left", 0, -1],
    ["right", 0, 1],
    ["stay", 0, 0],
  ])("should move %s and count the cell it ends on as visited", (move, row, column) => {
    const { headRow, headColumn, visited } = runFromBlank(moveOnce(move), { maxSteps: 10 });
    expect([headRow, headColumn]).toEqual([row, column]);
    expect(visited).toEqual({
      top: Math.min(0, row),
      bottom: Math.max(0, row),
      left: Math.min(0, column),
      right: Math.max(0, column),
    });
  });

  it("should count the cells that are not blank at the end, not those written on", () => {
    const row = (...entries: [TapeSymbol, SourceTransition][]): Map<TapeSymbol, SourceTransition> => new Map(entries);
    const machine = normalForm({
      name: "eraser",
      states: ["A", "B", "C", "Z"],
      start: "A",
      halting: ["Z"],
      table: new Map([
        ["A", row([0, { write: 1, move: "up", next: "B" }])],
        ["B", row([0, { write: -1, move: "down", next: "C" }])],
        ["C", row([1, { write: 0, move: "right", next: "Z" }])],
      ]),
      notes: {},
      expected: {},
    });
    const run = runFromBlank(machine, { maxSteps: 10 });
    expect(run).toMatchObject({ halted: true, steps: 3, nonblank: 1, headRow: 0, headColumn: 1 });
    expect([run.at(0, 0), run.at(-1, 0)]).toEqual([0, -1]);
    expect(run.visited).toEqual({ top: -1, bottom: 0, left: 0, right: 1 });
  });

  it("should reproduce the two-state champion: 6 steps, 4 marks", () => {
    const run = runFromBlank(champion(), { maxSteps: 1000 });
    expect(run).toMatchObject({ halted: true, steps: 6, nonblank: 4 });
    expect([-3, -2, -1, 0, 1, 2].map((column) => run.at(0, column))).toEqual([0, 1, 1, 1, 1, 0]);
    expect(run.visited).toEqual({ top: 0, bottom: 0, left: -2, right: 1 });
  });

  it("should stop at the budget without a halt, and halt with a budget that just suffices", () => {
    expect(runFromBlank(champion(), { maxSteps: 5 })).toMatchObject({ halted: false, steps: 5 });
    expect(runFromBlank(champion(), { maxSteps: 6 })).toMatchObject({ halted: true, steps: 6 });
    expect(runFromBlank(champion(), { maxSteps: 0 })).toMatchObject({ halted: false, steps: 0, nonblank: 0 });
  });

  it("should take no step where the start state halts", () => {
    const machine = normalForm({
      name: "idle",
      states: ["Z"],
      start: "Z",
      halting: ["Z"],
      table: new Map(),
      notes: {},
      expected: {},
    });
    expect(runFromBlank(machine, { maxSteps: 10 })).toMatchObject({ halted: true, steps: 0 });
  });

  it.each([-1, 0.5, Number.NaN, Infinity])("should refuse a budget of %s", (maxSteps) => {
    expect(() => runFromBlank(champion(), { maxSteps })).toThrow(RangeError);
  });
});
