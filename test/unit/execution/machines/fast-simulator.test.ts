import { describe, expect, it } from "vitest";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { runFast, runFastOnGrid } from "../../../../execution/machines/fast-simulator.js";
import type { NormalMachine, TapeSymbol } from "../../../../spec/machines/machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { blankConfiguration, runFromBlank } from "../../../../spec/machines/simulate.js";

const machine = (table: string): NormalMachine =>
  normalForm(readMachine(`{name: m, start: A, halting: [Z], table: {${table}}}`, "m.yaml"));

describe("runFast", () => {
  it.each(["up", "down", "left", "right"])("should let the tape grow %s without end", (move) => {
    const runner = machine(`A: {_: {write: -1, move: ${move}}}`);
    const { at: _at, ...run } = runFast(runner, { maxSteps: 3000 });
    const { at: _reference, ...reference } = runFromBlank(runner, { maxSteps: 3000 });
    expect(run).toEqual(reference);
    expect(run).toMatchObject({ halted: false, steps: 3000, nonblank: 3000 });
  });

  it("should let the tape grow on all sides at once: a spiral", () => {
    // Turns right whenever the cell on the right is free; +1 marks the trail.
    const spiral = machine(`
      A: {_: {write: +1, move: up, next: NE}},
      NE: {_: {write: +1, move: right, next: ES}},
      ES: {_: {write: +1, move: down, next: SW}, +1: {move: up, next: NE2}},
      NE2: {_: {move: up, next: NE}, +1: {move: left, next: Z}},
      SW: {_: {write: +1, move: left, next: WN}, +1: {move: right, next: ES}},
      WN: {_: {write: +1, move: up, next: NE}, +1: {move: down, next: SW}}`);
    for (const maxSteps of [10, 100, 1000, 3000]) {
      const { at, ...run } = runFast(spiral, { maxSteps });
      const { at: atReference, ...reference } = runFromBlank(spiral, { maxSteps });
      expect(run).toEqual(reference);
      const { top, bottom, left, right } = run.visited;
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) expect(at(row, column)).toBe(atReference(row, column));
      }
    }
  });

  it("should agree with the reference on 12,000 steps of langtons-ant", () => {
    const ant = normalForm(loadMachine("langtons-ant"));
    const { at: _at, ...run } = runFast(ant, { maxSteps: 12_000 });
    const { at: _reference, ...reference } = runFromBlank(ant, { maxSteps: 12_000 });
    expect(run).toEqual(reference);
  });

  it("should refuse a tape larger than allowed, and no smaller one", () => {
    const runner = machine("A: {_: {write: 1, move: right}}");
    expect(() => runFast(runner, { maxSteps: 10_000, maxCells: 1000 })).toThrow(RangeError);
    expect(() => runFast(runner, { maxSteps: 10_000, maxCells: 1000 })).toThrow(
      "runFast: expected a tape of at most 1000 cells",
    );
    expect(runFast(runner, { maxSteps: 300, maxCells: 3 * 512 }).steps).toBe(300);
  });

  it("should refuse a machine that is not in normal form and a malformed budget", () => {
    const good = machine("A: {_: {write: 1, move: right}}");
    expect(() => runFast({ ...good, halting: [] }, { maxSteps: 1 })).toThrow(/^runFast: expected \d halting flags/);
    for (const maxSteps of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => runFast(good, { maxSteps })).toThrow(RangeError);
  });
});

describe("runFastOnGrid", () => {
  const runner = machine("A: {_: {write: 1, move: up}, 1: {write: -1, move: up}, -1: {move: up, next: Z}}");

  it("should leave its argument as it is and count the added first step", () => {
    const begin = blankConfiguration(2, 1, 1, 0);
    const copy = structuredClone(begin);
    const run = runFastOnGrid(runner, begin, { maxSteps: 100 });
    expect(begin).toEqual(copy);
    // first; blank at the bottom; at the top blank, +1 and -1, each with a move off the grid.
    expect(run).toEqual({
      halted: true,
      steps: 5,
      configuration: { rows: 2, columns: 1, tape: [-1, 1], headRow: 0, headColumn: 0, state: 2 },
    });
  });

  it("should take no step from a halting state or without a budget", () => {
    const begin = blankConfiguration(1, 1, 0, 0);
    expect(runFastOnGrid(runner, { ...begin, state: 2 }, { maxSteps: 5 })).toMatchObject({ halted: true, steps: 0 });
    expect(runFastOnGrid(runner, begin, { maxSteps: 0 })).toEqual({ halted: false, steps: 0, configuration: begin });
  });

  it.each<[string, object, string]>([
    ["an unknown state", { state: 3 }, "expected a state below 3, got 3"],
    ["a head off the grid", { headRow: 1 }, "expected a head on the 1 x 1 grid"],
    ["a tape of another size", { tape: [0, 0] }, "expected 1 tape cells, got 2"],
    ["a symbol that is none", { tape: [2 as TapeSymbol] }, "expected a tape of 0, 1 and -1, got 2 at cell 0"],
  ])("should refuse %s", (_, change, message) => {
    const configuration = { ...blankConfiguration(1, 1, 0, 0), ...change };
    expect(() => runFastOnGrid(runner, configuration, { maxSteps: 1 })).toThrow(`runFastOnGrid: ${message}`);
  });
});
