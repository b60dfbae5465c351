import type * as tfjs from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { withOne, type Example } from "../../../../inputs/examples/examples.js";
import { ExactRcnn, type RcnnParts } from "../../../../execution/rcnn/network.js";
import { LEARNING_RATE, memorizedWeights, train } from "../../../../execution/rcnn/train.js";
import { BackendUnavailable, loadBackend, type Backend } from "../../../../execution/tensors/backends.js";
import { floatRcnn, isTapped } from "../../../../execution/tensors/float-network.js";
import { TensorRcnn } from "../../../../execution/tensors/tensor-rcnn.js";
import { rollOutOnTensors } from "../../../../execution/tensors/tensor-roll-out.js";
import { gradientOnTensors } from "../../../../execution/tensors/tensor-train.js";
import { rational } from "../../../../spec/exact/rational.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { FIRST_LITERAL } from "../learn/learners.js";

const code = cellCode(FIRST_LITERAL.states.length);
const parts: RcnnParts = { code, filter: machineToFilter(FIRST_LITERAL), head: readoutNetworkInUnits(code) };
const examples: Example[] = [
  { x: [1, -1], y: -1 },
  { x: [-1, -1], y: 1 },
];
const shape = { d: 2, m: 2, columns: 1, layers: 5 };
let backend: Backend;
beforeAll(async () => {
  backend = await loadBackend("cpu");
});

/** W before step `index`, and z of that step. */
function before(tf: Backend["tf"], index: number): [weights: tfjs.Tensor2D, z: tfjs.Tensor2D, y: number] {
  const { x, y } = examples[index - 1] as Example;
  const weights = Float32Array.from(memorizedWeights(code, examples, index - 1));
  return [tf.tensor2d(weights, [3, 3]), tf.tensor2d([withOne(x)]), y];
}

describe("the gradient on tensors", () => {
  it.each(["dense", "taps"] as const)("should be that of one tape over the loss and all layers, %s", async (layout) => {
    const { tf } = backend;
    const floats = floatRcnn(parts, layout);
    const exact = new ExactRcnn(parts, shape);
    const network = new TensorRcnn(tf, floats, exact.size);
    const [weights, z, y] = before(tf, 2);
    const loss = (w: tfjs.Tensor): tfjs.Scalar => {
      let grid = network.memoryLayer(w as tfjs.Tensor2D, z);
      for (let layer = 0; layer < shape.layers; layer++) grid = network.layer(grid);
      const residual = tf.sub(network.output(grid), y * floats.label);
      return tf.mul(tf.sum(tf.square(residual)), 0.5) as tfjs.Scalar;
    };
    const ofLoss = await tf.grad(loss)(weights).data();
    const step = train(exact, code, examples).steps[1];
    const stepped = memorizedWeights(code, examples, 1).map((w, k) => w - LEARNING_RATE * (ofLoss[k] as number));
    expect([...stepped]).toEqual([...(step?.weights ?? [])]);

    const { gradient, output } = await gradientOnTensors(network, weights, z, shape);
    const ofOutput = await gradient.data();
    expect([...ofOutput].map((g) => (output - y * floats.label) * g + 0)).toEqual([...ofLoss].map((g) => g + 0));
    network.dispose();
  });

  it("should be the same whether settled layers are run or not", async () => {
    const { tf } = backend;
    const network = new TensorRcnn(tf, floatRcnn(parts), new ExactRcnn(parts, shape).size);
    const [weights, z] = before(tf, 1);
    const short = await gradientOnTensors(network, weights, z, shape);
    const long = await gradientOnTensors(network, weights, z, { ...shape, everyLayer: true });
    expect(short.layersRun).toBe(3);
    expect(long.layersRun).toBe(5);
    expect(await short.gradient.data()).toEqual(await long.gradient.data());
    expect(short.memory).toEqual(long.memory);
    network.dispose();
  });
});

