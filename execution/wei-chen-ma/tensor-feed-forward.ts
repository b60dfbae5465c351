/** Feed-forward networks with integer weights on TensorFlow.js, in float32, as dense products. */
import type { FeedForward, Layer } from "../../spec/wei-chen-ma/affine.js";
import type { Tf } from "../tensors/tensor-rcnn.js";

/** Why a network is not put on tensors: a number that float32 does not hold, or more weights than fit. */
export class TensorLimit extends Error {
  override readonly name: string = "TensorLimit";
}

/** Integers up to this are numbers of float32. */
const FLOAT32_INTEGERS = 2 ** 24;
/** Most weights of all layers together, those that are 0 included: 256 MiB. */
const MOST_WEIGHTS = 2 ** 26;

/**
 * The values after every layer, the input first, for a batch of inputs.
 *
 * @param inputs shape: batch x inputs
 * @returns shape: batch x (layers + 1) x rows
 * @throws {TensorLimit} if a weight or an input is no number of float32, or the network is too large
 */
export async function runOnTensors(
  tf: Tf,
  network: FeedForward,
  inputs: readonly (readonly number[])[],
): Promise<number[][][]> {
  const count = network.layers.reduce((sum, { rows, inputs: columns }) => sum + rows.length * columns, 0);
  if (count > MOST_WEIGHTS)
    throw new TensorLimit(`expected at most ${MOST_WEIGHTS} weights as dense matrices, got ${count}`);
  const width = network.layers[0]?.inputs ?? 0;
  const results = inputs.map((input) => {
    if (input.some((value) => !isFloat32(value))) throw new TensorLimit("expected inputs that are integers of float32");
    return [[...input]];
  });
  let current = tf.tensor2d(Float32Array.from(inputs.flat()), [inputs.length, width]);
  for (const layer of network.layers) {
    const next = tf.tidy(() => {
      const product = tf.add(
        tf.matMul(current, tf.tensor2d(weightsOf(layer), [layer.inputs, layer.rows.length])),
        biasOf(tf, layer),
      );
      return (layer.relu ? tf.relu(product) : product) as typeof current;
    });
    current.dispose();
    current = next;
    const values = await current.data();
    for (const [b, list] of results.entries())
      list.push(Array.from(values.slice(b * layer.rows.length, (b + 1) * layer.rows.length)));
  }
  current.dispose();
  return results;
}

function isFloat32(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= FLOAT32_INTEGERS;
}

/** Shape: inputs x rows. */
function weightsOf({ inputs, rows }: Layer): Float32Array {
  const weights = new Float32Array(inputs * rows.length);
  for (const [r, { entries }] of rows.entries()) {
    for (const [column, weight] of entries) {
      if (!isFloat32(weight)) throw new TensorLimit(`expected weights that are integers of float32, got ${weight}`);
      weights[column * rows.length + r] = weight;
    }
  }
  return weights;
}

function biasOf(tf: Tf, { rows }: Layer): ReturnType<Tf["tensor1d"]> {
  const wrong = rows.find(({ bias }) => !isFloat32(bias));
  if (wrong !== undefined) throw new TensorLimit(`expected biases that are integers of float32, got ${wrong.bias}`);
  return tf.tensor1d(Float32Array.from(rows, ({ bias }) => bias));
}
