/**
 * All numbers of a certificate as one .npz file for NumPy: filter V1 ... V5 and head U2, U1, all in u-units, each
 * matrix as exact integers over one denominator and as float64 numbers that are the same.
 *
 *   V1.weight.numerator     int64 [rows, inputs]: the weight is numerator / denominator
 *   V1.weight.denominator   int64 []
 *   V1.weight               float64 [rows, inputs]
 *   V1.bias...              the same, of shape [rows]
 *   V1.relu                 int64 []: 1 if a ReLU follows
 *   facts                   text: JSON with machine, units, digests
 *
 * Layer by layer, y = relu(x @ weight.T + bias); V1 takes the nine cells of a patch row by row. The head takes a cell
 * of the last grid to F = 3^(K-2) f-bar_head.
 */
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import type { Rational } from "../../spec/exact/rational.js";
import type { AffineMap } from "../../spec/networks/network.js";
import { ExportRefused } from "../export-refused.js";
import { encodeNpz, type NpyArray } from "../numpy/npy.js";
import { exportedFilter } from "./exported-filter.js";
import { assertRepresentable } from "./float-precision.js";

/** Most entries of a matrix: 256 MiB of int64. */
const MAX_ENTRIES = 2 ** 25;
const INT64_LIMIT = 2n ** 63n;

/**
 * The bytes of an .npz file.
 *
 * @param certificate accepted by a checker
 * @throws {ExportRefused} if a number is not a float64, if a numerator is not an int64, or if a matrix is too large
 */
export function npzArchive(certificate: RcnnCertificate): Uint8Array {
  const { filter, head, facts } = exportedFilter(certificate);
  const arrays: Record<string, NpyArray> = {};
  for (const network of [filter, head]) {
    assertRepresentable(network, "float64");
    for (const layer of network.layers) Object.assign(arrays, layerArrays(layer));
  }
  return encodeNpz({ ...arrays, facts: { type: "text", value: JSON.stringify(facts) } });
}

function layerArrays({ name, inputs, rows, relu }: AffineMap): Record<string, NpyArray> {
  const size = rows.length * inputs;
  if (size > MAX_ENTRIES) {
    throw new ExportRefused(`${name} has ${rows.length} x ${inputs} entries, more than the ${MAX_ENTRIES} of a matrix`);
  }
  const weights = rows.flatMap(({ entries }, r) =>
    entries.map(([column, weight]) => [r * inputs + column, weight] as const),
  );
  const biases = rows.map(({ bias }, r) => [r, bias] as const);
  return {
    ...exactArrays(`${name}.weight`, [rows.length, inputs], weights),
    ...exactArrays(`${name}.bias`, [rows.length], biases),
    [`${name}.relu`]: { type: "int64", shape: [], values: BigInt64Array.of(relu ? 1n : 0n) },
  };
}

/** An array of dyadic numbers, given where it is not 0; their common denominator is the largest one. */
function exactArrays(
  name: string,
  shape: readonly number[],
  entries: readonly (readonly [index: number, value: Rational])[],
): Record<string, NpyArray> {
  const size = shape.reduce((a, b) => a * b, 1);
  const numerators = new BigInt64Array(size);
  const floats = new Float64Array(size);
  let denominator = 1n;
  for (const [, { d }] of entries) if (d > denominator) denominator = d;
  for (const [index, { s, n, d }] of entries) {
    const numerator = s * n * (denominator / d);
    if (numerator >= INT64_LIMIT || -numerator > INT64_LIMIT || denominator >= INT64_LIMIT) {
      throw new ExportRefused(`${name}: ${numerator}/${denominator} does not fit in int64 numbers`);
    }
    numerators[index] = numerator;
    floats[index] = Number(s * n) / Number(d);
  }
  return {
    [name]: { type: "float64", shape, values: floats },
    [`${name}.numerator`]: { type: "int64", shape, values: numerators },
    [`${name}.denominator`]: { type: "int64", shape: [], values: BigInt64Array.of(denominator) },
  };
}
