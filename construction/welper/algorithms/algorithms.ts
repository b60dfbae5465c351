/**
 * The training algorithms of the gallery: each with its machine, where it leaves the weights, and an oracle that says what they
 * are.
 */
import type { Example, Sign } from "../../../spec/rcnn/training-set.js";
import type { MultiTapeSource } from "../../../spec/welper/machine.js";
import { parameterCount, primaryValue, type Shape, type WeightCode } from "../../../spec/welper/primary-network.js";
import { gridSearch } from "./grid-search.js";
import { programToMachine, streamingProgram } from "./program.js";

/** Names of the gallery. */
const ALGORITHMS = ["copy", "grid-search", "perceptron", "memorize"] as const;

/** A training algorithm. */
export type AlgorithmName = (typeof ALGORITHMS)[number];

/** Whether a name is that of an algorithm. */
export function isAlgorithm(name: string): name is AlgorithmName {
  return ALGORITHMS.some((one) => one === name);
}

/** An algorithm for a primary network. */
export interface Algorithm {
  readonly name: AlgorithmName;
  readonly machine: MultiTapeSource;
  /** Where tape 1 holds the weights. */
  readonly code: WeightCode;
  /** Cells of each tape but that of the data; at least one. */
  readonly cells: readonly number[];
  /** The weights that it computes; undefined if it never halts. */
  readonly oracle: (examples: readonly Example[]) => number[] | undefined;
}

/** An algorithm that is not for a network of this shape. */
export class WrongShape extends Error {
  override readonly name: string = "WrongShape";
}

/** Bits of a weight in two's complement. */
const BITS = 3;

/** Weights of XOR on a 2-2-1 network: what `copy` copies where nothing else is given. */
const XOR = [1, 1, 0, -1, -1, 0, -1, -1, 1];

/**
 * An algorithm for a network and a number of examples.
 *
 * @param weights what `copy` copies: integers from -4 to 3
 * @throws {WrongShape}
 */
export function algorithmFor(
  name: AlgorithmName,
  shape: Shape,
  examples: number,
  weights?: readonly number[],
): Algorithm {
  if (name === "copy") return copy(shape, weights);
  if (weights !== undefined) throw new WrongShape(`weights are for copy, not for ${name}`);
  if (name === "memorize") return memorize(shape);
  if (shape.length !== 2) throw new WrongShape(`${name}: expected a network without a hidden layer, such as 2-1`);
  return name === "perceptron" ? perceptron(shape) : search(shape, examples);
}

/** The cells of weights in two's complement, most significant bit first. */
export function cellsOf(weights: readonly number[]): Sign[] {
  return weights.flatMap((weight) =>
    Array.from({ length: BITS }, (_, j): Sign => ((weight >> (BITS - 1 - j)) & 1 ? 1 : -1)),
  );
}

const TWOS: WeightCode = { first: 0, bits: BITS };

function copy(shape: Shape, weights: readonly number[] = XOR): Algorithm {
  if (weights.length !== parameterCount(shape))
    throw new WrongShape(`copy: ${shape.join("-")} has ${parameterCount(shape)} weights, got ${weights.length}`);
  const wrong = weights.find((weight) => !Number.isInteger(weight) || weight < -4 || weight > 3);
  if (wrong !== undefined) throw new WrongShape(`copy: a weight is ${wrong}; ${BITS} bits hold integers from -4 to 3`);
  const cells = cellsOf(weights);
  const program = streamingProgram("copy", shape[0] as number, {
    memory: 0,
    example: (memory) => memory,
    end: () => ({ cells }),
  });
  return {
    name: "copy",
    machine: programToMachine(program),
    code: TWOS,
    cells: [cells.length + 1],
    oracle: () => [...weights],
  };
}

function search(shape: Shape, examples: number): Algorithm {
  const coordinates = shape[0] as number;
  if (coordinates % 2 !== 0)
    throw new WrongShape("grid-search: expected an even number of inputs, so that no sum is 0");
  const count = coordinates + 1;
  return {
    name: "grid-search",
    machine: programToMachine(gridSearch(coordinates)),
    code: { first: 1, bits: 1 },
    cells: [count + 2, examples + 3],
    oracle: (data) => {
      const candidates = Array.from({ length: 2 ** count }, (_, k) =>
        Array.from({ length: count }, (__, i) => ((k >> (count - 1 - i)) & 1 ? 1 : -1)),
      );
      const errors = candidates.map(
        (weights) => data.filter(({ x, y }) => y * primaryValue(shape, weights, x) < 0).length,
      );
      return candidates[errors.indexOf(Math.min(...errors))];
    },
  };
}

