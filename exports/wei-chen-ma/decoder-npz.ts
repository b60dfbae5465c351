/**
 * All numbers of a decoder as one .npz file for NumPy, as int64:
 *
 *   layer3.self.query.weight      [rows, width]; the same for key and value, and for cross
 *   layer3.self.query.bias        [rows]
 *   layer3.self.null_key, layer3.self.null_value
 *   layer3.ff1.weight, layer3.ff1.bias, ff2, ff3
 *   embedding [symbols, width], start [width], classifier [width]
 *   facts                         text: JSON with machine, sizes, digest
 *
 * Layers count from 1. What a layer lacks, its modules add 0. docs/wei-chen-ma/decoder.md has a loader in ten lines.
 */
import type { DecoderCertificate } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import type { Decoder } from "../../spec/wei-chen-ma/decoder.js";
import { ExportRefused } from "../export-refused.js";
import { encodeNpz, type NpyArray } from "../numpy/npy.js";

/** Most entries of all arrays together: 256 MiB of int64. */
const MAX_ENTRIES = 2 ** 25;

/** The bytes of an .npz file. @throws {ExportRefused} if the arrays are too large */
export function decoderNpz({ source, tape, passes, digests }: DecoderCertificate, decoder: Decoder): Uint8Array {
  const arrays: Record<string, NpyArray> = {};
  let total = 0;
  const put = (name: string, shape: readonly number[], values: BigInt64Array): void => {
    total += values.length;
    if (total > MAX_ENTRIES) throw new ExportRefused(`its arrays have more than ${MAX_ENTRIES} entries together`);
    arrays[name] = { type: "int64", shape, values };
  };
  const vector = (name: string, values: readonly number[]): void =>
    put(name, [values.length], BigInt64Array.from(values, BigInt));
  const map = (name: string, { inputs, rows }: AffineMap): void => {
    const weights = new BigInt64Array(rows.length * inputs);
    for (const [r, { entries }] of rows.entries())
      for (const [column, weight] of entries) weights[r * inputs + column] = BigInt(weight);
    put(`${name}.weight`, [rows.length, inputs], weights);
    vector(
      `${name}.bias`,
      rows.map(({ bias }) => bias),
    );
  };
  for (const [j, { self, cross, feedForward }] of decoder.layers.entries()) {
    for (const [name, module] of Object.entries({ self, cross })) {
      if (module === null) continue;
      for (const part of ["query", "key", "value"] as const) map(`layer${j + 1}.${name}.${part}`, module[part]);
      vector(`layer${j + 1}.${name}.null_key`, module.nullKey);
      vector(`layer${j + 1}.${name}.null_value`, module.nullValue);
    }
    for (const [k, one] of feedForward.entries()) map(`layer${j + 1}.ff${k + 1}`, one);
  }
  const { embedding, width, sizes } = decoder;
  put("embedding", [embedding.length, width], BigInt64Array.from(embedding.flat(), BigInt));
  vector("start", decoder.start);
  vector("classifier", decoder.classifier);
  const facts = {
    machine: source.name,
    tape,
    passes,
    ...sizes,
    width,
    layers: decoder.layers.length,
    decoder: digests.decoder,
  };
  return encodeNpz({ ...arrays, facts: { type: "text", value: JSON.stringify(facts) } });
}
