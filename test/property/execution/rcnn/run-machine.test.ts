import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { runMachine } from "../../../../execution/rcnn/run-machine.js";
import { runFromBlank } from "../../../../spec/machines/simulate.js";

describe("runMachine", () => {
  it("should end as the reference simulator does, on random machines and limits", () => {
    const seen = { halted: 0, grown: 0, vertical: 0 };
    fc.assert(
      fc.property(normalMachine({ maxStates: 6 }), fc.nat({ max: 250 }), (machine, steps) => {
        const run = runMachine(machine, { steps });
        const expected = runFromBlank(machine, { maxSteps: steps });
        expect(run.halted).toBe(expected.halted);
        expect(run.steps).toBe(expected.steps);
        expect(run.layers).toBe(expected.steps + 1);
        expect(run.state).toBe(expected.state);
        expect(run.nonblank).toBe(expected.nonblank);
        expect(run.head.row - run.start.row).toBe(expected.headRow);
        expect(run.head.column - run.start.column).toBe(expected.headColumn);
        const { top, bottom, left, right } = expected.visited;
        for (let row = top - 1; row <= bottom + 1; row++) {
          for (let column = left - 1; column <= right + 1; column++) {
            expect(run.at(row, column)).toBe(expected.at(row, column));
          }
        }
        if (run.halted) seen.halted++;
        if (run.rows > 64 || run.columns > 64) seen.grown++;
        if (bottom > top) seen.vertical++;
      }),
      { numRuns: 300 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(15);
  });
});
