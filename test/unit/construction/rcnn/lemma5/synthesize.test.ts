import { describe, expect, it } from "vitest";
import { checkTable } from "../../../../../checkers/networks/check-table.js";
import { synthesisReport, synthesize } from "../../../../../construction/rcnn/lemma5/synthesize.js";
import { tableToNetwork } from "../../../../../construction/rcnn/lemma5/table-to-network.js";
import { weightSetReport } from "../../../../../construction/rcnn/lemma5/weight-sets.js";
import { ONE, rational, ZERO, type Rational } from "../../../../../spec/exact/rational.js";
import { weightDomain } from "../../../../../spec/rcnn/lemma5/weights.js";
import type { Table } from "../../../../../spec/networks/table.js";

/** XOR of two signs, with the gradient of the second input passed through where the first is 1. */
const XOR = JSON.stringify({
  format: "weightproof-table",
  version: 1,
  inputs: 2,
  outputs: 1,
  points: [
    { at: ["-1", "-1"], value: ["-1"], jacobian: [["0", "0"]] },
    { at: ["-1", "1"], value: ["1"], jacobian: [["0", "0"]] },
    { at: ["1", "-1"], value: ["1"], jacobian: [["0", "1"]] },
    { at: ["1", "1"], value: ["-1"], jacobian: [["0", "1"]] },
  ],
});

describe("synthesize", () => {
  const { network, table, report } = synthesize(XOR);

  it("should build a network that the checker accepts", () => {
    expect(checkTable(network, table)).toEqual({
      verdict: "accepted",
      result: { points: 4, values: 4, derivatives: 8, relus: 4 * (40 + 48) },
    });
  });

  it("should report sizes: as printed, as proven, as built", () => {
    expect(report).toMatchObject({ inputs: 2, outputs: 1, points: 4, halfWidth: "1/10", lowestKink: "-2" });
    // Each coordinate has 2 values where the print counts 4 points; all f(x) differ from 0, so d2 is as printed.
    const built = { d1: 40, bumps: 8, d2: 48, thresholds: 16 };
    expect(report.dimensions).toEqual({
      printed: { d1: 80, bumps: 16, d2: 48, thresholds: 16 },
      proven: built,
      built,
    });
    // W1 40, W1' 4 for each bump, W1+ 2 for each ReLU, W2' 2 for each tau but 6 that are 0 (y = 0 and gamma = 0), W2+ 8.
    expect(report.entries).toBe(40 + 4 * 8 + 2 * 48 + 2 * (16 - 6) + 8);
    // Nothing reads a ReLU at zeta_0, those of a tau that is 0, or the 8 taus that Equation (4) leaves out.
    expect(report.unread).toEqual([8, 0, 16 + 2 * 6, 8, 0]);
  });

  it("should report the weight sets against the printed bounds", () => {
    expect(report.weightSets.map(({ set, bound, holds }) => [set, bound, holds])).toEqual([
      ["W1", 4 * 2 + 2, true],
      ["W1'", 12 * 2, true],
      ["W1+", 4, true],
      ["W2'", 4 * 2 * 2, true],
      ["W2+", 1, true],
      ["U", 24 * 2 + 5, true],
    ]);
  });
});

describe("the sizes that docs/lemma-5.md reports", () => {
  const signs = (k: number): Rational[] =>
    Array.from({ length: 9 }, (_, i) => rational(((k >> i) & 1) === 1 ? 1n : -1n));
  const one: Table = { inputs: 1, outputs: 1, points: [{ at: [ZERO], value: [ONE], jacobian: [[ONE]] }] };
  const parity: Table = {
    inputs: 9,
    outputs: 1,
    points: Array.from({ length: 512 }, (_, k) => ({
      at: signs(k),
      value: [signs(k).reduce((product, sign) => product.mul(sign), ONE)],
      jacobian: [signs(k).map((_, i) => (i === 4 ? ONE : ZERO))],
    })),
  };

  it.each([
    ["one point", one, [10, 10, 6, 6], [25, 16]],
    ["XOR", synthesize(XOR).table, [80, 40, 48, 48], [53, 22]],
    ["parity of nine signs", parity, [46080, 180, 27648, 27648], [53, 22]],
  ])("should be those of %s", (_, table, widths, weights) => {
    const { dimensions, weightSets } = synthesisReport(tableToNetwork(table), table);
    const { printed, built } = dimensions;
    expect([printed.d1, built.d1, printed.d2, built.d2]).toEqual(widths);
    const union = weightSets.find(({ set }) => set === "U");
    expect([union?.bound, union?.actual]).toEqual(weights);
  });
});

describe("weightSetReport", () => {
  it("should not hold where a matrix has a number that X, Y and G do not determine", () => {
    const { network, table } = synthesize(XOR);
    const domain = weightDomain(table);
    expect(
      weightSetReport(network, { ...domain, slopes: domain.slopes.slice(0, 1) }).map(({ holds }) => holds),
    ).toEqual([true, true, true, false, true, false]);
    expect(() => weightSetReport({ layers: network.layers.slice(1) }, domain)).toThrow(
      "weightSetReport: expected 5 layers, got 4",
    );
  });
});
