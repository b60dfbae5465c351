import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configuration, move, normalMachine, sourceMachine, tapeSymbol } from "../../../../arbitraries/machines.js";
import { MOVES, TAPE_SYMBOLS, type NormalMachine, type SourceMachine } from "../../../../spec/machines/machine.js";
import { checkNormal, normalForm } from "../../../../spec/machines/normal-form.js";
import { assertConfiguration } from "../../../../spec/machines/simulate.js";

/** The value that a failing property shrinks to. */
function smallest<T>(arbitrary: fc.Arbitrary<T>, fails: (value: T) => boolean): T {
  const details = fc.check(
    fc.property(arbitrary, (value) => !fails(value)),
    { numRuns: 2000 },
  );
  const found = details.counterexample?.[0];
  if (found === undefined) throw new Error("smallest: expected a value that fails, got none");
  return found;
}

const entries = (source: SourceMachine): number => [...source.table.values()].reduce((sum, row) => sum + row.size, 0);

describe("the arbitraries of machines", () => {
  it("should yield all symbols and moves and shrink to blank and stay", () => {
    expect(new Set(fc.sample(tapeSymbol(), 100))).toEqual(new Set(TAPE_SYMBOLS));
    expect(new Set(fc.sample(move(), 100))).toEqual(new Set(MOVES));
    expect(smallest(tapeSymbol(), () => true)).toBe(0);
    expect(smallest(move(), () => true)).toBe("stay");
  });

  it("should yield machines in normal form, of every allowed number of states", () => {
    const machines = fc.sample(normalMachine({ minStates: 2, maxStates: 6 }), 500);
    for (const machine of machines) expect(checkNormal(machine)).toEqual({ ok: true });
    expect(new Set(machines.map(({ states }) => states.length))).toEqual(new Set([2, 3, 4, 5, 6]));
    const some = (holds: (machine: NormalMachine) => boolean): boolean => machines.some(holds);
    expect(some(({ halting }) => !halting.includes(true))).toBe(true);
    expect(some(({ halting }) => halting[1] === true && halting.at(-1) === false)).toBe(true);
    expect(some(({ table }) => table.slice(1).some((row) => row[0].next === 0))).toBe(true);
    expect(some(({ table }) => table[0]?.[0].next !== table[0]?.[1].next)).toBe(true);
  });

  it("should yield source machines that have a normal form", () => {
    for (const source of fc.sample(sourceMachine({ maxStates: 30, maxHalting: 3 }), 300)) {
      expect(checkNormal(normalForm(source))).toEqual({ ok: true });
    }
  });

  it("should respect the given symbols and moves", () => {
    for (const source of fc.sample(sourceMachine({ symbols: [0, 1], moves: ["left", "right"] }), 200)) {
      for (const row of source.table.values()) {
        for (const [symbol, entry] of row) {
          expect([symbol, entry.write]).not.toContain(-1);
          expect(["left", "right"]).toContain(entry.move);
        }
      }
    }
  });

  it("should yield well-formed configurations with heads at every border", () => {
    const both = normalMachine().chain((machine) =>
      fc.tuple(fc.constant(machine), configuration(machine, { maxRows: 3, maxColumns: 5 })),
    );
    const samples = fc.sample(both, 500);
    for (const [machine, { state, tape, ...rest }] of samples) {
      assertConfiguration({ state, tape, ...rest }, "test");
      expect(machine.states[state]).toBeDefined();
      for (const symbol of tape) expect(TAPE_SYMBOLS).toContain(symbol);
    }
    const sizes = samples.map(([, { rows, columns }]) => [rows, columns]);
    expect(Math.max(...sizes.map(([rows]) => rows ?? 0))).toBe(3);
    expect(Math.max(...sizes.map(([, columns]) => columns ?? 0))).toBe(5);
    expect(samples.some(([, { headRow, rows }]) => rows > 1 && headRow === rows - 1)).toBe(true);
  });

  it("should shrink to small machines that can be read", () => {
    const writing = smallest(normalMachine(), ({ table }) => table.some((row) => row[0].write === 1));
    expect(writing.states).toEqual(["first", "A"]);
    expect(writing.halting).toEqual([false, false]);
    expect(writing.table[1]).toEqual({
      0: { write: 1, move: "stay", next: 0 },
      1: { write: 0, move: "stay", next: 0 },
      [-1]: { write: 0, move: "stay", next: 0 },
    });
    const busy = smallest(sourceMachine(), (source) => entries(source) > 0);
    expect([busy.states, busy.halting, entries(busy)]).toEqual([["A"], [], 1]);
    const cell = smallest(
      normalMachine().chain((machine) => configuration(machine)),
      () => true,
    );
    expect(cell).toEqual({ rows: 1, columns: 1, tape: [0], headRow: 0, headColumn: 0, state: 0 });
  });
});
