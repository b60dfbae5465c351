import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configuration, normalMachine } from "../../../../arbitraries/machines.js";
import { runFast, runFastOnGrid } from "../../../../execution/machines/fast-simulator.js";
import { isHalted, runFromBlank, step, type BlankRun } from "../../../../spec/machines/simulate.js";

/** All of a run that can be compared: the cells of the visited rectangle and a frame around it stand for `at`. */
function comparable(run: BlankRun): object {
  const { at, ...rest } = run;
  const cells: number[] = [];
  for (let row = run.visited.top - 1; row <= run.visited.bottom + 1; row++) {
    for (let column = run.visited.left - 1; column <= run.visited.right + 1; column++) cells.push(at(row, column));
  }
  return { ...rest, cells };
}

describe("runFast", () => {
  it("should end as the reference simulator does, on random machines and budgets", () => {
    let halts = 0;
    let wide = 0;
    fc.assert(
      fc.property(normalMachine({ maxStates: 6 }), fc.nat({ max: 300 }), (machine, maxSteps) => {
        const reference = runFromBlank(machine, { maxSteps });
        expect(comparable(runFast(machine, { maxSteps }))).toEqual(comparable(reference));
        if (reference.halted) halts += 1;
        if (reference.visited.right - reference.visited.left > 40) wide += 1;
      }),
      { numRuns: 3000 },
    );
    // The sample must have seen halts, budgets that ran out, and tapes that had to be allocated anew.
    expect(halts).toBeGreaterThan(100);
    expect(halts).toBeLessThan(2900);
    expect(wide).toBeGreaterThan(20);
  });
});

describe("runFastOnGrid", () => {
  it("should end as repeated steps do, border rule included, on random machines and grids", () => {
    const cases = normalMachine({ maxStates: 6 }).chain((machine) =>
      fc.record({ machine: fc.constant(machine), begin: configuration(machine), maxSteps: fc.nat({ max: 60 }) }),
    );
    fc.assert(
      fc.property(cases, ({ machine, begin, maxSteps }) => {
        let end = begin;
        let steps = 0;
        while (!isHalted(machine, end) && steps < maxSteps) {
          end = step(machine, end);
          steps += 1;
        }
        const run = runFastOnGrid(machine, begin, { maxSteps });
        expect(run).toEqual({ halted: isHalted(machine, end), steps, configuration: end });
      }),
      { numRuns: 3000 },
    );
  });
});
