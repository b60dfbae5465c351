import { describe, it } from "vitest";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { expectClosedFormulas, mixer } from "./closed-formulas.js";

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
