/**
 * Learning on a tensor backend beside the exact integers: trains, rolls out, and compares all resulting numbers.
 */
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { withOne, type Example } from "../../inputs/examples/examples.js";
import type { Query } from "../../inputs/examples/read-examples.js";
import type { Backend } from "../tensors/backends.js";
import { floatRcnn } from "../tensors/float-network.js";
import { TensorRcnn } from "../tensors/tensor-rcnn.js";
import { rollOutOnTensors, type Sweep } from "../tensors/tensor-roll-out.js";
import { trainOnTensors, type TensorTrainingStep } from "../tensors/tensor-train.js";
import type { LastGrid } from "./learn-grid.js";
import type { ExactRcnn, RcnnParts } from "./network.js";
import { memorizationFault, type MemorizationFault, type TrainingRun, type TrainingStep } from "./train.js";

/** The results of the tensors, and how they compare. */
export interface TensorOutcome {
  readonly grids: readonly LastGrid[];
  readonly fault: MemorizationFault | undefined;
  /** The first number that differs from the integer engine's. */
  readonly difference: string | undefined;
  readonly trainingSeconds: number;
  readonly rollOutSeconds: number;
}

/** A run on tensors. */
export interface TensorTask {
  readonly backend: Backend;
  readonly sweep: Sweep;
  readonly examples: readonly Example[];
  readonly queries: readonly Query[];
  readonly onProgress: (part: "training" | "roll-out", done: number, total: number) => void;
}

/** Trains and rolls out on the backend. */
export async function learnOnTensors(
  { backend, sweep, examples, queries, onProgress }: TensorTask,
  parts: RcnnParts,
  exact: ExactRcnn,
  expected: TrainingRun,
  expectedGrids: readonly LastGrid[],
): Promise<TensorOutcome> {
  const { tf } = backend;
  const { rows } = exact.size;
  const { layers } = exact.shape;
  const floats = floatRcnn(parts, "taps");
  const network = new TensorRcnn(tf, floats, exact.size);
  try {
    const trainingStart = performance.now();
    const { weights, steps } = await trainOnTensors(network, floats.label, examples, { layers }, ({ index }) =>
      onProgress("training", index, rows),
    );
    const rollOutStart = performance.now();
    let fault: MemorizationFault | undefined;
    let difference: string | undefined;
    for (const [i, step] of steps.entries()) {
      difference ??= firstStepDifference(step, expected.steps[i] as TrainingStep);
      fault ??= memorizationFault(parts.code, examples, inDoubles(step));
    }
    const grids = await rollOutAll(network, weights, floats.padding, { layers, sweep, queries, onProgress });
    weights.dispose();
    for (const [i, { grid, output }] of grids.entries()) {
      const wanted = expectedGrids[i] as LastGrid;
      if (output !== wanted.output) difference ??= `output of query ${i}: ${output} for ${wanted.output}`;
      difference ??= firstDifference(`last grid of query ${i}`, grid, wanted.grid);
    }
    const now = performance.now();
    return {
      grids,
      fault,
      difference,
      trainingSeconds: (rollOutStart - trainingStart) / 1000,
      rollOutSeconds: (now - rollOutStart) / 1000,
    };
  } finally {
    network.dispose();
  }
}

/** Cells of one batch; 4 MiB of float32, and a thousand points of a small grid. */
const BATCH_CELLS = 2 ** 20;

/** Rolls out all queries, in as few batches as BATCH_CELLS allows. */
async function rollOutAll(
  network: TensorRcnn,
  weights: Tensor2D,
  padding: number,
  { layers, sweep, queries, onProgress }: Pick<TensorTask, "sweep" | "queries" | "onProgress"> & { layers: number },
): Promise<LastGrid[]> {
  const { tf } = network;
  const { rows, columns } = network.shape;
  const cells = rows * columns;
  const batch = Math.max(1, Math.floor(BATCH_CELLS / cells));
  const ends: LastGrid[] = [];
  for (let from = 0; from < queries.length; from += batch) {
    const points = queries.slice(from, from + batch).map(({ x }) => withOne(x));
    const start = tf.tidy(() => network.memoryLayer(weights, tf.tensor2d(points)));
    const { grids, outputs } = await rollOutOnTensors(network, start, padding, {
      layers,
      sweep,
      onLayer: (layer) => onProgress("roll-out", from * layers + points.length * layer, queries.length * layers),
    });
    start.dispose();
    for (const [i, output] of outputs.entries()) {
      ends.push({ grid: grids.subarray(i * cells, (i + 1) * cells), output });
    }
  }
  return ends;
}

function firstStepDifference(step: TensorTrainingStep, wanted: TrainingStep): string | undefined {
  const place = `training step ${step.index}`;
  if (step.output !== wanted.output) return `output in ${place}: ${step.output} for ${wanted.output}`;
  for (const key of ["memory", "gradient", "weights"] as const) {
    const difference = firstDifference(`${key} in ${place}`, step[key], wanted[key]);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Numbers are compared with ===, so 0 and -0 count as one. */
function firstDifference(place: string, actual: ArrayLike<number>, wanted: ArrayLike<number>): string | undefined {
  if (actual.length !== wanted.length) return `${place}: ${actual.length} numbers for ${wanted.length}`;
  for (let k = 0; k < wanted.length; k++) {
    if (actual[k] !== wanted[k]) return `${place}, entry ${k}: ${actual[k]} for ${wanted[k]}`;
  }
  return undefined;
}

function inDoubles({ index, output, memory, gradient, weights }: TensorTrainingStep): TrainingStep {
  return {
    index,
    output,
    memory: Float64Array.from(memory),
    gradient: Float64Array.from(gradient),
    weights: Float64Array.from(weights),
  };
}
