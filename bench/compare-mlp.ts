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
import { loadMachine } from "../inputs/machines/load-machine.js";
import { hypercube } from "../inputs/examples/examples.js";
import { learn } from "../execution/rcnn/learn.js";
import { normalForm } from "../spec/machines/normal-form.js";
import type { Example, Point, Sign } from "../spec/rcnn/training-set.js";

const DIMENSIONS = [2, 3, 4, 5, 6, 7, 8];
const REPETITIONS = 4;
const EPOCHS = 300;

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
  const tf = await import("@tensorflow/tfjs");
  tf.enableProdMode();
  await tf.setBackend("cpu");
  const d = cube[0]?.length ?? 0;
  const init = (k: number) => tf.initializers.glorotUniform({ seed: 10 * seed + k });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 64, activation: "relu", inputShape: [d], kernelInitializer: init(1) }),
      tf.layers.dense({ units: 64, activation: "relu", kernelInitializer: init(2) }),
      tf.layers.dense({ units: 1, activation: "tanh", kernelInitializer: init(3) }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(0.05), loss: "meanSquaredError" });
  const xs = tf.tensor2d(examples.map(({ x }) => [...x]));
  const ys = tf.tensor2d(examples.map(({ y }) => [y]));
  await model.fit(xs, ys, { epochs: EPOCHS, batchSize: 4, shuffle: false, verbose: 0 });
  const share = (points: readonly Point[], labels: readonly Sign[]): number => {
    const output = (
      model.predict(tf.tensor2d(points.map((x) => [...x]))) as { dataSync(): ArrayLike<number> }
    ).dataSync();
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
