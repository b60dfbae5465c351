/** Filters: weights, shape, kinks, and values and derivatives at every patch. */
import { describe, expect, it } from "vitest";
import {
  dataOf,
  forged,
  get,
  layersOf,
  put,
  quarters,
  TINY_FULL_TEXT,
  withFunction,
  type Json,
  type Layer,
  type Row,
} from "../forge.js";
import { expectWith, messageOf, QUICK, said, saidOf, saidWith } from "./said.js";

const LAYERS = layersOf(dataOf(QUICK), "filter");
const [V1, V2, V3] = LAYERS as [Layer, Layer, Layer, Layer, Layer];

/** What is said after a change of the filter. */
const saidOfFilter = (change: (layers: Layer[]) => unknown): string =>
  saidOf((json) => change(layersOf(json, "filter")));
const rowOf = (layers: Layer[], l: number, r: number): Row => layers[l]?.rows[r] as Row;

describe("weights", () => {
  it("should be in the part of U_s of their layer", () => {
    for (const [l, { rows }] of LAYERS.entries()) {
      const last = rows.length - 1;
      for (const [r, k] of [[0, 0], [last, 0], [last, 1], [0, (rows[0] as Row).length - 1]] as const) {
        const path = ["filter", "layers", l, "rows", r, ...(k === 0 ? [0] : [k, 1])];
        expectWith(path, ["1/3", "-7/8", "999/2"], `weight-outside-set filter.layers[${l}].rows[${r}][${k}]`);
      }
    } // prettier-ignore
    expect(saidWith(["filter", "layers", 4, "rows", 0, 1, 1], "4")).toBe(
      "weight-outside-set filter.layers[4].rows[0][1]",
    );
  });

  it("should stand in five layers", () => {
    expect(saidOfFilter((layers) => layers.pop())).toBe("layer-count filter.layers");
    const identity = { name: "V6", inputs: 1, relu: false, rows: [["0", [0, "1"]] as Row] };
    expect(saidOfFilter((layers) => layers.push(identity))).toBe("layer-count filter.layers");
  });

  it("should be counted", () => {
    // Rows that nothing reads: three numbers that are not 0, one of them new to the filter.
    const change = (json: Json): void => {
      const [v1, v2, v3, v4] = layersOf(json, "filter") as [Layer, Layer, Layer, Layer];
      v1.rows.push(["1/2", [0, "324"]], ["0"]);
      v2.inputs += 2;
      v3.rows.push(["-16"]);
      v4.inputs++;
    };
    const { distinct, nonzero } = get(dataOf(QUICK), ["verdicts", "weights"]) as { distinct: number; nonzero: number };
    const counts = { distinct, nonzero: nonzero + 3, widths: [138, 58, 18, 11, 1] };
    const of = (change_: (counts: Record<string, Json>) => unknown): string =>
      saidOf((json) => {
        change(json);
        Object.assign(get(json, ["verdicts", "weights"]) as object, counts);
        change_(get(json, ["verdicts", "weights"]) as Record<string, Json>);
      });
    expect(of((weights) => (weights["distinct"] = distinct + 1))).toBe("accepted");
    expect(of(() => 0)).toBe("counts verdicts.weights.distinct");
    expect(of((weights) => Object.assign(weights, { distinct: distinct + 1, nonzero }))).toBe(
      "counts verdicts.weights.nonzero",
    );
  });

  it("should be in layers whose widths are compared with 100 s", () => {
    const of = (width: number, within: boolean): string =>
      saidOf((json) => {
        const [v1, v2] = layersOf(json, "filter") as [Layer, Layer];
        while (v1.rows.length < width) v1.rows.push(["0"]);
        v2.inputs = width;
        put(json, ["verdicts", "weights", "widths", 0], width);
        put(json, ["verdicts", "weights", "withinWidthBound"], within);
      });
    expect(of(200, true)).toBe("accepted");
    expect(of(201, false)).toBe("accepted");
    expect(of(201, true)).toBe("counts verdicts.weights.withinWidthBound");
  });
});

