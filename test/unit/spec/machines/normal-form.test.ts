import { describe, expect, it } from "vitest";
import {
  type Move,
  type NormalMachine,
  type SourceMachine,
  type SourceTransition,
  type TapeSymbol,
  type Transition,
} from "../../../../spec/machines/machine.js";
import {
  assertNormal,
  checkNormal,
  isNormal,
  listUndefined,
  normalForm,
  transitionOf,
} from "../../../../spec/machines/normal-form.js";

type Row = Partial<Record<"0" | "1" | "-1", [TapeSymbol, Move, string]>>;

function source(table: Record<string, Row>, halting: string[], start: string = "A"): SourceMachine {
  const rows = Object.entries(table).map(([state, row]): [string, Map<TapeSymbol, SourceTransition>] => [
    state,
    new Map(
      Object.entries(row).map(([symbol, [write, move, next]]) => [Number(symbol) as TapeSymbol, { write, move, next }]),
    ),
  ]);
  const states = [...Object.keys(table), ...halting];
  return { name: "test", states, start, halting, table: new Map(rows), notes: {}, expected: {} };
}

const full: Row = { "0": [1, "right", "B"], "1": [0, "up", "A"], "-1": [-1, "stay", "Z"] };

describe("normalForm", () => {
  it("should put a first state in front that keeps every symbol, stays and enters the start state", () => {
    const machine = normalForm(source({ A: full, B: full }, ["Z"], "B"));
    expect(machine.states).toEqual(["first", "A", "B", "Z"]);
    for (const symbol of [0, 1, -1] as const) {
      expect(transitionOf(machine, 0, symbol)).toEqual({ write: symbol, move: "stay", next: 2 });
    }
  });

  it("should keep entries as they are, with state indices for names", () => {
    const machine = normalForm(source({ A: full, B: full }, ["Z"]));
    expect(transitionOf(machine, 1, 0)).toEqual({ write: 1, move: "right", next: 2 });
    expect(transitionOf(machine, 2, 1)).toEqual({ write: 0, move: "up", next: 1 });
    expect(transitionOf(machine, 2, -1)).toEqual({ write: -1, move: "stay", next: 3 });
  });

  it("should place halting states last, in file order, even if they were declared first", () => {
    const declared = source({ A: { ...full, "1": [0, "up", "Y"] }, B: full }, ["Z", "Y"]);
    const machine = normalForm({ ...declared, states: ["Z", "A", "Y", "B"] });
    expect(machine.states).toEqual(["first", "A", "B", "Z", "Y"]);
    expect(machine.halting).toEqual([false, false, false, true, true]);
  });

  it("should make halting states fixed points", () => {
    const machine = normalForm(source({ A: full, B: full }, ["Z"]));
    for (const symbol of [0, 1, -1] as const) {
      expect(transitionOf(machine, 3, symbol)).toEqual({ write: symbol, move: "stay", next: 3 });
    }
  });

  it("should send an absent entry to the first declared halting state", () => {
    const machine = normalForm(source({ A: { "0": [1, "left", "Z"] } }, ["Y", "Z"]));
    expect(machine.states).toEqual(["first", "A", "Y", "Z"]);
    expect(transitionOf(machine, 1, -1)).toEqual({ write: -1, move: "stay", next: 2 });
  });

  it("should add a halting state only if an absent entry needs one, under a name that is free", () => {
    const added = normalForm(source({ A: { "0": [0, "up", "halt"] }, halt: {} }, []));
    expect(added.states).toEqual(["first", "A", "halt", "halt-2"]);
    expect(added.halting).toEqual([false, false, false, true]);
    const whole: Row = { "0": [1, "right", "A"], "1": [0, "up", "A"], "-1": [-1, "stay", "A"] };
    expect(normalForm(source({ A: whole }, [])).states).toEqual(["first", "A"]);
  });

  it("should drop halting states that nothing enters and keep a halting start state", () => {
    expect(normalForm(source({ A: full, B: full }, ["X", "Z"])).states).toEqual(["first", "A", "B", "Z"]);
    const halted = normalForm(source({}, ["Y", "Z"], "Z"));
    expect(halted.states).toEqual(["first", "Z"]);
    expect(transitionOf(halted, 0, 1).next).toBe(1);
  });

  it("should halt on every symbol in a state that has no row at all", () => {
    const machine = normalForm({ ...source({ A: full }, ["Z"]), states: ["A", "B", "Z"] });
    expect(machine.states).toEqual(["first", "A", "B", "Z"]);
    for (const symbol of [0, 1, -1] as const) {
      expect(transitionOf(machine, 2, symbol)).toEqual({ write: symbol, move: "stay", next: 3 });
    }
  });

  it("should rename its first state if the name is taken", () => {
    const machine = normalForm(source({ first: {} }, ["first-2"], "first"));
    expect(machine.states).toEqual(["first-3", "first", "first-2"]);
  });

  it.each<[string, SourceMachine, string]>([
    [
      "a state named twice",
      { ...source({ A: full, B: full }, ["Z"]), states: ["A", "B", "B", "Z"] },
      "each state once",
    ],
    ["an undeclared start", source({ A: {} }, [], "Q"), 'declared start state, got "Q"'],
    ["an undeclared halting state", { ...source({ A: {} }, []), halting: ["Q"] }, 'halting states, got "Q"'],
    [
      "entries of a halting state",
      { ...source({ A: full, B: full, Z: full }, []), halting: ["Z"] },
      'halting state "Z"',
    ],
    [
      "a row of an undeclared state",
      { ...source({ A: {}, Q: {} }, []), states: ["A"] },
      'rows for declared states, got "Q"',
    ],
    [
      "an undeclared target",
      source({ A: full }, ["Z"]),
      'state "A", symbol 0: expected a declared next state, got "B"',
    ],
  ])("should refuse %s", (_, bad, message) => {
    expect(() => normalForm(bad)).toThrow(RangeError);
    expect(() => normalForm(bad)).toThrow(message);
  });
});

