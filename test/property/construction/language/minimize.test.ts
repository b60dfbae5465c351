import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configuration, sourceMachine } from "../../../../arbitraries/machines.js";
import { mergeCompatibleStates } from "../../../../construction/language/merge-compatible.js";
import { minimizeMachine, removeDeadStates } from "../../../../construction/language/minimize.js";
import {
  TAPE_SYMBOLS,
  type SourceMachine,
  type SourceTransition,
  type TapeSymbol,
} from "../../../../spec/machines/machine.js";
import { listUndefined, normalForm } from "../../../../spec/machines/normal-form.js";
import { step, type Configuration } from "../../../../spec/machines/simulate.js";

const STEPS = 40;

/** A machine in which every working state has a twin: entries lead to a state or to its twin, as the coins fall. */
function redundantMachine(maxStates: number): fc.Arbitrary<SourceMachine> {
  const coins = fc.infiniteStream(fc.boolean());
  return fc.tuple(sourceMachine({ maxStates }), coins).map(([machine, stream]) => {
    const twin = (state: string): string => {
      return !machine.halting.includes(state) && stream.next().value === true ? `${state}'` : state;
    };
    const copy = (row: Row): Row => {
      return new Map([...row].map(([symbol, entry]) => [symbol, { ...entry, next: twin(entry.next) }]));
    };
    const working = machine.states.filter((state) => !machine.halting.includes(state));
    const rows = working.map((state) => [state, machine.table.get(state) ?? new Map()] as const);
    return {
      ...machine,
      states: [...working, ...working.map((state) => `${state}'`), ...machine.halting],
      table: new Map(rows.flatMap(([state, row]) => [[state, copy(row)] as const, [`${state}'`, copy(row)] as const])),
    };
  });
}

type Row = ReadonlyMap<TapeSymbol, SourceTransition>;

/** What shows of a machine's run: the tape, the head and the state where it is a halting one. */
function run(machine: SourceMachine, from: Configuration): string[] {
  const normal = normalForm(machine);
  const shown: string[] = [];
  for (let now = step(normal, from); shown.length < STEPS; now = step(normal, now)) {
    const halted = normal.halting[now.state] === true ? normal.states[now.state] : "";
    shown.push(`${now.tape.join(" ")} @ ${now.headRow} ${now.headColumn} ${halted}`);
  }
  return shown;
}

/** Whether a run of the machine meets an undefined entry within STEPS steps. */
function meetsUndefined(machine: SourceMachine, from: Configuration): boolean {
  const normal = normalForm(machine);
  const undefinedEntries = new Set(listUndefined(machine).map(({ state, symbol }) => `${state} ${symbol}`));
  for (let now = step(normal, from), steps = 0; steps < STEPS; now = step(normal, now), steps++) {
    const symbol = now.tape[now.headRow * now.columns + now.headColumn];
    if (undefinedEntries.has(`${normal.states[now.state]} ${symbol}`)) return true;
  }
  return false;
}

/** Pairs of states that some word of symbols tells apart, found by the textbook's table filling. */
function distinguishable(machine: SourceMachine): Set<string> {
  const { states } = machine;
  const marked = new Set<string>();
  const entry = (state: string, k: number) => machine.table.get(state)?.get(TAPE_SYMBOLS[k] ?? 0);
  const actions = (state: string): string =>
    machine.halting.includes(state)
      ? state
      : [0, 1, 2].map((k) => `${entry(state, k)?.write} ${entry(state, k)?.move}`).join();
  for (let changed = true; changed;) {
    changed = false;
    for (const a of states) {
      for (const b of states) {
        if (marked.has(`${a} ${b}`)) continue;
        const apart =
          actions(a) !== actions(b) ||
          [0, 1, 2].some((k) => {
            const [left, right] = [entry(a, k), entry(b, k)];
            return left !== undefined && right !== undefined && marked.has(`${left.next} ${right.next}`);
          });
        if (!apart) continue;
        marked.add(`${a} ${b}`);
        changed = true;
      }
    }
  }
  return marked;
}

