import { describe, expect, it } from "vitest";
import { networkToBlocks } from "../../../../execution/rcnn/integer-blocks.js";
import { rational } from "../../../../spec/exact/rational.js";
import type { AffineMap, AffineRow } from "../../../../spec/networks/network.js";

const q = (n: number, d = 1) => rational(BigInt(n), BigInt(d));
const row = (bias: number, ...entries: [number, number, number?][]): AffineRow => ({
  bias: q(bias),
  entries: entries.map(([column, n, d]) => [column, q(n, d)] as const),
});
const layer = (inputs: number, relu: boolean, ...rows: AffineRow[]): AffineMap => ({ name: "V", inputs, rows, relu });

describe("networkToBlocks", () => {
  it("should multiply out layers without ReLU between them and bring all numbers to common denominators", () => {
    const network = {
      layers: [
        layer(2, true, row(1, [0, 1, 2]), row(0, [1, 1])),
        layer(2, false, row(3, [0, 2], [1, 1, 3])),
        layer(1, false, row(-1, [0, 5])),
      ],
    };
    // relu(1 + x/2) and relu(y) in halves; 5 (3 + 2a + b/3) - 1 = 14 + 10a + 5b/3 in sixths.
    expect(networkToBlocks(network)).toEqual({
      inputs: 2,
      blocks: [
        [
          { bias: 2n, entries: [[0, 1n]] },
          { bias: 0n, entries: [[1, 2n]] },
        ],
        [
          {
            bias: 84n,
            entries: [
              [0, 30n],
              [1, 5n],
            ],
          },
        ],
      ],
      unit: 6n,
    });
  });

  it("should drop rows that nothing reads, also where weights cancel", () => {
    const network = {
      layers: [
        layer(1, true, row(7, [0, 1]), row(8, [0, 1]), row(9, [0, 1])),
        layer(3, false, row(0, [0, 1], [1, 1]), row(0, [0, 1])),
        layer(2, false, row(0, [0, 1], [1, -1])),
      ],
    };
    expect(networkToBlocks(network).blocks).toEqual([
      [{ bias: 8n, entries: [[0, 1n]] }],
      [{ bias: 0n, entries: [[0, 1n]] }],
    ]);
  });

  it.each([
    ["no layer", []],
    ["no ReLU", [layer(1, false, row(0, [0, 1]))]],
    ["a ReLU at the end", [layer(1, true, row(0, [0, 1]))]],
  ])("should refuse %s", (_, layers) => {
    expect(() => networkToBlocks({ layers })).toThrow("expected a ReLU somewhere, and none after the last layer");
  });

  it("should refuse layers that do not fit", () => {
    const layers = [layer(1, true, row(0, [0, 1])), layer(2, false, row(0, [0, 1]))];
    expect(() => networkToBlocks({ layers })).toThrow("layers[1]: expected 1 inputs, got 2");
  });

  it.each([[[0, 0]], [[1, 0]], [[2]], [[-1]], [[0.5]]])("should refuse columns %j of two", (columns) => {
    const broken = row(0, ...columns.map((column): [number, number] => [column, 1]));
    const layers = [layer(2, true, row(0, [0, 1]), broken), layer(2, false, row(0, [0, 1]))];
    expect(() => networkToBlocks({ layers })).toThrow("layers[0].rows[1]: expected columns that rise within 0 ... 1");
  });
});
