import { describe, expect, it } from "vitest";
import { checkFunction } from "../../../checkers/rcnn/check-function.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { formatRational, ONE, rational } from "../../../spec/exact/rational.js";
import { alphabet } from "../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits, type Cell } from "../../../spec/rcnn/cell-code.js";
import { spots, withRow } from "../networks/samples.js";
import { withCellFunction } from "./gates.js";
import { expectDifference } from "./judged.js";
import { functionsOf, numberPlaces, withNumber } from "./number-mutants.js";
import { PAIR } from "./samples.js";

const FILTER = machineToFilter(PAIR);

describe("checkFunction on outputs and derivatives", () => {
  it("should reject each output weight and bias that is a little off", () => {
    for (const { layer, row, entry, value } of numberPlaces(FILTER).filter((place) => place.layer >= 3)) {
      const changed = withNumber(FILTER, { layer, row, entry, value }, value.add(rational(1n, 1024n)));
      const verdict = checkFunction(changed, PAIR, "well-formed");
      expect(verdict.verdict, `V${layer + 1} row ${row} entry ${entry}`).toBe("rejected");
    }
  });

  it("should reject a derivative by the centre that is 2, 0 or -1 instead of 1 where the value is right", () => {
    const { sloped } = functionsOf(FILTER);
    expect(sloped).toHaveLength(2);
    for (const r of sloped) {
      for (const slope of [2n, 0n, -1n]) {
        const weights = new Map([
          ["3", 4n - slope],
          ["-2", 2n * slope - 4n],
          ["-6", -4n - 2n * slope],
          ["5", 4n + slope],
        ]);
        const changed = withRow(FILTER, 1, r, (row) => ({
          ...row,
          entries: row.entries
            .map(([column, weight]) => [column, rational(weights.get(formatRational(weight)) as bigint)] as const)
            .filter(([, weight]) => weight.n !== 0n),
        }));
        const name = `bump ${r} with slope ${slope}`;
        const verdict = checkFunction(changed, PAIR, "well-formed");
        if (verdict.verdict !== "rejected") throw new Error(`${name}: expected derivative, got ${verdict.verdict}`);
        expect(verdict.code).toBe("derivative");
        expectDifference(changed, PAIR, "well-formed", verdict, name);
      }
    }
  });

  it("should reject a derivative by any place, at the first, a middle or the last of its cells, where the value is right", () => {
    // A wiggle is 0 with slope 1 at one cell value, and 0 around all others; here it is added to the gate of "carry".
    for (let place = 0; place < 9; place++) {
      const letters = alphabet(cellCode(2), "well-formed")[place === 4 ? "centre" : "neighbour"];
      for (const i of spots(letters.length)) {
        const u = toUnits(cellCode(2), (letters[i] as Cell).value);
        const [wiggled, wiggle] = withCellFunction(FILTER, "wiggle", place, u);
        const changed = withRow(wiggled, 2, 0, (row) => ({ ...row, entries: [...row.entries, [wiggle, ONE]] }));
        const verdict = checkFunction(changed, PAIR, "well-formed");
        if (verdict.verdict !== "rejected") throw new Error(`expected derivative, got ${verdict.verdict}`);
        expect(verdict.code).toBe("derivative");
        expectDifference(changed, PAIR, "well-formed", verdict, `wiggle at place ${place}`);
        expect(verdict.message).toBe(`the derivative by place ${place} differs`);
      }
    }
  });
});