/** Largest weight of the perceptron. */
const MOST = 2;

interface PerceptronMemory {
  readonly weights: readonly number[];
  readonly changed: boolean;
}

/** Rosenblatt's rule from 0, but for updates that lead beyond -2 or 2: they are left out, so that all weights are states. */
function perceptron(shape: Shape): Algorithm {
  const coordinates = shape[0] as number;
  if (coordinates > 2)
    throw new WrongShape("perceptron: expected at most 2 inputs; the weights are in the machine's state");
  const start: PerceptronMemory = { weights: Array.from({ length: coordinates + 1 }, () => 0), changed: false };
  const example = ({ weights, changed }: PerceptronMemory, x: readonly Sign[], y: Sign): PerceptronMemory => {
    if (y * primaryValue(shape, weights, x) > 0) return { weights, changed };
    const inputs = [...x, 1];
    const moved = weights.map((weight, i) => weight + y * (inputs[i] as number));
    return { weights: moved.some((weight) => Math.abs(weight) > MOST) ? weights : moved, changed: true };
  };
  const program = streamingProgram<PerceptronMemory>("perceptron", coordinates, {
    memory: start,
    example,
    end: ({ weights, changed }) => (changed ? { again: { weights, changed: false } } : { cells: cellsOf(weights) }),
  });
  const oracle = (data: readonly Example[]): number[] | undefined => {
    let memory = start;
    // Weights at the start of a pass are among 5^W, so it is in a circle after that.
    for (let pass = 0; pass <= (2 * MOST + 1) ** (coordinates + 1); pass++) {
      memory = data.reduce<PerceptronMemory>((before, { x, y }) => example(before, x, y), {
        ...memory,
        changed: false,
      });
      if (!memory.changed) return [...memory.weights];
    }
    return undefined;
  };
  const cells = [BITS * (coordinates + 1) + 1];
  return { name: "perceptron", machine: programToMachine(program), code: TWOS, cells, oracle };
}

/** The first label of each point of {-1, 1}^2, then weights of a 2-2-1 network with these labels; points not seen get -1. */
function memorize(shape: Shape): Algorithm {
  if (shape.join("-") !== "2-2-1") throw new WrongShape("memorize: expected the network 2-2-1");
  const indexOf = ([a, b]: readonly number[]): number => 2 * Number(a === 1) + Number(b === 1);
  const start: readonly number[] = [0, 0, 0, 0];
  const example = (labels: readonly number[], x: readonly Sign[], y: Sign): readonly number[] =>
    labels[indexOf(x)] === 0 ? labels.with(indexOf(x), y) : labels;
  const program = streamingProgram("memorize", 2, {
    memory: start,
    example,
    end: (labels) => ({ cells: cellsOf(weightsOfTable(labels)) }),
  });
  return {
    name: "memorize",
    machine: programToMachine(program),
    code: TWOS,
    cells: [BITS * parameterCount(shape) + 1],
    oracle: (data) => weightsOfTable(data.reduce((labels, { x, y }) => example(labels, x, y), start)),
  };
}

/**
 * Weights of a 2-2-1 network with outputs of these signs at (-1, -1), (-1, 1), (1, -1), (1, 1); 0 counts as -1. Rows [w, w, b] of the hidden layer, then of
 * the output. Where at most two points differ from the others, a hidden unit finds each: ReLU(a . x - 1) is 1 at x = a, else 0.
 */
function weightsOfTable(labels: readonly number[]): number[] {
  const points = [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ] as const;
  const positive = points.filter((_, i) => labels[i] === 1);
  const negative = points.filter((_, i) => labels[i] !== 1);
  const [few, sign] = positive.length <= 2 ? ([positive, 1] as const) : ([negative, -1] as const);
  const units = [0, 1].map((j) => few[j]);
  const hidden = units.flatMap((point) => (point === undefined ? [0, 0, 0] : [...point, -1]));
  return [...hidden, ...units.map((point) => (point === undefined ? 0 : 2 * sign)), -sign];
}
