/**
 * The network of Definition 5 on tensors: convolution, ReLU and matMul of whichever TensorFlow.js is handed in, and its
 * automatic differentiation for the way back.
 *
 * Grids are tensors of shape [batch, rows, columns, 1] in u-units and stay on the device. Shares nothing with the integer
 * engine but the matrices.
 */
import type * as tfjs from "@tensorflow/tfjs-core";
import { widestLayer, type FloatMap, type FloatRcnn } from "./float-network.js";

/** The TensorFlow.js namespace, of whichever package it came from. */
export type Tf = typeof tfjs;

/** Grids in u-units; shape: batch x rows x columns x 1. */
export type Grid = tfjs.Tensor4D;
type Tensor1D = tfjs.Tensor1D;
type Tensor2D = tfjs.Tensor2D;

/** The sizes of a grid; see GridSize of the integer engine. */
export interface TensorShape {
  readonly rows: number;
  /** Padding columns included. */
  readonly columns: number;
  readonly mainColumns: number;
}

/**
 * 32 MiB a tensor: about a dozen live at once, and the wasm backend, which fails silently at 4 GiB, stays far below.
 */
export const MAX_FLOATS: number = 2 ** 23;

interface TensorLayer {
  readonly weights: Tensor2D;
  readonly bias: Tensor1D;
  readonly relu: boolean;
}

interface TensorTaps {
  readonly weight: Tensor1D | undefined;
  readonly bias: Tensor1D;
  readonly factor: Tensor1D;
}

/** The filter's first matrix as a convolution and as a matrix for gathered patches. */
interface FirstLayer {
  /** Shape: 3 x 3 x 1 x units. */
  readonly kernel: tfjs.Tensor4D;
  /** Shape: 9 x units. */
  readonly matrix: Tensor2D;
}

/** Filter and head as tensors of one backend. Call dispose when done. */
export class TensorRcnn {
  readonly tf: Tf;
  readonly shape: TensorShape;
  /** Places of a patch (0 ... 8) whose weights in V1 are not all 0; the others cannot change the new cell. */
  readonly placesRead: readonly number[];
  readonly #padding: number;
  readonly #maxFloats: number;
  readonly #width: number;
  readonly #first: FirstLayer;
  /** What follows the first matrix: in the dense layout its bias and ReLU, in the taps layout V1's and V2's taps. */
  readonly #taps: { readonly taps: readonly TensorTaps[]; readonly constant: Tensor1D } | undefined;
  readonly #firstBias: Tensor1D | undefined;
  readonly #layers: readonly TensorLayer[];
  readonly #head: readonly TensorLayer[];
  /** The padding columns of one grid; shape: 1 x rows x (columns - mainColumns) x 1. */
  readonly #ones: Grid;