describe("layers on tensors", () => {
  it("should not change when they are cut into bands or batches", async () => {
    const { tf } = backend;
    const exact = new ExactRcnn(parts, shape);
    const floats = floatRcnn(parts);
    const weights = tf.tensor2d(Float32Array.from(memorizedWeights(code, examples, 3)), [3, 3]);
    const z = tf.tensor2d([
      [1, 1, 1],
      [1, -1, 1],
      [-1, -1, 1],
    ]);
    const results: Float32Array[] = [];
    for (const maxFloats of [2 ** 23, 2000, 1]) {
      const network = new TensorRcnn(tf, floats, exact.size, maxFloats);
      const start = network.memoryLayer(weights, z);
      for (const sweep of ["dense", "changed-cells"] as const) {
        results.push((await rollOutOnTensors(network, start, floats.padding, { layers: 12, sweep })).grids);
      }
      start.dispose();
      network.dispose();
    }
    for (const result of results) expect(result).toEqual(results[0]);
    const [first] = results as [Float32Array];
    const last = exact.rollOut(exact.memoryLayer(memorizedWeights(code, examples, 3), [-1, -1, 1]), undefined, 12).grid;
    expect([...first.subarray(-last.length)]).toEqual([...last]);
  });

  it("should read only the places that V1 reads", () => {
    for (const layout of ["dense", "taps"] as const) {
      const network = new TensorRcnn(backend.tf, floatRcnn(parts, layout), new ExactRcnn(parts, shape).size);
      expect(network.placesRead).toEqual([1, 3, 4, 5, 7]);
      network.dispose();
    }
  });
});

describe("floatRcnn", () => {
  const withWeight = (numerator: bigint, denominator: bigint): RcnnParts => ({
    ...parts,
    filter: {
      layers: parts.filter.layers.map((layer, i) =>
        i === 4
          ? { ...layer, rows: layer.rows.map((row) => ({ ...row, bias: rational(numerator, denominator) })) }
          : layer,
      ),
    },
  });

  it("should refuse numbers that float32 does not hold", () => {
    expect(() => floatRcnn(withWeight(1n, 3n))).toThrow("expected numbers that float32 holds exactly, got 1/3 in V5");
    expect(() => floatRcnn(withWeight(2n ** 24n + 1n, 1n))).toThrow("got 16777217 in V5");
    expect(() => floatRcnn(withWeight(2n ** 60n + 1n, 2n ** 60n))).toThrow("float32 holds exactly");
    expect(() => floatRcnn(withWeight(2n ** 24n, 1n))).not.toThrow();
  });

  it("should refuse the taps layout for a filter whose units read several coordinates", () => {
    const [v1, ...rest] = parts.filter.layers;
    if (v1 === undefined) throw new Error("expected V1");
    const two = {
      ...v1,
      rows: v1.rows.map((row) => ({
        ...row,
        entries: [
          [0, rational(1n)],
          [4, rational(1n)],
        ] as const,
      })),
    };
    const filter = { layers: [two, ...rest] };
    expect(isTapped(filter)).toBe(false);
    expect(() => floatRcnn({ ...parts, filter }, "taps")).toThrow("rows of V2 read one coordinate each");
    expect(floatRcnn({ ...parts, filter }).filter.kind).toBe("dense");
  });
});

describe("backends", () => {
  it("should say in one line what is missing and how to get it", async () => {
    const previous = process.env["WEIGHTPROOF_TFJS_NODE"];
    process.env["WEIGHTPROOF_TFJS_NODE"] = "/no/such/folder";
    try {
      const error: unknown = await loadBackend("tensorflow").catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(BackendUnavailable);
      const { message } = error as BackendUnavailable;
      expect(message).toMatch(/^backend tensorflow: not installed \(\/no\/such\/folder: .*To get it: npm install/);
      expect(message).not.toContain("\n");
    } finally {
      if (previous === undefined) delete process.env["WEIGHTPROOF_TFJS_NODE"];
      else process.env["WEIGHTPROOF_TFJS_NODE"] = previous;
    }
  });

  it("should leave no handlers for uncaught errors behind", async () => {
    const count = () => process.listenerCount("uncaughtException") + process.listenerCount("unhandledRejection");
    const before = count();
    await loadBackend("wasm");
    expect(count()).toBe(before);
  });
});
