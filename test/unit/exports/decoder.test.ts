import { describe, expect, it } from "vitest";
import { decodeDecoder } from "../../../certificates/wei-chen-ma/decoder-json.js";
import { decoderNpz } from "../../../exports/wei-chen-ma/decoder-npz.js";
import { decoderOnnx } from "../../../exports/wei-chen-ma/decoder-onnx.js";
import { ExportRefused } from "../../../exports/export-refused.js";
import { certificateOf } from "../../mutants/wei-chen-ma/decoders.js";
import { decodeModel, readTensor } from "./onnx-interpreter.js";

const CERTIFICATE = certificateOf("bb2", 6);
const DECODER = decodeDecoder(CERTIFICATE.decoder, "decoder");

describe("decoderOnnx", () => {
  const model = decodeModel(decoderOnnx(CERTIFICATE, DECODER));

  it("should have the ports of a pass, and every value named once before it is used", () => {
    expect(model.graph.input.map(({ name }) => name)).toEqual(["output", "code", "encoded", "history"]);
    expect(model.graph.output.map(({ name }) => name)).toEqual(["next", "remembered"]);
    const known = new Set([...model.graph.input, ...model.graph.initializer].map(({ name }) => name));
    for (const { input, output } of model.graph.node) {
      for (const name of input) expect(known).toContain(name);
      for (const name of output) {
        expect(known).not.toContain(name);
        known.add(name);
      }
    }
    for (const name of ["next", "remembered"]) expect(known).toContain(name);
  });

  it("should hold every map once, with its numbers", () => {
    const tensors = model.graph.initializer.filter(({ name }) => /^map\d+\.weight$/.test(name));
    expect(tensors).toHaveLength(CERTIFICATE.decoder.maps.length);
    const [first] = DECODER.layers;
    const { shape, values } = readTensor(tensors[0] as Parameters<typeof readTensor>[0]);
    expect(shape).toEqual([DECODER.width, DECODER.width]);
    for (const [r, { entries }] of (first?.feedForward[0].rows ?? []).entries())
      for (const [column, weight] of entries) expect(values[column * DECODER.width + r]).toBe(weight);
  });

  it("should have the same bytes each time, and refuse what float32 may round", () => {
    expect(decoderOnnx(CERTIFICATE, DECODER)).toEqual(decoderOnnx(CERTIFICATE, DECODER));
    const inexact = structuredClone(CERTIFICATE);
    for (const format of inexact.verdicts.exactness.formats) (format as { exact: boolean }).exact = false;
    expect(() => decoderOnnx(inexact, DECODER)).toThrow(ExportRefused);
  });
});

describe("decoderNpz", () => {
  it("should name every part, in a zip file with the same bytes each time", () => {
    const bytes = decoderNpz(CERTIFICATE, DECODER);
    expect(decoderNpz(CERTIFICATE, DECODER)).toEqual(bytes);
    const text = Buffer.from(bytes).toString("latin1");
    for (const name of ["layer1.ff1.weight", "layer7.self.query.bias", "embedding", "start", "classifier", "facts"])
      expect(text).toContain(`${name}.npy`);
  });
});
