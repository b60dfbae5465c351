/**
 * Learning and rolling out on tensors: each backend that is here, on the parity learner at d = 4, m = 8.
 *
 *   npm run bench -- tensors
 *
 * Layers per second and multiply-adds per second count every weight of the layout that is multiplied, and are shown
 * beside the rate that plain matMul reaches with the shapes of V1 and V3. Ends with 10,000 layers and the tensors left
 * after them.
 */
import { readoutNetworkInUnits } from "../construction/rcnn/readout-network.js";
import { machineToFilter } from "../construction/rcnn/machine-to-filter.js";
import { loadMachine } from "../inputs/machines/load-machine.js";
import { hypercube, withOne, type Example, type Sign } from "../inputs/examples/examples.js";
import { learn } from "../execution/rcnn/learn.js";
import { memorizedWeights } from "../execution/rcnn/train.js";
import { BACKENDS, BackendUnavailable, loadBackend, type Backend } from "../execution/tensors/backends.js";
import { floatRcnn, type FloatRcnn } from "../execution/tensors/float-network.js";
import { TensorRcnn, type Grid } from "../execution/tensors/tensor-rcnn.js";
import { rollOutOnTensors } from "../execution/tensors/tensor-roll-out.js";
import { normalForm } from "../spec/machines/normal-form.js";
import { cellCode } from "../spec/rcnn/cell-code.js";

const machine = normalForm(loadMachine("parity"));
const cube = hypercube(4);
const parity = (x: readonly Sign[]): Sign => ((x[0] as number) * (x[2] as number)) as Sign;
const examples: Example[] = [14, 13, 11, 7, 0, 3, 5, 6].map((k) => {
  const x = cube[k] as Example["x"];
  return { x, y: parity(x) };
});

const seconds = async (run: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
};

/** Products of a weight and a number in one cell of one layer. */
function productsPerCell({ filter }: FloatRcnn): number {
  const dense = filter.layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
  if (filter.kind === "dense") return dense;
  return dense + filter.first.functions * (9 + filter.first.taps.length);
}

/** Multiply-adds per second of a matMul of the given shape. */
async function matMulRate({ tf }: Backend, cells: number, inputs: number, outputs: number): Promise<number> {
  const a = tf.ones([cells, inputs]);
  const b = tf.ones([inputs, outputs]);
  const runs = 20;
  const once = async (): Promise<void> => {
    const product = tf.matMul(a, b);
    await product.data();
    product.dispose();
  };
  await once();
  const time = await seconds(async () => {
    for (let k = 0; k < runs; k++) await once();
  });
  tf.dispose([a, b]);
  return (runs * cells * inputs * outputs) / time;
}

const mega = (rate: number): string => `${(rate / 1e6).toFixed(0)} M/s`;
const print = (name: string, text: string): void => void process.stdout.write(`  ${name.padEnd(38)}${text}\n`);

async function benchBackend(backend: Backend): Promise<void> {
  process.stdout.write(`${backend.name}: ${backend.detail}\n`);
  const total = await seconds(async () => {
    const queries = cube.map((x) => ({ x, label: parity(x) }));
    const result = await learn({ machine, examples, queries, backend: backend.name });
    const { layers, bitExact, accuracy, seconds: parts, sweep } = result;
    print("training, 9 steps", `${parts.training.toFixed(2)} s`);
    print(`roll-out, 16 points, ${sweep}`, `${parts.rollOut.toFixed(2)} s for ${layers} layers`);
    print("bit-exact, accuracy", `${bitExact}, ${accuracy}`);
  });
  print("learn in all, checks included", `${total.toFixed(2)} s`);

  const code = cellCode(machine.states.length);
  const floats = floatRcnn({ code, filter: machineToFilter(machine), head: readoutNetworkInUnits(code) });
  const { tf } = backend;
  const shape = { rows: 9, columns: 6, mainColumns: 5 };
  const network = new TensorRcnn(tf, floats, shape);
  const weights = Float32Array.from(memorizedWeights(code, examples, examples.length + 1));
  const start = tf.tidy(() =>
    network.memoryLayer(tf.tensor2d(weights, [9, 5]), tf.tensor2d(cube.map(withOne))),
  ) as Grid;
  const cells = start.size;
  const layers = backend.name === "cpu" || backend.isSoftware ? 5 : 200;
  const rollOut = (count: number) =>
    rollOutOnTensors(network, start, floats.padding, { layers: count, sweep: "dense", lookEvery: 0 });
  await rollOut(2);
  const time = await seconds(() => rollOut(layers));
  const products = productsPerCell(floats);
  print(
    `dense sweep, ${cells} cells a layer`,
    `${(layers / time).toFixed(0)} layers/s, ${mega((layers * cells * products) / time)} multiply-adds`,
  );
  const functions = floats.filter.kind === "taps" ? floats.filter.first.functions : 0;
  const gates = floats.filter.layers[0]?.outputs ?? 0;
  print(`matMul ${cells} x 9 x ${functions}`, mega(await matMulRate(backend, cells, 9, functions)));
  print(`matMul ${cells} x ${functions} x ${gates}`, mega(await matMulRate(backend, cells, functions, gates)));

  if (backend.name !== "cpu" && !backend.isSoftware) {
    const before = tf.memory();
    const many = await seconds(() => rollOut(10_000));
    const after = tf.memory();
    print("10,000 layers", `${many.toFixed(1)} s, ${after.numTensors - before.numTensors} tensors left`);
    print(
      "memory",
      `${(after.numBytes / 2 ** 20).toFixed(1)} MiB in tensors, ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident`,
    );
  }
  start.dispose();
  network.dispose();
}

for (const name of BACKENDS) {
  try {
    await benchBackend(await loadBackend(name));
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    process.stdout.write(`skipped: ${error.message}\n`);
  }
}
