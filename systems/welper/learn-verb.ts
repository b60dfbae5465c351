/** weightproof learn ALGORITHM --system welper --network SHAPE --data CSV: train an extended network by gradient descent. */
import {
  algorithmFor,
  WrongShape,
  type Algorithm,
  type AlgorithmName,
} from "../../construction/welper/algorithms/algorithms.js";
import { CannotExtend, extend, type Extended } from "../../construction/welper/extend.js";
import type { LossName } from "../../construction/welper/machine-to-tracing.js";
import {
  BackendUnavailable,
  loadBackend,
  loadBestBackend,
  type BackendName,
} from "../../execution/tensors/backends.js";
import type { DescentMethod } from "../../execution/welper/tensor-descent.js";
import { TracingTooLarge } from "../../execution/welper/tensor-tracing.js";
import { trainExtended, type ExtendedTraining } from "../../execution/welper/train-extended.js";
import type { Example } from "../../inputs/examples/examples.js";
import { readExamples, readQueries, type Query } from "../../inputs/examples/read-examples.js";
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import type { RootName } from "../../spec/welper/extended-network.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, labelled, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";

/** Options of learn. */
export interface LearnOptions {
  readonly network?: string;
  readonly data: string;
  readonly test?: string;
  readonly weights?: string;
  readonly stop?: string;
  readonly steps?: number;
  readonly backend?: BackendName;
  readonly descent?: DescentMethod;
  readonly root?: RootName;
  readonly loss?: LossName;
}

/** Most bytes of a CSV file. */
const MAX_CSV_BYTES = 2 ** 22;

/** Most examples: each takes a group of cells on the data tape. */
const MAX_EXAMPLES = 64;

/** Steps of training after which it is given up, where --steps says nothing. */
const DEFAULT_STEPS = 10_000;

/** Trains and prints. @throws {InputError} */
export async function learnVerb(io: Io, name: AlgorithmName, options: LearnOptions): Promise<ExitCode> {
  const { network } = options;
  if (network === undefined) throw new InputError(`learn ${name}: expected --network, such as 2-1 or 2-2-1`);
  const shape = readShape(network);
  const examples = readExamples(readTextFile(options.data, MAX_CSV_BYTES), options.data);
  if (examples.length > MAX_EXAMPLES)
    throw new InputError(`${options.data}: expected at most ${MAX_EXAMPLES} examples, got ${examples.length}`);
  const inputs = examples[0]?.x.length;
  if (inputs !== shape[0])
    throw new InputError(`--network ${network}: expected ${inputs} inputs, as many as ${options.data} has`);
  const queries = queriesOf(examples, options);
  const { extended, algorithm } = build(name, shape, examples, options);
  const { descent = "projected", root = "held", steps: maxSteps = DEFAULT_STEPS } = options;
  let training: ExtendedTraining;
  let detail: string;
  try {
    const backend = await (options.backend === undefined ? loadBestBackend() : loadBackend(options.backend));
    detail = backend.detail;
    const points = queries.map(({ x }) => x);
    const onStep = (done: number): void => io.progress("steps", done, maxSteps);
    training = trainExtended(backend, extended, { method: descent, maxSteps, points, onStep });
  } catch (error) {
    if (error instanceof BackendUnavailable || error instanceof TracingTooLarge) throw new InputError(error.message);
    throw error;
  }
  if (!training.stopped) {
    const message = `the threshold is not reached within ${maxSteps} steps: the algorithm has not halted`;
    if (io.json) printJson(io, { verdict: "undecided", limit: "steps", message });
    else io.print(`undecided: ${name}: limit steps: ${message}\n`);
    return EXIT.undecided;
  }
  const expected = algorithm.oracle(examples);
  const asComputed = training.weights.join() === expected?.join();
  print(io, { extended, training, queries, expected, asComputed, detail, descent, root, shape: network });
  return asComputed && (root === "printed" || training.bitExact) ? EXIT.accepted : EXIT.rejected;
}

function readShape(text: string): number[] {
  const shape = text.split("-").map(Number);
  const fits = /^[1-9][0-9]?(?:-[1-9][0-9]?){1,4}$/.test(text) && shape.at(-1) === 1;
  if (!fits)
    throw new InputError(`--network ${quoteInput(text)}: expected inputs, hidden widths and one output, such as 2-2-1`);
  return shape;
}

