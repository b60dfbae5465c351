import { describe, expect, it } from "vitest";
import { checkDimensions, checkWeightSets } from "../../../checkers/rcnn/check-lemma5.js";
import { tableToNetwork } from "../../../construction/rcnn/lemma5/table-to-network.js";
import { ONE, rational, ZERO } from "../../../spec/exact/rational.js";
import {
  MATRIX_NAMES,
  provenDimensions,
  unionBound,
  weightBounds,
  weightDomain,
} from "../../../spec/rcnn/lemma5/weights.js";
import type { AffineMap, AffineRow, Network } from "../../../spec/networks/network.js";
import type { Table } from "../../../spec/networks/table.js";
import { NETWORK, q, spots, TABLE, withLayer, withRow, withWeight } from "../networks/samples.js";

const LAYERS = [0, 1, 2, 3, 4];
const HIDDEN = [0, 1, 2, 3];
const idle: AffineRow = { bias: ZERO, entries: [] };

/** The network with one row more in a hidden layer; nothing reads it. */
function widened(network: Network, k: number): Network {
  const taller = withLayer(network, k, (layer) => ({ ...layer, rows: [...layer.rows, idle] }));
  return withLayer(taller, k + 1, (layer) => ({ ...layer, inputs: layer.inputs + 1 }));
}

describe.each([
  ["checkDimensions", checkDimensions],
  ["checkWeightSets", checkWeightSets],
])("%s", (_, check) => {
  it("should reject a network that has not five layers", () => {
    const four = { layers: [...NETWORK.layers.slice(0, 3), { ...(NETWORK.layers[4] as AffineMap), inputs: 162 }] };
    expect(check(four, TABLE)).toMatchObject({
      code: "not-five-layers",
      path: "network.layers",
      witness: { found: 4 },
    });
    const identity: AffineMap = {
      name: "identity",
      inputs: 3,
      relu: false,
      rows: [0, 1, 2].map((k) => ({ bias: ZERO, entries: [[k, ONE]] })),
    };
    expect(check({ layers: [...NETWORK.layers, identity] }, TABLE)).toMatchObject({ code: "not-five-layers" });
  });

  it.each(LAYERS)("should reject a ReLU that is missing or too many after layer %i", (k) => {
    const network = withLayer(NETWORK, k, (layer) => ({ ...layer, relu: !layer.relu }));
    expect(check(network, TABLE)).toMatchObject({
      code: "relu-misplaced",
      path: `network.layers[${k}].relu`,
      witness: { found: NETWORK.layers[k]?.relu !== true },
    });
  });

  it("should reject a table with a fault, and a network of another shape", () => {
    expect(check(NETWORK, { ...TABLE, points: [] })).toMatchObject({ code: "no-points" });
    expect(check({ layers: [] }, TABLE)).toMatchObject({ code: "no-layers" });
    const more = { ...TABLE, inputs: 4, points: TABLE.points.slice(0, 1) };
    expect(check(NETWORK, more)).toMatchObject({ verdict: "rejected", code: "at-length" });
  });
});

describe("checkDimensions", () => {
  it("should accept rows up to the printed numbers", () => {
    const counts = { d1: 90, bumps: 18, d2: 162, thresholds: 54 };
    expect(checkDimensions(NETWORK, TABLE)).toEqual({ verdict: "accepted", result: counts });
    expect(provenDimensions(TABLE)).toEqual(counts);
  });

  it.each(HIDDEN)("should reject one row more in layer %i", (k) => {
    const limit = NETWORK.layers[k]?.rows.length ?? 0;
    expect(checkDimensions(widened(NETWORK, k), TABLE)).toMatchObject({
      verdict: "rejected",
      code: "too-wide",
      path: `network.layers[${k}].rows`,
      witness: { limit, found: limit + 1 },
    });
  });
});

