import { describe, expect, it } from "vitest";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { FilterTable } from "../../../../execution/rcnn/filter-table.js";
import { gridToValues, valuesToGrid } from "../../../../execution/rcnn/letter-grid.js";
import { rollOutDense } from "../../../../execution/rcnn/roll-out-dense.js";
import { RollOut, rollOut } from "../../../../execution/rcnn/roll-out.js";
import { rational } from "../../../../spec/exact/rational.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { cellCode, PADDING } from "../../../../spec/rcnn/cell-code.js";
import { readBbchallenge } from "../../../three-symbol-readers.js";

const machine = normalForm(readBbchallenge("1RB1LB_1LA1RZ"));
const code = cellCode(machine.states.length);
const table = new FilterTable(machineToFilter(machine), code);
const blank = rational(1n, 9n);

describe("rollOut", () => {
  it("should place the head in the corner once every row is memorized (Figure 3)", () => {
    // One row, one data column with 1/3, one padding column: the corner is found, then the phase spreads to the right.
    const grid = valuesToGrid(table.letters, 1, 2, [rational(1n, 3n), rational(1n)]);
    const show = (layers: number) =>
      gridToValues(table.letters, rollOut(table, grid, layers)).map((value) => value.toFraction());
    expect(show(0)).toEqual(["1/3", "1"]);
    expect(show(1)).toEqual(["13/27", "1"]);
    // State 0 passes on to A, which is 01 in two digits: 1/3 + 1/9 + 1/27 + 3^-5.
    expect(show(2)).toEqual([rational(118n, 243n).toFraction(), "10/9"]);
  });

  it.each([
    ["no rows", 0, 1, []],
    ["no columns", 1, 0, []],
    ["a fraction of a row", 0.5, 2, [0]],
    ["too few letters", 2, 2, [0, 0, 0]],
    ["p in a cell", 1, 2, [0, table.letters.padding]],
  ])("should refuse a grid with %s", (_, rows, columns, letters) => {
    const grid = { rows, columns, letters: Uint16Array.from(letters) };
    expect(() => rollOut(table, grid, 1)).toThrow(/^RollOut: expected/);
    expect(() => rollOutDense(table, grid, 1)).toThrow(/^rollOutDense: expected/);
  });

  it.each([-1, 0.5, NaN, Infinity])("should refuse to roll out %d layers", (layers) => {
    const grid = valuesToGrid(table.letters, 1, 1, [blank]);
    expect(() => rollOut(table, grid, layers)).toThrow("expected a number of layers");
    expect(() => rollOutDense(table, grid, layers)).toThrow("expected a number of layers");
  });

  it("should refuse values that are no cells", () => {
    expect(() => valuesToGrid(table.letters, 1, 1, [PADDING])).toThrow("valuesToGrid: expected letters below");
    expect(() => valuesToGrid(table.letters, 1, 2, [blank])).toThrow("expected 2 letters, got 1");
    expect(() => valuesToGrid(table.letters, 1, 1, [rational(1n, 2n)])).toThrow("got 1/2");
  });
});

describe("RollOut", () => {
  it("should find out that a grid is fixed by a layer that changes nothing", () => {
    const run = new RollOut(
      table,
      valuesToGrid(
        table.letters,
        3,
        3,
        Array.from({ length: 9 }, () => blank),
      ),
    );
    expect(run.isFixed).toBe(false);
    expect(run.advance(0)).toBe(0);
    expect(run.isFixed).toBe(false);
    expect(run.advance(10)).toBe(0);
    expect(run.isFixed).toBe(true);
    expect(run.evaluations).toBe(9);
    expect(run.advance(10)).toBe(0);
    expect(run.evaluations).toBe(9);
  });

  it("should name the whole patch at which the filter leaves the alphabet", () => {
    const filter = machineToFilter(machine);
    const layers = filter.layers.map((layer, i) => {
      if (i < filter.layers.length - 1) return layer;
      return { ...layer, rows: layer.rows.map((row) => ({ ...row, bias: row.bias.add(rational(1n, 2n)) })) };
    });
    for (const denseLimit of [2 ** 26, 0]) {
      const wrong = new FilterTable({ layers }, code, { denseLimit });
      const grid = valuesToGrid(wrong.letters, 1, 2, [blank, rational(1n)]);
      expect(() => rollOut(wrong, grid, 1)).toThrow(/at the patch 1\/6 1\/6 1\/6 1\/6 1\/9 1 1\/6 1\/6 1\/6$/);
    }
  });
});
