/** Every machine has a filter that the checker accepts, on both alphabets. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patch } from "../../../../arbitraries/rcnn/cells.js";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { checkFunction } from "../../../../checkers/rcnn/check-function.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { rational, type Rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian } from "../../../../spec/networks/network.js";
import { patchCount, alphabet } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits, type Cell } from "../../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../../../spec/rcnn/cell-rule.js";
import { CENTRE } from "../../../../spec/rcnn/patch.js";

describe("machineToFilter", () => {
  for (const { name, maxStates, numRuns } of [
    { name: "well-formed", maxStates: 9, numRuns: 40 },
    { name: "full", maxStates: 4, numRuns: 6 },
  ] as const) {
    it(`should give a filter that checkFunction accepts for any machine (${name})`, () => {
      fc.assert(
        fc.property(normalMachine({ maxStates }), (machine) => {
          const verdict = checkFunction(machineToFilter(machine, name), machine, name);
          expect(verdict).toMatchObject({
            verdict: "accepted",
            result: { patches: patchCount(alphabet(cellCode(machine.states.length), name)) },
          });
        }),
        { numRuns },
      );
    });

    it(`should give a filter that is f-bar by definition at random patches (${name})`, () => {
      const cases = normalMachine({ maxStates: Math.min(maxStates, 4) }).chain((machine) => {
        const code = cellCode(machine.states.length);
        return fc.tuple(
          fc.constant(machine),
          fc.array(fc.oneof(patch(code, name), patch(code, "well-formed")), { minLength: 10, maxLength: 10 }),
        );
      });
      fc.assert(
        fc.property(cases, ([machine, patches]) => {
          const code = cellCode(machine.states.length);
          const network = machineToFilter(machine, name);
          const questions = cellFeatures(code, machine);
          for (const one of patches) {
            const outcome = cellRule(code, questions, one);
            const found = evaluateWithJacobian(
              network,
              one.cells.map(({ value }) => rational(toUnits(code, value))),
            );
            const expected = rational(toUnits(code, outcomeValue(outcome, one.cells[CENTRE] as Cell)));
            expect(found.kink).toBe(false);
            expect((found.value[0] as Rational).equals(expected)).toBe(true);
            const wrong = found.jacobian[0]?.findIndex((d, p) => !d.equals(p === CENTRE ? BigInt(outcome.slope) : 0n));
            expect(wrong).toBe(-1);
          }
        }),
        { numRuns: name === "full" ? 6 : 15 },
      );
    });
  }
});
