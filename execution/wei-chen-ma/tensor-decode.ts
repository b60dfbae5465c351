/**
 * Decoding on tensors of any TensorFlow.js backend, in float32: dense matrices, keys and values kept in buffers that grow, attention
 * by hard-max as the definition has it, or by softmax at a scale. Ties are summed first and divided then: a sum of 1/|J| is not 1 in
 * floats. Every number but that quotient is an integer below 2^24 for a decoder whose certificate says that float32 is exact.
 */
import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import { encode, positionalCode, type Decoder } from "../../spec/wei-chen-ma/decoder.js";
import type { Tf } from "../tensors/tensor-rcnn.js";
import { TensorLimit } from "./tensor-feed-forward.js";

/** How attention is computed. */
export interface TensorDecodeOptions {
  /** "hard" if absent; a number is the scale of softmax. */
  readonly attention?: "hard" | number;
}

/** y = x W + b. Shapes: inputs x outputs, 1 x outputs. */
interface DenseMap {
  readonly weights: Tensor2D;
  readonly bias: Tensor2D;
}

interface TensorModule {
  readonly query: DenseMap;
  readonly key: DenseMap;
  readonly value: DenseMap;
  /** Keys and values, null's first; rows beyond `count` are not used. */
  keys: Tensor2D;
  values: Tensor2D;
}

/** Most entries of a dense matrix: 64 MiB. */
const MAX_ENTRIES = 2 ** 24;

/** A decoder on tensors. Call dispose() when done. */
export class TensorDecoder {
  readonly #tf: Tf;
  readonly #decoder: Decoder;
  readonly #scale: number | undefined;
  readonly #maps = new Map<AffineMap, DenseMap>();
  readonly #layers: readonly {
    readonly self: TensorModule | undefined;
    readonly cross: TensorModule | undefined;
    readonly maps: readonly DenseMap[];
  }[];
  #output: Tensor2D;
  #pass = 0;

  /** @throws {TensorLimit} if a matrix has more than 2^24 entries, or a weight is no float32 */
  constructor(tf: Tf, decoder: Decoder, input: readonly number[], { attention = "hard" }: TensorDecodeOptions = {}) {
    this.#tf = tf;
    this.#decoder = decoder;
    this.#scale = attention === "hard" ? undefined : attention;
    this.#output = tf.tensor2d([[...decoder.start]]);
    const encoded = encode(decoder, input);
    this.#layers = decoder.layers.map(({ self, cross, feedForward }) => ({
      self: this.#module(self, []),
      cross: this.#module(cross, encoded),
      maps: feedForward.map((map) => this.#dense(map)),
    }));
  }

  /** The next pass. @returns o_i as floats. Shape: width */
  async next(): Promise<Float32Array> {
    this.#step();
    return (await this.#output.data()) as Float32Array;
  }

  /** The next pass. @returns what each layer holds, h^(1), ..., h^(d) = o_i. Shape: layers x width */
  async nextLayers(): Promise<Float32Array[]> {
    const kept: Tensor2D[] = [];
    this.#step((h) => kept.push(h.clone()));
    const layers = await Promise.all(kept.map((h) => h.data()));
    this.#tf.dispose(kept);
    return layers as Float32Array[];
  }

  #step(onLayer?: (h: Tensor2D) => void): void {
    const tf = this.#tf;
    const { sizes, width } = this.#decoder;
    const code = tf.tensor2d([positionalCode(sizes, width, ++this.#pass)]);
    const before = this.#output;
    let h: Tensor2D = tf.add(before, code);
    tf.dispose([before, code]);
    for (const { self, cross, maps } of this.#layers) {
      if (self !== undefined) {
        this.#remember(self, h);
        h = this.#replaced(h, this.#attend(self, h));
      }
      if (cross !== undefined) h = this.#replaced(h, this.#attend(cross, h));
      for (const map of maps)
        h = this.#replaced(
          h,
          tf.tidy(() => tf.relu(this.#apply(map, h))),
        );
      onLayer?.(h);
    }
    this.#output = h;
  }

  /** Frees all tensors. */
  dispose(): void {
    const tf = this.#tf;
    for (const { weights, bias } of this.#maps.values()) tf.dispose([weights, bias]);
    for (const { self, cross } of this.#layers)
      for (const one of [self, cross]) if (one !== undefined) tf.dispose([one.keys, one.values]);
    tf.dispose(this.#output);
  }

  #replaced(old: Tensor2D, fresh: Tensor2D): Tensor2D {
    this.#tf.dispose(old);
    return fresh;
  }

  #apply({ weights, bias }: DenseMap, input: Tensor2D): Tensor2D {
    return this.#tf.add(this.#tf.matMul(input, weights), bias);
  }

  /** Appends the position's key and value. */
  #remember(module: TensorModule, position: Tensor2D): void {
    const tf = this.#tf;
    const [keys, values] = tf.tidy(() => [
      tf.concat([module.keys, this.#apply(module.key, position)], 0),
      tf.concat([module.values, this.#apply(module.value, position)], 0),
    ]) as [Tensor2D, Tensor2D];
    tf.dispose([module.keys, module.values]);
    [module.keys, module.values] = [keys, values];
  }

  #attend({ query, keys, values }: TensorModule, h: Tensor2D): Tensor2D {
    const tf = this.#tf;
    const scale = this.#scale;
    return tf.tidy(() => {
      const scores = tf.matMul(this.#apply(query, h), keys, false, true);
      if (scale !== undefined) return tf.add(h, tf.matMul(tf.softmax(tf.mul(scores, scale)), values));
      const best = tf.cast(tf.equal(scores, tf.max(scores, 1, true)), "float32");
      return tf.add(h, tf.div(tf.matMul(best, values), tf.sum(best, 1, true)));
    });
  }

  #module(module: Attention | null, others: readonly (readonly number[])[]): TensorModule | undefined {
    if (module === null) return undefined;
    const tf = this.#tf;
    const fresh: TensorModule = {
      query: this.#dense(module.query),
      key: this.#dense(module.key),
      value: this.#dense(module.value),
      keys: tf.tensor2d([[...module.nullKey]]),
      values: tf.tensor2d([[...module.nullValue]]),
    };
    for (const other of others) {
      const position = tf.tensor2d([[...other]]);
      this.#remember(fresh, position);
      tf.dispose(position);
    }
    return fresh;
  }

  #dense(map: AffineMap): DenseMap {
    const known = this.#maps.get(map);
    if (known !== undefined) return known;
    const { inputs, rows } = map;
    if (inputs * rows.length > MAX_ENTRIES)
      throw new TensorLimit(`expected matrices of at most ${MAX_ENTRIES} entries, got ${inputs} x ${rows.length}`);
    const float32 = (value: number): number => {
      if (Math.fround(value) !== value) throw new TensorLimit(`expected weights that float32 holds, got ${value}`);
      return value;
    };
    const weights = new Float32Array(inputs * rows.length);
    const bias = new Float32Array(rows.length);
    for (const [r, row] of rows.entries()) {
      bias[r] = float32(row.bias);
      for (const [column, weight] of row.entries) weights[column * rows.length + r] = float32(weight);
    }
    const made = {
      weights: this.#tf.tensor2d(weights, [inputs, rows.length]),
      bias: this.#tf.tensor2d(bias, [1, rows.length]),
    };
    this.#maps.set(map, made);
    return made;
  }
}
