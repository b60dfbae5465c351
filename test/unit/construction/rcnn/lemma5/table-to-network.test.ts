import { describe, expect, it } from "vitest";
import { encodeNetwork } from "../../../../../certificates/network-json.js";
import { composeLayers, toThreeLayers } from "../../../../../construction/rcnn/lemma5/compose-layers.js";
import { tableToNetwork } from "../../../../../construction/rcnn/lemma5/table-to-network.js";
import { parseRational, rational, type Rational } from "../../../../../spec/exact/rational.js";
import type { AffineMap, Network } from "../../../../../spec/networks/network.js";
import type { Table } from "../../../../../spec/networks/table.js";

const q = (...texts: string[]): Rational[] => texts.map(parseRational);

/** X = {0, 2}, f(0) = 3 with slope 1, f(2) = 0 with slope 0; Delta = 1/10, zeta_0 = -1. */
const table: Table = {
  inputs: 1,
  outputs: 1,
  points: [
    { at: q("0"), value: q("3"), jacobian: [q("1")] },
    { at: q("2"), value: q("0"), jacobian: [q("0")] },
  ],
};

function rowsOf(network: Network, k: number): unknown {
  return encodeNetwork(network).layers[k]?.rows;
}

describe("tableToNetwork", () => {
  const network = tableToNetwork(table);

  it("should name the five matrices and put ReLUs after W1 and W1+", () => {
    expect(network.layers.map(({ name, inputs, relu }) => [name, inputs, relu])).toEqual([
      ["W1", 1, true],
      ["W1'", 20, false],
      ["W1+", 4, true],
      ["W2'", 9, false],
      ["W2+", 3, false],
    ]);
  });

  it("should give W1 five ReLUs for each value and slope: zeta_0 and the four kinks of psi", () => {
    const around = (biases: string[]): unknown[] => biases.map((bias) => [bias, [0, "1"]]);
    const zero = around(["1", "1/5", "1/10", "-1/10", "-1/5"]);
    const two = around(["1", "-9/5", "-19/10", "-21/10", "-11/5"]);
    expect(rowsOf(network, 0)).toEqual([...zero, ...zero, ...two, ...two]);
  });

  it("should give W1' the changes of slope of psi, slope 0 before slope 1", () => {
    const flat = (c: number): unknown => ["0", [c + 1, "10"], [c + 2, "-10"], [c + 3, "-10"], [c + 4, "10"]];
    const sloped = (c: number): unknown => ["0", [c + 1, "9"], [c + 2, "-8"], [c + 3, "-12"], [c + 4, "11"]];
    expect(rowsOf(network, 1)).toEqual([flat(0), sloped(5), flat(10), sloped(15)]);
  });

  it("should give W1+ three ReLUs for each tau, on the sum of the bumps with slope 1 at i'", () => {
    const tau = (column: number): unknown[] => ["1", "-4/5", "-9/10"].map((bias) => [bias, [column, "1"]]);
    expect(rowsOf(network, 2)).toEqual([...tau(1), ...tau(1), ...tau(3)]);
  });

  it("should give W2' a tau for each y in {0, f(x)}, and W2+ the sum of those of Equation (4)", () => {
    // y = 0, gamma = 1; y = 3, gamma = 1; y = 0, gamma = 0, which is 0 everywhere.
    expect(rowsOf(network, 3)).toEqual([["0", [1, "-1"], [2, "2"]], ["0", [4, "29"], [5, "-28"]], ["0"]]);
    expect(rowsOf(network, 4)).toEqual([["0", [1, "1"], [2, "1"]]]);
  });

  it("should let the first summand carry the value, as 1[i' = 1] says", () => {
    const flat = { inputs: 2, outputs: 1, points: [{ at: q("0", "0"), value: q("3"), jacobian: [q("0", "0")] }] };
    const plane = tableToNetwork(flat);
    // Bumps: slopes 0, 1 for the first input, then for the second. Thresholds: y = 0, 3 for i' = 1, then for i' = 2.
    const reads = (plane.layers[2]?.rows ?? []).map(({ entries }) => entries.map(([column]) => column));
    expect(reads).toEqual([...Array<number[]>(6).fill([1, 2]), ...Array<number[]>(6).fill([0, 3])]);
    expect(rowsOf(plane, 3)).toEqual([["0"], ["0", [4, "30"], [5, "-30"]], ["0"], ["0", [10, "30"], [11, "-30"]]]);
    expect(rowsOf(plane, 4)).toEqual([["0", [1, "1"], [2, "1"]]]);
  });

  it("should refuse a table with a fault", () => {
    const twice = { ...table, points: [...table.points, ...table.points] };
    expect(() => tableToNetwork(twice)).toThrow(/^tableToNetwork: points\[2\]\.at: expected distinct points/);
  });
});

describe("toThreeLayers", () => {
  it("should multiply out W2 = W1+ o W1' and W3 = W2+ o W2'", () => {
    const three = toThreeLayers(tableToNetwork(table));
    expect(three.layers.map(({ name, relu }) => [name, relu])).toEqual([
      ["W1", true],
      ["W2", true],
      ["W3", false],
    ]);
    const sloped = ["9", "-8", "-12", "11"].map((weight, k) => [6 + k, weight]);
    expect((rowsOf(three, 1) as unknown[])[1]).toEqual(["-4/5", ...sloped]);
    expect(rowsOf(three, 2)).toEqual([["0", [4, "29"], [5, "-28"]]]);
  });

  it("should refuse a network of other than five layers", () => {
    const { layers } = tableToNetwork(table);
    for (const count of [0, 1, 4]) {
      expect(() => toThreeLayers({ layers: layers.slice(0, count) })).toThrow(`expected 5 layers, got ${count}`);
    }
    expect(() => toThreeLayers({ layers: [...layers, ...layers] })).toThrow("expected 5 layers, got 10");
  });
});

describe("composeLayers", () => {
  const layer = (inputs: number, rows: AffineMap["rows"], relu = false): AffineMap => ({
    name: `${inputs} inputs`,
    inputs,
    rows,
    relu,
  });
  const inner = layer(3, [
    {
      bias: rational(1n),
      entries: [
        [0, rational(2n)],
        [2, rational(1n)],
      ],
    },
    {
      bias: rational(-1n, 2n),
      entries: [
        [1, rational(3n)],
        [2, rational(1n)],
      ],
    },
  ]);

  it("should carry biases through, add up common columns and drop those that cancel", () => {
    const outer = layer(
      2,
      [
        {
          bias: rational(5n),
          entries: [
            [0, rational(2n)],
            [1, rational(-2n)],
          ],
        },
      ],
      true,
    );
    const composed = composeLayers(outer, inner, "both");
    expect(encodeNetwork({ layers: [composed] }).layers).toEqual([
      { name: "both", inputs: 3, relu: true, rows: [["8", [0, "4"], [1, "-6"]]] },
    ]);
  });

  it("should refuse layers with a ReLU between them, and layers that do not fit", () => {
    const outer = layer(3, [{ bias: rational(0n), entries: [] }]);
    expect(() => composeLayers(outer, inner, "both")).toThrow("composeLayers: expected 2 inputs of 3 inputs, got 3");
    expect(() => composeLayers(outer, { ...inner, relu: true }, "both")).toThrow("expected no ReLU between");
  });
});
