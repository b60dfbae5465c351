import { describe, expect, it } from "vitest";
import { loadBackend } from "../../../../execution/tensors/backends.js";
import { ExactFeedForward } from "../../../../execution/wei-chen-ma/exact-feed-forward.js";
import { runCircuit } from "../../../../execution/wei-chen-ma/run-circuit.js";
import { runOnTensors, TensorLimit } from "../../../../execution/wei-chen-ma/tensor-feed-forward.js";
import { loadCircuit } from "../../../../inputs/circuits/load-circuit.js";
import { evaluateGraph } from "../../../../spec/circuits/and-inverter-graph.js";
import { evaluateFeedForward, type FeedForward } from "../../../../spec/wei-chen-ma/affine.js";
import { COMPILE_DEFAULTS, compileCircuit } from "../../../../systems/wei-chen-ma/circuit-certify.js";

function networkOf(name: string): FeedForward {
  return compileCircuit(loadCircuit(name).graph, COMPILE_DEFAULTS).network;
}

/** The network with one number changed: the k-th of all biases and weights. */
function mutated(network: FeedForward, k: number, by: number): FeedForward {
  let at = -1;
  return {
    layers: network.layers.map((layer) => ({
      ...layer,
      rows: layer.rows.map(({ bias, entries }) => ({
        bias: ++at === k ? bias + by : bias,
        entries: entries.map(([column, weight]) => [column, ++at === k ? weight + by : weight] as const),
      })),
    })),
  };
}

const inputsOf = (m: number): (0 | 1)[][] =>
  Array.from({ length: 2 ** m }, (_, x) => Array.from({ length: m }, (_bit, i) => ((x >> i) & 1) as 0 | 1));

describe("execution of circuits' networks", () => {
  it.each(["c17", "present-sbox"])(
    "should be the definition's after every layer of %s, on integers and on tensors",
    async (name) => {
      const { graph } = loadCircuit(name);
      const network = networkOf(name);
      const engine = new ExactFeedForward(network);
      const inputs = inputsOf(graph.inputs.length);
      const { tf } = await loadBackend("cpu");
      const tensors = await runOnTensors(tf, network, inputs);
      for (const [b, bits] of inputs.entries()) {
        const defined = evaluateFeedForward(network, bits.map(BigInt));
        expect(engine.run(bits.map(BigInt))).toEqual(defined);
        expect(tensors[b]).toEqual(defined.map((values) => values.map(Number)));
        expect(defined.at(-1)).toEqual(evaluateGraph(graph, bits.map(Boolean)).map((bit) => (bit ? 1n : -1n)));
      }
    },
  );

  it("should read nothing but numbers: 120 changed weights give what the definition gives, wrong results included", async () => {
    const network = networkOf("c17");
    const { tf } = await loadBackend("cpu");
    const inputs = inputsOf(5).filter((_, x) => x % 5 === 0);
    let wrong = 0;
    for (let k = 0; k < 240; k += 2) {
      const changed = mutated(network, k, k % 3 === 0 ? 1 : -2);
      const engine = new ExactFeedForward(changed);
      const tensors = await runOnTensors(tf, changed, inputs);
      for (const [b, bits] of inputs.entries()) {
        const defined = evaluateFeedForward(changed, bits.map(BigInt));
        expect(engine.run(bits.map(BigInt))).toEqual(defined);
        expect(tensors[b]?.at(-1)).toEqual(defined.at(-1)?.map(Number));
        const right = evaluateFeedForward(network, bits.map(BigInt)).at(-1);
        if (String(defined.at(-1)) !== String(right)) wrong++;
      }
    }
    expect(wrong).toBeGreaterThan(50);
  });

  it("should leave doubles where sums pass 2^53, and refuse what float32 does not hold", async () => {
    const steep = (weight: number): FeedForward => ({
      layers: [1, 2, 3].map(() => ({ name: "", inputs: 1, relu: true, rows: [{ bias: 1, entries: [[0, weight]] }] })),
    });
    const large = steep(2 ** 31 - 1);
    expect(new ExactFeedForward(large).run([1n])).toEqual(evaluateFeedForward(large, [1n]));
    expect(new ExactFeedForward(large).run([2n ** 60n])).toEqual(evaluateFeedForward(large, [2n ** 60n]));
    const { tf } = await loadBackend("cpu");
    await expect(runOnTensors(tf, large, [[1]])).rejects.toThrow(TensorLimit);
    await expect(runOnTensors(tf, steep(1), [[0.5]])).rejects.toThrow("integers of float32");
    const { layers } = steep(1);
    const biased = { layers: layers.map((layer) => ({ ...layer, rows: [{ bias: 2 ** 24 + 1, entries: [] }] })) };
    await expect(runOnTensors(tf, biased, [[1]])).rejects.toThrow("biases that are integers of float32");
    const wide = { layers: [{ name: "", inputs: 2 ** 27, relu: true, rows: [{ bias: 0, entries: [] }] }] };
    await expect(runOnTensors(tf, wide, [[1]])).rejects.toThrow("expected at most");
  });

  it("should show a rounding in float32 as a deviation, with its layer", async () => {
    const rows = [{ bias: 2 ** 24, entries: [[0, 1]] as const }];
    const network: FeedForward = {
      layers: [
        { name: "", inputs: 1, relu: true, rows },
        { name: "", inputs: 1, relu: false, rows: [{ bias: 0, entries: [[0, 1]] }] },
      ],
    };
    expect(await runCircuit(network, [[0], [1]], "cpu")).toMatchObject({
      engines: ["exact", "cpu"],
      bitExact: false,
      deviation: { row: 1, layer: 1, coordinate: 0, largest: 1 },
      outputs: [[2n ** 24n], [2n ** 24n + 1n]],
    });
    expect(await runCircuit(network, [[0]], "cpu")).toMatchObject({ bitExact: true, deviation: null });
    expect(await runCircuit(network, [[1]], "exact")).toMatchObject({
      bitExact: null,
      engines: ["exact"],
      layers: 2,
      width: 1,
    });
  });

  it("should take more inputs than a batch holds, and name the one that differs", async () => {
    const rows = [{ bias: 0, entries: [[0, 1] as const] }];
    const sum = [{ bias: 2 ** 24, entries: Array.from({ length: 9 }, (_, c) => [c, c === 8 ? 1 : 0] as const) }];
    const network: FeedForward = {
      layers: [
        { name: "", inputs: 9, relu: true, rows: sum },
        { name: "", inputs: 1, relu: false, rows },
      ],
    };
    const inputs = inputsOf(9);
    const run = await runCircuit(network, inputs, "wasm");
    expect(run.outputs).toHaveLength(512);
    expect(run.deviation).toMatchObject({ row: inputs.findIndex((bits) => bits[8] === 1), layer: 1 });
  });
});
