import { describe, expect, it } from "vitest";
import { IntegerNetwork } from "../../../../execution/rcnn/integer-network.js";
import { rational } from "../../../../spec/exact/rational.js";
import type { AffineMap } from "../../../../spec/networks/network.js";

const r = rational;

/** |x| + |y - 1/2| / 2 + 3/4, by four ReLUs. */
const layers: AffineMap[] = [
  {
    name: "A",
    inputs: 2,
    relu: true,
    rows: [
      { bias: r(0n), entries: [[0, r(1n)]] },
      { bias: r(0n), entries: [[0, r(-1n)]] },
      { bias: r(-1n, 2n), entries: [[1, r(1n)]] },
      { bias: r(1n, 2n), entries: [[1, r(-1n)]] },
    ],
  },
  {
    name: "B",
    inputs: 4,
    relu: false,
    rows: [
      {
        bias: r(3n, 4n),
        entries: [
          [0, r(1n)],
          [1, r(1n)],
          [2, r(1n, 2n)],
          [3, r(1n, 2n)],
        ],
      },
    ],
  },
];

describe("IntegerNetwork", () => {
  it("should evaluate across denominators, and refuse a value that is no integer", () => {
    const network = new IntegerNetwork({ layers });
    expect(network.inputsRead()).toEqual([0, 1]);
    expect(network.value([3, 1])).toBe(4);
    expect(network.value([-3, 0])).toBe(4);
    expect(() => network.value([3, 2])).toThrow("expected an integer value");
  });

  it("should refuse gradients that are no integers, and points where there is none", () => {
    const network = new IntegerNetwork({ layers });
    expect(() => network.gradient([3, 1])).toThrow("expected an integer derivative");
    expect(() => network.gradient([0, 1])).toThrow("a ReLU sits at its kink");
  });

  it("should not take a ReLU that is constantly 0 for a kink", () => {
    const still: AffineMap[] = [
      {
        name: "A",
        inputs: 1,
        relu: true,
        rows: [
          { bias: r(0n), entries: [] },
          { bias: r(1n), entries: [[0, r(1n)]] },
        ],
      },
      {
        name: "B",
        inputs: 2,
        relu: false,
        rows: [
          {
            bias: r(0n),
            entries: [
              [0, r(5n)],
              [1, r(1n)],
            ],
          },
        ],
      },
    ];
    expect(new IntegerNetwork({ layers: still }).gradient([4])).toEqual({ value: 5, gradient: Float64Array.of(1) });
  });

  it("should stop rather than round", () => {
    const large = 2n ** 40n;
    const steep: AffineMap[] = [
      { name: "A", inputs: 1, relu: false, rows: [{ bias: r(0n), entries: [[0, r(large)]] }] },
      { name: "B", inputs: 1, relu: false, rows: [{ bias: r(0n), entries: [[0, r(large)]] }] },
    ];
    const network = new IntegerNetwork({ layers: steep });
    expect(() => network.value([1])).toThrow("a sum reached 2^53 in the forward pass");
    expect(() => network.gradient([0])).toThrow("a sum reached 2^53 in the backward pass");
    expect(
      () =>
        new IntegerNetwork({ layers: [{ ...(steep[0] as AffineMap), rows: [{ bias: r(2n ** 60n), entries: [] }] }] }),
    ).toThrow("expected integers below 2^53");
  });

  it("should refuse networks without layers or with several outputs, and inputs of another length", () => {
    expect(() => new IntegerNetwork({ layers: [] })).toThrow("expected at least one layer");
    expect(() => new IntegerNetwork({ layers: layers.slice(0, 1) })).toThrow("expected one output, got 4");
    expect(() => new IntegerNetwork({ layers }).value([1])).toThrow("expected 2 inputs, got 1");
  });
});
