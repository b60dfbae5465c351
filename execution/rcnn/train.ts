/**
 * Algorithm 1 in exact integers: one pass of SGD over the training set and the dummy sample that trains the memory
 * layer alone, and what Lemmas 3 and 4 say about each of its steps.
 *
 * The change of units: with Y = 3^(K-2) y and F = 3^(K-2) f the loss (Y - F)^2 / 2 is 9^(K-2) times the paper's, a
 * weight in u-units is 2 * 3^K times the paper's, and so the learning rate 1/54 becomes 4 * 9^K / 9^(K-2) / 54 = 6.
 */
import type { CellCode } from "../../spec/rcnn/cell-code.js";
import { assertExamples, dummySample, withOne, type Example } from "../../inputs/examples/examples.js";
import type { ExactRcnn, MemoryWeights } from "./network.js";

/** The paper's 1/54 in the units of this file. */
export const LEARNING_RATE = 6;

/** Y = 3^(K-2) y of the label y = 1; also where the head saturates. */
export function labelUnit(code: CellCode): number {
  return Number(code.scale / 18n);
}

/** u of 1/3, the absolute value of a memorized entry. */
export function memoryUnit(code: CellCode): number {
  return Number(code.scale / 3n);
}

/** One step of Algorithm 1. */
export interface TrainingStep {
  /** i, from 1 to m + 1. */
  readonly index: number;
  /** The network's output before the step. */
  readonly output: number;
  /** The main grid after all layers, before the step; shape: (m + 1) x (d + 1), u-units. */
  readonly memory: Float64Array;
  /** The derivative of the output by the weights; shape: (m + 1) x (d + 1). The loss's is (F - Y) times this. */
  readonly gradient: Float64Array;
  /** W after the step; shape: (m + 1) x (d + 1). */
  readonly weights: MemoryWeights;
}

/** The result of training. */
export interface TrainingRun {
  readonly weights: MemoryWeights;
  readonly steps: readonly TrainingStep[];
  /** The first condition of Lemmas 3 and 4 that a step violates. */
  readonly fault: MemorizationFault | undefined;
}

/** How a step of training violates Lemma 3 (memory-phase, gradient), B.3 (output) or Lemma 4 (weights). */
export interface MemorizationFault {
  readonly code: "output" | "memory-phase" | "gradient" | "weights";
  /** i, from 1 to m + 1. */
  readonly step: number;
  /** Row and column of the entry, from 0; absent for "output". */
  readonly entry?: readonly [row: number, column: number];
  readonly expected: number;
  readonly actual: number;
}

/**
 * Runs Algorithm 1.
 *
 * @param examples m examples in d dimensions, as the network's shape says
 * @throws {RangeError} if the examples do not fit the shape, or if there are fewer than m + 1 layers (Lemma 3)
 */
export function train(
  network: ExactRcnn,
  code: CellCode,
  examples: readonly Example[],
  onStep?: (step: TrainingStep) => void,
): TrainingRun {
  assertFits(network, examples);
  const { d } = network.shape;
  const { rows, columns, mainColumns } = network.size;
  let weights = network.zeroWeights();
  let fault: MemorizationFault | undefined;
  const steps: TrainingStep[] = [];
  for (const [i, { x, y }] of [...examples, dummySample(d)].entries()) {
    const z = withOne(x);
    const { grids, output, gradient } = network.backward(weights, z);
    const residual = output - labelUnit(code) * y;
    weights = weights.map((w, k) => w - LEARNING_RATE * residual * (gradient[k] as number));
    const last = grids.at(-1) as Float64Array;
    const memory = Float64Array.from({ length: rows * mainColumns }, (_, k) => {
      const row = Math.floor(k / mainColumns);
      return last[row * columns + (k % mainColumns)] as number;
    });
    const step = { index: i + 1, output, memory, gradient, weights };
    steps.push(step);
    fault ??= memorizationFault(code, examples, step);
    onStep?.(step);
  }
  return { weights, steps, fault };
}

/** W after step i as Lemma 4 states it: rows up to i hold y [x, 1] / 3, the others 0; u-units. */
export function memorizedWeights(code: CellCode, examples: readonly Example[], index: number): MemoryWeights {
  const d = (examples[0] as Example).x.length;
  const third = memoryUnit(code);
  return Float64Array.from(
    [...examples, dummySample(d)].flatMap(({ x, y }, row) =>
      withOne(x).map((entry) => (row < index ? third * y * entry : 0)),
    ),
  );
}

/**
 * Compares every entry of a step with Lemmas 3 and 4: the output is 0, every cell of the main grid is -3^-2, the
 * gradient is [x, 1] in row i and 0 elsewhere, and the weights are those of memorizedWeights.
 */
export function memorizationFault(
  code: CellCode,
  examples: readonly Example[],
  step: TrainingStep,
): MemorizationFault | undefined {
  const { index } = step;
  const d = (examples[0] as Example).x.length;
  if (step.output !== 0) return { code: "output", step: index, expected: 0, actual: step.output };
  const { x } = [...examples, dummySample(d)][index - 1] as Example;
  const z = withOne(x);
  const memory = -Number(code.scale / 9n);
  const gradient = step.gradient.map((_, k) =>
    Math.floor(k / (d + 1)) === index - 1 ? (z[k % (d + 1)] as number) : 0,
  );
  const claims = [
    ["memory-phase", step.memory.map(() => memory), step.memory],
    ["gradient", gradient, step.gradient],
    ["weights", memorizedWeights(code, examples, index), step.weights],
  ] as const;
  for (const [name, expected, actual] of claims) {
    const k = expected.findIndex((value, at) => value !== actual[at]);
    if (k < 0) continue;
    const entry = [Math.floor(k / (d + 1)), k % (d + 1)] as const;
    return { code: name, step: index, entry, expected: expected[k] as number, actual: actual[k] as number };
  }
  return undefined;
}

function assertFits({ shape }: ExactRcnn, examples: readonly Example[]): void {
  assertExamples(examples, "train");
  const d = examples[0]?.x.length;
  if (shape.layers < shape.m + 1) {
    throw new RangeError(
      `train: expected at least m + 1 = ${shape.m + 1} layers, so that the memory phase reaches every row, got ${shape.layers}`,
    );
  }
  if (shape.m !== examples.length || shape.d !== d) {
    throw new RangeError(
      `train: expected ${shape.m} examples of ${shape.d} coordinates, got ${examples.length} of ${d}`,
    );
  }
}
