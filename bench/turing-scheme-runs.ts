/** Runs of the scheme in turing-scheme.ts: with each operation rounded, and on tensors. */
import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Tf } from "../execution/tensors/tensor-rcnn.js";
import type { Attend, Linear, Scheme } from "./turing-scheme.js";

/** How sums are taken. */
export interface SchemeArithmetic {
  /** The nearest number of the format. */
  readonly round: (value: number) => number;
  /** Partial sums of a mean over ties: 1 adds in order; libraries have 4, 8 or more, as wide as their vectors. */
  readonly lanes: number;
}

/**
 * The outputs of passes 1, 2, ..., each operation rounded. Keys and values are kept: earlier rows do not change, since what is read of
 * them does not depend on later ones.
 */
export function* runScheme(
  scheme: Scheme,
  tape: readonly number[],
  { round, lanes }: SchemeArithmetic,
): Generator<Float64Array> {
  const encoder = tape.map((symbol, i) => scheme.encode(-1, symbol, i, 0));
  const apply = ({ rows, bias, relu }: Linear, h: Float64Array): Float64Array =>
    Float64Array.from(rows, (row, r) => {
      let sum = 0;
      for (let c = 0; c < row.length; c++)
        if (row[c] !== 0) sum = round(sum + round((row[c] as number) * (h[c] as number)));
      sum = round(sum + (bias[r] as number));
      return relu && sum < 0 ? 0 : sum;
    });
  const memories = scheme.layers.map((layer) => {
    const others = layer.kind === "attend" && layer.cross ? encoder : [];
    return others.map((h) => {
      const { key, value } = layer as Attend;
      return { key: apply(key, h), value: apply(value, h) };
    });
  });
  let h = scheme.begin();
  for (let pass = 1; ; pass++) {
    for (const [j, layer] of scheme.layers.entries()) {
      if (layer.kind === "linear") {
        h = apply(layer, h);
        continue;
      }
      const memory = memories[j] as { readonly key: Float64Array; readonly value: Float64Array }[];
      if (!layer.cross) memory.push({ key: apply(layer.key, h), value: apply(layer.value, h) });
      const query = apply(layer.query, h);
      const score = (key: Float64Array): number =>
        query.reduce((sum, entry, r) => round(sum + round(entry * (key[r] as number))), 0);
      const shares = sharesOf([layer.nullKey, ...memory.map(({ key }) => key)].map(score), round);
      const partial = Array.from({ length: lanes }, () => new Float64Array(h.length));
      for (const [t, share] of shares.entries()) {
        if (t === 0 || share === 0) continue;
        const { value } = memory[t - 1] as { readonly value: Float64Array };
        const sums = partial[t % lanes] as Float64Array;
        for (let c = 0; c < h.length; c++)
          if (value[c] !== 0) sums[c] = round((sums[c] as number) + round(share * (value[c] as number)));
      }
      const added = partial.reduce((sums, lane) => sums.map((sum, c) => round(sum + (lane[c] as number))));
      h = h.map((entry, c) => round(entry + (added[c] as number)));
    }
    yield h;
    // The code of the next pass is added; pos1 is 0 in outputs.
    const code = scheme.bin(pass);
    h = Float64Array.from(h, (entry, c) => round(entry + (code[c - scheme.at.pos1] ?? 0)));
  }
}

/** Softmax of 9999 times the score; its option of shares of all that are close to the best gives the same. */
function sharesOf(scores: readonly number[], round: (value: number) => number): number[] {
  const scaled = scores.map((score) => round(score * 9999));
  const most = Math.max(...scaled);
  const weights = scaled.map((score) => round(Math.exp(round(score - most))));
  const sum = weights.reduce((total, weight) => round(total + weight), 0);
  return weights.map((weight) => round(weight / sum));
}

/** The same on tensors, with the whole history computed again in each pass; attention by softmax. Frees nothing of its weights. */
export class TensorScheme {
  readonly #tf: Tf;
  readonly #scheme: Scheme;
  readonly #encoder: Tensor2D;
  readonly #maps = new Map<Linear, readonly [weights: Tensor2D, bias: Tensor2D]>();
  #history: Tensor2D;
  #pass = 0;

  constructor(tf: Tf, scheme: Scheme, tape: readonly number[]) {
    this.#tf = tf;
    this.#scheme = scheme;
    const rows = (list: readonly Float64Array[]): Tensor2D => tf.tensor2d(list.map((row) => [...row]));
    this.#encoder = rows(tape.map((symbol, i) => scheme.encode(-1, symbol, i, 0)));
    this.#history = rows([scheme.begin()]);
    for (const layer of scheme.layers)
      for (const map of layer.kind === "linear" ? [layer] : [layer.query, layer.key, layer.value]) {
        const weights = tf.tidy(() => tf.transpose(rows(map.rows)) as Tensor2D);
        this.#maps.set(map, [weights, rows([map.bias])]);
      }
  }

  /** The output of the next pass. Shape: width */
  async next(): Promise<Float32Array> {
    const tf = this.#tf;
    const { width, layers, at } = this.#scheme;
    const [output, history] = tf.tidy(() => {
      let x: Tensor2D = this.#history;
      for (const layer of layers) x = layer.kind === "linear" ? this.#apply(layer, x) : this.#attend(layer, x);
      const last = tf.slice(x, [this.#pass, 0], [1, width]);
      const code = new Float32Array(width);
      code.set(this.#scheme.bin(this.#pass + 1), at.pos1);
      return [last, tf.concat([this.#history, tf.add(last, tf.tensor2d(code, [1, width]))], 0)];
    }) as [Tensor2D, Tensor2D];
    this.#pass++;
    this.#history.dispose();
    this.#history = history;
    const data = (await output.data()) as Float32Array;
    output.dispose();
    return data;
  }

  #apply(map: Linear, x: Tensor2D): Tensor2D {
    const tf = this.#tf;
    const [weights, bias] = this.#maps.get(map) as readonly [Tensor2D, Tensor2D];
    const sum = tf.add(tf.matMul(x, weights), bias) as Tensor2D;
    return map.relu ? tf.relu(sum) : sum;
  }

  #attend(layer: Attend, x: Tensor2D): Tensor2D {
    const tf = this.#tf;
    const others = layer.cross ? this.#encoder : x;
    const none = tf.tensor2d([[...layer.nullKey]]);
    const keys = tf.concat([none, this.#apply(layer.key, others)], 0) as Tensor2D;
    const values = tf.concat([tf.zeros([1, this.#scheme.width]), this.#apply(layer.value, others)], 0) as Tensor2D;
    const scores = tf.matMul(this.#apply(layer.query, x), keys, false, true);
    return tf.add(x, tf.matMul(tf.softmax(tf.mul(scores, 9999)), values));
  }
}
