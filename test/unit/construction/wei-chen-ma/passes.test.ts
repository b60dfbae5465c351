import { describe, expect, it } from "vitest";
import { circuitToLayers } from "../../../../construction/wei-chen-ma/circuit-to-layers.js";
import { layersToNetwork } from "../../../../construction/wei-chen-ma/layers-to-network.js";
import { simplifyGraph } from "../../../../construction/wei-chen-ma/simplify-graph.js";
import { loadCircuit } from "../../../../inputs/circuits/load-circuit.js";
import { evaluateGraph, type AndInverterGraph } from "../../../../spec/circuits/and-inverter-graph.js";
import { circuitSize, evaluateLayers } from "../../../../spec/circuits/layered-circuit.js";
import { evaluateFeedForward, oneNorm } from "../../../../spec/wei-chen-ma/affine.js";
import { GATE_NORM } from "../../../../spec/wei-chen-ma/gate-layer.js";

const BOTH = { hashing: true, constants: true };

function sameEverywhere(source: AndInverterGraph, graph: AndInverterGraph): void {
  const layered = circuitToLayers(graph);
  const network = layersToNetwork(layered);
  for (let x = 0; x < 2 ** source.inputs.length; x++) {
    const bits = source.inputs.map((_, i) => ((x >> i) & 1) === 1);
    const expected = evaluateGraph(source, bits);
    expect(evaluateLayers(layered, bits).at(-1)).toEqual(expected);
    const values = evaluateFeedForward(
      network,
      bits.map((bit) => (bit ? 1n : 0n)),
    );
    expect(values.at(-1)).toEqual(expected.map((bit) => (bit ? 1n : -1n)));
  }
}

describe("from a circuit to its network", () => {
  it.each(["c17", "full-adder", "present-sbox"])("should compute %s at every input, simplified or not", (name) => {
    const { graph } = loadCircuit(name);
    for (const hashing of [false, true])
      for (const constants of [false, true]) sameEverywhere(graph, simplifyGraph(graph, { hashing, constants }).graph);
  });

  it("should handle outputs that are constant, inputs, complements, repeated", () => {
    const literals = [0, 1, 2, 3, 6, 7, 6, 2];
    const outputs = literals.map((literal, i) => ({ name: `o${i}`, literal }));
    const graph: AndInverterGraph = {
      inputs: ["a", "b"],
      ands: [
        [5, 2],
        [6, 6],
        [8, 1],
        [8, 0],
      ],
      outputs,
    };
    sameEverywhere(graph, graph);
    const deep = { ...graph, outputs: [...outputs, { name: "d", literal: 10 }, { name: "z", literal: 13 }] };
    sameEverywhere(deep, deep);
    sameEverywhere(deep, simplifyGraph(deep, BOTH).graph);
    sameEverywhere(
      { inputs: ["a"], ands: [], outputs: [{ name: "o", literal: 2 }] },
      { inputs: ["a"], ands: [], outputs: [{ name: "o", literal: 2 }] },
    );
  });

  it("should count what simplifying leaves out, idle gates always", () => {
    const graph: AndInverterGraph = {
      inputs: ["a", "b"],
      ands: [
        [4, 2],
        [4, 2],
        [8, 1],
        [5, 3],
        [10, 6],
      ],
      outputs: [{ name: "o", literal: 14 }],
    };
    expect(simplifyGraph(graph, { hashing: false, constants: false })).toMatchObject({ gatesBefore: 5, gatesAfter: 4 });
    expect(simplifyGraph(graph, { hashing: true, constants: false }).gatesAfter).toBe(3);
    expect(simplifyGraph(graph, { hashing: false, constants: true }).gatesAfter).toBe(3);
    expect(simplifyGraph(graph, BOTH).gatesAfter).toBe(1);
  });

  it("should have the norm, the depth and the widths that the lemmas count", () => {
    const { graph } = loadCircuit("c17");
    const layered = circuitToLayers(simplifyGraph(graph, BOTH).graph);
    const network = layersToNetwork(layered);
    const { layers } = layered;
    expect(network.layers.length).toBe(4 * layers.length - 1);
    const gates = layers.flat().reduce((sum, { kind }) => sum + GATE_NORM[kind], 0);
    // round: 3 + 1 and 3 + 2 in its first layer, 1 + 1 in its second; the output: 2 + 1.
    const corrected = layers.slice(0, -1).flat().length;
    expect(oneNorm(network.layers)).toBe(BigInt(gates + 11 * corrected + 3 * graph.outputs.length));
    expect(circuitSize(layered)).toEqual({ depth: 5, width: 5, size: 19 });
  });
});