describe("the shape of a filter", () => {
  it("should be five layers from nine inputs to one output, with ReLUs after the first and the third", () => {
    expect(saidOfFilter((layers) => ((layers[0] as Layer).inputs = 10))).toBe("shape filter.layers[0].inputs");
    expect(saidOfFilter((layers) => layers[4]?.rows.push(["0"]))).toBe("shape filter.layers[4].rows");
    for (const l of [0, 1, 2, 3, 4])
      expect(saidOfFilter((layers) => ((layers[l] as Layer).relu = l !== 0 && l !== 2))).toBe(
        `shape filter.layers[${l}].relu`,
      );
  });

  it("should have units that read one cell each, without a kink at a value of that cell", () => {
    for (const r of [0, V1.rows.length - 1])
      expect(saidWith(["filter", "layers", 0, "rows", r], ["1/4", [0, "1"], [8, "1"]])).toBe(
        `first-layer-reads-many filter.layers[0].rows[${r}]`,
      );
    const kink = (...row: Row): string =>
      saidOfFilter(([v1, v2]) => {
        v1?.rows.push(row);
        (v2 as Layer).inputs++;
      });
    const at = `first-layer-kink filter.layers[0].rows[${V1.rows.length}]`;
    for (const place of [0, 4, 8]) expect(kink("0", [place, "1"])).toBe(at);
    // A quarter beside a cell value, such as the padding 27, is none.
    expect(kink("-109/4", [4, "1"])).toMatch(/^counts/);
    expect(kink("1/4", [0, "324"])).toMatch(/^counts/);
    // x / 4 + 1 / 2 is 0 at -2, which is a digit string, but no well-formed cell.
    expect(kink("1/2", [0, "1/4"])).toMatch(/^counts/);
    const full = (...row: Row): string =>
      saidOf((json) => layersOf(json, "filter")[0]?.rows.splice(0, 1, row), TINY_FULL_TEXT);
    expect(full("1/2", [0, "1/4"])).toBe("first-layer-kink filter.layers[0].rows[0]");
    expect(full("127/2", [0, "127/4"])).toBe("first-layer-kink filter.layers[0].rows[0]");
    // -1 is no digit string in u-units, which are even.
    expect(full("1", [0, "1"])).not.toMatch(/^first-layer-kink/);
    const last = `first-layer-kink filter.layers[0].rows[${V1.rows.length - 1}]`;
    expect(saidWith(["filter", "layers", 0, "rows", V1.rows.length - 1, 0], "0")).toBe(last);
  });
});

/** A gate that is at its kink at one cell value, and nothing else; its output is put out with a weight. */
const kinked = (layers: Layer[], value: bigint, place: number): void => {
  withFunction(layers, place, [
    [quarters(-4n * value + 1n), "4"],
    [quarters(-4n * value - 1n), "-4"],
  ]);
  const [, , v3, v4] = layers as [Layer, Layer, Layer, Layer];
  v3.rows.push(["-1", [V2.rows.length, "1"]]);
  v4.inputs++;
};

/** Adds a wiggle to the gate that keeps the centre: 0 with slope 1 at one cell value, 0 at all others. */
const wiggled = (layers: Layer[], value: bigint, place: number): void => {
  const units = [[2n, "3"], [2n, "-4"], [1n, "4"], [1n, "-2"], [-1n, "-2"], [-2n, "5"], [-2n, "-4"]] as const; // prettier-ignore
  withFunction(
    layers,
    place,
    units.map(([by, weight]) => [quarters(-4n * value + by), weight]),
  );
  layers[2]?.rows[0]?.push([V2.rows.length, "1"]);
};

