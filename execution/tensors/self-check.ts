/**
 * The bit-exactness check of a tensor backend: the same patches, training set and points as the exact integers, every
 * number compared. Runs in Node, on a GPU machine and in a browser page alike; the vectors are JSON data (see
 * check-vectors.ts).
 */
import type * as tfjs from "@tensorflow/tfjs-core";
import { withOne, type Example, type Point } from "../../inputs/examples/examples.js";
import type { FilterLayout, FloatMap, FloatRcnn } from "./float-network.js";
import { TensorRcnn, type Grid, type TensorShape, type Tf } from "./tensor-rcnn.js";
import { rollOutOnTensors } from "./tensor-roll-out.js";
import { gradientOnTensors, trainOnTensors } from "./tensor-train.js";

/** The numbers with which a backend is compared, for a machine and a layout of its filter; JSON data. */
export interface CheckVectors {
  readonly name: string;
  readonly floats: FloatRcnn;
  readonly shape: TensorShape;
  readonly layers: number;
  /** Patches of well-formed cells, and the filter's value at each; shapes: count x 9, count. */
  readonly patches: readonly (readonly number[])[];
  readonly values: readonly number[];
  readonly examples: readonly Example[];
  /** The results of the steps of Algorithm 1; see TrainingStep. */
  readonly steps: readonly {
    readonly output: number;
    readonly memory: readonly number[];
    readonly gradient: readonly number[];
    readonly weights: readonly number[];
  }[];
  readonly points: readonly Point[];
  /** The last grid of each point, and F; shapes: points x (rows * columns), points. */
  readonly grids: readonly (readonly number[])[];
  readonly outputs: readonly number[];
}

/** One line of the check. */
export interface CheckRow {
  readonly check: string;
  /** Numbers compared. */
  readonly compared: number;
  readonly wrong: number;
  /** The first wrong number; null if there is none. */
  readonly first: string | null;
  readonly milliseconds: number;
}

/** Collects comparisons of one check. */
class Comparison {
  compared = 0;
  wrong = 0;
  first: string | null = null;

  add(place: string, actual: ArrayLike<number>, expected: ArrayLike<number>): void {
    if (actual.length !== expected.length) this.#fail(`${place}: ${actual.length} numbers for ${expected.length}`);
    for (let k = 0; k < expected.length; k++) {
      this.compared++;
      if (actual[k] !== expected[k]) this.#fail(`${place}, entry ${k}: ${actual[k]} for ${expected[k]}`);
    }
  }

  #fail(message: string): void {
    this.wrong++;
    this.first ??= message;
  }
}

/**
 * Runs all checks on the current backend of a TensorFlow.js.
 *
 * @param vectors as check-vectors.ts makes them, or their JSON parsed
 */
export async function selfCheck(tf: Tf, vectors: CheckVectors): Promise<CheckRow[]> {
  const floats = revived(vectors.floats);
  const network = new TensorRcnn(tf, floats, vectors.shape);
  const rows: CheckRow[] = [];
  const check = async (name: string, run: (comparison: Comparison) => Promise<void>): Promise<void> => {
    const started = performance.now();
    const comparison = new Comparison();
    await run(comparison);
    const { compared, wrong, first } = comparison;
    rows.push({ check: name, compared, wrong, first, milliseconds: performance.now() - started });
  };
  try {
    const before = tf.memory().numTensors;
    await check("filter at patches", (comparison) => checkPatches(network, vectors, comparison));
    await check("training step by step", (comparison) => checkTraining(network, floats, vectors, comparison));
    await check("gradient through every layer", (comparison) => checkEveryLayer(network, vectors, comparison));
    for (const sweep of ["dense", "changed-cells"] as const) {
      await check(`roll-out, ${sweep}`, (comparison) => checkRollOut(network, floats, vectors, sweep, comparison));
    }
    await check("tensors left over", async (comparison) => {
      comparison.add("count", [tf.memory().numTensors - before], [0]);
    });
  } finally {
    network.dispose();
  }
  return rows;
}