describe("minimizeMachine", () => {
  it("should keep every run as it is", () => {
    const both = redundantMachine(6).chain((machine) =>
      fc.tuple(fc.constant(machine), configuration(normalForm(machine))),
    );
    fc.assert(
      fc.property(both, ([machine, from]) => {
        const start = { ...from, state: 0 };
        expect(run(minimizeMachine(machine).machine, start)).toEqual(run(machine, start));
        expect(run(removeDeadStates(machine).machine, start)).toEqual(run(machine, start));
      }),
      { numRuns: 300 },
    );
  });

  it("should leave no two states that cannot be told apart, and merge no two that can", () => {
    let merged = 0;
    fc.assert(
      fc.property(redundantMachine(6), (machine) => {
        const live = removeDeadStates(machine);
        const apart = distinguishable(live.machine);
        const { machine: smallest, stateOf } = minimizeMachine(machine);
        for (const a of live.machine.states) {
          for (const b of live.machine.states) {
            expect(stateOf.get(a) === stateOf.get(b)).toBe(!apart.has(`${a} ${b}`));
          }
        }
        merged += live.machine.states.length - smallest.states.length;
        expect(minimizeMachine(smallest).machine.states).toEqual(smallest.states);
      }),
      { numRuns: 300 },
    );
    expect(merged).toBeGreaterThan(100);
  });

  it("should find the coarsest partition of larger machines, whose states differ only after many symbols", () => {
    const count = 40;
    const target = fc.nat({ max: count - 1 });
    const rows = fc.array(fc.tuple(target, target, target, fc.nat({ max: 9 })), { minLength: count, maxLength: count });
    fc.assert(
      fc.property(rows, (all) => {
        const states = all.map((_, i) => `s${i}`);
        const table = new Map(
          all.map(([a, b, c, kind], i) => {
            const write = kind === 0 ? 1 : 0;
            const row = [a, b, c].map((next, k) => {
              // Every third state goes where its neighbour goes, so that there is something to merge.
              const goal = i % 3 === 2 ? all[i - 1]?.[k] : next;
              return [TAPE_SYMBOLS[k] ?? 0, { write, move: "right", next: `s${goal}` } as const] as const;
            });
            return [`s${i}`, new Map<TapeSymbol, SourceTransition>(row)];
          }),
        );
        const machine = { name: "m", states, start: "s0", halting: [], table, notes: {}, expected: {} };
        const live = removeDeadStates(machine).machine;
        const apart = distinguishable(live);
        const { stateOf } = minimizeMachine(machine);
        for (const a of live.states) {
          for (const b of live.states) expect(stateOf.get(a) === stateOf.get(b)).toBe(!apart.has(`${a} ${b}`));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("should minimize a long chain of equal states to one in little time", () => {
    const states = Array.from({ length: 3000 }, (_, i) => `s${i}`);
    const table = new Map(
      states.map((state, i) => {
        const next = states[i + 1] ?? "end";
        return [state, new Map(TAPE_SYMBOLS.map((symbol) => [symbol, { write: 1, move: "right", next } as const]))];
      }),
    );
    const chain = {
      name: "chain",
      states: [...states, "end"],
      start: "s0",
      halting: ["end"],
      table,
      notes: {},
      expected: {},
    };
    // Every state has its own distance to the end: nothing merges, and refinement takes as many rounds as it can.
    expect(minimizeMachine(chain).machine.states.length).toBe(3001);
    const circle = {
      ...chain,
      table: new Map(
        [...table].map(([state, row]) => {
          const back = [...row].map(([symbol, entry]) => {
            return [symbol, { ...entry, next: entry.next === "end" ? "s0" : entry.next }] as const;
          });
          return [state, new Map(back)];
        }),
      ),
    };
    expect(minimizeMachine(circle).machine.states).toEqual(["s0"]);
  });
});

describe("mergeCompatibleStates", () => {
  it("should keep every run that meets no undefined entry", () => {
    let runs = 0;
    let merged = 0;
    const both = redundantMachine(5).chain((machine) =>
      fc.tuple(fc.constant(machine), configuration(normalForm(machine))),
    );
    fc.assert(
      fc.property(both, ([machine, from]) => {
        const { machine: smallest } = minimizeMachine(machine);
        const { machine: smaller } = mergeCompatibleStates(smallest);
        merged += smallest.states.length - smaller.states.length;
        const start = { ...from, state: 0 };
        if (meetsUndefined(smallest, start)) return;
        runs += 1;
        expect(run(smaller, start)).toEqual(run(smallest, start));
      }),
      { numRuns: 1000 },
    );
    expect(runs).toBeGreaterThan(100);
    expect(merged).toBeGreaterThan(100);
  });

  it("should change nothing in a machine that is defined everywhere and minimal", () => {
    fc.assert(
      fc.property(redundantMachine(5), (machine) => {
        const { machine: smallest } = minimizeMachine(machine);
        fc.pre(listUndefined(smallest).length === 0);
        expect(mergeCompatibleStates(smallest).machine).toEqual(smallest);
      }),
    );
  });

  it("should end on a machine where every merge fails late, and keep what is defined", () => {
    // State k is undefined on +1, so any two look alike until their paths along the chain differ at its end.
    const count = 2000;
    const name = (k: number): string => (k === count ? "halt" : `q${k}`);
    const rows = Array.from({ length: count }, (_, k): [string, ReadonlyMap<TapeSymbol, SourceTransition>] => [
      name(k),
      new Map([[0, { write: k === count - 1 ? 1 : 0, move: "right", next: name(k + 1) }]]),
    ]);
    const chain: SourceMachine = {
      name: "chain",
      states: [...rows.map(([state]) => state), "halt"],
      start: "q0",
      halting: ["halt"],
      table: new Map(rows),
      notes: {},
      expected: {},
    };
    const { machine, stateOf } = mergeCompatibleStates(chain);
    expect(machine.states.length).toBeLessThanOrEqual(count + 1);
    for (const [state, row] of rows) {
      const entry = row.get(0) as SourceTransition;
      const merged = machine.table.get(stateOf.get(state) as string)?.get(0);
      expect(merged).toEqual({ ...entry, next: stateOf.get(entry.next) });
    }
  });
});
