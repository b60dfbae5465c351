/**
 * One pass of a decoder as an ONNX model in float32, to be run in a loop:
 *
 *   output   [1, width]   o_(i-1); the certificate's start vector before the first pass
 *   code     [1, width]   beta(i)
 *   encoded  [m, width]   the encoder's outputs; m may be 0
 *   history  [layers, i - 1, width]   h_1, ..., h_(i-1) of every layer; i - 1 may be 0
 *
 * to `next` [1, width], which is o_i, and `remembered` [layers, 1, width], which is to be appended to the history. Hard-max: positions
 * whose score equals the largest, summed first and divided then, as the definition has the mean.
 */
import type { DecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import type { Decoder } from "../../spec/wei-chen-ma/decoder.js";
import { ExportRefused } from "../export-refused.js";
import { encodeModel, tensorType, type OnnxModel, type Operator, type Port, type Tensor } from "../onnx/model.js";

/** Most entries of all matrices together: 256 MiB of float32. */
const MAX_ENTRIES = 2 ** 26;

/** The bytes of an ONNX file. @throws {ExportRefused} if float32 is not exact for the decoder, or it is too large */
export function decoderOnnx({ source, passes, verdicts, digests }: DecoderCertificate, decoder: Decoder): Uint8Array {
  const float32 = verdicts.exactness.formats.find(({ format }) => format === "float32");
  if (float32?.exact !== true) throw new ExportRefused("a sum of the decoder could be rounded in float32");
  const graph = new Graph(decoder);
  graph.build();
  const port = (name: string, ...shape: (number | string)[]): Port => ({ name, type: "float32", shape });
  const { width, layers } = decoder;
  const description = `one pass of a decoder for ${source.name}; exact in float32 as long as no more than ${float32.ties} positions tie`;
  const model: OnnxModel = {
    name: "decoder-step",
    description,
    inputs: [
      port("output", 1, width),
      port("code", 1, width),
      port("encoded", "m", width),
      port("history", layers.length, "t", width),
    ],
    outputs: [port("next", 1, width), port("remembered", layers.length, 1, width)],
    constants: graph.constants,
    operators: graph.operators,
    metadata: {
      "weightproof.machine": source.name,
      "weightproof.decoder": digests.decoder,
      "weightproof.passes": String(passes),
      "weightproof.start": JSON.stringify(decoder.start),
      "weightproof.statement": description,
    },
  };
  return encodeModel(model);
}

class Graph {
  readonly constants: Tensor[] = [];
  readonly operators: Operator[] = [];
  readonly #decoder: Decoder;
  readonly #names = new Map<AffineMap, string>();
  #entries = 0;
  #next = 0;

  constructor(decoder: Decoder) {
    this.#decoder = decoder;
  }

  build(): void {
    const { layers, width } = this.#decoder;
    this.#integers("flat", [-1, width], [2]);
    let h = this.#operator("Add", ["output", "code"]);
    const remembered: string[] = [];
    this.#integers("axis0", [0], [1]);
    for (const [j, { self, cross, feedForward }] of layers.entries()) {
      remembered.push(this.#operator("Unsqueeze", [h, "axis0"]));
      if (self !== null) {
        this.#integers(`layer${j}`, [j], [1]);
        const before = this.#operator("Reshape", [
          this.#operator("Gather", ["history", `layer${j}`], { axis: 0 }),
          "flat",
        ]);
        h = this.#attend(self, h, this.#operator("Concat", [before, h], { axis: 0 }));
      }
      if (cross !== null) h = this.#attend(cross, h, "encoded");
      for (const map of feedForward) h = this.#operator("Relu", [this.#affine(map, h)]);
    }
    this.operators.push({ type: "Identity", inputs: [h], output: "next" });
    this.operators.push({ type: "Concat", inputs: remembered, output: "remembered", attributes: { axis: 0 } });
  }

  /** h + the mean of the values of the positions, null among them, with the largest score. */
  #attend(module: Attention, h: string, positions: string): string {
    const name = `null${this.#next++}`;
    this.#floats(`${name}.key`, [1, module.nullKey.length], Float64Array.from(module.nullKey));
    this.#floats(`${name}.value`, [1, module.nullValue.length], Float64Array.from(module.nullValue));
    const keys = this.#operator("Concat", [`${name}.key`, this.#affine(module.key, positions)], { axis: 0 });
    const values = this.#operator("Concat", [`${name}.value`, this.#affine(module.value, positions)], { axis: 0 });
    const turned = this.#operator("Transpose", [keys], { perm: [1, 0] });
    const scores = this.#operator("MatMul", [this.#affine(module.query, h), turned]);
    const best = this.#operator("Equal", [scores, this.#operator("ReduceMax", [scores], { axes: [1], keepdims: 1 })]);
    const chosen = this.#operator("Cast", [best], { to: tensorType("float32") });
    this.#integers("axis1", [1], [1]);
    const count = this.#operator("ReduceSum", [chosen, "axis1"], { keepdims: 1 });
    const mean = this.#operator("Div", [this.#operator("MatMul", [chosen, values]), count]);
    return this.#operator("Add", [h, mean]);
  }

  #affine(map: AffineMap, input: string): string {
    const name = this.#names.get(map) ?? this.#matrix(map);
    return this.#operator("Add", [this.#operator("MatMul", [input, `${name}.weight`]), `${name}.bias`]);
  }

  #matrix(map: AffineMap): string {
    const name = `map${this.#names.size}`;
    this.#names.set(map, name);
    const { inputs, rows } = map;
    this.#entries += inputs * rows.length;
    if (this.#entries > MAX_ENTRIES)
      throw new ExportRefused(`its matrices have more than ${MAX_ENTRIES} entries together`);
    const weights = new Float64Array(inputs * rows.length);
    for (const [r, { entries }] of rows.entries())
      for (const [column, weight] of entries) weights[column * rows.length + r] = weight;
    this.#floats(`${name}.weight`, [inputs, rows.length], weights);
    this.#floats(
      `${name}.bias`,
      [1, rows.length],
      Float64Array.from(rows, ({ bias }) => bias),
    );
    return name;
  }

  #operator(type: string, inputs: readonly string[], attributes?: Operator["attributes"]): string {
    const output = `v${this.#next++}`;
    this.operators.push({ type, inputs, output, ...(attributes && { attributes }) });
    return output;
  }

  #floats(name: string, shape: readonly number[], values: Float64Array): void {
    this.constants.push({ name, type: "float32", shape, values });
  }

  /** A constant of integers; once for each name. */
  #integers(name: string, values: readonly number[], shape: readonly number[]): void {
    if (this.constants.some((one) => one.name === name)) return;
    this.constants.push({ name, type: "int64", shape, values: Float64Array.from(values) });
  }
}