describe("checkWeightSets", () => {
  it("should accept the network that the mutants start from, and count its numbers", () => {
    // X_i = {0, 1, 2}, Delta = 1/10, zeta_0 = -1, so that -zeta_0 is the weight 1. W2' holds 10 y, -10 y for gamma = 0 and
    // 10 y - 1, 2 - 10 y for gamma = 1, with y = 0, 1, 2, 3. W1' shares 10, -10, 9 and -8 with it.
    expect(checkWeightSets(NETWORK, TABLE)).toEqual({
      verdict: "accepted",
      result: { W1: 13, "W1'": 6, "W1+": 3, "W2'": 14, "W2+": 1, U: 1 + 13 + 6 + 2 + 14 - 4 },
    });
  });

  it.each(LAYERS)("should reject too many different numbers in layer %i", (k) => {
    let next = 1000n;
    const network = withLayer(NETWORK, k, (layer) => ({
      ...layer,
      rows: layer.rows.map(({ entries }) => ({
        bias: rational(next++),
        entries: entries.map(([column]) => [column, rational(next++)] as const),
      })),
    }));
    const name = MATRIX_NAMES[k] as (typeof MATRIX_NAMES)[number];
    const limit = weightBounds(weightDomain(TABLE))[name].printed;
    expect(checkWeightSets(network, TABLE)).toMatchObject({
      verdict: "rejected",
      code: "too-many-weights",
      path: `network.layers[${k}]`,
      witness: { limit, found: Number(next - 1000n) },
    });
  });

  it.each(LAYERS)("should reject a number in layer %i that X, Y and G do not determine", (k) => {
    const strange = rational(22n, 7n);
    const expected = { code: "weight-outside-set", path: `network.layers[${k}]`, witness: { weight: "22/7" } };
    if (k === 4) {
      // W2+ may hold one number only, so all of them change.
      const network = withLayer(NETWORK, 4, (layer) => ({
        ...layer,
        rows: layer.rows.map((row) => ({ ...row, entries: row.entries.map(([column]) => [column, strange] as const) })),
      }));
      expect(checkWeightSets(network, TABLE)).toMatchObject(expected);
      return;
    }
    const { rows } = NETWORK.layers[k] as AffineMap;
    for (const r of spots(rows.length)) {
      const biased = withRow(NETWORK, k, r, (row) => ({ ...row, bias: strange }));
      expect(checkWeightSets(biased, TABLE)).toMatchObject(expected);
      for (const e of spots(rows[r]?.entries.length ?? 0)) {
        expect(checkWeightSets(withWeight(NETWORK, k, r, e, strange), TABLE)).toMatchObject(expected);
      }
    }
  });

  it("should reject matrices that keep their own bounds but share too little", () => {
    const table: Table = { inputs: 1, outputs: 1, points: [{ at: q("0"), value: q("1"), jacobian: [q("1")] }] };
    const domain = weightDomain(table);
    const limits = MATRIX_NAMES.map((name) => weightBounds(domain)[name].printed);
    let next = 1000n;
    // Each matrix holds as many numbers as its bound allows, no number twice.
    const network: Network = {
      layers: tableToNetwork(table).layers.map((layer, k) => {
        let left = limits[k] ?? 0;
        const rows = layer.rows.map((): AffineRow => {
          const bias = left > 0 ? rational(next++) : ZERO;
          left--;
          const free = Math.max(0, Math.min(left, layer.inputs));
          left -= free;
          return { bias, entries: Array.from({ length: free }, (_, column) => [column, rational(next++)] as const) };
        });
        return { ...layer, rows };
      }),
    };
    const limit = unionBound(domain).printed;
    expect(checkWeightSets(network, table)).toMatchObject({
      verdict: "rejected",
      code: "union-too-large",
      path: "network.layers",
      witness: { limit, found: limit + 3 },
    });
    // With three numbers of W1 in the place of three others, the union is as large as allowed.
    const places = [[1, 0] as const, [1, 1] as const, [3, 0] as const];
    const shared = places.reduce((changed, [k, r], n) => {
      const { bias } = (network.layers[0] as AffineMap).rows[n] as AffineRow;
      return withRow(changed, k, r, (row) => ({ ...row, bias }));
    }, network);
    expect(checkWeightSets(shared, table)).toMatchObject({ code: "weight-outside-set", path: "network.layers[0]" });
  });
});
