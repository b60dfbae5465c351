import { describe, expect, it } from "vitest";
import { checkFilterByEnumeration } from "../../../../checkers/rcnn/check-filter-by-enumeration.js";
import { checkFilter } from "../../../../checkers/rcnn/check-filter.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { FOUR, IDLE, PAIR } from "../../../mutants/rcnn/samples.js";
import { countsOf, mixer } from "./closed-formulas.js";

describe("checkFilterByEnumeration", () => {
  it("should count what the search over boxes counts (idle)", () => {
    const filter = machineToFilter(IDLE);
    const boxes = countsOf(checkFilter(filter, IDLE, "well-formed"));
    const enumerated = countsOf(checkFilterByEnumeration(filter, IDLE, "well-formed"));
    expect(enumerated.patches).toBe(boxes.patches);
    expect(enumerated.rules).toEqual(boxes.rules);
    expect(enumerated.leaves).toBeGreaterThan(1000 * boxes.leaves);
  });

  it("should reject what the search over boxes rejects, with a patch", () => {
    const filter = machineToFilter(IDLE);
    const other = machineToFilter(PAIR);
    expect(checkFilterByEnumeration(other, IDLE, "well-formed")).toMatchObject({ verdict: "rejected" });
    expect(checkFilterByEnumeration({ layers: filter.layers.slice(1) }, IDLE, "well-formed")).toMatchObject({
      verdict: "rejected",
      code: "shape",
    });
  });

  it("should leave undecided what it would take too long to enumerate", () => {
    expect(checkFilterByEnumeration(machineToFilter(FOUR), FOUR, "full")).toMatchObject({
      verdict: "undecided",
      limit: "combinations",
    });
    expect(checkFilterByEnumeration(machineToFilter(PAIR), mixer(129), "full")).toMatchObject({
      verdict: "undecided",
      limit: "letters",
    });
  });
});
