import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GALLERY_CIRCUITS } from "../../../../construction/circuits/standard-circuits.js";
import { circuitGallery, loadCircuit, looksLikeCircuit } from "../../../../inputs/circuits/load-circuit.js";
import { evaluateGraph } from "../../../../spec/circuits/and-inverter-graph.js";

describe("loadCircuit", () => {
  it("should read every circuit of the gallery, with its source in the file", () => {
    expect([...circuitGallery().keys()]).toEqual([
      "adder4",
      "c17",
      "comparator4",
      "full-adder",
      "majority7",
      "multiplier4",
      "mux16",
      "parity8",
      "present-sbox",
    ]);
    for (const [name, file] of circuitGallery()) {
      expect(loadCircuit(name).graph.outputs.length).toBeGreaterThan(0);
      expect(readFileSync(file, "utf8")).toContain("Source: ");
    }
  });

  it("should have in its .aag files what the library makes", () => {
    for (const [name, make] of Object.entries(GALLERY_CIRCUITS)) expect(loadCircuit(name).graph, name).toEqual(make());
  });

  it("should know c17 and the S-box by their published tables", () => {
    const run = (name: string, bits: readonly number[]): string =>
      evaluateGraph(loadCircuit(name).graph, bits.map(Boolean)).map(Number).join("");
    for (let x = 0; x < 32; x++) {
      const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((i) => (x >> i) & 1) as [number, number, number, number, number];
      const nand = (p: number, q: number): number => 1 - (p & q);
      const [g11, g10] = [nand(c, d), nand(a, c)];
      const [g16, g19] = [nand(b, g11), nand(g11, e)];
      expect(run("c17", [a, b, c, d, e])).toBe(`${nand(g10, g16)}${nand(g16, g19)}`);
    }
    const box = "C56B90AD3EF84712";
    for (let x = 0; x < 16; x++) {
      const bits = [3, 2, 1, 0].map((i) => (x >> i) & 1);
      expect(Number.parseInt(run("present-sbox", bits), 2).toString(16).toUpperCase()).toBe(box[x]);
    }
  });

  it("should go by a file's ending, and name what is wrong with it", () => {
    const file = join(mkdtempSync(join(tmpdir(), "circuit-")), "two\nlines.BENCH");
    writeFileSync(file, "INPUT(a)\nOUTPUT(a)\n");
    expect(looksLikeCircuit(file)).toBe(true);
    expect(loadCircuit(file).name).toBe("twolines");
    expect(looksLikeCircuit("bb2")).toBe(false);
    expect(() => loadCircuit("c16")).toThrow('"c16" is not a circuit');
    expect(() => loadCircuit("nowhere.aag")).toThrow("nowhere.aag: no such file");
  });
});
