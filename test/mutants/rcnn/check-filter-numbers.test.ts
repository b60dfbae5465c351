import { describe, expect, it } from "vitest";
import { checkFilter } from "../../../checkers/rcnn/check-filter.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { formatRational, ONE, rational, ZERO } from "../../../spec/exact/rational.js";
import type { AffineLayer, AffineRow, Network } from "../../../spec/networks/network.js";
import { alphabet } from "../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits, type Cell } from "../../../spec/rcnn/cell-code.js";
import { spots, withRow } from "../networks/samples.js";
import { expectDifference, judge } from "./judged.js";
import { AMOUNTS, mutantsAt, numberPlaces, withIdleRow, withNumber } from "./number-mutants.js";
import { expectationOf, firstDisagreement } from "./plain-enumeration.js";
import { PAIR } from "./samples.js";

const FILTER = machineToFilter(PAIR);
const EXPECTATION = expectationOf(PAIR);

/** Rows of V2 that rise at a cell value, and rows that are flat at all. */
function functionsOf({ layers }: Network): { sloped: number[]; flat: number[] } {
  const rows = (layers[1] as AffineLayer).rows;
  const isSloped = (row: AffineRow) => row.entries.some(([, weight]) => weight.equals(3n));
  const indices = [...rows.keys()];
  return {
    sloped: indices.filter((r) => isSloped(rows[r] as AffineRow)),
    flat: indices.filter((r) => !isSloped(rows[r] as AffineRow)),
  };
}

describe("checkFilter on filters with one number changed", () => {
  // test/slow changes every number in every way; here every so many places are changed in three ways each.
  const strides = [61, 83, 53, 7, 5];
  const ways = Object.keys(AMOUNTS);
  const sampled = numberPlaces(FILTER)
    .filter(({ layer }, i) => i % (strides[layer] as number) === 0)
    .map((place, i) => [place, [0, 3, 5].map((k) => ways[(i + k) % ways.length])] as const);
  for (const layer of FILTER.layers.keys()) {
    it(`should be right about changes of V${layer + 1}`, () => {
      const judgements = sampled
        .filter(([place]) => place.layer === layer)
        .flatMap(([place, chosen]) => mutantsAt(FILTER, place).filter(({ amount }) => chosen.includes(amount)))
        .map((mutant) => judge(mutant.network, EXPECTATION, mutant.name));
      expect(judgements.length).toBeGreaterThan(4);
      expect(judgements.some((judgement) => judgement !== "harmless")).toBe(true);
    });
  }

  it("should reject each output weight and bias that is a little off, but for those of terms that never act", () => {
    // No head of this machine moves down, so "from above" and "border down" are 0 at every patch.
    const [fromAbove, borderDown] = [8, 12];
    for (const { layer, row, entry, value } of numberPlaces(FILTER).filter((place) => place.layer >= 3)) {
      const changed = withNumber(FILTER, { layer, row, entry, value }, value.add(rational(1n, 1024n)));
      const isIdle = layer === 3 ? entry > 0 && (row === fromAbove || row === borderDown) : entry === 9 || entry === 13;
      const verdict = checkFilter(changed, PAIR, "well-formed");
      expect(verdict.verdict, `V${layer + 1} row ${row} entry ${entry}`).toBe(isIdle ? "accepted" : "rejected");
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
        expect(judge(changed, EXPECTATION, `bump ${r} with slope ${slope}`)).toBe("derivative");
        expect(firstDisagreement(changed, EXPECTATION)?.kind).toBe("derivative");
      }
    }
  });

  it("should reject a derivative by any place, at the first, a middle or the last of its cells, where the value is right", () => {
    // A wiggle is 0 with slope 1 at one cell value, and 0 around all others; here it is added to the gate of "carry".
    const quarter = rational(1n, 4n);
    const wiggle = [-2n, -1n, 1n, 2n].map((k) => quarter.mul(rational(k)));
    const weights = [-1n, 2n, -2n, 1n].map((w) => rational(w));
    const [{ rows: units }, { rows: functions }] = FILTER.layers as [AffineLayer, AffineLayer];
    for (let place = 0; place < 9; place++) {
      const letters = alphabet(cellCode(2), "well-formed")[place === 4 ? "centre" : "neighbour"];
      for (const i of spots(letters.length)) {
        const at = rational(toUnits(cellCode(2), (letters[i] as Cell).value));
        let changed = FILTER;
        for (const offset of wiggle)
          changed = withIdleRow(changed, 0, { bias: at.add(offset).neg(), entries: [[place, ONE]] });
        changed = withIdleRow(changed, 1, {
          bias: ZERO,
          entries: weights.map((weight, k) => [units.length + k, weight] as const),
        });
        changed = withRow(changed, 2, 0, (row) => ({ ...row, entries: [...row.entries, [functions.length, ONE]] }));
        const verdict = checkFilter(changed, PAIR, "well-formed");
        if (verdict.verdict !== "rejected") throw new Error(`expected derivative, got ${verdict.verdict}`);
        expect(verdict.code).toBe("derivative");
        expectDifference(changed, PAIR, "well-formed", verdict, `wiggle at place ${place}`);
        expect(verdict.message).toBe(`the derivative by place ${place} differs`);
      }
    }
  });
});

describe("plain enumeration", () => {
  it("should find nothing in the filter itself, and something wherever checkFilter does", () => {
    expect(firstDisagreement(FILTER, EXPECTATION)).toBeUndefined();
    const kinds = new Set<string | undefined>();
    for (const [i, place] of numberPlaces(FILTER).entries()) {
      if (i % 19 !== 0) continue;
      const { network, name } = mutantsAt(FILTER, place)[i % 7] ?? { network: FILTER, name: "itself" };
      if (checkFilter(network, PAIR, "well-formed").verdict !== "rejected") continue;
      const found = firstDisagreement(network, EXPECTATION);
      kinds.add(found?.kind);
      expect(found, name).toBeDefined();
    }
    expect([...kinds].toSorted()).toEqual(["kink", "value"]);
  });
});
