import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { andInverterGraph, perturbation } from "../../../arbitraries/wei-chen-ma/circuits.js";
import { digestOf } from "../../../certificates/canonical.js";
import { decodeFeedForward } from "../../../certificates/wei-chen-ma/affine-json.js";
import { printCircuitCertificate } from "../../../certificates/wei-chen-ma/circuit-certificate.js";
import { checkCertificateAgain } from "../../../checkers/second/check.js";
import { checkCircuit } from "../../../checkers/wei-chen-ma/check-circuit.js";
import { checkFlip } from "../../../checkers/wei-chen-ma/check-flip.js";
import { circuitToLayers } from "../../../construction/wei-chen-ma/circuit-to-layers.js";
import { layersToNetwork } from "../../../construction/wei-chen-ma/layers-to-network.js";
import { simplifyGraph } from "../../../construction/wei-chen-ma/simplify-graph.js";
import { writeAsciiAiger, writeBinaryAiger } from "../../../exports/aiger/write-aiger.js";
import { readBack } from "../../../exports/wei-chen-ma/aiger.js";
import { loadCircuit } from "../../../inputs/circuits/load-circuit.js";
import { readAiger } from "../../../inputs/circuits/read-aiger.js";
import { evaluateGraph, graphFault, type AndInverterGraph } from "../../../spec/circuits/and-inverter-graph.js";
import { formatRational, parseRational } from "../../../spec/exact/rational.js";
import { evaluateFeedForward, type FeedForward, type Layer } from "../../../spec/wei-chen-ma/affine.js";
import { certifyCircuit, compileCircuit, COMPILE_DEFAULTS } from "../../../systems/wei-chen-ma/circuit-certify.js";

const inputsOf = (graph: AndInverterGraph): boolean[][] =>
  Array.from({ length: 2 ** graph.inputs.length }, (_, x) => graph.inputs.map((_name, i) => ((x >> i) & 1) === 1));

function networkOutputs(network: FeedForward, bits: readonly boolean[]): boolean[] {
  const values = evaluateFeedForward(
    network,
    bits.map((bit) => (bit ? 1n : 0n)),
  ).at(-1) as bigint[];
  return values.map((value) => {
    expect(value === 1n || value === -1n).toBe(true);
    return value === 1n;
  });
}

describe("circuits and their networks", () => {
  it("should be circuits, in both formats of AIGER, and shrink to one that does nothing", () => {
    fc.assert(
      fc.property(andInverterGraph(), (graph) => {
        expect(graphFault(graph)).toBeUndefined();
        expect(readAiger(Buffer.from(writeAsciiAiger(graph)), "f")).toEqual(graph);
        expect(readAiger(writeBinaryAiger(graph), "f")).toEqual(graph);
      }),
    );
    const { counterexample } = fc.check(fc.property(andInverterGraph(), () => false));
    expect(counterexample).toEqual([{ inputs: [], ands: [], outputs: [{ name: "y0", literal: 0 }] }]);
    expect(() => andInverterGraph({ maxOutputs: 0 })).toThrow("expected an integer maxOutputs from 1 on, got 0");
  });

  it("should compute the circuit at every input, however it is simplified, and read back as it", () => {
    fc.assert(
      fc.property(andInverterGraph(), fc.boolean(), fc.boolean(), (graph, hashing, constants) => {
        const network = layersToNetwork(circuitToLayers(simplifyGraph(graph, { hashing, constants }).graph));
        const back = readBack(
          network,
          graph.inputs,
          graph.outputs.map(({ name }) => name),
        );
        for (const bits of inputsOf(graph)) {
          expect(networkOutputs(network, bits)).toEqual(evaluateGraph(graph, bits));
          expect(evaluateGraph(back, bits)).toEqual(evaluateGraph(graph, bits));
        }
      }),
    );
  });

  it("should be certified, and accepted by both checkers", () => {
    fc.assert(
      fc.property(andInverterGraph(), fc.boolean(), (graph, tidy) => {
        const verdict = certifyCircuit("any", graph, { hashing: tidy, constants: tidy, flip: tidy });
        if (verdict.verdict !== "accepted") throw new Error(JSON.stringify(verdict));
        const { text } = verdict.result;
        expect(checkCircuit(text).verdict).toBe("accepted");
        expect(checkCertificateAgain(text)).toEqual({ verdict: "accepted", leftAlone: [] });
      }),
      { numRuns: 40 },
    );
  });

  it("should have both checkers agree on networks with one number changed, and accept none that is false", () => {
    let [accepted, rejected] = [0, 0];
    fc.assert(
      fc.property(andInverterGraph({ maxGates: 6 }), fc.nat(), fc.constantFrom(-2, -1, 1, 2), (graph, place, by) => {
        const verdict = certifyCircuit("any", graph, { hashing: true, constants: true, flip: false });
        if (verdict.verdict !== "accepted") throw new Error(JSON.stringify(verdict));
        const { text, compiled } = verdict.result;
        const changed = changedText(text, place, by);
        if (changed === undefined) return;
        const [first, second] = [checkCircuit(changed.text), checkCertificateAgain(changed.text)];
        expect(second.verdict).toBe(first.verdict);
        if (first.verdict === "rejected" && second.verdict === "rejected") expect(second.code).toBe(first.code);
        if (first.verdict === "accepted") accepted++;
        else rejected++;
        if (first.verdict !== "accepted") return;
        for (const bits of inputsOf(graph))
          expect(networkOutputs(changed.network(compiled.network), bits)).toEqual(evaluateGraph(graph, bits));
      }),
      { numRuns: 60 },
    );
    expect(rejected).toBeGreaterThan(30);
    expect(accepted).toBe(0);
  });
});

