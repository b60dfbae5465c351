/**
 * Training of an extended network by gradient descent on its squared error: every step on tensors, compared with the exact descent on the machine's
 * loss alone, which is what section 5.4 claims it to be.
 */
import type * as tfjs from "@tensorflow/tfjs-core";
import type { Extended } from "../../construction/welper/extend.js";
import { extendedLosses } from "../../spec/welper/extended-network.js";
import { parameterCount, weightRows } from "../../spec/welper/primary-network.js";
import type { Backend } from "../tensors/backends.js";
import { IntegerDescent } from "./integer-descent.js";
import { equalsExact, numberOf } from "./run-tracing.js";
import { disposeVariables, frankWolfeStep, projectedStep, type DescentMethod } from "./tensor-descent.js";
import { TensorExtended, type ExtendedVariables } from "./tensor-extended.js";

/** Which branch reaches the output: the labels' own, the machine's, the primary network's. */
export type Phase = "labels" | "machine" | "network";

/** A step of training. */
export interface ExtendedStep {
  readonly loss: number;
  readonly phase: Phase;
}

/** The end of a training. */
export interface ExtendedTraining {
  /** Whether the threshold was reached. */
  readonly stopped: boolean;
  /** The loss before each step, and at the end. */
  readonly steps: readonly ExtendedStep[];
  readonly machineSteps: number;
  readonly bitExact: boolean;
  /** The first step after which a tensor is not the exact one. */
  readonly firstDeviation: number | null;
  /** Read from the tape, on tensors. */
  readonly weights: readonly number[];
  /** Outputs of F at points. */
  readonly outputs: readonly number[];
}

/** Options of a training. */
export interface TrainOptions {
  readonly method: DescentMethod;
  readonly maxSteps: number;
  /** Points at which F is computed in the end. */
  readonly points: readonly (readonly number[])[];
  readonly onStep?: (done: number) => void;
}

/** Trains until the threshold is reached. @throws {TracingTooLarge} */
export function trainExtended({ tf }: Backend, extended: Extended, options: TrainOptions): ExtendedTraining {
  const { tracing, examples, tapes, constants, root } = extended;
  const network = new TensorExtended(tf, extended);
  const inputs = tf.tensor2d(examples.map(({ x }) => [...x]));
  const exact = new IntegerDescent(tracing.network, 0, tapes);
  const expected = expectedLosses(extended, exact);
  let variables = network.variables();
  const steps: ExtendedStep[] = [];
  let firstDeviation: number | null = null;
  let stopped = false;
  for (let k = 0; ; k++) {
    const haltedBefore = expected.halted();
    const loss = root === "held" ? expected.at(k) : undefined;
    const step = stepOf(network, extended, variables, inputs, options.method);
    steps.push({ loss: step.loss, phase: k === 0 ? "labels" : haltedBefore ? "network" : "machine" });
    if (firstDeviation === null && loss !== undefined && loss !== step.loss) firstDeviation = k;
    stopped = step.loss <= constants.stop;
    if (stopped || k >= options.maxSteps) {
      for (const each of [step.variables, { ...step.variables, x: step.variables.z, content: [], head: [] }])
        disposeVariables(each);
      break;
    }
    disposeVariables(variables);
    variables.z.dispose();
    variables = step.variables;
    if (k > 0 && !haltedBefore) exact.step();
    if (firstDeviation === null && !isExact(variables, exact, extended)) firstDeviation = k + 1;
    options.onStep?.(k + 1);
  }
  return {
    stopped,
    steps,
    machineSteps: steps.filter(({ phase }) => phase === "machine").length,
    bitExact: firstDeviation === null,
    firstDeviation,
    ...finalValues(network, variables, options.points, examples),
  };
}

