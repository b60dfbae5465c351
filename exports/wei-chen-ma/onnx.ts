/**
 * A circuit's network as an ONNX model: bits [N, inputs] to outputs [N, outputs], float32. A circuit's value is 1 where its output is
 * 1, and 0 where it is -1. No sum rounds at bits.
 */
import type { CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import type { Layer } from "../../spec/wei-chen-ma/affine.js";
import { ExportRefused } from "../export-refused.js";
import { encodeModel, type Operator, type Tensor } from "../onnx/model.js";
import { exportedCircuit } from "./exported-circuit.js";

/** Most entries of all matrices together: 256 MiB of float32. */
const MAX_ENTRIES = 2 ** 26;

/**
 * The bytes of an ONNX file.
 *
 * @param certificate accepted by a checker
 * @throws {ExportRefused} if a sum could round in float32, or if the matrices are too large
 */
export function circuitOnnx(certificate: CircuitCertificate): Uint8Array {
  if (!certificate.verdicts.exactness.float32) throw new ExportRefused("a sum could round in float32");
  const { circuit, network, facts } = exportedCircuit(certificate);
  assertDenseSize(network.layers, MAX_ENTRIES);
  const constants: Tensor[] = [];
  const operators: Operator[] = [];
  let input = "bits";
  for (const [l, layer] of network.layers.entries()) {
    const name = `map${l}`;
    constants.push(
      {
        name: `${name}.weight`,
        type: "float32",
        shape: [layer.rows.length, layer.inputs],
        values: denseWeights(layer),
      },
      {
        name: `${name}.bias`,
        type: "float32",
        shape: [layer.rows.length],
        values: Float64Array.from(layer.rows, ({ bias }) => bias),
      },
    );
    const sum = layer.relu ? `${name}.sum` : "outputs";
    operators.push({
      type: "Gemm",
      inputs: [input, `${name}.weight`, `${name}.bias`],
      output: sum,
      attributes: { transB: 1 },
    });
    if (layer.relu) operators.push({ type: "Relu", inputs: [sum], output: `${name}.value` });
    input = `${name}.value`;
  }
  return encodeModel({
    name: "circuit",
    description: "a circuit's network: bits to -1 and 1, exact in float32",
    inputs: [{ name: "bits", type: "float32", shape: ["N", circuit.inputs.length] }],
    outputs: [{ name: "outputs", type: "float32", shape: ["N", circuit.outputs.length] }],
    constants,
    operators,
    metadata: facts,
  });
}

/** Row by row. Shape: rows x inputs. */
export function denseWeights({ inputs, rows }: Layer): Float64Array {
  const weights = new Float64Array(rows.length * inputs);
  for (const [r, { entries }] of rows.entries()) for (const [c, weight] of entries) weights[r * inputs + c] = weight;
  return weights;
}

/** @throws {ExportRefused} if dense matrices have more entries than that */
export function assertDenseSize(layers: readonly Layer[], most: number): void {
  const entries = layers.reduce((sum, { inputs, rows }) => sum + inputs * rows.length, 0);
  if (entries > most) throw new ExportRefused(`dense matrices would have ${entries} entries, more than ${most}`);
}
