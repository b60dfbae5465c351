import { describe, expect, it } from "vitest";
import { checkFloatBounds, FLOAT32_LIMIT, type FloatQuestion } from "../../../../checkers/rcnn/float-bounds.js";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { FIRST_LITERAL, largeMachine } from "../../execution/learn/learners.js";

const question: FloatQuestion = { layout: "taps", rows: 9, mainColumns: 5, training: true };

function boundsFor(states: number, more: Partial<FloatQuestion> = {}) {
  const machine = states === FIRST_LITERAL.states.length ? FIRST_LITERAL : largeMachine(states);
  const code = cellCode(states);
  return checkFloatBounds(machineToFilter(machine), readoutNetworkInUnits(code), code, { ...question, ...more });
}

describe("checkFloatBounds on larger machines", () => {
  it("should accept every machine of up to 256 states for prediction and for training", () => {
    for (const states of [8, 256]) {
      const verdict = boundsFor(states);
      expect(verdict.verdict).toBe("accepted");
      if (verdict.verdict !== "accepted") continue;
      for (const { size } of [...verdict.result.forward, ...verdict.result.backward]) {
        expect(Number(size)).toBeLessThan(FLOAT32_LIMIT);
      }
    }
  });

  it("should name the sum that is too large, with its size and the limit", () => {
    expect(boundsFor(257)).toMatchObject({
      verdict: "rejected",
      code: "too-large",
      path: "V2 forward",
      witness: { limit: "16777216" },
    });
    // The matrices as they are, differentiated unit by unit, leave the range much earlier.
    expect(boundsFor(8, { layout: "dense" }).verdict).toBe("accepted");
    expect(boundsFor(40, { layout: "dense" })).toMatchObject({ code: "too-large", path: "V1 backward" });
    expect(boundsFor(40, { layout: "dense", training: false }).verdict).toBe("accepted");
    // At 8 states F is at most 2 * 3^4, at a blank cell of unknown phase.
    const rows = Math.floor((FLOAT32_LIMIT - 1) / 162);
    expect(boundsFor(8, { rows, mainColumns: 1 }).verdict).toBe("accepted");
    expect(boundsFor(8, { rows: rows + 1, mainColumns: 1 })).toMatchObject({
      code: "too-large",
      path: `sum over ${rows + 1} cells`,
    });
  });
});
