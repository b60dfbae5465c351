import { describe, expect, it } from "vitest";
import { checkFunction } from "../../../checkers/rcnn/check-function.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { ONE, rational, ZERO } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow } from "../../../spec/networks/network.js";
import { spots, withLayer, withRow } from "../networks/samples.js";
import { expectDifference, judge } from "./judged.js";
import { functionsOf, HARMLESS_ROWS, withIdleRow } from "./number-mutants.js";
import { expectationOf } from "./plain-enumeration.js";
import { PAIR } from "./samples.js";

const FILTER = machineToFilter(PAIR);
const EXPECTATION = expectationOf(PAIR);

describe("checkFunction on filters with rows that nothing reads", () => {
  it("should accept rows that change nothing, in each layer but the last", () => {
    // Each is compared with plain enumeration, which takes a second; the slow tests take all of them.
    for (const layer of [0, 1, 2, 3]) {
      const [row] = HARMLESS_ROWS[layer] as [AffineRow];
      expect(judge(withIdleRow(FILTER, layer, row), EXPECTATION, `idle row in V${layer + 1}`)).toBe("harmless");
    }
  });

  it("should reject a gate at its kink that nothing reads, and accept one that is 0 all around", () => {
    // A plateau is flat at every cell value, so a gate of it that is 0 stays 0; a sloped bump is not.
    const gate = (column: number): AffineRow => ({ bias: ONE.neg(), entries: [[column, ONE]] });
    const { sloped, flat } = functionsOf(FILTER);
    for (const r of spots(flat.length))
      expect(judge(withIdleRow(FILTER, 2, gate(flat[r] as number)), EXPECTATION, "flat gate")).toBe("harmless");
    for (const r of sloped) expect(judge(withIdleRow(FILTER, 2, gate(r)), EXPECTATION, "sloped gate")).toBe("kink");
  });

  it("should count first-layer units with weight 0 as the constants they are", () => {
    // The type forbids a weight of 0; a checker must not be fooled by one all the same.
    const [v1, v2] = FILTER.layers as [AffineMap, AffineMap];
    for (const r of spots(v2.rows.length)) {
      for (const place of [0, 4, 7]) {
        for (const bias of [ONE, rational(1n, 4n)]) {
          const units = withIdleRow(FILTER, 0, { bias, entries: [[place, ZERO]] });
          const changed = withRow(units, 1, r, (row) => ({
            ...row,
            entries: [...row.entries, [v1.rows.length, rational(8n)]],
          }));
          const same = withRow(FILTER, 1, r, (row) => ({ ...row, bias: row.bias.add(bias.mul(rational(8n))) }));
          const [found, expected] = [changed, same].map((network) => checkFunction(network, PAIR, "well-formed"));
          expect(found?.verdict).toBe(expected?.verdict);
          if (found?.verdict === "rejected") expectDifference(changed, PAIR, "well-formed", found, "weight 0");
        }
      }
    }
    expect(judge(withIdleRow(FILTER, 0, { bias: ZERO, entries: [[4, ZERO]] }), EXPECTATION, "0 x + 0")).toBe(
      "harmless",
    );
  });
});

describe("checkFunction on rows in another order", () => {
  it("should accept any order of units, gates and terms, and reject rows exchanged between their readers", () => {
    for (const l of [0, 1, 2, 3]) {
      const count = FILTER.layers[l]?.rows.length ?? 0;
      const to = (column: number) => count - 1 - column;
      const reversed = withLayer(FILTER, l, (layer) => ({ ...layer, rows: layer.rows.toReversed() }));
      const rewired = withLayer(reversed, l + 1, (layer) => ({
        ...layer,
        rows: layer.rows.map((row) => ({
          ...row,
          entries: row.entries.map(([c, w]) => [to(c), w] as const).toSorted(([a], [b]) => a - b),
        })),
      }));
      expect(checkFunction(rewired, PAIR, "well-formed").verdict, `V${l + 1} reversed`).toBe("accepted");
      if (l < 3) expect(judge(reversed, EXPECTATION, `V${l + 1} reversed, readers not`)).not.toBe("harmless");
    }
  });

  it("should reject a unit that reads another place, first, middle and last", () => {
    const [v1] = FILTER.layers as [AffineMap];
    for (const r of [...spots(v1.rows.length), 10, 50]) {
      const row = v1.rows[r] as AffineRow;
      const [[from, weight]] = row.entries as [readonly [number, typeof ONE]];
      for (const place of [1, 3, 4, 5, 7].filter((p) => p !== from)) {
        const changed = withRow(FILTER, 0, r, (old) => ({ ...old, entries: [[place, weight]] }));
        judge(changed, EXPECTATION, `unit ${r} reads ${place}`);
      }
      // Corners have the same cells as neighbours, and f-bar does not depend on them.
      const corner = withRow(FILTER, 0, r, (old) => ({ ...old, entries: [[8, weight]] }));
      const verdict = checkFunction(corner, PAIR, "well-formed");
      if (verdict.verdict === "rejected") expectDifference(corner, PAIR, "well-formed", verdict, `unit ${r}`);
      else expect(verdict.verdict).toBe("accepted");
    }
  });
});
