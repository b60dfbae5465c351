/**
 * A circuit's network as one .npz file for NumPy: W0, b0, W1, b1, ... as int64, W of shape [rows, inputs], and `facts` as JSON text. Map by
 * map, y = relu(x @ W.T + b), without relu in the last.
 */
import type { CircuitCertificate } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { encodeNpz, type NpyArray } from "../numpy/npy.js";
import { exportedCircuit } from "./exported-circuit.js";
import { assertDenseSize, denseWeights } from "./onnx.js";

/** Most entries of all matrices together: 512 MiB of int64. */
const MAX_ENTRIES = 2 ** 26;

/**
 * The bytes of an .npz file.
 *
 * @param certificate accepted by a checker
 * @throws {ExportRefused} if the matrices are too large
 */
export function circuitNpz(certificate: CircuitCertificate): Uint8Array {
  const { network, facts } = exportedCircuit(certificate);
  assertDenseSize(network.layers, MAX_ENTRIES);
  const arrays: Record<string, NpyArray> = {};
  for (const [l, layer] of network.layers.entries()) {
    const { inputs, rows } = layer;
    arrays[`W${l}`] = {
      type: "int64",
      shape: [rows.length, inputs],
      values: BigInt64Array.from(denseWeights(layer), BigInt),
    };
    arrays[`b${l}`] = {
      type: "int64",
      shape: [rows.length],
      values: BigInt64Array.from(rows, ({ bias }) => BigInt(bias)),
    };
  }
  return encodeNpz({ ...arrays, facts: { type: "text", value: JSON.stringify(facts) } });
}
