/** What Lemma 3 emulates: an algorithm that changes its memory only where its answer was wrong. */
import { evaluateGraph, type AndInverterGraph } from "../circuits/and-inverter-graph.js";

/** h and g as one circuit. */
export interface Learner {
  /** n, the bits of a point. */
  readonly inputs: number;
  /** m, the bits of memory, all 0 before the first step. */
  readonly memory: number;
  /** Inputs: the bits of x, then those of b. Outputs: h(x, b), then the bits of g(x, b). */
  readonly circuit: AndInverterGraph;
}

/** One step: y* = h(x, b), and the memory afterwards. */
export interface LearnerStep {
  readonly answer: boolean;
  readonly memory: readonly boolean[];
}

/** A step of the emulated algorithm (Lemma 3): the memory stays where the answer is right, and becomes g(x, b) where it is wrong. */
export function learnerStep(
  { circuit }: Learner,
  memory: readonly boolean[],
  x: readonly boolean[],
  label: boolean,
): LearnerStep {
  const [answer, ...next] = evaluateGraph(circuit, [...x, ...memory]) as [boolean, ...boolean[]];
  return { answer, memory: answer === label ? memory : next };
}

/** What is wrong with a learner's sizes, or undefined. */
export function learnerFault({ inputs, memory, circuit }: Learner): string | undefined {
  if (circuit.inputs.length !== inputs + memory)
    return `expected a circuit of ${inputs} + ${memory} inputs, got ${circuit.inputs.length}`;
  if (circuit.outputs.length !== 1 + memory)
    return `expected a circuit of 1 + ${memory} outputs, got ${circuit.outputs.length}`;
  return undefined;
}
