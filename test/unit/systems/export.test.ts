import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exportCertificate, type Exported, type ExportOptions } from "../../../systems/rcnn/export.js";
import { InputError } from "../../../inputs/input-error.js";
import { onnxModel } from "../../../exports/rcnn/onnx.js";
import { smtQueries } from "../../../exports/rcnn/smt-lib.js";
import { galleryCertificate } from "../exports/samples.js";
import { root } from "../cli/run-cli.js";

const textOf = (name: string): string => readFileSync(join(root, "certificates", `${name}.json`), "utf8");

function exportOf(name: string, options: ExportOptions): Exported {
  const verdict = exportCertificate(textOf(name), options);
  if (verdict.verdict !== "accepted") throw new Error(verdict.message);
  return verdict.result;
}

describe("exportCertificate", () => {
  it("should write models in float32 unless told otherwise, under the name given", () => {
    const plain = exportOf("bb2", { to: "onnx" }).files.map(({ path }) => path);
    expect(plain).toEqual(["patches", "gradient", "conv", "layer"].map((kind) => `filter.${kind}.float32.onnx`));
    const { files } = exportOf("bb2", { to: "onnx", precision: "float64", name: "bb2" });
    const layer = files.find(({ path }) => path === "bb2.layer.float64.onnx")?.content as Uint8Array;
    expect(Buffer.from(layer).equals(onnxModel(galleryCertificate("bb2"), "layer", "float64"))).toBe(true);
  });

  it("should write a benchmark of VNN-LIB properties whose list names every file", () => {
    const { files, leftOut } = exportOf("bb2", { to: "vnn-lib", name: "bb2" });
    expect(leftOut).toEqual([]);
    const byPath = new Map(files.map(({ path, content }) => [path, content]));
    const lines = (byPath.get("instances.csv") as string).trimEnd().split("\n");
    expect(lines.length).toBe(files.length - 2);
    const network = Buffer.from(byPath.get("onnx/bb2.float32.onnx") as Uint8Array);
    expect(network.equals(onnxModel(galleryCertificate("bb2"), "patches", "float32"))).toBe(true);
    for (const line of lines) {
      const [onnx, property = "", timeout] = line.split(",");
      expect(onnx).toBe("onnx/bb2.float32.onnx");
      expect(byPath.get(property)).toMatch(/^; The contrary of a property/);
      expect(Number(timeout)).toBeGreaterThan(0);
    }
  });

  it("should write SMT-LIB queries in both forms", () => {
    for (const form of ["tables", "layers"] as const) {
      const { files } = exportOf("bb2", { to: "smt-lib", form, name: "bb2" });
      const queries = smtQueries(galleryCertificate("bb2"), form);
      expect(files).toEqual(queries.map(({ name, text }) => ({ path: `bb2.${name}.smt2`, content: text })));
    }
  });

  it("should name what it leaves out, and why", () => {
    const { files, leftOut } = exportOf("parity", { to: "onnx" });
    expect(files.map(({ path }) => path)).toEqual(
      ["patches", "conv", "layer"].map((kind) => `filter.${kind}.float32.onnx`),
    );
    expect(leftOut).toMatchObject([{ path: "filter.gradient.float32.onnx" }]);
    expect(leftOut[0]?.reason).toMatch(/^sums of V1 backward may reach \d+ units of 1, .*; try float64$/);
  });

  it("should throw where nothing can be written exactly", () => {
    const write = (): Exported => exportOf("bb2-full", { to: "onnx" });
    expect(write).toThrow(InputError);
    expect(write).toThrow(
      /^cannot write filter\.patches\.float32\.onnx: sums of V\d forward may reach .*; try float64$/,
    );
  });

  it("should hand on the verdict of a certificate that is not accepted", () => {
    const forged = textOf("bb2").replace('[8, "4"]', '[8, "5"]');
    expect(exportCertificate(forged, { to: "npz" })).toMatchObject({ verdict: "rejected", code: "digest" });
    const kind = { format: "weightproof-certificate", version: 1, system: "rcnn", statement: "learning" };
    const learning = JSON.stringify(kind);
    expect(() => exportCertificate(learning, { to: "npz" })).toThrow(InputError);
  });
});
