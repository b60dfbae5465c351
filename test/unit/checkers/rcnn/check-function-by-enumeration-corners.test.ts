/** f-bar asks nothing about the corners of a patch; here it is made to, by a module of f-bar that a test may bend. */
import { expect, it, vi } from "vitest";
import { checkFunctionByEnumeration } from "../../../../checkers/rcnn/check-function-by-enumeration.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { IDLE } from "../../../mutants/rcnn/samples.js";

type FilterModule = typeof import("../../../../spec/rcnn/cell-rule.js");

const asked = vi.hoisted(() => ({ corner: undefined as readonly [-1 | 1, -1 | 1] | undefined }));

vi.mock(import("../../../../spec/rcnn/cell-rule.js"), async (original): Promise<FilterModule> => {
  const actual = await original();
  return {
    ...actual,
    cellRule: (code, questions, patch) => {
      if (asked.corner !== undefined) patch.at(...asked.corner).ask(questions.isPadding);
      return actual.cellRule(code, questions, patch);
    },
  };
});

it("should leave undecided what would need cells of a corner one by one", () => {
  for (const corner of [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ] as const) {
    asked.corner = corner;
    expect(checkFunctionByEnumeration(machineToFilter(IDLE), IDLE, "well-formed")).toEqual({
      verdict: "undecided",
      limit: "corners",
      message: expect.stringContaining("of a corner") as string,
    });
  }
});
