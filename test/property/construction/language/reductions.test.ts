import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompiledProgram } from "../../../../construction/language/compile.js";
import {
  oneWayConfiguration,
  oneWayToGrid,
  readOneWayTape,
} from "../../../../construction/language/one-way-to-grid.js";
import type { TapesMachine } from "../../../../spec/machines/tape-machine.js";
import {
  readTwoTapes,
  twoTapeConfiguration,
  twoTapeToGrid,
} from "../../../../construction/language/two-tape-to-grid.js";
import { InputError } from "../../../../inputs/input-error.js";
import { runFastOnGrid } from "../../../../execution/machines/fast-simulator.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { arbitraryTapesMachine, runTapes, trim } from "./tapes.js";

const MAX_STEPS = 40;
const WIDTH = MAX_STEPS + 2;

function input(machine: TapesMachine): fc.Arbitrary<string[]> {
  return fc.array(fc.constantFrom(...machine.symbols), { maxLength: 6 });
}

/** The reduction, or nothing for a machine that cannot halt. */
function reduced(
  machine: TapesMachine,
  reduce: (machine: TapesMachine) => CompiledProgram,
): CompiledProgram | undefined {
  try {
    return reduce(machine);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain("no halt can be reached");
    return undefined;
  }
}

describe("oneWayToGrid", () => {
  const cases = arbitraryTapesMachine(1).chain((machine) => fc.tuple(fc.constant(machine), input(machine)));

  it("should halt with the same tape, the same head and the same state, 2k - 1 steps for each", () => {
    let halts = 0;
    fc.assert(
      fc.property(cases, ([machine, tape]) => {
        const compiled = reduced(machine, oneWayToGrid);
        fc.pre(compiled !== undefined);
        const normal = normalForm(compiled.machine);
        const original = runTapes(machine, [tape], MAX_STEPS);
        const height = machine.symbols.length <= 3 ? 1 : 2;
        const perStep = 2 * height - 1;
        const start = oneWayConfiguration(machine, tape, WIDTH);
        const run = runFastOnGrid(normal, start, { maxSteps: 1 + perStep * (MAX_STEPS + 1) });
        if (!original.halted) {
          expect(run.steps).toBeGreaterThanOrEqual(perStep * MAX_STEPS);
          return;
        }
        halts += 1;
        expect(run.halted).toBe(true);
        expect(normal.states[run.configuration.state]).toBe(original.state);
        expect(trim(readOneWayTape(machine, run.configuration), "_")).toEqual(original.tapes[0]);
        expect(run.configuration.headColumn).toBe(original.heads[0]);
        // One first step; an absent entry is found by reading the column and one step more.
        const surplus = run.steps - 1 - perStep * original.steps;
        expect([0, height]).toContain(surplus);
      }),
      { numRuns: 500 },
    );
    expect(halts).toBeGreaterThan(150);
  });

  it("should keep a machine of three symbols at its size", () => {
    fc.assert(
      fc.property(arbitraryTapesMachine(1), (machine) => {
        fc.pre(machine.symbols.length <= 3);
        const compiled = reduced(machine, oneWayToGrid);
        fc.pre(compiled !== undefined);
        expect(compiled.machine.states.length).toBeLessThanOrEqual(machine.states.length);
      }),
    );
  });
});

describe("twoTapeToGrid", () => {
  const cases = arbitraryTapesMachine(2).chain((machine) =>
    fc.tuple(fc.constant(machine), fc.tuple(input(machine), input(machine))),
  );

  it("should halt with the same tapes, the same heads and the same state", () => {
    let halts = 0;
    fc.assert(
      fc.property(cases, ([machine, tapes]) => {
        const compiled = reduced(machine, twoTapeToGrid);
        fc.pre(compiled !== undefined);
        const normal = normalForm(compiled.machine);
        const original = runTapes(machine, tapes, MAX_STEPS);
        const height = machine.symbols.length <= 3 ? 1 : 2;
        // A search for a mark goes to the border and back: 2 (WIDTH + 1) steps at most; two of them a step.
        const perStep = 4 * (WIDTH + 1) + 8 * (height + 1);
        const start = twoTapeConfiguration(machine, tapes, WIDTH);
        const run = runFastOnGrid(normal, start, { maxSteps: (MAX_STEPS + 1) * perStep });
        if (!original.halted) {
          // The grid is wide enough for MAX_STEPS steps; what comes later is another matter.
          expect(runFastOnGrid(normal, start, { maxSteps: 4 * MAX_STEPS }).halted).toBe(false);
          return;
        }
        halts += 1;
        expect(run.halted).toBe(true);
        expect(normal.states[run.configuration.state]).toBe(original.state);
        const read = readTwoTapes(machine, run.configuration);
        expect(read.map(({ symbols }) => trim(symbols, "_"))).toEqual(original.tapes);
        expect(read.map(({ head }) => head)).toEqual(original.heads);
      }),
      { numRuns: 100 },
    );
    expect(halts).toBeGreaterThan(30);
  });
});