  /** @param maxFloats most numbers of one tensor of activations; larger layers are cut into bands */
  constructor(tf: Tf, floats: FloatRcnn, shape: TensorShape, maxFloats: number = MAX_FLOATS) {
    const { filter, head, one, padding } = floats;
    this.tf = tf;
    this.shape = shape;
    this.#maxFloats = maxFloats;
    this.#width = widestLayer(floats);
    this.#padding = padding;
    const layer = ({ inputs, outputs, weights, bias, relu }: FloatMap): TensorLayer => ({
      weights: tf.tensor2d(weights, [inputs, outputs]),
      bias: tf.tensor1d(bias),
      relu,
    });
    if (filter.kind === "dense") {
      const [first, ...rest] = filter.layers as readonly [FloatMap, ...FloatMap[]];
      this.#first = firstLayer(tf, first.weights, first.outputs);
      this.#firstBias = tf.tensor1d(first.bias);
      this.#taps = undefined;
      this.#layers = rest.map(layer);
    } else {
      const { functions, place, taps, constant } = filter.first;
      const selection = new Float32Array(9 * functions);
      for (const [f, p] of place.entries()) selection[p * functions + f] = 1;
      this.#first = firstLayer(tf, selection, functions);
      this.#firstBias = undefined;
      this.#taps = {
        taps: taps.map(({ weight, bias, factor }) => ({
          weight: weight.every((w) => w === 1) ? undefined : tf.tensor1d(weight),
          bias: tf.tensor1d(bias),
          factor: tf.tensor1d(factor),
        })),
        constant: tf.tensor1d(constant),
      };
      this.#layers = filter.layers.map(layer);
    }
    const firstWeights = filter.kind === "dense" ? (filter.layers[0] as FloatMap).weights : undefined;
    const units = filter.layers[0]?.outputs ?? 0;
    this.placesRead = Array.from({ length: 9 }, (_, place) => place).filter((place) =>
      filter.kind === "dense"
        ? firstWeights?.subarray(place * units, (place + 1) * units).some((weight) => weight !== 0)
        : filter.first.place.includes(place),
    );
    this.#head = head.map(layer);
    this.#ones = tf.fill([1, shape.rows, shape.columns - shape.mainColumns, 1], one);
  }

  /**
   * f_mem: [W diag(z), 1] for each z of a batch.
   *
   * @param weights shape: rows x mainColumns
   * @param z shape: batch x mainColumns
   */
  memoryLayer(weights: Tensor2D, z: Tensor2D): Grid {
    const { tf } = this;
    return tf.tidy(() => {
      const [batch] = z.shape;
      const main = tf.mul(tf.expandDims(weights, 0), tf.expandDims(z, 1)) as tfjs.Tensor3D;
      const columns = tf.tile(this.#ones, [batch, 1, 1, 1]);
      return tf.concat([tf.expandDims(main, 3) as Grid, columns], 2);
    });
  }

  /** One application of the filter to every patch. Shape: as the grid. */
  layer(grid: Grid): Grid {
    const { tf } = this;
    return tf.tidy(() => {
      const frame: [number, number][] = [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ];
      return this.#framedLayer(tf.pad(grid, frame, this.#padding));
    });
  }

  /**
   * The filter at gathered patches.
   *
   * @param patches shape: count x 9, in the order of vec(z)
   * @returns shape: count
   */
  filter(patches: Tensor2D): Tensor1D {
    const { tf } = this;
    return tf.tidy(() => {
      const [count] = patches.shape;
      const most = Math.max(1, Math.floor(this.#maxFloats / this.#width));
      const parts = Array.from({ length: Math.ceil(count / most) }, (_, k) => {
        const part =
          count <= most ? patches : tf.slice2d(patches, [k * most, 0], [Math.min(most, count - k * most), 9]);
        return tf.tidy(() => tf.reshape(this.#afterFirst(tf.matMul(part, this.#first.matrix)), [-1]) as Tensor1D);
      });
      return parts.length === 1 ? (parts[0] as Tensor1D) : tf.concat1d(parts);
    });
  }

  /**
   * The head, summed over the main grid.
   *
   * @returns shape: batch
   */
  output(grid: Grid): Tensor1D {
    const { tf } = this;
    const { rows, mainColumns } = this.shape;
    return tf.tidy(() => {
      const main = tf.slice4d(grid, [0, 0, 0, 0], [-1, rows, mainColumns, 1]);
      const f = this.#head.reduce((x, layer) => this.#apply(x, layer), tf.reshape(main, [-1, 1]) as Tensor2D);
      return tf.sum(tf.reshape(f, [-1, rows * mainColumns]), 1);
    });
  }

  /** Frees the tensors of filter and head. */
  dispose(): void {
    const { tf } = this;
    const layers = [...this.#layers, ...this.#head].map(({ weights, bias }) => ({ weights, bias }));
    const taps = (this.#taps?.taps ?? []).map(({ weight, bias, factor }) => [
      bias,
      factor,
      ...(weight ? [weight] : []),
    ]);
    tf.dispose([this.#first.kernel, this.#first.matrix, this.#ones]);
    tf.dispose(layers);
    tf.dispose(taps);
    this.#firstBias?.dispose();
    this.#taps?.constant.dispose();
  }

  /** The filter at every patch of a grid with its frame of p, in bands of rows if it is too large for one pass. */
  #framedLayer(framed: Grid): Grid {
    const { tf } = this;
    const [batch, framedRows, framedColumns] = framed.shape;
    const [rows, columns] = [framedRows - 2, framedColumns - 2];
    const floatsPerRow = batch * columns * this.#width;
    if (rows * floatsPerRow > this.#maxFloats && (rows > 1 || batch > 1)) {
      const halves = (axis: 0 | 1, size: number, overlap: number): Grid => {
        const half = Math.ceil(size / 2);
        const band = (from: number, count: number): Grid => {
          const begin: [number, number, number, number] = axis === 0 ? [from, 0, 0, 0] : [0, from, 0, 0];
          const counts: [number, number, number, number] = axis === 0 ? [count, -1, -1, -1] : [-1, count, -1, -1];
          return tf.tidy(() => this.#framedLayer(tf.slice4d(framed, begin, counts)));
        };
        return tf.concat([band(0, half + overlap), band(half, size - half + overlap)], axis);
      };
      return batch > 1 ? halves(0, batch, 0) : halves(1, rows, 2);
    }
    const read = tf.conv2d(framed, this.#first.kernel, 1, "valid");
    return tf.reshape(this.#afterFirst(tf.reshape(read, [batch * rows * columns, read.shape[3]])), [
      batch,
      rows,
      columns,
      1,
    ]);
  }

  /** Everything after the first matrix. Shape: count x units to count x 1. */
  #afterFirst(read: Tensor2D): Tensor2D {
    const { tf } = this;
    let x: Tensor2D;
    if (this.#taps === undefined) x = tf.relu(tf.add(read, this.#firstBias as Tensor1D));
    else {
      const { taps, constant } = this.#taps;
      x = taps.reduce<Tensor2D>(
        (sum, { weight, bias, factor }) =>
          tf.tidy(() => {
            const scaled = weight === undefined ? read : tf.mul<Tensor2D>(read, weight);
            return tf.add(sum, tf.mul(tf.relu(tf.add(scaled, bias)), factor));
          }),
        constant as unknown as Tensor2D,
      );
    }
    return this.#layers.reduce((input, layer) => this.#apply(input, layer), x);
  }

  #apply(x: Tensor2D, { weights, bias, relu }: TensorLayer): Tensor2D {
    const { tf } = this;
    const sum: Tensor2D = tf.add(tf.matMul(x, weights), bias);
    return relu ? tf.relu(sum) : sum;
  }
}

function firstLayer(tf: Tf, weights: Float32Array, units: number): FirstLayer {
  return {
    kernel: tf.tensor4d(weights, [3, 3, 1, units]),
    matrix: tf.tensor2d(weights, [9, units]),
  };
}
