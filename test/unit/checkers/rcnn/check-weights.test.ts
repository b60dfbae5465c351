import { describe, expect, it } from "vitest";
import { checkWeights } from "../../../../checkers/rcnn/check-weights.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { formatRational } from "../../../../spec/exact/rational.js";
import { ALPHABET_NAMES } from "../../../../spec/rcnn/alphabet.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { weightSets } from "../../../../spec/rcnn/weight-set.js";
import { FOUR, IDLE, PAIR } from "../../../mutants/rcnn/samples.js";

describe("checkWeights", () => {
  for (const machine of [IDLE, PAIR, FOUR]) {
    for (const name of ALPHABET_NAMES) {
      it(`should count numbers and widths (${machine.name}, ${name})`, () => {
        const code = cellCode(machine.states.length);
        const filter = machineToFilter(machine, name);
        const verdict = checkWeights(filter, code, name);
        if (verdict.verdict !== "accepted") throw new Error(verdict.message);
        const numbers = filter.layers.flatMap(({ rows }) =>
          rows.flatMap(({ bias, entries }) => [bias, ...entries.map(([, weight]) => weight)]),
        );
        const widths = filter.layers.map(({ rows }) => rows.length);
        expect(verdict.counts).toEqual({
          setSize: weightSets(code, name).union.size,
          distinct: new Set([...numbers.map(formatRational), "0"]).size,
          nonzero: numbers.filter(({ n }) => n !== 0n).length,
          widths,
          widthBound: 100 * machine.states.length,
          withinWidthBound: Math.max(...widths) <= 100 * machine.states.length,
        });
        expect(verdict.counts.distinct).toBeLessThanOrEqual(verdict.counts.setSize);
      });
    }
  }

  it("should leave the full alphabet of many states undecided", () => {
    expect(checkWeights(machineToFilter(IDLE), cellCode(4096), "full")).toMatchObject({
      verdict: "undecided",
      limit: "letters",
    });
  });
});
