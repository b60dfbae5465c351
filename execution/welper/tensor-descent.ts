/** The descent (22) on tensors: gradients by automatic differentiation, x by Frank-Wolfe or by projection, T and H by their rates. */
import type * as tfjs from "@tensorflow/tfjs-core";
import type { TensorTracing, TracingVariables } from "./tensor-tracing.js";

/** How x is trained. */
export type DescentMethod = "frank-wolfe" | "projected";

/** The rates; that of x is for projected gradient alone. */
export interface DescentRates {
  readonly content: number;
  readonly head: number;
  readonly projected: number;
}

/** What a step of descent is on: a scalar of the variables. Any loss that traces may take its place. */
export type TensorLoss = (variables: TracingVariables) => tfjs.Scalar;

/** One step. @returns the new variables, which the caller disposes of, and the loss before the step */
export function tensorStep(
  tracing: TensorTracing,
  loss: TensorLoss,
  variables: TracingVariables,
  method: DescentMethod,
  rates: DescentRates,
): { readonly loss: number; readonly variables: TracingVariables } {
  const { tf, network } = tracing;
  const count = variables.content.length;
  let value = 0;
  const next = tf.tidy(() => {
    const gradients = tf.valueAndGrads((x: tfjs.Tensor, ...rest: tfjs.Tensor[]) =>
      loss({
        x: x as tfjs.Tensor2D,
        content: rest.slice(0, count) as tfjs.Tensor2D[],
        head: rest.slice(count) as tfjs.Tensor2D[],
      }),
    );
    const { value: scalar, grads } = gradients([variables.x, ...variables.content, ...variables.head]);
    value = scalar.dataSync()[0] as number;
    const [gx, ...others] = grads as [tfjs.Tensor, ...tfjs.Tensor[]];
    const gradient = gx.dataSync() as Float32Array;
    const before = variables.x.dataSync() as Float32Array;
    const x =
      method === "projected" ? projectedStep(before, gradient, rates.projected) : frankWolfeStep(before, gradient);
    const along = (variable: tfjs.Tensor2D, slope: tfjs.Tensor | undefined, rate: number): tfjs.Tensor2D =>
      tf.sub(variable, tf.mul(slope as tfjs.Tensor, rate));
    return {
      x: tf.tensor2d(x, [1, x.length]),
      content: variables.content.map((content, i) =>
        network.readOnly.includes(i) ? tf.clone(content) : along(content, others[i], rates.content),
      ),
      head: variables.head.map((head, i) => along(head, others[count + i], rates.head)),
    };
  }) as unknown as { x: tfjs.Tensor2D; content: tfjs.Tensor2D[]; head: tfjs.Tensor2D[] };
  return { loss: value, variables: next };
}

/** The vertex at which the gradient is least: x itself if it is one of them (amendment `tie-at-zero`), else the first. */
export function frankWolfeStep(x: Float32Array, gradient: Float32Array): Float32Array {
  let least = Math.max(0, x.indexOf(1));
  for (let v = 0; v < gradient.length; v++) if ((gradient[v] as number) < (gradient[least] as number)) least = v;
  return Float32Array.from(gradient, (_, v) => (v === least ? 1 : 0));
}

/** P_S(x - rate * gradient), in doubles that are rounded to float32 at the end. */
export function projectedStep(x: Float32Array, gradient: Float32Array, rate: number): Float32Array {
  const moved = Float64Array.from(x, (value, v) => value - rate * (gradient[v] as number));
  const falling = moved.toSorted().toReversed();
  let sum = 0;
  let threshold = 0;
  for (const [i, value] of falling.entries()) {
    sum += value;
    const candidate = (sum - 1) / (i + 1);
    if (value > candidate) threshold = candidate;
  }
  return Float32Array.from(moved, (value) => Math.max(0, value - threshold));
}

/** Frees the tensors of variables. */
export function disposeVariables({ x, content, head }: TracingVariables): void {
  for (const tensor of [x, ...content, ...head]) tensor.dispose();
}
