/**
 * Algorithm 1 on tensors: the gradient comes from TensorFlow.js's automatic differentiation, the step from its SGD.
 *
 * A tape over all L layers would hold every activation, so each layer is differentiated by itself, last one first, from
 * the grid that was kept for it. The factor (F - Y) of the loss's derivative is applied to the finished gradient of F:
 * as exact numbers that is the same, and inner sums stay small (float-bounds.ts certifies them). Once a layer returns
 * its grid bit for bit, later layers would too and are not run; the same holds for a derivative on the way back.
 */
import type * as tfjs from "@tensorflow/tfjs-core";
import { dummySample, withOne, type Example } from "../../inputs/examples/examples.js";
import { LEARNING_RATE } from "../rcnn/train.js";
import type { Grid, TensorRcnn } from "./tensor-rcnn.js";

/** The result of one step of training, read back from the device; shapes as in TrainingStep of the integer engine. */
export interface TensorTrainingStep {
  /** i, from 1 to m + 1. */
  readonly index: number;
  readonly output: number;
  readonly memory: Float32Array;
  readonly gradient: Float32Array;
  readonly weights: Float32Array;
  /** Layers that were run forward; the others would have changed nothing. */
  readonly layersRun: number;
}

/** Options of a pass. */
export interface PassOptions {
  /** L. */
  readonly layers: number;
  /** Run all L layers even when nothing changes any more. */
  readonly everyLayer?: boolean;
}

/** The gradient of the output by the weights at one example, with what was noted on the way. */
export interface TensorGradient {
  readonly output: number;
  readonly memory: Float32Array;
  readonly layersRun: number;
  /** Shape: rows x mainColumns; the caller disposes of it. */
  readonly gradient: tfjs.Tensor2D;
}

/**
 * Runs Algorithm 1 on the device.
 *
 * @param label Y of the label 1
 * @returns W after the last step, which the caller disposes of, and what each step left
 */
export async function trainOnTensors(
  network: TensorRcnn,
  label: number,
  examples: readonly Example[],
  options: PassOptions,
  onStep?: (step: TensorTrainingStep) => void,
): Promise<{ readonly weights: tfjs.Variable<tfjs.Rank.R2>; readonly steps: readonly TensorTrainingStep[] }> {
  const { tf } = network;
  const { rows, mainColumns } = network.shape;
  const weights = tf.tidy(() => tf.variable(tf.zeros<tfjs.Rank.R2>([rows, mainColumns])));
  const optimizer = tf.train.sgd(LEARNING_RATE);
  const steps: TensorTrainingStep[] = [];
  for (const [i, { x, y }] of [...examples, dummySample(mainColumns - 1)].entries()) {
    const z = tf.tensor2d([withOne(x)]);
    const { gradient, output, memory, layersRun } = await gradientOnTensors(network, weights, z, options);
    tf.tidy(() => optimizer.applyGradients([{ name: weights.name, tensor: tf.mul(gradient, output - label * y) }]));
    const step = {
      index: i + 1,
      output,
      memory,
      gradient: (await gradient.data()) as Float32Array,
      weights: (await weights.data()) as Float32Array,
      layersRun,
    };
    tf.dispose([gradient, z]);
    steps.push(step);
    onStep?.(step);
  }
  // The optimizer's own dispose leaves the tensor that holds the learning rate.
  tf.dispose(optimizer as unknown as tfjs.TensorContainer);
  return { weights, steps };
}

/**
 * The derivative of the output by the weights of the memory layer, by automatic differentiation layer by layer.
 *
 * @param weights shape: rows x mainColumns
 * @param z shape: 1 x mainColumns
 */
export async function gradientOnTensors(
  network: TensorRcnn,
  weights: tfjs.Tensor2D,
  z: tfjs.Tensor2D,
  { layers, everyLayer = false }: PassOptions,
): Promise<TensorGradient> {
  const { tf } = network;
  const grids: Grid[] = [network.memoryLayer(weights, z)];
  for (let layer = 1; layer <= layers; layer++) {
    const before = grids.at(-1) as Grid;
    const after = network.layer(before);
    if (!everyLayer && (await isSame(before, after))) {
      after.dispose();
      break;
    }
    grids.push(after);
  }
  const last = grids.at(-1) as Grid;
  const outputTensor = network.output(last);
  const [output] = await outputTensor.data();
  outputTensor.dispose();
  const memory = await mainGrid(network, last);

  let upstream = tf.tidy(() => tf.grad((grid) => network.output(grid as Grid))(last, tf.ones([1]))) as Grid;
  for (let layer = layers; layer >= 1; layer--) {
    const before = grids[Math.min(layer, grids.length) - 1] as Grid;
    const downstream = tf.tidy(() => tf.grad((grid) => network.layer(grid as Grid))(before, upstream)) as Grid;
    // From here down to the first settled grid, all layers apply one and the same linear map.
    if (!everyLayer && layer > grids.length && (await isSame(upstream, downstream))) layer = grids.length;
    upstream.dispose();
    upstream = downstream;
  }
  const gradient = tf.tidy(
    () => tf.grad((w) => network.memoryLayer(w as tfjs.Tensor2D, z))(weights, upstream) as tfjs.Tensor2D,
  );
  tf.dispose([upstream, ...grids]);
  return { output: output as number, memory, layersRun: grids.length - 1, gradient };
}

/** The main grid of a batch of one, read back; shape: rows x mainColumns. */
async function mainGrid(network: TensorRcnn, grid: Grid): Promise<Float32Array> {
  const { tf } = network;
  const { rows, mainColumns } = network.shape;
  const main = tf.tidy(() => tf.slice4d(grid, [0, 0, 0, 0], [1, rows, mainColumns, 1]).clone());
  const cells = (await main.data()) as Float32Array;
  main.dispose();
  return cells;
}

async function isSame(a: tfjs.Tensor, b: tfjs.Tensor): Promise<boolean> {
  const [left, right] = await Promise.all([a.data(), b.data()]);
  return left.every((value, k) => value === right[k]);
}
