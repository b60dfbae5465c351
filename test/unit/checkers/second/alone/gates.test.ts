/** Filters with gates and units that a synthesis does not make: each is decided for what it is at every patch. */
import { describe, expect, it } from "vitest";
import { alphabet } from "../../../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits } from "../../../../../spec/rcnn/cell-code.js";
import { dataOf, get, layersOf, put, quarters, TWINS_TEXT, type Json, type Layer, type Row } from "../forge.js";
import { QUICK, saidOf } from "./said.js";

const FILTER = layersOf(dataOf(QUICK), "filter");
const WIDTHS = FILTER.map(({ rows }) => rows.length) as [number, number, number, number, number];

/** [place, bias, weight] of a unit of V1, and the weight with which V2 reads it. */
type Part = readonly [place: number, bias: string, weight: string, by: string];

/** Adds a row of V2 that is a sum of units of V1. */
function addFunction(layers: Layer[], parts: readonly Part[], bias = "0"): void {
  const [v1, v2, v3] = layers as [Layer, Layer, Layer];
  const row: Row = [bias];
  for (const [place, unit, weight, by] of parts) {
    row.push([v1.rows.length, by]);
    v1.rows.push([unit, [place, weight]]);
  }
  v2.inputs = v1.rows.length;
  v2.rows.push(row);
  v3.inputs = v2.rows.length;
}

/** What is said if the gate that keeps the centre also reads a sum of units. */
const saidOfSum = (...parts: readonly Part[]): string =>
  saidOf((json) => {
    const layers = layersOf(json, "filter");
    addFunction(layers, parts);
    layers[2]?.rows[0]?.push([WIDTHS[1], "1"]);
  });

/** What is said if gates and a row of V4 that reads them are added, behind a sum of units. */
const saidOfGates = (parts: readonly Part[], gates: readonly Row[], weights: readonly string[]): string =>
  saidOf((json) => {
    const layers = layersOf(json, "filter");
    const [, , v3, v4, v5] = layers as [Layer, Layer, Layer, Layer, Layer];
    addFunction(layers, parts);
    v3.rows.push(...gates);
    v4.inputs = v3.rows.length;
    v4.rows.push(["0", ...weights.map((weight, k): [number, string] => [WIDTHS[2] + k, weight])]);
    v5.inputs = v4.rows.length;
    v5.rows[0]?.push([WIDTHS[3], "1"]);
  });

/** What is said of filters that are f-bar, whose numbers were not counted anew. */
const IS_FBAR = /^counts verdicts\.weights\./;

describe("units of the first layer", () => {
  it("should be looked at whether they rise or fall, or are on at every cell value", () => {
    for (const place of [0, 4, 8]) {
      // On below 0 only, with a small slope; on everywhere.
      expect(saidOfSum([place, "-1/4", "-1/4", "4"]), `${place}`).toBe("value filter");
      expect(saidOfSum([place, "109/2", "-1/4", "4"]), `${place}`).toBe("value filter");
      expect(saidOfSum([place, "109/2", "1/4", "4"]), `${place}`).toBe("value filter");
      // On at no cell value.
      expect(saidOfSum([place, "-505/2", "-1", "4"])).toMatch(/^(counts|weight-outside-set)/);
      // Off everywhere, and two that take each other away.
      expect(saidOfSum([place, "-361/2", "-1/4", "4"]), `${place}`).toMatch(IS_FBAR);
      expect(saidOfSum([place, "1/4", "-1/4", "4"], [place, "1/4", "-1/4", "-4"]), `${place}`).toMatch(IS_FBAR);
      expect(saidOfSum([place, "1/4", "1/4", "-4"], [place, "1/4", "1/4", "4"]), `${place}`).toMatch(IS_FBAR);
    }
  });

  it("should be looked at where their sum is a multiple of the cell value, or a constant", () => {
    for (const place of [0, 4, 8]) {
      // 4 (x - 1/4) - 2 (x - 1/2) = 2 x from 2 on; 4 (x + 1/2) - 4 (x - 1/2) = 4 from 2 on.
      expect(saidOfSum([place, "-1/4", "1", "4"], [place, "-1/2", "1", "-2"]), `${place}`).toBe("value filter");
      expect(saidOfSum([place, "1/4", "1", "4"], [place, "-1/4", "1", "-4"]), `${place}`).toBe("value filter");
    }
  });
});

