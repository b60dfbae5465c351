import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { checkStep } from "../../../../checkers/rcnn/check-step.js";
import { FOUR, IDLE, PAIR } from "../../../mutants/rcnn/samples.js";

/**
 * The cases by hand. A cell has 0, 1 or 2 cells before the border on each side, so there are 81 grids around it, with
 * (3 + 5 + 7 + ...) = 27^2 = 225 cells in all to put the head on. On the cell itself (81 times) the head shows 4s values; on
 * another one (648 times) it does, and the cell 4.
 */
function casesOf(s: number): number {
  let [onTheCell, elsewhere] = [0, 0];
  for (const above of [0, 1, 2])
    for (const below of [0, 1, 2])
      for (const left of [0, 1, 2])
        for (const right of [0, 1, 2]) {
          onTheCell += 1;
          elsewhere += (above + 1 + below) * (left + 1 + right) - 1;
        }
  return onTheCell * 4 * s + elsewhere * 4 * s * 4;
}

describe("checkStep", () => {
  for (const machine of [IDLE, PAIR, FOUR]) {
    it(`should accept ${machine.name}, with all patches closed and all cases looked at`, () => {
      const s = machine.states.length;
      const n = BigInt(10 + 4 * s);
      expect(casesOf(s)).toBe(10692 * s);
      expect(checkStep(machine)).toEqual({
        verdict: "accepted",
        result: { closedPatches: (n - 1n) * n ** 8n, cases: 10692 * s },
      });
    });
  }

  it("should accept every machine in normal form", () => {
    fc.assert(
      fc.property(normalMachine({ maxStates: 6 }), (machine) => {
        const verdict = checkStep(machine);
        expect(verdict).toMatchObject({ verdict: "accepted", result: { cases: 10692 * machine.states.length } });
      }),
      { numRuns: 20 },
    );
  });

  it("should report every place of the head on every grid as it goes", () => {
    const seen: number[] = [];
    checkStep(IDLE, (done, total) => {
      expect(total).toBe(225);
      seen.push(done);
    });
    expect(seen).toEqual(Array.from({ length: 225 }, (_, i) => i));
  });
});
