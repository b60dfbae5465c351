/** The extended network F on TensorFlow.js: Figure 1, node by node, with its dotted arcs as stop-gradients. */
import type * as tfjs from "@tensorflow/tfjs-core";
import { labelCells } from "../../construction/welper/algorithms/program.js";
import type { Extended } from "../../construction/welper/extend.js";
import type { Turn } from "../../spec/welper/extended-network.js";
import { parameterCount, weightRows } from "../../spec/welper/primary-network.js";
import type { Tf } from "../tensors/tensor-rcnn.js";
import { stopGradient, TensorTracing, type TracingVariables } from "./tensor-tracing.js";

/** What is trained: s, T, H as in the tracing loss (T of tape 0 is no variable and is left as it is), and z (1 x n). */
export interface ExtendedVariables extends TracingVariables {
  readonly z: tfjs.Tensor2D;
}

/** Values of a forward pass. */
export interface ExtendedForward {
  /** 1 x n */
  readonly out: tfjs.Tensor2D;
  readonly theta: tfjs.Tensor2D;
}

/** The network on the device. */
export class TensorExtended {
  readonly tf: Tf;
  readonly tracing: TensorTracing;
  readonly #extended: Extended;
  /** Puts n labels onto the data tape, a column. */
  readonly #labels: tfjs.Tensor2D;
  readonly #halts: tfjs.Tensor2D;
  readonly #theta: { readonly weights: tfjs.Tensor2D; readonly constant: tfjs.Tensor2D };
  readonly #perp: tfjs.Tensor2D;
  readonly #y: tfjs.Tensor2D;