/** A certificate with one weight or bias of its network changed, digests repaired. */
function changedText(
  text: string,
  place: number,
  by: number,
): { readonly text: string; readonly network: (network: FeedForward) => FeedForward } | undefined {
  const certificate = JSON.parse(text) as Parameters<typeof printCircuitCertificate>[0];
  const places = certificate.network.layers.flatMap(({ rows }, l) =>
    rows.flatMap((row, r) => row.map((_, e) => [l, r, e] as const)),
  );
  const [l, r, e] = places[place % places.length] as readonly [number, number, number];
  const row = certificate.network.layers[l]?.rows[r] as unknown as [string, ...[number, string][]];
  if (e === 0) row[0] = String(Number(row[0]) + by);
  else {
    const entry = row[e] as [number, string];
    if (Number(entry[1]) + by === 0) return undefined;
    entry[1] = String(Number(entry[1]) + by);
  }
  const digests = { ...certificate.digests, network: digestOf(certificate.network) };
  return {
    text: printCircuitCertificate({ ...certificate, digests }),
    network: () => decodeFeedForward(certificate.network, ""),
  };
}

describe("the certified margin", () => {
  it.each(["c17", "full-adder"])("should not be reached by random perturbations of its norm: %s", (name) => {
    const { graph } = loadCircuit(name);
    const verdict = certifyCircuit(name, graph);
    if (verdict.verdict !== "accepted") throw new Error(verdict.verdict);
    const { certificate, compiled } = verdict.result;
    const lower = parseRational(certificate.verdicts.margin.lower);
    fc.assert(
      fc.property(perturbation(compiled.network, lower), fc.nat({ max: 2 ** graph.inputs.length - 1 }), (delta, x) => {
        const squaredNorm = delta.reduce((sum, [, , , value]) => sum.add(value.mul(value)), parseRational("0"));
        expect(squaredNorm.lte(lower.mul(lower))).toBe(true);
        for (const [output] of graph.outputs.entries()) {
          const flip = {
            input: graph.inputs.map((_, i) => (x >> i) & 1).join(""),
            output,
            squaredNorm: formatRational(squaredNorm),
            entries: delta.map(([l, r, c, value]) => [l, r, c, formatRational(value)] as const),
          };
          expect(checkFlip(graph, compiled.network, flip, "flip").verdict).toBe("rejected");
        }
      }),
      { numRuns: 100 },
    );
  });

  it("should hold at ten times the width, against dense perturbations and against those that turned the narrow network", () => {
    const { graph } = loadCircuit("c17");
    const { network } = compileCircuit(graph, COMPILE_DEFAULTS);
    const lower = 324_644 / 10_000_000;
    const wide = padded(network, 100);
    let state = 1;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;
    for (let trial = 0; trial < 40; trial++) {
      const delta = wide.layers.map(({ rows, inputs }) =>
        rows.map(() => Float64Array.from({ length: inputs + 1 }, random)),
      );
      const norm = Math.sqrt(delta.flat().reduce((sum, row) => row.reduce((s, value) => s + value * value, sum), 0));
      const bits = graph.inputs.map(() => random() > 0);
      const outputs = perturbed(wide, delta, lower / norm, bits.map(Number));
      expect(outputs.map((value) => value > 0)).toEqual(evaluateGraph(graph, bits));
    }
  });
});

/** The network with rows and columns of zeros up to a width. */
function padded({ layers }: FeedForward, width: number): FeedForward {
  return {
    layers: layers.map((layer, l): Layer => {
      const isLast = l === layers.length - 1;
      const zeros = Array.from({ length: isLast ? 0 : width - layer.rows.length }, () => ({ bias: 0, entries: [] }));
      return { ...layer, inputs: l === 0 ? layer.inputs : width, rows: [...layer.rows, ...zeros] };
    }),
  };
}

function perturbed(
  { layers }: FeedForward,
  delta: readonly (readonly Float64Array[])[],
  scale: number,
  input: readonly number[],
): number[] {
  let values = [...input];
  for (const [l, { rows, relu, inputs }] of layers.entries()) {
    values = rows.map(({ bias, entries }, r) => {
      const own = delta[l]?.[r] as Float64Array;
      let sum = bias + scale * (own[inputs] as number);
      for (const [c, weight] of entries) sum += weight * (values[c] as number);
      for (let c = 0; c < inputs; c++) sum += scale * (own[c] as number) * (values[c] as number);
      return relu ? Math.max(0, sum) : sum;
    });
  }
  return values;
}
