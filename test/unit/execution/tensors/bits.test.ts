import { describe, expect, it } from "vitest";
import { headNetworkInUnits } from "../../../../construction/rcnn/head-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { hypercube, withOne, type Example } from "../../../../execution/data/examples.js";
import { ExactRcnn, type RcnnParts } from "../../../../execution/rcnn/network.js";
import { train } from "../../../../execution/rcnn/train.js";
import { loadBackend } from "../../../../execution/tensors/backends.js";
import { floatRcnn } from "../../../../execution/tensors/float-network.js";
import { TensorRcnn } from "../../../../execution/tensors/tensor-rcnn.js";
import { rollOutOnTensors } from "../../../../execution/tensors/tensor-roll-out.js";
import { trainOnTensors } from "../../../../execution/tensors/tensor-train.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { FIRST_LITERAL } from "../learn/learners.js";

const code = cellCode(FIRST_LITERAL.states.length);
const parts: RcnnParts = { code, filter: machineToFilter(FIRST_LITERAL), head: headNetworkInUnits(code) };
const examples: Example[] = [
  { x: [1, -1, 1], y: -1 },
  { x: [-1, -1, 1], y: 1 },
];

describe.each(["wasm", "cpu"] as const)("tensors on %s", (name) => {
  it.each(["dense", "taps"] as const)("should give the integer engine's bits, %s", async (layout) => {
    const shape = { d: 3, m: 2, columns: 1, layers: 40 };
    const exact = new ExactRcnn(parts, shape);
    const expected = train(exact, code, examples);
    const { tf } = await loadBackend(name);
    const floats = floatRcnn(parts, layout);
    const before = tf.memory().numTensors;
    const network = new TensorRcnn(tf, floats, exact.size);
    const { weights, steps } = await trainOnTensors(network, floats.label, examples, shape);
    for (const [i, step] of steps.entries()) {
      const wanted = expected.steps[i];
      expect(step.output).toBe(wanted?.output);
      for (const key of ["memory", "gradient", "weights"] as const) {
        expect([...step[key]].map((v) => v + 0)).toEqual([...(wanted?.[key] as Float64Array)]);
      }
    }
    const points = hypercube(3);
    const start = network.memoryLayer(weights, tf.tensor2d(points.map(withOne)));
    for (const sweep of ["dense", "changed-cells"] as const) {
      const run = await rollOutOnTensors(network, start, floats.padding, { layers: shape.layers, sweep });
      const grids = points.flatMap((x) => [...exact.rollOut(exact.memoryLayer(expected.weights, withOne(x))).grid]);
      expect([...run.grids]).toEqual(grids);
      console.log(run.layersRun, run.cellsEvaluated);
    }
    network.dispose();
    console.log(tf.memory().numTensors - before);
  });
});
