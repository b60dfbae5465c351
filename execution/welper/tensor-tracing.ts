/**
 * The loss (21) on TensorFlow.js: a graph of tensors with stop-gradients, from which automatic differentiation takes the gradient. A
 * stop-gradient is an operation of its own whose gradient is 0.
 */
import type * as tfjs from "@tensorflow/tfjs-core";
import { MOVES, type Move } from "../../spec/machines/machine.js";
import { movedHead, type Tape } from "../../spec/welper/tapes.js";
import type { ReadOut, TracingNetwork } from "../../spec/welper/tracing.js";
import type { Tf } from "../tensors/tensor-rcnn.js";

/** What is trained, as tensors: x (1 x |V|), and for each tape T (cells x k) and H (1 x cells). */
export interface TracingVariables {
  readonly x: tfjs.Tensor2D;
  readonly content: readonly tfjs.Tensor2D[];
  readonly head: readonly tfjs.Tensor2D[];
}

/** Most numbers of the dense matrices together: 256 MiB. */
const MOST_NUMBERS = 2 ** 26;

/** A loss that does not fit on tensors as dense matrices. */
export class TracingTooLarge extends Error {
  override readonly name: string = "TracingTooLarge";
}

/** \ y \: the same value, with the gradient 0. */
export function stopGradient(tf: Tf, value: tfjs.Tensor): tfjs.Tensor2D {
  const stop = tf.customGrad((...inputs: (tfjs.Tensor | tfjs.GradSaveFunc)[]) => {
    const [input] = inputs as [tfjs.Tensor];
    return { value: tf.mul(input, 1), gradFunc: () => tf.zerosLike(input) };
  });
  return stop(value) as tfjs.Tensor2D;
}

/** The loss as dense matrices on the device. */
export class TensorTracing {
  readonly tf: Tf;
  readonly network: TracingNetwork;
  readonly #k: number;
  readonly #weights: tfjs.Tensor2D;
  readonly #bias: tfjs.Tensor2D;
  readonly #out: tfjs.Tensor2D;
  readonly #readOuts: Readonly<Record<"read" | "write" | "move", tfjs.Tensor2D>>;
  /** Per tape, the matrix of each move that some vertex makes. */
  readonly #shifts: readonly (readonly (readonly [move: number, matrix: tfjs.Tensor2D])[])[];

