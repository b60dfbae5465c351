import { describe, expect, it } from "vitest";
import { checkFunction, type FunctionFault } from "../../../checkers/rcnn/check-function.js";
import type { Rejected } from "../../../checkers/verdict.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { ONE, rational } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../../spec/networks/network.js";
import { spots, withLayer, withRow } from "../networks/samples.js";
import { withIdleRow } from "./number-mutants.js";
import { PAIR } from "./samples.js";

const FILTER = machineToFilter(PAIR);

function expectRejected(network: Network, code: FunctionFault, path?: string): Rejected<FunctionFault> {
  const verdict = checkFunction(network, PAIR, "well-formed");
  if (verdict.verdict !== "rejected") throw new Error(`expected ${code}, got ${verdict.verdict}`);
  expect(verdict.code).toBe(code);
  if (path !== undefined) expect(verdict.path).toBe(path);
  return verdict;
}

describe("checkFunction on filters of another shape", () => {
  const last = FILTER.layers.length - 1;

  it("should reject other numbers of layers", () => {
    for (const count of [0, 1, 4]) expectRejected({ layers: FILTER.layers.slice(0, count) }, "shape", "filter.layers");
    expectRejected({ layers: [...FILTER.layers, FILTER.layers[last] as AffineMap] }, "shape", "filter.layers");
  });

  it("should reject other numbers of inputs, in each layer", () => {
    for (const l of FILTER.layers.keys()) {
      for (const change of [-1, 1]) {
        const changed = withLayer(FILTER, l, (layer) => ({ ...layer, inputs: layer.inputs + change }));
        expectRejected(changed, "shape", `filter.layers[${l}].inputs`);
      }
    }
  });

  it("should reject a ReLU in the wrong layer, or none in the right one", () => {
    for (const l of FILTER.layers.keys()) {
      const changed = withLayer(FILTER, l, (layer) => ({ ...layer, relu: !layer.relu }));
      expectRejected(changed, "shape", `filter.layers[${l}].relu`);
    }
  });

  it("should reject none and two outputs", () => {
    expectRejected(
      withLayer(FILTER, last, (layer) => ({ ...layer, rows: [] })),
      "shape",
      "filter.layers[4].rows",
    );
    const twice = withLayer(FILTER, last, (layer) => ({ ...layer, rows: [...layer.rows, ...layer.rows] }));
    expectRejected(twice, "shape", "filter.layers[4].rows");
  });

  it("should reject columns that repeat, fall, leave the layer or are no integers, in each layer's first, middle and last row", () => {
    for (const [l, { rows, inputs }] of FILTER.layers.entries()) {
      for (const r of spots(rows.length)) {
        const { entries } = rows[r] as AffineRow;
        const weight = ONE;
        const bad: AffineRow["entries"][] = [-1, inputs, inputs + 7, 0.5, Number.NaN, Infinity, -Infinity].map((c) => [
          [c, weight],
        ]);
        bad.push([...entries, entries.at(-1) ?? [0, weight], ...(entries.length === 0 ? [[0, weight] as const] : [])]);
        if (entries.length > 1) bad.push([...entries].reverse());
        for (const list of bad) {
          expectRejected(
            withRow(FILTER, l, r, (row) => ({ ...row, entries: list })),
            "shape",
            `filter.layers[${l}].rows[${r}]`,
          );
        }
      }
    }
  });

  it("should reject a first-layer unit that reads two places, whichever unit and places", () => {
    const [v1] = FILTER.layers as [AffineMap];
    for (const r of spots(v1.rows.length)) {
      for (const places of [
        [0, 4],
        [1, 7],
        [4, 8],
        [0, 8],
      ]) {
        const changed = withRow(FILTER, 0, r, (row) => ({ ...row, entries: places.map((p) => [p, ONE] as const) }));
        const { witness } = expectRejected(changed, "first-layer-reads-many", `filter.layers[0].rows[${r}]`);
        expect(witness).toEqual({ places: places.map(String) });
      }
    }
  });

  it("should reject a first-layer kink at the first, a middle and the last cell value of each place, read or not", () => {
    // u-units of the alphabet of two states: 2 * 3^4 = 162 for 1; the least value is -1/3, the greatest a head at 10/9.
    const cells = [-54n, 0n, 27n, 162n + 18n + 6n + 2n];
    for (const place of [0, 1, 3, 5, 7, 8]) {
      for (const u of cells) {
        for (const weight of [ONE, rational(-1n, 3n), rational(5n)]) {
          const row: AffineRow = { bias: rational(-u).mul(weight), entries: [[place, weight]] };
          const idle = withIdleRow(FILTER, 0, row);
          const { path, witness } = expectRejected(idle, "first-layer-kink");
          expect(path).toBe(`filter.layers[0].rows[${FILTER.layers[0]?.rows.length}]`);
          expect(witness).toEqual({ place, cell: String(u) });
        }
      }
    }
    const atCentre = (u: bigint) => withIdleRow(FILTER, 0, { bias: rational(-u), entries: [[4, ONE]] });
    for (const u of [-54n, 0n, 188n]) expectRejected(atCentre(u), "first-layer-kink");
    // The centre is never p in the well-formed alphabet.
    expect(checkFunction(atCentre(27n), PAIR, "well-formed").verdict).toBe("accepted");
  });
});