/** The losses that 5.2 to 5.4 claim, with the held root. */
function expectedLosses(
  { tracing, constants, shape, examples, algorithm }: Extended,
  exact: IntegerDescent,
): { readonly halted: () => boolean; readonly at: (k: number) => number } {
  const { machine, network } = tracing;
  const perState = network.vertices / machine.states.length;
  const halted = (): boolean => machine.halting[Math.floor(exact.vertex / perState)] === true;
  return {
    halted,
    at: (k) => {
      const cells = exact.tapes[1]?.content ?? new Int32Array();
      const theta = weightRows(algorithm.code, parameterCount(shape)).map(({ constant, entries }) =>
        entries.reduce((sum, [cell, weight]) => sum + weight * (cells[cell] as number), constant),
      );
      const { first, running, final } = extendedLosses(constants, shape, theta, examples);
      return k === 0 ? first : halted() ? final : running;
    },
  };
}

/** One step of (3). */
function stepOf(
  network: TensorExtended,
  { tracing }: Extended,
  variables: ExtendedVariables,
  inputs: tfjs.Tensor2D,
  method: DescentMethod,
): { readonly loss: number; readonly variables: ExtendedVariables } {
  const { tf } = network;
  const { rates } = tracing.constants;
  const [data, ...written] = variables.content as [tfjs.Tensor2D, ...tfjs.Tensor2D[]];
  let loss = 0;
  const next = tf.tidy(() => {
    const gradients = tf.valueAndGrads((x: tfjs.Tensor, z: tfjs.Tensor, ...rest: tfjs.Tensor[]) => {
      const [content, head] = [rest.slice(0, written.length), rest.slice(written.length)] as tfjs.Tensor2D[][];
      const at = {
        x: x as tfjs.Tensor2D,
        z: z as tfjs.Tensor2D,
        content: [data, ...(content ?? [])],
        head: head ?? [],
      };
      return network.loss(at, inputs);
    });
    const { value, grads } = gradients([variables.x, variables.z, ...written, ...variables.head]);
    loss = value.dataSync()[0] as number;
    const [gx, gz, ...others] = grads as [tfjs.Tensor, tfjs.Tensor, ...tfjs.Tensor[]];
    const gradient = gx.dataSync() as Float32Array;
    const before = variables.x.dataSync() as Float32Array;
    const x =
      method === "projected"
        ? projectedStep(before, gradient, numberOf(rates.projected))
        : frankWolfeStep(before, gradient);
    const along = (variable: tfjs.Tensor2D, slope: tfjs.Tensor | undefined, rate: number): tfjs.Tensor2D =>
      tf.sub(variable, tf.mul(slope as tfjs.Tensor, rate));
    return {
      x: tf.tensor2d(x, [1, x.length]),
      z: along(variables.z, gz, 1),
      content: [tf.clone(data), ...written.map((one, i) => along(one, others[i], numberOf(rates.content)))],
      head: variables.head.map((one, i) => along(one, others[written.length + i], numberOf(rates.head))),
    };
  }) as unknown as ExtendedVariables;
  return { loss, variables: next };
}

/** Whether s, T and H are those of the exact descent, and z the labels less the offset. */
function isExact(variables: ExtendedVariables, exact: IntegerDescent, { examples, constants }: Extended): boolean {
  const z = variables.z.dataSync() as Float32Array;
  if (!examples.every(({ y }, i) => z[i] === y - constants.offset)) return false;
  return equalsExact(variables, exact, 1);
}

/** The weights, and the outputs at points: F takes as many rows at once as there are labels. */
function finalValues(
  network: TensorExtended,
  variables: ExtendedVariables,
  points: readonly (readonly number[])[],
  examples: Extended["examples"],
): { readonly weights: number[]; readonly outputs: number[] } {
  const { tf } = network;
  const rows = examples.length;
  const outputs: number[] = [];
  let weights: number[] = [];
  for (let from = 0; from < Math.max(1, points.length); from += rows) {
    const chunk = points.slice(from, from + rows);
    tf.tidy(() => {
      const padded = Array.from({ length: rows }, (_, i) => [...(chunk[i] ?? examples[0]?.x ?? [])]);
      const { out, theta } = network.forward(variables, tf.tensor2d(padded));
      outputs.push(...Array.from(out.dataSync()).slice(0, chunk.length));
      weights = Array.from(theta.dataSync());
    });
  }
  return { weights, outputs };
}
