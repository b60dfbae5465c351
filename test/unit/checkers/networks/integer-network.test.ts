import { describe, expect, it } from "vitest";
import { MAX_UNIT, toIntegerNetwork } from "../../../../checkers/networks/integer-network.js";
import { rational } from "../../../../spec/exact/rational.js";
import type { AffineMap, Network } from "../../../../spec/networks/network.js";

/** One layer x -> x / denominator + 1. */
function scaled(denominator: bigint): AffineMap {
  return {
    name: "",
    inputs: 1,
    relu: false,
    rows: [{ bias: rational(1n), entries: [[0, rational(1n, denominator)]] }],
  };
}

describe("toIntegerNetwork", () => {
  it("should bring each layer to its own denominator, and biases to the units of its outputs", () => {
    const network: Network = {
      layers: [
        {
          name: "",
          inputs: 2,
          relu: true,
          rows: [
            { bias: rational(1n, 4n), entries: [[1, rational(-5n, 6n)]] },
            {
              bias: rational(0n),
              entries: [
                [0, rational(2n)],
                [1, rational(1n, 2n)],
              ],
            },
          ],
        },
        scaled(3n),
      ],
    };
    expect(toIntegerNetwork(network, 5n)).toEqual({
      unit: 5n,
      inputs: 2,
      layers: [
        {
          relu: true,
          denominator: 12n,
          biases: [15n, 0n],
          rows: [
            { indices: [1], weights: [-10n] },
            { indices: [0, 1], weights: [24n, 6n] },
          ],
          columns: [
            { indices: [1], weights: [24n] },
            { indices: [0, 1], weights: [-10n, 6n] },
          ],
        },
        {
          relu: false,
          denominator: 3n,
          biases: [180n],
          rows: [{ indices: [0], weights: [1n] }],
          columns: [{ indices: [0], weights: [1n] }],
        },
      ],
      outputUnit: 180n,
      slopeUnit: 36n,
    });
  });

  it("should be the identity on nothing without layers", () => {
    expect(toIntegerNetwork({ layers: [] }, 7n)).toEqual({
      unit: 7n,
      inputs: 0,
      layers: [],
      outputUnit: 7n,
      slopeUnit: 1n,
    });
  });

  it("should reach MAX_UNIT in any layer, and give up beyond it", () => {
    const half = 2n ** 8192n;
    expect(half * half).toBe(MAX_UNIT);
    expect(toIntegerNetwork({ layers: [scaled(half), scaled(half)] }, 1n)?.outputUnit).toBe(MAX_UNIT);
    expect(toIntegerNetwork({ layers: [scaled(half)] }, half)?.outputUnit).toBe(MAX_UNIT);
    for (const layers of [
      [scaled(half), scaled(2n * half)],
      [scaled(2n * half), scaled(half), scaled(1n)],
      [scaled(2n * MAX_UNIT)],
    ]) {
      expect(toIntegerNetwork({ layers }, 1n)).toBeUndefined();
    }
    expect(toIntegerNetwork({ layers: [scaled(half)] }, 2n * half)).toBeUndefined();
  });
});