  /** @throws {TracingTooLarge} if the matrices do not fit */
  constructor(tf: Tf, extended: Extended) {
    this.tf = tf;
    this.#extended = extended;
    const { tracing, examples, algorithm, shape, tapes } = extended;
    this.tracing = new TensorTracing(tf, tracing.network, tapes);
    const n = examples.length;
    const cells = tapes[0]?.cells.length ?? 0;
    const places = new Float32Array(cells * n);
    for (const [i, cell] of labelCells(examples).entries()) places[cell * n + i] = 1;
    this.#labels = tf.tensor2d(places, [cells, n]);
    const { machine, network } = tracing;
    const perState = network.vertices / machine.states.length;
    const halts = Float32Array.from({ length: network.vertices }, (_, v) =>
      machine.halting[Math.floor(v / perState)] === true ? 1 : 0,
    );
    this.#halts = tf.tensor2d(halts, [network.vertices, 1]);
    const rows = weightRows(algorithm.code, parameterCount(shape));
    const output = tapes[1]?.cells.length ?? 0;
    const weights = new Float32Array(output * rows.length);
    for (const [i, { entries }] of rows.entries())
      for (const [cell, weight] of entries) weights[cell * rows.length + i] = weight;
    this.#theta = {
      weights: tf.tensor2d(weights, [output, rows.length]),
      constant: tf.tensor2d(
        Float32Array.from(rows, ({ constant }) => constant),
        [1, rows.length],
      ),
    };
    // y -> (-y_2, y_1, -y_4, y_3, 0, ...) / 2
    const perp = new Float32Array(n * n);
    for (const [from, to, sign] of [
      [1, 0, -1],
      [0, 1, 1],
      [3, 2, -1],
      [2, 3, 1],
    ] as const)
      perp[from * n + to] = sign / 2;
    this.#perp = tf.tensor2d(perp, [n, n]);
    this.#y = tf.tensor2d(
      Float32Array.from(examples, ({ y }) => y),
      [1, n],
    );
  }

  /** s_0, T_0, H_0 and z_0 = 0; the labels are not on the tape yet. */
  variables(): ExtendedVariables {
    const { tapes, examples } = this.#extended;
    const start = this.tracing.variables(0, tapes);
    const [data, ...rest] = start.content;
    const withoutLabels = this.tf.tidy(() => {
      const isLabel = this.tf.max(this.#labels, 1, true);
      return this.tf.mul(data as tfjs.Tensor2D, this.tf.sub(1, isLabel)) as tfjs.Tensor2D;
    });
    data?.dispose();
    return { ...start, content: [withoutLabels, ...rest], z: this.tf.zeros([1, examples.length]) };
  }

  /** F at inputs (rows x M, as many rows as labels). */
  forward({ x, content, head, z }: ExtendedVariables, inputs: tfjs.Tensor2D): ExtendedForward {
    const { tf } = this;
    const { root, constants } = this.#extended;
    const labels = tf.add(stopGradient(tf, z), constants.offset) as tfjs.Tensor2D;
    const data = tf.add(content[0] as tfjs.Tensor2D, tf.matMul(this.#labels, labels, false, true)) as tfjs.Tensor2D;
    const loss = this.tracing.loss({ x, content: [stopGradient(tf, data), ...content.slice(1)], head });
    const halted = tf.reshape(tf.matMul(stopGradient(tf, x), this.#halts), []);
    const { running, halted: low } = constants.held;
    const held = tf.add(running ** 2, tf.mul(halted, low ** 2 - running ** 2));
    const square =
      root === "held"
        ? tf.add(tf.mul(2, tf.sub(loss, stopGradient(tf, loss) as unknown as tfjs.Scalar)), held)
        : tf.mul(2, loss);
    const u = tf.mul(tf.sqrt(square), tf.matMul(labels, this.#perp));
    const theta = tf.add(
      tf.matMul(stopGradient(tf, content[1] as tfjs.Tensor2D), this.#theta.weights, true),
      this.#theta.constant,
    ) as tfjs.Tensor2D;
    const f = this.#primary(theta, inputs);
    const net = this.#switch(tf.sum(tf.square(u)), constants.turns.net, f, u);
    const out = this.#switch(tf.sum(tf.square(z)), constants.turns.init, tf.add(z, constants.offset), net);
    return { out: out as tfjs.Tensor2D, theta };
  }

  /** (2): the squared error on the examples, halved. */
  loss(variables: ExtendedVariables, inputs: tfjs.Tensor2D): tfjs.Scalar {
    const { tf } = this;
    const { out } = this.forward(variables, inputs);
    return tf.mul(tf.sum(tf.square(tf.sub(out, this.#y))), 0.5);
  }

  /** (1 - c) closed + c open, with c the cutoff at t. */
  #switch(t: tfjs.Tensor, [from, to]: Turn, closed: tfjs.Tensor, open: tfjs.Tensor): tfjs.Tensor {
    const { tf } = this;
    const c = tf.mul(tf.sub(tf.relu(tf.sub(t, from)), tf.relu(tf.sub(t, to))), 1 / (to - from));
    return tf.add(tf.mul(tf.sub(1, c), closed), tf.mul(c, open));
  }

  #primary(theta: tfjs.Tensor2D, inputs: tfjs.Tensor2D): tfjs.Tensor {
    const { tf } = this;
    const { shape } = this.#extended;
    let values: tfjs.Tensor = inputs;
    let next = 0;
    for (const [layer, rows] of shape.slice(1).entries()) {
      const columns = shape[layer] as number;
      const size = rows * (columns + 1);
      const matrix = tf.reshape(tf.slice(theta, [0, next], [1, size]), [rows, columns + 1]);
      const weights = tf.slice(matrix, [0, 0], [rows, columns]) as tfjs.Tensor2D;
      const bias = tf.reshape(tf.slice(matrix, [0, columns], [rows, 1]), [1, rows]);
      const sums = tf.add(tf.matMul(values as tfjs.Tensor2D, weights, false, true), bias);
      values = layer === shape.length - 2 ? sums : tf.relu(sums);
      next += size;
    }
    return tf.reshape(values, [1, -1]);
  }
}
