import { describe, expect, it } from "vitest";
import { checkWeights } from "../../../checkers/rcnn/check-weights.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { formatRational, rational } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../../spec/networks/network.js";
import { ALPHABET_NAMES, type AlphabetName } from "../../../spec/rcnn/alphabet.js";
import { cellCode } from "../../../spec/rcnn/cell-code.js";
import { weightSets } from "../../../spec/rcnn/weight-set.js";
import { spots, withRow, withWeight } from "../networks/samples.js";
import { FOUR, PAIR } from "./samples.js";

const TINY = rational(1n, 1024n);

function expectOutside(network: Network, name: AlphabetName, path: string, weight: string): void {
  const verdict = checkWeights(network, cellCode(PAIR.states.length), name);
  if (verdict.verdict !== "rejected") throw new Error(`${path}: expected weight-outside-set, got ${verdict.verdict}`);
  expect([verdict.code, verdict.path, verdict.witness["weight"]]).toEqual(["weight-outside-set", path, weight]);
}

for (const name of ALPHABET_NAMES) {
  const filter = machineToFilter(PAIR, name);
  const sets = weightSets(cellCode(PAIR.states.length), name);

  describe(`checkWeights (${name})`, () => {
    it("should reject a bias or weight outside the set: first, middle and last layer, row and entry", () => {
      for (const [l, { rows }] of filter.layers.entries()) {
        for (const r of spots(rows.length)) {
          const { bias, entries } = rows[r] as AffineRow;
          const off = bias.add(TINY);
          expectOutside(
            withRow(filter, l, r, (row) => ({ ...row, bias: off })),
            name,
            `filter.layers[${l}].rows[${r}][0]`,
            formatRational(off),
          );
          for (const e of spots(entries.length)) {
            const weight = (entries[e] as AffineRow["entries"][number])[1].sub(TINY);
            const path = `filter.layers[${l}].rows[${r}][${e + 1}]`;
            expectOutside(withWeight(filter, l, r, e, weight), name, path, formatRational(weight));
          }
        }
      }
    });

    it("should reject in each layer what belongs to the sets of other layers only", () => {
      for (const [l, allowed] of sets.layers.entries()) {
        const foreign = [...sets.union].filter(([text]) => !allowed.has(text));
        expect(foreign.length).toBeGreaterThan(0);
        for (const [text, value] of foreign.slice(0, 5).concat(foreign.slice(-5))) {
          const changed = withRow(filter, l, 0, (row) => ({ ...row, bias: value }));
          expectOutside(changed, name, `filter.layers[${l}].rows[0][0]`, text);
        }
      }
    });

    it("should accept every number of the set of its layer, at any row: membership is all that is asked", () => {
      const code = cellCode(PAIR.states.length);
      for (const [l, allowed] of sets.layers.entries()) {
        const last = (filter.layers[l] as AffineMap).rows.length - 1;
        for (const value of allowed.values()) {
          const changed = withRow(filter, l, last, (row) => ({ ...row, bias: value }));
          expect(checkWeights(changed, code, name).verdict).toBe("accepted");
        }
      }
    });

    it("should reject other numbers of layers", () => {
      const code = cellCode(PAIR.states.length);
      const extra = filter.layers[4] as AffineMap;
      for (const layers of [[], filter.layers.slice(0, 1), filter.layers.slice(0, 4), [...filter.layers, extra]]) {
        expect(checkWeights({ layers }, code, name)).toMatchObject({
          verdict: "rejected",
          code: "layer-count",
          path: "filter.layers",
        });
      }
    });

    it("should reject the filter of another number of states", () => {
      const verdict = checkWeights(machineToFilter(FOUR, name), cellCode(PAIR.states.length), name);
      expect(verdict).toMatchObject({ verdict: "rejected", code: "weight-outside-set" });
    });
  });
}

describe("checkWeights", () => {
  it("should reject the filter of the full alphabet for the well-formed one", () => {
    const verdict = checkWeights(machineToFilter(PAIR, "full"), cellCode(2), "well-formed");
    expect(verdict).toMatchObject({ verdict: "rejected", code: "weight-outside-set" });
  });
});
