import { describe, expect, it } from "vitest";
import { univariateTables } from "../../../../checkers/rcnn/univariate-tables.js";
import { ONE, rational, ZERO } from "../../../../spec/exact/rational.js";
import type { AffineRow, Network } from "../../../../spec/networks/network.js";
import { PLACES } from "../../../../spec/rcnn/patch.js";
import { withLayer, withRow } from "../../../mutants/networks/samples.js";

const half = rational(1n, 2n);
/** relu(x4 - 1/2), relu(-x4 + 5/2) and relu(2 x7 + 1/2); their functions; two gates. */
const FILTER: Network = {
  layers: [
    {
      name: "V1",
      inputs: PLACES,
      rows: [
        { bias: half.neg(), entries: [[4, ONE]] },
        { bias: rational(5n, 2n), entries: [[4, ONE.neg()]] },
        { bias: half, entries: [[7, rational(2n)]] },
      ],
      relu: true,
    },
    {
      name: "V2",
      inputs: 3,
      rows: [
        {
          bias: ZERO,
          entries: [
            [0, rational(3n)],
            [1, rational(3n)],
          ],
        },
        { bias: ZERO, entries: [[2, rational(-4n)]] },
        { bias: ZERO, entries: [[0, half]] },
      ],
      relu: false,
    },
    {
      name: "V3",
      inputs: 3,
      rows: [
        {
          bias: ONE,
          entries: [
            [0, ONE],
            [2, half],
          ],
        },
        { bias: ZERO, entries: [[0, rational(7n)]] },
      ],
      relu: true,
    },
    { name: "V4", inputs: 2, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
    { name: "V5", inputs: 1, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
  ],
};
const LETTERS = Array.from({ length: PLACES }, (_, place) => (place === 7 ? [-3, 0] : [0, 1, 2, 9]));

describe("univariateTables", () => {
  it("should tabulate units, functions and what is not 0 of them, place by place", () => {
    const tables = univariateTables(FILTER, LETTERS);
    if ("verdict" in tables) throw new Error(tables.message);
    expect(tables.places).toHaveLength(PLACES);
    const [centre, below] = [tables.places[4], tables.places[7]];
    expect(centre?.letters).toEqual([0, 1, 2, 9]);
    expect([...(centre?.units ?? [])]).toEqual([
      [0, { weight: 1, bias: -0.5 }],
      [1, { weight: -1, bias: 2.5 }],
    ]);
    expect(centre?.functions.map(({ row, terms }) => [row, terms.length])).toEqual([
      [0, 2],
      [2, 1],
    ]);
    // 3 relu(x - 1/2) + 3 relu(5/2 - x): its slopes cancel between the kinks, where its value is 6.
    expect(centre?.samples).toEqual([
      [{ row: 0, value: 7.5, slope: -3 }],
      [
        { row: 0, value: 6, slope: 0 },
        { row: 2, value: 0.25, slope: 0.5 },
      ],
      [
        { row: 0, value: 6, slope: 0 },
        { row: 2, value: 0.75, slope: 0.5 },
      ],
      [
        { row: 0, value: 25.5, slope: 3 },
        { row: 2, value: 4.25, slope: 0.5 },
      ],
    ]);
    expect(below?.samples).toEqual([[], [{ row: 1, value: -2, slope: -8 }]]);
    expect(below?.functions).toEqual([{ row: 1, terms: [{ weight: 2, bias: 0.5, factor: -4 }] }]);
    expect(tables.places[0]).toEqual({
      letters: [0, 1, 2, 9],
      units: new Map(),
      functions: [],
      samples: [[], [], [], []],
    });
    expect(tables.constant).toEqual([0, 0, 0]);
    expect(tables.readers).toEqual([
      [
        [0, 1],
        [1, 7],
      ],
      [],
      [[0, 0.5]],
    ]);
  });

  it("should keep a sample whose value cancels while its slope does not", () => {
    // relu(x + 1/2) - relu(-x + 1/2) at 0: 0 with slope 2.
    const crossing = withRow(
      withRow(FILTER, 0, 0, (row) => ({ ...row, bias: half })),
      0,
      1,
      (row) => ({ ...row, bias: half }),
    );
    const filter = withRow(crossing, 1, 0, (row) => ({
      ...row,
      entries: [
        [0, ONE],
        [1, ONE.neg()],
      ],
    }));
    const tables = univariateTables(filter, LETTERS);
    if ("verdict" in tables) throw new Error(tables.message);
    expect(tables.places[4]?.samples[0]).toEqual([
      { row: 0, value: 0, slope: 2 },
      { row: 2, value: 0.25, slope: 0.5 },
    ]);
  });

  it("should refuse filters of other kinds, with the place", () => {
    const two: AffineRow["entries"] = [
      [0, ONE],
      [1, ONE],
    ];
    const mixed: AffineRow["entries"] = [
      [0, ONE],
      [2, ONE],
    ];
    const cases: readonly (readonly [string, Network])[] = [
      ["filter.layers", { layers: [] }],
      ["filter.layers", { layers: FILTER.layers.slice(0, 4) }],
      ...[0, 1, 2, 3, 4].map(
        (l) => ["filter.layers", withLayer(FILTER, l, (it) => ({ ...it, relu: !it.relu }))] as const,
      ),
      ["filter.layers[0].rows[1]", withRow(FILTER, 0, 1, (row) => ({ ...row, entries: two }))],
      ["filter.layers[0].rows[0]", withRow(FILTER, 0, 0, (row) => ({ ...row, entries: [] }))],
      ["filter.layers[1].rows[0]", withRow(FILTER, 1, 0, (row) => ({ ...row, entries: mixed }))],
      ["filter.layers[1].rows[2]", withRow(FILTER, 1, 2, (row) => ({ ...row, entries: [] }))],
      ["filter.layers[1]", withRow(FILTER, 1, 1, (row) => ({ ...row, bias: half }))],
    ];
    for (const [path, filter] of cases)
      expect(univariateTables(filter, LETTERS)).toMatchObject({ verdict: "rejected", code: "unsupported", path });
  });
});