describe("listUndefined", () => {
  it("should list absent entries in file order and leave halting states out", () => {
    const machine = source({ B: {}, A: { "1": [1, "up", "A"] } }, ["Z"]);
    expect(listUndefined(machine)).toEqual([
      { state: "B", symbol: 0 },
      { state: "B", symbol: 1 },
      { state: "B", symbol: -1 },
      { state: "A", symbol: 0 },
      { state: "A", symbol: -1 },
    ]);
  });

  it("should list all entries of a state that has no row", () => {
    const machine = { ...source({ A: full }, ["Z"]), states: ["A", "B", "Z"] };
    expect(listUndefined(machine)).toEqual([0, 1, -1].map((symbol) => ({ state: "B", symbol })));
  });
});

describe("transitionOf", () => {
  it("should refuse a state or a symbol that the machine does not have", () => {
    const machine = normalForm(source({ A: full, B: full }, ["Z"]));
    expect(() => transitionOf(machine, 4, 0)).toThrow("transitionOf: expected a state below 4 and a symbol, got 4, 0");
    expect(() => transitionOf(machine, -1, 0)).toThrow(RangeError);
    expect(() => transitionOf(machine, 0, 2 as TapeSymbol)).toThrow(RangeError);
  });
});

describe("checkNormal", () => {
  const good = normalForm(source({ A: full, B: full }, ["Z"]));
  const withEntry = (q: number, symbol: TapeSymbol, change: object): NormalMachine => ({
    ...good,
    table: good.table.map((row, i) => (i === q ? { ...row, [symbol]: { ...row[symbol], ...change } } : row)),
  });
  const withoutEntry = (q: number, symbol: TapeSymbol): NormalMachine => ({
    ...good,
    table: good.table.map((row, i) => {
      return i === q ? ({ ...row, [symbol]: undefined } as unknown as Record<TapeSymbol, Transition>) : row;
    }),
  });

  it("should accept what normalForm makes", () => {
    expect(checkNormal(good)).toEqual({ ok: true });
    expect(isNormal(good)).toBe(true);
    expect(() => assertNormal(good)).not.toThrow();
  });

  it("should accept entries that enter the first state again, and every state up to the last", () => {
    for (const next of [0, 1, 2, 3]) expect(checkNormal(withEntry(2, -1, { next }))).toEqual({ ok: true });
  });

  it.each<[string, NormalMachine, string]>([
    ["no-states", { name: "", states: [], halting: [], table: [] }, "got none"],
    ["duplicate-name", { ...good, states: ["first", "A", "A", "Z"] }, '"A" twice'],
    ["halting-length", { ...good, halting: [false] }, "expected 4 halting flags, got 1"],
    ["table-length", { ...good, table: good.table.slice(1) }, "expected 4 table rows, got 3"],
    ["missing-entry", withoutEntry(2, -1), 'state 2 ("B"), symbol -1'],
    ["missing-entry", withoutEntry(0, 0), 'state 0 ("first"), symbol 0'],
    ["unknown-symbol", withEntry(1, 1, { write: 2 }), 'state 1 ("A"), symbol 1: expected to write 0, 1 or -1, got 2'],
    ["unknown-symbol", withEntry(3, 0, { write: NaN }), "got NaN"],
    ["unknown-move", withEntry(2, 0, { move: "north" }), "expected one of up, down, left, right, stay, got north"],
    ["unknown-target", withEntry(2, 1, { next: 4 }), "expected a next state below 4, got 4"],
    ["unknown-target", withEntry(1, 0, { next: -1 }), "got -1"],
    ["unknown-target", withEntry(1, 0, { next: 0.5 }), "got 0.5"],
    ["first-state-acts", withEntry(0, 1, { write: 0 }), "symbol 1"],
    ["first-state-acts", withEntry(0, -1, { move: "up" }), "symbol -1"],
    ["halting-state-acts", withEntry(3, -1, { write: 0 }), 'state 3 ("Z"), symbol -1'],
    ["halting-state-acts", withEntry(3, 0, { move: "left" }), "symbol 0"],
    ["halting-state-acts", withEntry(3, 1, { next: 2 }), "symbol 1"],
  ])("should reject with %s (case %#)", (code, bad, message) => {
    const verdict = checkNormal(bad);
    expect(verdict).toMatchObject({ ok: false, code });
    expect(verdict.ok ? "" : verdict.message).toContain(message);
    expect(isNormal(bad)).toBe(false);
    expect(() => assertNormal(bad, "somebody")).toThrow(RangeError);
    expect(() => assertNormal(bad, "somebody")).toThrow(/^somebody: /);
  });
});
