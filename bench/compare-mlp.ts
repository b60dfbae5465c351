/**
 * Parity, learned twice from the same examples: by the compiled network (one pass of SGD that memorizes, then the roll-out of
 * its filter) and by a plain multi-layer perceptron trained by SGD in TensorFlow.js. Prints, for each d, the share of all 2^d
 * points that each gets right, averaged over a few random parities, and how many of the training examples the MLP fits.
 *
 *   npm run bench -- compare-mlp
 *
 * The MLP has two hidden ReLU layers of 64 units and is trained for 300 epochs of mini-batch SGD, by when it fits the
 * training set in nearly all cases; random numbers come from fixed seeds.
 */
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { loadMachine } from "../inputs/machines/load-machine.js";
import { hypercube } from "../inputs/examples/examples.js";
import { learn } from "../execution/rcnn/learn.js";
import { loadBackend } from "../execution/tensors/backends.js";
import { normalForm } from "../spec/machines/normal-form.js";
import type { Example, Point, Sign } from "../spec/rcnn/training-set.js";

const DIMENSIONS = [2, 3, 4, 5, 6, 7, 8];
const REPETITIONS = 4;
const EPOCHS = 300;
/** Examples of a mini-batch. */
const BATCH = 4;

/** A small linear congruential generator; any fixed sequence will do. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The product of the coordinates in the set. */
function parity(x: Point, subset: readonly number[]): Sign {
  return subset.reduce<Sign>((product, j) => (product * (x[j] as Sign)) as Sign, 1);
}

async function perceptronAccuracy(
  examples: readonly Example[],
  cube: readonly Point[],
  truth: readonly Sign[],
  seed: number,
): Promise<{ readonly fit: number; readonly accuracy: number }> {
  const { tf } = await loadBackend("cpu");
  const widths = [cube[0]?.length ?? 0, 64, 64, 1];
  const layers = widths.slice(1).map((units, k) => {
    const inputs = widths[k] as number;
    // Glorot's uniform distribution.
    const bound = Math.sqrt(6 / (inputs + units));
    return {
      weights: tf.variable(tf.randomUniform([inputs, units], -bound, bound, "float32", 10 * seed + k + 1)),
      bias: tf.variable(tf.zeros([units])),
    };
  });
  const model = (x: Tensor): Tensor =>
    layers.reduce((input, { weights, bias }, k) => {
      const sum = tf.add(tf.matMul(input, weights), bias);
      return k < layers.length - 1 ? tf.relu(sum) : tf.tanh(sum);
    }, x);
  const inputs = (points: readonly Point[]): Tensor2D => tf.tensor2d(points.map((x) => [...x]));
  const optimizer = tf.train.sgd(0.05);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let from = 0; from < examples.length; from += BATCH) {
      const batch = examples.slice(from, from + BATCH);
      tf.tidy(() => {
        const xs = inputs(batch.map(({ x }) => x));
        const ys = tf.tensor2d(batch.map(({ y }) => [y]));
        optimizer.minimize(() => tf.mean(tf.square(tf.sub(model(xs), ys))));
      });
    }
  }
  const share = (points: readonly Point[], labels: readonly Sign[]): number => {
    const output = tf.tidy(() => model(inputs(points)).dataSync());
    return labels.filter((y, i) => ((output[i] as number) >= 0 ? 1 : -1) === y).length / labels.length;
  };
  const fit = share(
    examples.map(({ x }) => x),
    examples.map(({ y }) => y),
  );
  const accuracy = share(cube, truth);
  tf.disposeVariables();
  return { fit, accuracy };
}

const machine = normalForm(loadMachine("parity"));
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8);
process.stdout.write("| d | m | compiled network | MLP | MLP on its training set |\n| --- | --- | --- | --- | --- |\n");
for (const d of DIMENSIONS) {
  const m = 2 * d;
  const sums = { compiled: 0, fit: 0, accuracy: 0 };
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const random = generator(1000 * d + repetition);
    const subset = Array.from({ length: d }, (_, j) => j).filter(() => random() < 0.5);
    const chosen = subset.length === 0 ? [0] : subset;
    const examples = Array.from({ length: m }, (): Example => {
      const x = Array.from({ length: d }, (): Sign => (random() < 0.5 ? 1 : -1));
      return { x, y: parity(x, chosen) };
    });
    const cube = hypercube(d);
    const truth = cube.map((x) => parity(x, chosen));
    const queries = cube.map((x, i) => ({ x, label: truth[i] as Sign }));
    // The exact engine: that the tensors give the same bits is tested elsewhere, and slower.
    const { accuracy } = await learn({ machine, examples, queries, backend: "exact" });
    const perceptron = await perceptronAccuracy(examples, cube, truth, 1000 * d + repetition);
    sums.compiled += (accuracy ?? 0) / REPETITIONS;
    sums.fit += perceptron.fit / REPETITIONS;
    sums.accuracy += perceptron.accuracy / REPETITIONS;
  }
  process.stdout.write(
    `| ${d} | ${m} | ${percent(sums.compiled)} | ${percent(sums.accuracy)} | ${percent(sums.fit)} |\n`,
  );
}
