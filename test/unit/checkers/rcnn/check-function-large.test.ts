import { describe, expect, it } from "vitest";
import { checkFunctionByEnumeration } from "../../../../checkers/rcnn/check-function-by-enumeration.js";
import { checkFunction } from "../../../../checkers/rcnn/check-function.js";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { PAIR } from "../../../mutants/rcnn/samples.js";
import { countsOf, expectClosedFormulas, mixer } from "./closed-formulas.js";

describe("checkFunction on larger machines", () => {
  for (const s of [8, 16, 17, 64]) {
    it(`should accept and count by closed formulas: well-formed, ${s} states`, () => {
      expectClosedFormulas(mixer(s), "well-formed");
    });
  }

  for (const s of [3, 4]) {
    it(`should accept and count by closed formulas: full, ${s} states`, () => {
      expectClosedFormulas(mixer(s), "full");
    });
  }

  for (const name of ["bb2", "bb3", "langtons-ant", "four-borders", "binary-counter"]) {
    it(`should accept the filter of ${name}`, () => {
      expectClosedFormulas(normalForm(loadMachine(name)), "well-formed");
    });
  }
});

describe("checkFunctionByEnumeration", () => {
  it("should count what the search over boxes counts (pair)", () => {
    const filter = machineToFilter(PAIR);
    const boxes = countsOf(checkFunction(filter, PAIR, "well-formed"));
    const enumerated = countsOf(checkFunctionByEnumeration(filter, PAIR, "well-formed"));
    expect(enumerated.patches).toBe(boxes.patches);
    expect(enumerated.rules).toEqual(boxes.rules);
    // Boxes are many patches at once: that is the point.
    expect(enumerated.leaves).toBeGreaterThan(1000 * boxes.leaves);
  });
});
