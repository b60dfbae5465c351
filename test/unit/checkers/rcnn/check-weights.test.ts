import { describe, expect, it } from "vitest";
import { checkWeights } from "../../../../checkers/rcnn/check-weights.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { formatRational, type Rational } from "../../../../spec/exact/rational.js";
import type { Network } from "../../../../spec/networks/network.js";
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
        expect(verdict.result).toEqual({
          setSize: weightSets(code, name).union.size,
          distinct: new Set([...numbers.map(formatRational), "0"]).size,
          nonzero: numbers.filter(({ n }) => n !== 0n).length,
          widths,
          widthBound: 100 * machine.states.length,
          withinWidthBound: Math.max(...widths) <= 100 * machine.states.length,
        });
        expect(verdict.result.distinct).toBeLessThanOrEqual(verdict.result.setSize);
      });
    }
  }

  it("should count 0 whether it occurs or not, and compare widths with 100 s, that number included", () => {
    const code = cellCode(1);
    // A number other than 0 of each layer's set, in so many rows.
    const numbers = weightSets(code, "well-formed").layers.map((set) => [...set.values()].find(({ n }) => n !== 0n));
    const network = (width: number): Network => ({
      layers: numbers.map((bias, l) => ({
        name: `V${l + 1}`,
        inputs: 1,
        rows: Array.from({ length: l === 2 ? width : 1 }, () => ({ bias: bias as Rational, entries: [] })),
        relu: false,
      })),
    });
    const distinct = new Set(numbers.map((value) => formatRational(value as Rational))).size + 1;
    for (const [width, withinWidthBound] of [
      [99, true],
      [100, true],
      [101, false],
    ] as const) {
      expect(checkWeights(network(width), code, "well-formed")).toMatchObject({
        verdict: "accepted",
        result: { distinct, nonzero: width + 4, widths: [1, 1, width, 1, 1], widthBound: 100, withinWidthBound },
      });
    }
  });

  it("should leave the full alphabet of many states undecided", () => {
    expect(checkWeights(machineToFilter(IDLE), cellCode(4096), "full")).toMatchObject({
      verdict: "undecided",
      limit: "letters",
    });
  });
});
