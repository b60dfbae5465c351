import { describe, expect, it } from "vitest";
import type { Precision } from "../../../exports/export-formats.js";
import { ExportRefused } from "../../../exports/export-refused.js";
import { ONNX_KINDS, onnxModel, type OnnxKind } from "../../../exports/rcnn/onnx.js";
import { exactNumber } from "../../../checkers/rcnn/dyadic-sum.js";
import { wellFormedCells } from "../../../spec/rcnn/alphabet.js";
import { PADDING_CELL, toUnits, type Cell } from "../../../spec/rcnn/cell-code.js";
import { CENTRE } from "../../../spec/rcnn/patch.js";
import { decodeModel, readTensor, runModel, shapeOf } from "./onnx-interpreter.js";
import { certificate, exported, galleryCertificate, sampleAt, samples, withNumber } from "./samples.js";

const PRECISIONS: readonly Precision[] = ["float32", "float64"];
const ORDERS = ["forward", "backward"] as const;

const model = (kind: OnnxKind, precision: Precision) => decodeModel(onnxModel(certificate, kind, precision));

describe("onnxModel", () => {
  it.each(PRECISIONS)("should hold the exact weights of the certificate, in %s", (precision) => {
    const { graph } = model("patches", precision);
    const constants = new Map(graph.initializer.map((tensor) => [tensor.name, readTensor(tensor)]));
    expect(constants.size).toBe(10);
    for (const [i, { inputs, rows }] of exported.filter.layers.entries()) {
      const weight = constants.get(`V${i + 1}.weight`);
      expect(weight?.shape).toEqual([rows.length, inputs]);
      const dense = rows.flatMap(({ entries }) => {
        const row = Array.from({ length: inputs }, () => 0);
        for (const [column, w] of entries) row[column] = exactNumber(w);
        return row;
      });
      expect(weight?.values).toEqual(dense);
      expect(constants.get(`V${i + 1}.bias`)?.values).toEqual(rows.map(({ bias }) => exactNumber(bias)));
    }
  });

  it.each(PRECISIONS)(
    "should compute value and gradient of f-bar exactly, in %s, in any order of sums",
    (precision) => {
      const all = samples("well-formed");
      const input = { shape: [all.length, 9], values: all.flatMap(({ patch }) => patch) };
      for (const order of ORDERS) {
        const plain = runModel(model("patches", precision), input, order);
        expect(plain.get("value")).toEqual({ shape: [all.length, 1], values: all.map(({ value }) => value) });
        const both = runModel(model("gradient", precision), input, order);
        expect(both.get("value")).toEqual(plain.get("value"));
        const gradient = all.flatMap(({ slope }) => Array.from({ length: 9 }, (_, j) => (j === CENTRE ? slope : 0)));
        // A product of 0 and a negative weight is -0, the same number.
        expect(both.get("gradient")?.values.map((x) => x + 0)).toEqual(gradient);
      }
      expect(new Set(all.map(({ slope }) => slope))).toEqual(new Set([0, 1]));
    },
  );

  it("should compute f-bar over the full alphabet", () => {
    const all = samples("full").slice(-60);
    const input = { shape: [all.length, 9], values: all.flatMap(({ patch }) => patch) };
    const full = decodeModel(onnxModel(galleryCertificate("bb2-full"), "gradient", "float64"));
    const run = runModel(full, input);
    expect(run.get("value")?.values).toEqual(all.map(({ value }) => value));
    expect(run.get("gradient")?.values.filter((_, i) => i % 9 === CENTRE)).toEqual(all.map(({ slope }) => slope));
  });

  it.each(PRECISIONS)("should compute a layer of a grid, with its border given or added, in %s", (precision) => {
    const letters = wellFormedCells(exported.code);
    const [rows, columns] = [5, 7];
    const grid = Array.from({ length: rows * columns }, (_, i) => letters[(i * i + 3 * i) % letters.length] as Cell);
    const cellAt = (r: number, k: number): Cell =>
      r < 0 || k < 0 || r >= rows || k >= columns ? PADDING_CELL : (grid[r * columns + k] as Cell);
    const steps = [-1, 0, 1];
    const next = grid.map((_, i) => {
      const [r, k] = [Math.floor(i / columns), i % columns];
      return sampleAt(steps.flatMap((row) => steps.map((column) => cellAt(r + row, k + column)))).value;
    });
    const units = (cells: readonly Cell[]): number[] => cells.map(({ value }) => Number(toUnits(exported.code, value)));
    const layer = runModel(model("layer", precision), { shape: [1, 1, rows, columns], values: units(grid) });
    expect(layer.get("next")).toEqual({ shape: [1, 1, rows, columns], values: next });
    const bordered = Array.from({ length: (rows + 2) * (columns + 2) }, (_, i) =>
      cellAt(Math.floor(i / (columns + 2)) - 1, (i % (columns + 2)) - 1),
    );
    const input = { shape: [1, 1, rows + 2, columns + 2], values: units(bordered) };
    expect(runModel(model("conv", precision), input).get("next")).toEqual(layer.get("next"));
  });

  it("should say what it is: shapes, versions, digests, units", () => {
    const shapes = ONNX_KINDS.map((kind) => {
      const { graph } = model(kind, "float32");
      return [...graph.input, ...graph.output].map((port) => [port.name, ...shapeOf(port)]);
    });
    expect(shapes).toEqual([
      [
        ["patch", "N", 9],
        ["value", "N", 1],
      ],
      [
        ["patch", "N", 9],
        ["value", "N", 1],
        ["gradient", "N", 9],
      ],
      [
        ["grid", "N", 1, "H", "W"],
        ["next", "N", 1, "H-2", "W-2"],
      ],
      [
        ["grid", "N", 1, "H", "W"],
        ["next", "N", 1, "H", "W"],
      ],
    ]);
    const { irVersion, opsetImport, metadataProps } = model("conv", "float64");
    expect(irVersion).toBe(8n);
    expect(opsetImport).toMatchObject([{ domain: "", version: 13n }]);
    const facts = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));
    expect(facts).toMatchObject({
      "weightproof.machine": "bb2",
      "weightproof.digest.filter": certificate.digests.filter,
      "weightproof.digest.source": certificate.digests.source,
      "weightproof.units": "u = 486 x",
      "weightproof.padding": "81",
      "weightproof.precision": "float64",
      "weightproof.model": "conv",
    });
  });

  it("should have the same bytes each time", () => {
    const [one, two] = [1, 2].map(() => Buffer.from(onnxModel(certificate, "gradient", "float64")));
    expect(one?.equals(two as Buffer)).toBe(true);
  });

  it.each([
    ["a third", [2, 3], "1/3", "float64", "V3, row 3: 1/3 is no float64 number"],
    ["too many bits for float32", [2, 3], "16777217", "float32", "V3, row 3: 16777217 is no float32 number"],
    ["too many bits for float64", [4, 0, 2], "9007199254740993", "float64", "is no float64 number"],
    ["a sum past 2^24", [2, 3], "16777216", "float32", "sums of V3 forward may reach"],
    ["a sum past 2^53", [2, 3], "4503599627370496", "float64", "sums of V4 forward may reach"],
  ] as const)("should refuse %s", (_, place, number, precision, message) => {
    const changed = withNumber(place, number);
    expect(() => onnxModel(changed, "patches", precision)).toThrow(ExportRefused);
    expect(() => onnxModel(changed, "patches", precision)).toThrow(message);
  });

  it("should take in float64 what float32 refuses", () => {
    const changed = withNumber([2, 3], "16777216");
    expect(() => onnxModel(changed, "patches", "float32")).toThrow(
      "float32 is exact below 16777216 units only; try float64",
    );
    expect(onnxModel(changed, "patches", "float64").length).toBeGreaterThan(0);
    expect(() => onnxModel(galleryCertificate("bb2-full"), "layer", "float32")).toThrow("; try float64");
  });

  it("should refuse a gradient whose sums may pass the limit, where the value's do not", () => {
    const parity = galleryCertificate("parity");
    expect(onnxModel(parity, "patches", "float32").length).toBeGreaterThan(0);
    expect(() => onnxModel(parity, "gradient", "float32")).toThrow("sums of V1 backward may reach");
    expect(onnxModel(parity, "gradient", "float64").length).toBeGreaterThan(0);
  });
});