  /** @throws {TracingTooLarge} if the matrices do not fit */
  constructor(tf: Tf, network: TracingNetwork, tapes: readonly Omit<Tape, "head">[]) {
    this.tf = tf;
    this.network = network;
    this.#k = network.codes[0]?.length ?? 0;
    const { vertices, units } = network;
    const shifts = tapes.reduce((sum, { cells }) => sum + 5 * cells.length ** 2, 0);
    if (units.length * vertices + shifts > MOST_NUMBERS)
      throw new TracingTooLarge(`expected at most ${MOST_NUMBERS} numbers as dense matrices`);
    const weights = new Float32Array(vertices * units.length);
    for (const [u, { entries }] of units.entries())
      for (const [v, weight] of entries) weights[v * units.length + u] = weight;
    this.#weights = tf.tensor2d(weights, [vertices, units.length]);
    this.#bias = tf.tensor2d(
      Float32Array.from(units, ({ bias }) => bias),
      [1, units.length],
    );
    this.#out = tf.tensor2d(
      Float32Array.from(units, ({ out }) => out),
      [units.length, 1],
    );
    const dense = (map: ReadOut): tfjs.Tensor2D => {
      const numbers = new Float32Array(vertices * map.length);
      for (const [r, row] of map.entries()) for (const [v, weight] of row) numbers[v * map.length + r] = weight;
      return tf.tensor2d(numbers, [vertices, map.length]);
    };
    const { read, write, move } = network;
    this.#readOuts = { read: dense(read), write: dense(write), move: dense(move) };
    this.#shifts = tapes.map((tape, i) =>
      MOVES.flatMap((name, m) => (move[5 * i + m]?.length === 0 ? [] : [[m, shiftMatrix(tf, tape, name)] as const])),
    );
  }

  /** The variables at a vertex and tapes. */
  variables(vertex: number, tapes: readonly Tape[]): TracingVariables {
    const { tf } = this;
    const { vertices, codes } = this.network;
    const indicator = (length: number, at: number): tfjs.Tensor2D =>
      tf.tensor2d(
        Float32Array.from({ length }, (_, c) => (c === at ? 1 : 0)),
        [1, length],
      );
    return {
      x: indicator(vertices, vertex),
      content: tapes.map(({ cells }) =>
        tf.tensor2d(Float32Array.from(cells.flatMap((s) => codes[s] ?? [])), [cells.length, this.#k]),
      ),
      head: tapes.map(({ cells, head }) => indicator(cells.length, head)),
    };
  }

  /** The loss at variables, a scalar; inside tf.tidy and tf.grads. */
  loss({ x, content, head }: TracingVariables): tfjs.Scalar {
    const { tf } = this;
    const { constant, factors } = this.network;
    const hidden = tf.relu(tf.add(tf.matMul(x, this.#weights), this.#bias));
    let loss = tf.add(tf.sum(tf.matMul(hidden as tfjs.Tensor2D, this.#out)), constant);
    const stopped = stopGradient(tf, x);
    const of = (from: tfjs.Tensor2D, map: "read" | "write" | "move"): tfjs.Tensor2D =>
      tf.matMul(from, this.#readOuts[map]) as tfjs.Tensor2D;
    const [seen, written, shares] = [of(x, "read"), of(stopped, "write"), of(stopped, "move")];
    const square = (difference: tfjs.Tensor, factor: number): tfjs.Tensor =>
      tf.mul(tf.sum(tf.square(difference)), factor / 2);
    for (const [i, tape] of content.entries()) {
      const row = (all: tfjs.Tensor2D): tfjs.Tensor2D => tf.slice(all, [0, i * this.#k], [1, this.#k]);
      const headHere = head[i] as tfjs.Tensor2D;
      const stoppedHead = stopGradient(tf, headHere);
      const error = tf.sub(tf.matMul(stoppedHead, tape), row(written)) as tfjs.Tensor2D;
      const shifted = this.#shifted(i, stoppedHead, shares);
      const after = tf.sub(
        stopGradient(tf, tape),
        tf.matMul(stoppedHead, stopGradient(tf, error), true),
      ) as tfjs.Tensor2D;
      const target = tf.matMul(shifted, after);
      loss = tf.add(loss, square(error, factors.write));
      loss = tf.add(loss, square(tf.sub(target, row(seen)), factors.read));
      loss = tf.add(loss, square(tf.sub(shifted, headHere), factors.move));
    }
    return loss as tfjs.Scalar;
  }

  /** S(x) H, of stopped tensors. */
  #shifted(tape: number, head: tfjs.Tensor2D, shares: tfjs.Tensor2D): tfjs.Tensor2D {
    const { tf } = this;
    const parts = (this.#shifts[tape] ?? []).map(([m, matrix]) => {
      const share = tf.slice(shares, [0, 5 * tape + m], [1, 1]);
      return tf.mul(tf.matMul(head, matrix), share) as tfjs.Tensor2D;
    });
    return parts.reduce((sum, part) => tf.add(sum, part));
  }
}

/** Row c has its 1 at the cell that a move from c leads to. */
function shiftMatrix(tf: Tf, { rows, columns, cells }: Omit<Tape, "head">, move: Move): tfjs.Tensor2D {
  const count = cells.length;
  const matrix = new Float32Array(count * count);
  for (let c = 0; c < count; c++) matrix[c * count + movedHead({ rows, columns, head: c }, move)] = 1;
  return tf.tensor2d(matrix, [count, count]);
}
