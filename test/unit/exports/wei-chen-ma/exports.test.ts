import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readCircuitText, type CircuitCertificate } from "../../../../certificates/wei-chen-ma/circuit-certificate.js";
import { decodeFeedForward } from "../../../../certificates/wei-chen-ma/affine-json.js";
import { circuitAiger, readBack } from "../../../../exports/wei-chen-ma/aiger.js";
import { exportedCircuit } from "../../../../exports/wei-chen-ma/exported-circuit.js";
import { circuitNpz } from "../../../../exports/wei-chen-ma/npz.js";
import { circuitOnnx } from "../../../../exports/wei-chen-ma/onnx.js";
import { circuitSmt, differenceScript } from "../../../../exports/wei-chen-ma/smt-lib.js";
import { circuitProperties } from "../../../../exports/wei-chen-ma/vnn-lib.js";
import { readAiger } from "../../../../inputs/circuits/read-aiger.js";
import { evaluateGraph } from "../../../../spec/circuits/and-inverter-graph.js";
import type { FeedForward, Layer } from "../../../../spec/wei-chen-ma/affine.js";
import { root } from "../../cli/run-cli.js";

function certificate(name: string): CircuitCertificate {
  const read = readCircuitText(readFileSync(join(root, `certificates/wei-chen-ma/${name}.json`), "utf8"));
  if ("fault" in read) throw new Error(read.message);
  return read.certificate;
}

const C17 = certificate("c17");

/** A network's value at a point of rationals with denominator 8. */
function valueAt({ layers }: FeedForward, eighths: readonly bigint[]): bigint[] {
  let values = [...eighths];
  for (const { rows, relu } of layers)
    values = rows.map(({ bias, entries }) => {
      const sum = entries.reduce((total, [c, w]) => total + BigInt(w) * (values[c] as bigint), 8n * BigInt(bias));
      return relu && sum < 0n ? 0n : sum;
    });
  return values;
}

describe("exports of circuits' networks", () => {
  it.each(["c17", "full-adder", "present-sbox"])("should read %s back from its numbers, as AIGER", (name) => {
    const { source, network } = circuitAiger(certificate(name));
    const [a, b] = [source, network].map((text) => readAiger(Buffer.from(text), name)) as [
      ReturnType<typeof readAiger>,
      ReturnType<typeof readAiger>,
    ];
    expect([b.inputs, b.outputs.map((one) => one.name)]).toEqual([a.inputs, a.outputs.map((one) => one.name)]);
    for (let x = 0; x < 2 ** a.inputs.length; x++) {
      const bits = a.inputs.map((_, i) => ((x >> i) & 1) === 1);
      expect(evaluateGraph(b, bits)).toEqual(evaluateGraph(a, bits));
    }
  });

  it("should refuse to read back what is not binary", () => {
    const { network } = exportedCircuit(C17);
    const wrong = (l: number, row: Layer["rows"][number]): FeedForward => ({
      layers: network.layers.map((layer, at) => (at === l ? { ...layer, rows: [row, ...layer.rows.slice(1)] } : layer)),
    });
    expect(() => readBack(wrong(1, { bias: 2, entries: [] }), C17.circuit.inputs, [])).toThrow("not binary");
    expect(() => readBack(wrong(14, { bias: 0, entries: [[0, 1]] }), C17.circuit.inputs, [])).toThrow("not binary");
    const names = Array.from({ length: 17 }, (_, i) => `x${i}`);
    const all: Layer = { name: "", relu: true, inputs: 17, rows: [{ bias: 0, entries: names.map((_, i) => [i, 1]) }] };
    const one: Layer = { name: "", relu: true, inputs: 1, rows: [{ bias: 0, entries: [[0, 1]] }] };
    expect(() => readBack({ layers: [all, one, { ...one, relu: false }] }, names, [])).toThrow("reads too many others");
  });

  it("should write an ONNX model with every number in it", () => {
    const bytes = circuitOnnx(C17);
    const text = Buffer.from(bytes).toString("latin1");
    for (let l = 0; l < 15; l++) expect(text).toContain(`map${l}.weight`);
    expect(text).toContain(C17.digests.network);
    const rounding = {
      ...C17,
      verdicts: { ...C17.verdicts, exactness: { ...C17.verdicts.exactness, float32: false } },
    };
    expect(() => circuitOnnx(rounding)).toThrow("a sum could round in float32");
  });

  it("should write matrices of int64 for NumPy", () => {
    const files = unzipSync(circuitNpz(C17));
    const { layers } = decodeFeedForward(C17.network, "");
    expect(Object.keys(files).length).toBe(2 * layers.length + 1);
    for (const [l, { rows, inputs }] of layers.entries()) {
      const file = files[`W${l}.npy`] as Uint8Array;
      const view = new DataView(file.buffer, file.byteOffset + file.length - 8 * rows.length * inputs);
      for (const [r, { entries }] of rows.entries())
        for (const [c, weight] of entries) expect(view.getBigInt64(8 * (r * inputs + c), true)).toBe(BigInt(weight));
    }
  });

  it("should write properties that the network has in the whole box: at its corners, and at points inside", () => {
    const properties = circuitProperties(C17);
    expect(properties.map(({ name }) => name)).toHaveLength(32);
    const { network } = exportedCircuit(C17);
    for (const { name, radius, outputs, text } of properties) {
      expect(radius).toBe(1 / 8);
      for (let corner = 0; corner < 64; corner++) {
        const point = Array.from(name, (bit, i) => 8n * BigInt(bit) + [-1n, 1n, 0n, 1n][(corner >> i) & 3]!);
        expect(valueAt(network, point)).toEqual(outputs.map((bit) => (bit ? 8n : -8n)));
      }
      for (const [j, bit] of outputs.entries()) expect(text).toContain(bit ? `(<= Y_${j} 0.25)` : `(>= Y_${j} -0.25)`);
      for (const [i, bit] of [...name].entries()) expect(text).toContain(`(assert (<= X_${i} ${bit}.125))`);
    }
    expect(circuitProperties(certificate("adder4"))).toHaveLength(64);
    const inSecond = (text: string): string =>
      text
        .replaceAll(/([XY])_(\d)/g, "$1[0, $2]")
        .replaceAll(/\(declare-const .*\n/g, "")
        .replace(/^/, "(vnnlib-version <2.0>)\n");
    const declared =
      /\(declare-network N\n {2}\(declare-input X float32 \[1, 5\]\)\n {2}\(declare-output Y float32 \[1, 2\]\)\n\)\n/;
    for (const [i, { text }] of circuitProperties(C17, 2).entries()) {
      expect(text).toMatch(declared);
      expect(text.replace(declared, "")).toBe(inSecond(properties[i]?.text ?? ""));
    }
  });

  it("should write scripts that say all rows and gates, and refuse too large ones", () => {
    const script = circuitSmt(C17);
    const { circuit, network } = exportedCircuit(C17);
    for (const [i] of circuit.ands.entries()) expect(script).toContain(`(define-fun gate${6 + i} () Bool`);
    expect(script.match(/declare-const s\d+-\d+ Real/g)).toHaveLength(
      network.layers.slice(0, -1).reduce((sum, { rows }) => sum + rows.length, 0),
    );
    expect(script).toContain("(assert (or (not (= (> out0 0.0) gate-out0)) (not (= (> out1 0.0) gate-out1))))");
    const layer: Layer = {
      name: "",
      inputs: 0,
      relu: true,
      rows: Array.from({ length: 20_001 }, () => ({ bias: 0, entries: [] })),
    };
    expect(() => differenceScript(circuit, { layers: [layer] })).toThrow("at most 20000 rows");
  });
});
