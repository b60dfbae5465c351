import { describe, expect, it } from "vitest";
import { toIntegerNetwork, type IntegerNetwork } from "../../../../checkers/networks/integer-network.js";
import { PointEvaluator } from "../../../../checkers/networks/point-evaluator.js";
import { rational } from "../../../../spec/exact/rational.js";
import type { AffineRow, Network } from "../../../../spec/networks/network.js";

/** x + bias, or the bias alone. */
function row(bias: bigint, reads: boolean = true): AffineRow {
  return { bias: rational(bias), entries: reads ? [[0, rational(1n)]] : [] };
}

function evaluator(network: Network): PointEvaluator {
  return new PointEvaluator(toIntegerNetwork(network, 1n) as IntegerNetwork);
}

describe("PointEvaluator", () => {
  const rows = [row(-1n), row(-2n), row(0n, false), row(0n), row(-1n), row(0n, false), row(-2n)];
  const one = { layers: [{ name: "", inputs: 1, relu: true, rows }] };
  const zeros = (...places: number[]): { layer: number; row: number }[] => places.map((r) => ({ layer: 0, row: r }));

  it("should list each ReLU at 0 once, row by row, wherever it stood before", () => {
    const standing = evaluator(one);
    expect(standing.zeros()).toEqual(zeros(2, 3, 5));
    standing.moveTo([1n]);
    expect(standing.zeros()).toEqual(zeros(0, 2, 4, 5));
    standing.moveTo([2n]);
    expect(standing.zeros()).toEqual(zeros(1, 2, 5, 6));
    standing.moveTo([0n]);
    expect(standing.zeros()).toEqual(zeros(2, 3, 5));
  });

  it("should list none of a layer without a ReLU", () => {
    const standing = evaluator({ layers: [{ name: "", inputs: 1, relu: false, rows }] });
    standing.moveTo([1n]);
    expect(standing.zeros()).toEqual([]);
  });
});