describe("the filter at every patch", () => {
  it("should be away from the kinks of its gates", () => {
    for (const place of [0, 1, 4, 7, 8])
      expect(
        saidOfFilter((layers) => kinked(layers, 0n, place)),
        `${place}`,
      ).toBe("kink filter");
    const idle = saidOfFilter(([, , v3, v4]) => {
      v3?.rows.push(["0"]);
      (v4 as Layer).inputs++;
    });
    expect(idle).toBe("counts verdicts.weights.widths[2]");
  });

  it("should have the derivatives of f-bar by each place", () => {
    for (let place = 0; place < 9; place++)
      for (const cell of [0n, -18n])
        expect(
          saidOfFilter((layers) => wiggled(layers, cell, place)),
          `${place} ${cell}`,
        ).toBe("derivative filter");
    // A bump that carries the derivative by the centre is made flat.
    const flat = new Map([["3", "4"], ["-2", "-4"], ["-6", "-4"], ["5", "4"]]); // prettier-ignore
    for (const r of [0, 1])
      expect(
        saidOfFilter((layers) => {
          const [bias, ...entries] = rowOf(layers, 1, r);
          const steep = entries.map(([column, w]): [number, string] => [column, flat.get(w) ?? w]);
          (layers[1] as Layer).rows[r] = [bias, ...steep];
        }),
      ).toBe("derivative filter");
  });

  it("should have the values of f-bar, and name a patch where it has not", () => {
    for (const [l, r] of [[0, 0], [0, 2], [1, 0], [1, 2], [2, 1], [2, 2]] as const)
      expect(
        saidOfFilter((layers) => {
          const rows = (layers[l] as Layer).rows;
          rows.splice(r, 2, rows[r + 1] as Row, rows[r] as Row);
        }),
        `${l} ${r}`,
      ).toBe("value filter"); // prettier-ignore
    // Without its last layer's terms it is 0, and f-bar at the first patches is not.
    const text = forged((json) => put(json, ["filter", "layers", 4, "rows", 0], ["0"]), QUICK);
    expect(said(text)).toBe("value filter");
    expect(messageOf(text)).toMatch(
      / 4: -?\d+, 7: -?\d+, 1: -?\d+, 5: -?\d+, 3: -?\d+, 0: -?\d+, 2: -?\d+, 6: -?\d+, 8: -?\d+; /,
    );
  });

  it("should have each constant of its layers in its value", () => {
    // A bias of the fourth and of the fifth layer, in turn and together.
    const of = (fourth: string, fifth: string): string =>
      saidOfFilter((layers) => {
        rowOf(layers, 3, 1)[0] = fourth;
        rowOf(layers, 4, 0)[0] = fifth;
      });
    expect(of("1", "0")).toBe("value filter");
    expect(of("0", "1")).toBe("value filter");
    expect(of("-1", "1")).toMatch(/^counts verdicts\.weights/);
    // A bias of the second layer is one of each gate that reads the row: the last one has the weight 648.
    const second = (bias: string, gate: string): string =>
      saidOfFilter((layers) => {
        const readers = V3.rows.flatMap(([, ...entries], r) => (entries.some(([c]) => c === 0) ? [r] : []));
        expect(readers).toEqual([0]);
        rowOf(layers, 1, 0)[0] = bias;
        rowOf(layers, 2, 0)[0] = gate;
      });
    expect(second("3", "0")).toBe("value filter");
    expect(second("3", "-3")).toMatch(/^counts verdicts\.weights/);
    // Units without entries are constants: those below 0 are off.
    const constant = (unit: string, bias: string): string =>
      saidOfFilter((layers) => {
        const [v1, v2, v3] = layers as [Layer, Layer, Layer];
        v1.rows.push([unit]);
        v2.inputs++;
        v2.rows[0]?.push([V1.rows.length, "4"]);
        (v3.rows[0] as Row)[0] = bias;
      });
    expect(constant("1/2", "0")).toBe("value filter");
    expect(constant("1/2", "-2")).toMatch(/^counts verdicts\.weights/);
    expect(constant("-1/2", "0")).toMatch(/^counts verdicts\.weights/);
    expect(constant("-1/2", "2")).toBe("value filter");
  });

  it("should be looked at for the full alphabet, too", () => {
    expect(said(TINY_FULL_TEXT)).toBe("accepted");
    expect(saidOf((json) => wiggled(layersOf(json, "filter"), 0n, 4), TINY_FULL_TEXT)).not.toBe("accepted");
  });

  it("should be left alone where it takes more than 100,000,000 sums", () => {
    const count = 10_001;
    expect(
      saidOfFilter((layers) => {
        withFunction(
          layers,
          0,
          Array.from({ length: count }, () => ["1/4", "4"]),
        );
        for (let k = 0; k < count; k++) layers[2]?.rows.push(["1/4", [V2.rows.length, "1"]]);
        (layers[3] as Layer).inputs = layers[2]?.rows.length as number;
      }),
    ).toBe("undecided work");
  });
});
