/**
 * The compression of Lemma 5 (B.4.1): from the five matrices of Lemma 6 to the three of Lemma 5, W2 = W1+ o W1' and
 * W3 = W2+ o W2'.
 */
import { ZERO, type Rational } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../../spec/networks/network.js";

/**
 * The affine map outer o inner, followed by the outer map's ReLU if it has one.
 *
 * @param name the name of the new layer
 * @throws {RangeError} if there is a ReLU between the two, or if their shapes do not fit
 */
export function composeLayers(outer: AffineMap, inner: AffineMap, name: string): AffineMap {
  if (inner.relu)
    throw new RangeError(`composeLayers: expected no ReLU between ${inner.name} and ${outer.name}, got one`);
  if (outer.inputs !== inner.rows.length) {
    throw new RangeError(`composeLayers: expected ${inner.rows.length} inputs of ${outer.name}, got ${outer.inputs}`);
  }
  const rows = outer.rows.map((row): AffineRow => {
    const weights = new Map<number, Rational>();
    let bias = row.bias;
    for (const [column, weight] of row.entries) {
      const read = inner.rows[column] as AffineRow;
      bias = bias.add(weight.mul(read.bias));
      for (const [input, inside] of read.entries) {
        weights.set(input, (weights.get(input) ?? ZERO).add(weight.mul(inside)));
      }
    }
    const entries = [...weights].filter(([, weight]) => weight.n !== 0n).sort(([a], [b]) => a - b);
    return { bias, entries };
  });
  return { name, inputs: inner.inputs, rows, relu: outer.relu };
}

/**
 * The three-layer network W3 o relu o W2 o relu o W1 of Lemma 5, equal to the five-layer one everywhere.
 *
 * @param network five layers, ReLUs after the first and the third
 * @throws {RangeError} if the network has another shape
 */
export function toThreeLayers(network: Network): Network {
  const [first, second, third, fourth, fifth, ...more] = network.layers;
  if (!first || !second || !third || !fourth || !fifth || more.length > 0) {
    throw new RangeError(`toThreeLayers: expected 5 layers, got ${network.layers.length}`);
  }
  return { layers: [first, composeLayers(third, second, "W2"), composeLayers(fifth, fourth, "W3")] };
}