describe("gates that are on whatever the cells are", () => {
  /** 1 at the cell value 0, with derivative 0, and 0 at all others. */
  const bump = (place: number): Part[] => [
    [place, "1/2", "1", "4"],
    [place, "1/4", "1", "-4"],
    [place, "-1/4", "1", "-4"],
    [place, "-1/2", "1", "4"],
  ];
  const f: [number, string] = [WIDTHS[1], "1"];

  it("should put out what later cells do to them", () => {
    for (const place of [0, 4, 8]) {
      // (16 + f)+ - 16+ - f+ is 0; without one of the terms it is not.
      const gates: Row[] = [["16", f], ["16"], ["0", f]];
      expect(saidOfGates(bump(place), gates, ["1", "-1", "-1"]), `${place}`).toMatch(IS_FBAR);
      expect(saidOfGates(bump(place), gates.slice(0, 2), ["1", "-1"]), `${place}`).toBe("value filter");
      expect(saidOfGates(bump(place), gates, ["1", "-1", "-2"]), `${place}`).toBe("value filter");
      expect(saidOfGates(bump(place), gates.slice(1), ["-1", "-1"]), `${place}`).toBe("value filter");
      // Twice the gate that is on is still twice f.
      expect(saidOfGates(bump(place), gates, ["2", "-2", "-2"]), `${place}`).toMatch(IS_FBAR);
    }
  });

  it("should have derivatives, too", () => {
    // 0 at each cell value, with derivative 1 at 0.
    const wiggle = [["1/2", "3"], ["1/2", "-4"], ["1/4", "4"], ["1/4", "-2"], ["-1/4", "-2"], ["-1/2", "5"], ["-1/2", "-4"]]; // prettier-ignore
    for (const place of [0, 4, 8]) {
      const parts = wiggle.map(([bias, by]): Part => [place, bias as string, "1", by as string]);
      expect(saidOfGates(parts, [["16", f], ["16"]], ["1", "-1"]), `${place}`).toBe("derivative filter");
    }
  });

  it("should be at their kinks where the least or the most that can come brings them to 0", () => {
    // g is 0, 1 and 2 below, at and above 0. Nothing reads the gates.
    const step = (place: number): Part[] => [
      [place, "1/4", "1", "4"],
      [place, "-1/4", "1", "-4"],
    ];
    for (const place of [0, 4, 8]) {
      expect(saidOfGates(step(place), [["-1", f]], []), `${place}`).toBe("kink filter");
      expect(saidOfGates(step(place), [["1", [WIDTHS[1], "-1"]]], []), `${place}`).toBe("kink filter");
      // 0 where g is flat is no kink.
      expect(
        saidOfGates(
          step(place),
          [
            ["-2", f],
            ["0", f],
            ["2", [WIDTHS[1], "-1"]],
          ],
          [],
        ),
        `${place}`,
      ).toMatch(IS_FBAR);
    }
  });
});

describe("cell values that f-bar does not tell apart", () => {
  it("should each be looked at, at each place", () => {
    const cells = alphabet(cellCode(2), "well-formed").neighbour.map(({ value }) => toUnits(cellCode(2), value));
    for (const place of [0, 1, 2, 3, 5, 6, 7, 8])
      for (const [i, cell] of cells.entries()) {
        // At a corner and at a neighbour that f-bar reads all cell values, elsewhere two of them.
        if (i === 0 || (place > 1 && ![54n, 78n].includes(cell))) continue;
        const kinks = [cells[i - 1] as bigint, cell].flatMap((before) => [4n * before + 1n, 4n * before + 2n]);
        // 1 at this cell value, with derivative 0, and 0 at all others.
        const bump = kinks.map((kink, k): Part => [place, quarters(-kink), "1", k === 0 || k === 3 ? "4" : "-4"]);
        expect(saidOfSum(...bump), `${place}: ${cell}`).toBe("value filter");
      }
  });
});

describe("the filter of another machine", () => {
  it("should not be taken for the one of a machine that moves elsewhere, in whatever state and at whatever symbol", () => {
    for (const state of [0, 1])
      for (const [entry, move] of [[0, "right"], [1, "right"], [2, "down"]] as const) {
        const said = saidOf((json) => {
          put(json, ["source", "table", state, 1, entry, 2], move);
          put(json, ["machine", "table", state + 1, entry, 1], move);
        }, TWINS_TEXT);
        expect(said, `${state} ${entry} ${move}`).toBe("value filter");
      } // prettier-ignore
  });
});

describe("the number 0", () => {
  it("should be counted whether the filter has it or not", () => {
    const change = (json: Json): Layer[] => {
      const layers = layersOf(json, "filter");
      const [v1, v2, v3, v4, v5] = layers as [Layer, Layer, Layer, Layer, Layer];
      // 3 - 6 / 2, -5 + 5, and 1 - 2 + 7 - 6 in place of each 0.
      v1.rows.push(["1/2"]);
      v2.inputs++;
      for (const row of v2.rows) {
        row[0] = "3";
        row.push([WIDTHS[0], "-6"]);
      }
      v2.rows.push(["5"]);
      v3.inputs++;
      (v3.rows[0] as Row)[0] = "-5";
      v3.rows[0]?.push([WIDTHS[1], "1"]);
      for (const [r, row] of v4.rows.entries()) if (r > 0) row[0] = r === 1 ? "-2" : r % 2 === 0 ? "1" : "-1";
      (v5.rows[0] as Row)[0] = "1";
      return layers;
    };
    const numbers = change(dataOf(QUICK)).flatMap(({ rows }) =>
      rows.flatMap(([bias, ...entries]) => [bias, ...entries.map(([, weight]) => weight)]),
    );
    expect(numbers).not.toContain("0");
    const of = (distinct: number): string =>
      saidOf((json) => {
        change(json);
        const counts = { distinct, nonzero: numbers.length, widths: [137, 59, 17, 11, 1] };
        Object.assign(get(json, ["verdicts", "weights"]) as object, counts);
      });
    expect(of(new Set(numbers).size + 1)).toBe("accepted");
    expect(of(new Set(numbers).size)).toBe("counts verdicts.weights.distinct");
  });
});
