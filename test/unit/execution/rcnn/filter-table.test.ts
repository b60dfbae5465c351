import { describe, expect, it } from "vitest";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { FilterTable } from "../../../../execution/rcnn/filter-table.js";
import { letterToValue, valueToLetter } from "../../../../execution/rcnn/letters.js";
import { formatRational, ONE, rational } from "../../../../spec/exact/rational.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import type { Network } from "../../../../spec/networks/network.js";
import { cellCode, PADDING } from "../../../../spec/rcnn/cell-code.js";
import { readBbchallenge } from "../../../three-symbol-readers.js";

const machine = normalForm(readBbchallenge("1RB1LB_1LA1RZ"));
const code = cellCode(machine.states.length);
const filter = machineToFilter(machine);

/** The filter with another bias at the output. */
function shifted(by: bigint): Network {
  const layers = [...filter.layers];
  const last = layers.at(-1) as Network["layers"][number];
  const rows = last.rows.map((row) => ({ ...row, bias: row.bias.add(rational(by, 2n)) }));
  return { layers: [...layers.slice(0, -1), { ...last, rows }] };
}

const letters = new FilterTable(filter, code).letters;
const blank = valueToLetter(letters, rational(1n, 9n));

describe("FilterTable", () => {
  it("should find that a compiled filter reads the centre and its four neighbours", () => {
    expect(new FilterTable(filter, code).places).toEqual([1, 3, 4, 5, 7]);
  });

  it("should find no place that matters where nothing of a row reaches the output", () => {
    const [v1, ...rest] = filter.layers as [Network["layers"][number], ...Network["layers"]];
    const dead = { ...v1, rows: v1.rows.map((row) => ({ ...row, bias: row.bias.sub(rational(10n ** 9n)) })) };
    const table = new FilterTable({ layers: [dead, ...rest] }, code);
    expect(table.places).toEqual([]);
  });

  it("should evaluate a patch once", () => {
    for (const denseLimit of [2 ** 26, 0]) {
      const table = new FilterTable(filter, code, { denseLimit });
      expect(table.isDense).toBe(denseLimit > 0);
      const patch = Array.from({ length: 9 }, () => blank);
      expect(table.next(patch)).toBe(blank);
      expect(table.next(patch)).toBe(blank);
      expect(table.known).toBe(1);
      // The corners are not read.
      expect(table.next(patch.with(0, letters.padding).with(8, 0))).toBe(blank);
      expect(table.known).toBe(1);
      expect(table.next(patch.with(1, letters.padding))).toBe(blank);
      expect(table.known).toBe(2);
    }
  });

  it("should refuse an output that is no letter, and name the patch in x-units", () => {
    // The blank cell of the compute phase is 36 of 324 u-units; half a unit more is no letter, nor are two more.
    const patch = Array.from({ length: 9 }, (_, place) => (place === 0 ? letters.padding : blank));
    expect(() => new FilterTable(shifted(1n), code).next(patch)).toThrow(
      /got \d+\/\d+ u-units at the patch 1\/6( 1\/9){8}$/,
    );
    expect(() => new FilterTable(shifted(4n), code).next(patch)).toThrow(RangeError);
  });

  it("should refuse p as an output", () => {
    const constant: Network = {
      layers: [
        { name: "a", inputs: 9, rows: [{ bias: rational(code.scale / 6n), entries: [[4, rational(0n)]] }], relu: true },
        { name: "b", inputs: 1, rows: [{ bias: rational(0n), entries: [[0, ONE]] }], relu: false },
      ],
    };
    const table = new FilterTable(constant, code);
    expect(() => table.next(Array.from({ length: 9 }, () => blank))).toThrow(
      "expected the filter to give a well-formed",
    );
  });

  it.each([
    ["too few letters", (patch: number[]) => patch.slice(1), 8],
    ["p in the centre", (patch: number[]) => patch.with(4, letters.padding), 4],
    ["a number beyond p", (patch: number[]) => patch.with(8, letters.padding + 1), 8],
    ["a negative number", (patch: number[]) => patch.with(0, -1), 0],
    ["a fraction", (patch: number[]) => patch.with(1, 0.5), 1],
  ])("should refuse a patch with %s", (_, spoil, place) => {
    const patch = Array.from({ length: 9 }, () => blank);
    expect(() => new FilterTable(filter, code).next(spoil(patch))).toThrow(`at place ${place}`);
  });

  it("should refuse networks of another shape", () => {
    const row = { bias: ONE, entries: [] };
    const network = (inputs: number, outputs: number): Network => ({
      layers: [
        { name: "a", inputs, rows: [row], relu: true },
        { name: "b", inputs: 1, rows: Array.from({ length: outputs }, () => row), relu: false },
      ],
    });
    expect(() => new FilterTable(network(8, 1), code)).toThrow("expected nine inputs and one output, got 8 and 1");
    expect(() => new FilterTable(network(9, 2), code)).toThrow("expected nine inputs and one output, got 9 and 2");
  });

  it.each([-1, 1.5, NaN, 2 ** 31])("should refuse a denseLimit of %d", (denseLimit) => {
    expect(() => new FilterTable(filter, code, { denseLimit })).toThrow("expected a denseLimit");
  });
});

describe("letters", () => {
  it("should number the well-formed cells in rising order and put p last", () => {
    expect(letters.padding).toBe(9 + 4 * machine.states.length);
    const values = Array.from({ length: letters.padding }, (_, letter) => letterToValue(letters, letter));
    for (const [i, value] of values.entries()) {
      if (i > 0) expect(value.gt(values[i - 1] as typeof value)).toBe(true);
      expect(valueToLetter(letters, value)).toBe(i);
    }
    expect(valueToLetter(letters, PADDING)).toBe(letters.padding);
    expect(formatRational(letterToValue(letters, letters.padding))).toBe("1/6");
  });

  it("should refuse what is no cell", () => {
    expect(() => valueToLetter(letters, rational(1n, 2n))).toThrow("got 1/2");
    expect(() => valueToLetter(letters, rational(1n, 7n))).toThrow("got 1/7");
    expect(() => letterToValue(letters, letters.padding + 1)).toThrow("expected a letter below");
  });
});
