import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configuration, normalMachine, sourceMachine } from "../../../../arbitraries/machines.js";
import { TAPE_SYMBOLS, type SourceMachine } from "../../../../spec/machines/machine.js";
import { checkNormal, listUndefined, normalForm, transitionOf } from "../../../../spec/machines/normal-form.js";
import { isHalted, runFromBlank, step } from "../../../../spec/machines/simulate.js";

/** The meaning of a source machine by itself, without the normal form: steps to the halt, or undefined. */
function stepsToHalt(source: SourceMachine, maxSteps: number): number | undefined {
  const offsets = { up: [-1, 0], down: [1, 0], left: [0, -1], right: [0, 1], stay: [0, 0] } as const;
  const tape = new Map<string, -1 | 0 | 1>();
  let [row, column, state] = [0, 0, source.start];
  for (let steps = 0; steps <= maxSteps; steps++) {
    if (source.halting.includes(state)) return steps;
    const entry = source.table.get(state)?.get(tape.get(`${row} ${column}`) ?? 0);
    if (entry === undefined) return steps < maxSteps ? steps + 1 : undefined;
    tape.set(`${row} ${column}`, entry.write);
    row += offsets[entry.move][0];
    column += offsets[entry.move][1];
    state = entry.next;
  }
  return undefined;
}

describe("normalForm", () => {
  it("should make a machine in normal form of every source machine", () => {
    fc.assert(
      fc.property(sourceMachine(), (source) => {
        const machine = normalForm(source);
        expect(checkNormal(machine)).toEqual({ ok: true });
        const working = source.states.filter((name) => !source.halting.includes(name));
        expect(machine.states.slice(1, 1 + working.length)).toEqual(working);
      }),
    );
  });

  it("should keep only halting states that some transition enters", () => {
    fc.assert(
      fc.property(sourceMachine({ maxHalting: 4 }), (source) => {
        const machine = normalForm(source);
        const entered = new Set(
          machine.table.flatMap((row, q) => (machine.halting[q] ? [] : TAPE_SYMBOLS.map((symbol) => row[symbol].next))),
        );
        for (const [q, halts] of machine.halting.entries()) if (halts) expect(entered).toContain(q);
      }),
    );
  });

  it("should take as many steps as the source machine does, an absent entry counted as one", () => {
    let halts = 0;
    fc.assert(
      fc.property(sourceMachine(), fc.nat({ max: 40 }), (source, maxSteps) => {
        const run = runFromBlank(normalForm(source), { maxSteps });
        expect(run.halted ? run.steps : undefined).toBe(stepsToHalt(source, maxSteps));
        if (run.halted) halts += 1;
      }),
      { numRuns: 1000 },
    );
    expect(halts).toBeGreaterThan(100);
  });

  it("should send exactly the entries that listUndefined lists to a halting state in place", () => {
    fc.assert(
      fc.property(sourceMachine(), (source) => {
        const machine = normalForm(source);
        for (const { state, symbol } of listUndefined(source)) {
          const { write, move, next } = transitionOf(machine, machine.states.indexOf(state), symbol);
          expect([write, move, machine.halting[next]]).toEqual([symbol, "stay", true]);
        }
        const entries = [...source.table.values()].reduce((sum, row) => sum + row.size, 0);
        const working = source.states.length - source.halting.length;
        expect(listUndefined(source).length + entries).toBe(3 * working);
      }),
    );
  });
});

describe("step", () => {
  const cases = normalMachine().chain((machine) =>
    fc.record({ machine: fc.constant(machine), begin: configuration(machine) }),
  );

  it("should change at most the cell under the head and move by at most one cell", () => {
    fc.assert(
      fc.property(cases, ({ machine, begin }) => {
        const end = step(machine, begin);
        const head = begin.headRow * begin.columns + begin.headColumn;
        for (const [i, symbol] of end.tape.entries()) if (i !== head) expect(symbol).toBe(begin.tape[i]);
        const distance = Math.abs(end.headRow - begin.headRow) + Math.abs(end.headColumn - begin.headColumn);
        expect(distance).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("should be the identity on halted configurations and keep tape and head in state 0", () => {
    fc.assert(
      fc.property(cases, ({ machine, begin }) => {
        const end = step(machine, begin);
        if (isHalted(machine, begin)) expect(end).toEqual(begin);
        if (begin.state === 0) expect(end).toEqual({ ...begin, state: end.state });
      }),
    );
  });
});
