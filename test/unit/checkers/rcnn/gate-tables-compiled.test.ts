import fc from "fast-check";
import { describe, it } from "vitest";
import { patch } from "../../../../arbitraries/rcnn/cells.js";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { placeCells, placeUnits } from "../../../../checkers/rcnn/letters.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { alphabet, ALPHABET_NAMES } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits } from "../../../../spec/rcnn/cell-code.js";
import { expectAgreement, tablesOf } from "./table-agreement.js";

describe("gateTables of compiled filters", () => {
  for (const name of ALPHABET_NAMES) {
    it(`should give value and Jacobian as evaluateWithJacobian does (${name})`, () => {
      const machineAndPatches = normalMachine({ maxStates: 4 }).chain((machine) => {
        const code = cellCode(machine.states.length);
        const cells = fc.oneof(patch(code, name), patch(code, "well-formed"));
        return fc.tuple(fc.constant(machine), fc.array(cells, { minLength: 8, maxLength: 8 }));
      });
      fc.assert(
        fc.property(machineAndPatches, ([machine, patches]) => {
          const code = cellCode(machine.states.length);
          const network = machineToFilter(machine, name);
          const letters = placeUnits(code, placeCells(alphabet(code, name)));
          const tables = tablesOf(network, letters);
          for (const { cells } of patches) {
            const point = cells.map(({ value }) => toUnits(code, value));
            expectAgreement(network, tables, letters, point);
          }
        }),
        { numRuns: 12 },
      );
    });
  }
});
