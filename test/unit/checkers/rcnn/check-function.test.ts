import { describe, expect, it } from "vitest";
import { checkFunction } from "../../../../checkers/rcnn/check-function.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { PAIR } from "../../../mutants/rcnn/samples.js";
import { expectClosedFormulas, mixer } from "./closed-formulas.js";

describe("checkFunction", () => {
  for (const s of [1, 2, 3, 4, 5]) {
    it(`should accept and count by closed formulas: well-formed, ${s} states`, () => {
      expectClosedFormulas(mixer(s), "well-formed");
    });
  }

  for (const s of [1, 2]) {
    it(`should accept and count by closed formulas: full, ${s} states`, () => {
      expectClosedFormulas(mixer(s), "full");
    });
  }

  it("should report each centre as it goes", () => {
    const seen: [number, number][] = [];
    checkFunction(machineToFilter(PAIR), PAIR, "well-formed", (done, total) => seen.push([done, total]));
    expect(seen).toEqual(Array.from({ length: 17 }, (_, i) => [i + 1, 17]));
  });

  it("should leave the full alphabet of many states undecided", () => {
    const filter = machineToFilter(PAIR);
    const many = mixer(129);
    expect(checkFunction(filter, many, "full")).toMatchObject({ verdict: "undecided", limit: "letters" });
  });

  it("should refuse machines without states, or with too many", () => {
    expect(() => checkFunction(machineToFilter(PAIR), { ...PAIR, states: [] }, "full")).toThrow(RangeError);
  });
});