function queriesOf(examples: readonly Example[], { test }: LearnOptions): readonly Query[] {
  if (test === undefined) return examples.map(({ x, y }) => ({ x, label: y }));
  return readQueries(readTextFile(test, MAX_CSV_BYTES), test, examples[0]?.x.length ?? 0);
}

function build(
  name: AlgorithmName,
  shape: readonly number[],
  examples: readonly Example[],
  { weights, stop, root, loss, data }: LearnOptions,
): { readonly extended: Extended; readonly algorithm: Algorithm } {
  const threshold = stop === undefined ? undefined : Number(stop);
  if (stop !== undefined && !/^[0-9]{1,9}(?:\.[0-9]{1,9})?$/.test(stop))
    throw new InputError(`--stop ${quoteInput(stop)}: expected a number from 0 on`);
  const given = weights?.split(",").map((text) => (/^-?[0-9]$/.test(text.trim()) ? Number(text) : Number.NaN));
  try {
    const algorithm = algorithmFor(name, shape, examples.length, given);
    const extended = extend({
      algorithm,
      shape,
      examples,
      ...(root && { root }),
      ...(loss && { loss }),
      ...(threshold !== undefined && { stop: threshold }),
    });
    return { extended, algorithm };
  } catch (error) {
    if (error instanceof CannotExtend) throw new InputError(`${data}: ${error.code}: ${error.message}`);
    if (error instanceof WrongShape || error instanceof RangeError) throw new InputError(error.message);
    throw error;
  }
}

interface Learned {
  readonly extended: Extended;
  readonly training: ExtendedTraining;
  readonly queries: readonly Query[];
  readonly expected: readonly number[] | undefined;
  readonly asComputed: boolean;
  readonly detail: string;
  readonly descent: DescentMethod;
  readonly root: RootName;
  readonly shape: string;
}

function print(io: Io, learned: Learned): void {
  const { extended, training, queries, expected, asComputed, detail, descent, root, shape } = learned;
  const { tracing, algorithm, constants } = extended;
  const { steps, machineSteps, bitExact, firstDeviation, weights, outputs } = training;
  const predictions = queries.map(({ x, label }, i) => ({ x, output: outputs[i] ?? null, label: label ?? null }));
  const { vertices, units } = tracing.network;
  const cells = extended.tapes.map(({ cells: all }) => all.length);
  const loss = steps.map((step) => step.loss);
  if (io.json) {
    printJson(io, {
      algorithm: algorithm.name,
      network: shape,
      steps: steps.length - 1,
      machineSteps,
      loss,
      phases: steps.map(({ phase }) => phase),
      bitExact,
      firstDeviation,
      weights,
      asComputed,
      predictions,
      vertices,
      units: units.length,
      cells,
      stop: constants.stop,
      offset: constants.offset,
      descent,
      root,
      lossName: tracing.loss,
      engine: detail,
    });
    return;
  }
  const sample = predictions.slice(0, 8).map(({ x, output }) => `(${x.join(", ")}): ${output}`);
  const exact = bitExact ? "every step is bit-exact" : `differs from step ${firstDeviation} on`;
  io.print(
    `learned: ${algorithm.name} on ${shape}\n${labelled([
      ["machine", `${grouped(vertices)} vertices, ${grouped(units.length)} ReLUs, tapes of ${cells.join(", ")} cells`],
      [
        "training",
        `${grouped(steps.length - 1)} steps, of these ${grouped(machineSteps)} of the machine, ${descent}, ${root} root`,
      ],
      [
        "loss",
        `${loss[0]}, then ${loss[1]} while the machine runs${root === "held" ? " (held: it is flat)" : ""}, then ${loss.at(-1)}; it stops at ${constants.stop}`,
      ],
      [
        "weights",
        `${weights.join(", ")}; ${asComputed ? "the algorithm's own" : `the algorithm's are ${expected?.join(", ")}`}`,
      ],
      ["outputs", `${sample.join("; ")}${predictions.length > sample.length ? "; ..." : ""}`],
      ["engine", `${detail}, float32: ${exact}`],
    ])}`,
  );
}