/** The filter at many patches, value by value. */
async function checkPatches(network: TensorRcnn, vectors: CheckVectors, comparison: Comparison): Promise<void> {
  const { tf } = network;
  const values = tf.tidy(() => network.filter(tf.tensor2d(vectors.patches.map((patch) => [...patch]))));
  comparison.add("patch", await read(values), vectors.values);
}

/** Algorithm 1: output, last grid, gradient and weights of each step. */
async function checkTraining(
  network: TensorRcnn,
  { label }: FloatRcnn,
  { examples, layers, steps }: CheckVectors,
  comparison: Comparison,
): Promise<void> {
  const run = await trainOnTensors(network, label, examples, { layers });
  run.weights.dispose();
  for (const [i, wanted] of steps.entries()) {
    const step = run.steps[i];
    comparison.add(`output of step ${i + 1}`, [step?.output ?? NaN], [wanted.output]);
    for (const key of ["memory", "gradient", "weights"] as const) {
      comparison.add(`${key} of step ${i + 1}`, step?.[key] ?? [], wanted[key]);
    }
  }
}

/** The gradient of the last training step again, now with every layer run forward and backward. */
async function checkEveryLayer(
  network: TensorRcnn,
  { shape, examples, layers, steps }: CheckVectors,
  comparison: Comparison,
): Promise<void> {
  const { tf } = network;
  const before = steps.at(-2)?.weights ?? [];
  const weights = tf.tensor2d([...before], [shape.rows, shape.mainColumns]);
  // The last step is the dummy sample's.
  const z = tf.ones([1, (examples[0] as Example).x.length + 1]) as tfjs.Tensor2D;
  const { output, memory, gradient } = await gradientOnTensors(network, weights, z, { layers, everyLayer: true });
  tf.dispose([weights, z]);
  comparison.add("output", [output], [steps.at(-1)?.output ?? NaN]);
  comparison.add("memory", memory, steps.at(-1)?.memory ?? []);
  comparison.add("gradient", await read(gradient), steps.at(-1)?.gradient ?? []);
}

/** The last grid and the output of each point, all points in one batch. */
async function checkRollOut(
  network: TensorRcnn,
  { padding }: FloatRcnn,
  { shape, layers, steps, points, grids, outputs }: CheckVectors,
  sweep: "dense" | "changed-cells",
  comparison: Comparison,
): Promise<void> {
  const { tf } = network;
  const start = tf.tidy(() => {
    const weights = tf.tensor2d([...(steps.at(-1)?.weights ?? [])], [shape.rows, shape.mainColumns]);
    return network.memoryLayer(weights, tf.tensor2d(points.map(withOne)));
  }) as Grid;
  const run = await rollOutOnTensors(network, start, padding, { layers, sweep, lookEvery: 0 });
  start.dispose();
  const size = shape.rows * shape.columns;
  for (const [i, grid] of grids.entries()) {
    comparison.add(`grid of point ${i}`, run.grids.subarray(i * size, (i + 1) * size), grid);
  }
  comparison.add("outputs", run.outputs, outputs);
}

async function read(tensor: tfjs.Tensor): Promise<Float32Array> {
  const numbers = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return numbers;
}

/** Typed arrays again, where JSON has made plain ones of them. */
function revived({ filter, head, ...constants }: FloatRcnn): FloatRcnn {
  const floats = (array: ArrayLike<number>): Float32Array => Float32Array.from(array);
  const layer = ({ weights, bias, ...rest }: FloatMap): FloatMap => ({
    ...rest,
    weights: floats(weights),
    bias: floats(bias),
  });
  const layers = filter.layers.map(layer);
  const revivedFilter: FilterLayout =
    filter.kind === "dense"
      ? { kind: "dense", layers }
      : {
          kind: "taps",
          layers,
          first: {
            functions: filter.first.functions,
            place: Int32Array.from(filter.first.place),
            taps: filter.first.taps.map(({ weight, bias, factor }) => ({
              weight: floats(weight),
              bias: floats(bias),
              factor: floats(factor),
            })),
            constant: floats(filter.first.constant),
          },
        };
  return { filter: revivedFilter, head: head.map(layer), ...constants };
}
