/**
 * Networks that are right on every input, and whose margin is less than it would be without a part that no input shows: ReLUs that no
 * coordinate reads, ReLUs that several read, and numbers beyond 0 and 1 between two modules. And texts that cost much.
 */
import { describe, expect, it } from "vitest";
import { digestOf } from "../../../certificates/canonical.js";
import {
  printCircuitCertificate,
  type CircuitCertificate,
} from "../../../certificates/wei-chen-ma/circuit-certificate.js";
import { decodeFeedForward, encodeFeedForward } from "../../../certificates/wei-chen-ma/affine-json.js";
import { checkCertificateAgain } from "../../../checkers/second/check.js";
import { combine, readFormula, single, type Formula } from "../../../checkers/second/wei-chen-ma-decoder-formulas.js";
import { Prover } from "../../../checkers/second/wei-chen-ma-decoder-proofs.js";
import { checkCircuit } from "../../../checkers/wei-chen-ma/check-circuit.js";
import { LocalUnits } from "../../../checkers/wei-chen-ma/local-unit.js";
import { decideCircuit } from "../../../checkers/wei-chen-ma/decide-circuit.js";
import { decideDecoder } from "../../../checkers/wei-chen-ma/decide-decoder.js";
import { encodeDecoder } from "../../../certificates/wei-chen-ma/decoder-json.js";
import { OutOfWork, Work } from "../../../checkers/work.js";
import { DecoderReplay } from "../../../checkers/wei-chen-ma/decoder-replay.js";
import { checkFlip } from "../../../checkers/wei-chen-ma/check-flip.js";
import type { AndInverterGraph } from "../../../spec/circuits/and-inverter-graph.js";
import { parseRational } from "../../../spec/exact/rational.js";
import type { Attention } from "../../../spec/networks/attention.js";
import type { Decoder } from "../../../spec/wei-chen-ma/decoder.js";
import type { AffineMap, FeedForward, Layer } from "../../../spec/wei-chen-ma/affine.js";
import { certifyCircuit } from "../../../systems/wei-chen-ma/circuit-certify.js";
import { certificateOf, claimOf, fates, forged, layersOf, withDecoder, withLayer, withMap } from "./decoders.js";

const CHOICE: AndInverterGraph = {
  inputs: ["s", "a", "b"],
  ands: [
    [4, 2],
    [6, 3],
    [11, 9],
  ],
  outputs: [{ name: "choice", literal: 13 }],
};

function certificateOfCircuit(circuit: AndInverterGraph): CircuitCertificate {
  const verdict = certifyCircuit("forged", circuit, { hashing: true, constants: true, flip: false });
  if (verdict.verdict !== "accepted") throw new Error(verdict.verdict);
  return verdict.result.certificate;
}

/** A certificate with other parts, digests repaired, and what both checkers say. */
function circuitFates(
  certificate: CircuitCertificate,
  network: FeedForward,
  circuit: AndInverterGraph | undefined = undefined,
  verdicts: CircuitCertificate["verdicts"] = certificate.verdicts,
): readonly string[] {
  const json = encodeFeedForward(network);
  const graph =
    circuit === undefined
      ? certificate.circuit
      : { ...circuit, outputs: circuit.outputs.map(({ name, literal }) => [name, literal] as const) };
  const width = Math.max(certificate.width, ...network.layers.map(({ rows }) => rows.length));
  const digests = { circuit: digestOf(graph), network: digestOf(json) };
  const text = printCircuitCertificate({ ...certificate, circuit: graph, width, digests, network: json, verdicts });
  return [checkCircuit(text), checkCertificateAgain(text)].map((verdict) =>
    verdict.verdict === "rejected" ? verdict.code : verdict.verdict === "undecided" ? verdict.limit : "accepted",
  );
}

const BASE = certificateOfCircuit(CHOICE);
const NETWORK = decodeFeedForward(BASE.network, "network");

/** The first correction with a constant ReLU more, which the rows of the second map read or not. */
function withRelu(bias: number, reads: (k: number) => boolean): FeedForward {
  const place = 2;
  return {
    layers: NETWORK.layers.map((layer, l): Layer => {
      if (l === place) return { ...layer, rows: [...layer.rows, { bias, entries: [] }] };
      if (l !== place + 1) return layer;
      const rows = layer.rows.map((row, k) =>
        reads(k) ? { bias: row.bias - bias, entries: [...row.entries, [layer.inputs, 1] as const] } : row,
      );
      return { ...layer, inputs: layer.inputs + 1, rows };
    }),
  };
}

describe("ReLUs of circuits' corrections", () => {
  it("should be read: perturbed weights on one that is not turn an output far below the margin", () => {
    const network = withRelu(1000, () => false);
    const lower = parseRational(BASE.verdicts.margin.lower);
    const rows = network.layers[3]?.rows.length ?? 0;
    const column = (network.layers[3]?.inputs ?? 0) - 1;
    const turned: string[] = [];
    for (let k = 0; k < rows; k++) {
      for (const value of ["1/1000", "-1/1000"]) {
        for (const input of ["000", "001", "010", "011", "100", "101", "110", "111"]) {
          const flip = { input, output: 0, squaredNorm: "1/1000000", entries: [[3, k, column, value] as const] };
          if (checkFlip(CHOICE, network, flip, "").verdict === "accepted") turned.push(`${k} ${value} ${input}`);
        }
      }
    }
    expect(turned).not.toEqual([]);
    expect(lower.mul(lower).gt(parseRational("1/1000000"))).toBe(true);
    expect(circuitFates(BASE, network)).toEqual(["correction", "correction"]);
  });

  it("should be read by one coordinate: a constant that all read moves all of them", () => {
    expect(
      circuitFates(
        BASE,
        withRelu(1, () => true),
      ),
    ).toEqual(["correction", "correction"]);
    expect(
      circuitFates(
        BASE,
        withRelu(1, (k) => k < 2),
      ),
    ).toEqual(["correction", "correction"]);
  });

  it("should be free to be constants of one coordinate", () => {
    // With a smaller margin everything holds but the counts.
    const { margin } = BASE.verdicts;
    const tiny = "1/1000000";
    const verdicts = { ...BASE.verdicts, margin: { ...margin, lower: tiny, theorem: { sigma: tiny, bound: tiny } } };
    const network = withRelu(1, (k) => k === 0);
    expect(circuitFates(BASE, network)).toEqual(["margin", "margin"]);
    expect(circuitFates(BASE, network, undefined, verdicts)).toEqual(["counts", "counts"]);
  });
});

describe("sums of circuits without inputs", () => {
  it("should count what ReLUs are above 1", () => {
    const circuit = { inputs: [], ands: [], outputs: [{ name: "yes", literal: 1 }] };
    const constant = certificateOfCircuit(circuit);
    const map = (name: string, inputs: number, relu: boolean, rows: Layer["rows"]): Layer => ({
      name,
      inputs,
      relu,
      rows,
    });
    const weights = [1, 2, 3].map((_, j) => [j, j === 2 ? 1 : j === 0 ? 5000 : -5000] as const);
    const network = {
      layers: [
        map("first", 0, true, [
          { bias: 5000, entries: [] },
          { bias: 5000, entries: [] },
          { bias: 1, entries: [] },
        ]),
        map("second", 3, true, [{ bias: 0, entries: weights }]),
        map("output", 1, false, [{ bias: -1, entries: [[0, 2]] }]),
      ],
    };
    const small = parseRational("1/1000000000");
    const decided = decideCircuit({
      circuit,
      network,
      width: 3,
      margin: { lower: small, sigma: small, bound: small, flip: null },
    });
    if (decided.verdict !== "accepted") throw new Error(decided.message);
    const verdicts = decided.result;
    const { exactness } = verdicts;
    expect(exactness).toEqual({ largestSum: "50000001", float32: false, float16: false, bfloat16: false });
    expect(circuitFates(constant, network, undefined, verdicts)).toEqual(["accepted", "accepted"]);
    const wrong = { ...verdicts, exactness: { ...exactness, largestSum: "10001", float32: true } };
    expect(circuitFates(constant, network, undefined, wrong)).toEqual(["counts", "counts"]);
  });
});

describe("coordinates that read many", () => {
  /** Whether any of the first 16 inputs is 1, each time in another coordinate. */
  function counting(inputs: number, copies: number): FeedForward {
    const all = Array.from({ length: Math.min(inputs, 16) }, (_, i) => [i, 1] as const);
    const first = Array.from({ length: copies }, (_, c) => [
      { bias: -c, entries: all },
      { bias: -1 - c, entries: all },
    ]).flat();
    const second = Array.from({ length: copies }, (_, c) => ({
      bias: 0,
      entries: [[2 * c, 1] as const, [2 * c + 1, -1] as const],
    }));
    return {
      layers: [
        { name: "", inputs, relu: true, rows: first },
        { name: "", inputs: 2 * copies, relu: true, rows: second },
        { name: "", inputs: copies, relu: false, rows: [{ bias: -1, entries: [[0, 2]] }] },
      ],
    };
  }

  it("should end undecided where tables are evaluated at a million inputs", () => {
    const inputs = Array.from({ length: 20 }, (_, i) => `x${i}`);
    const graph = { inputs, ands: [], outputs: [{ name: "y", literal: 1 }] };
    expect(circuitFates(BASE, counting(20, 1), graph)).toEqual(["work", "work"]);
  });

  it("should count what a table takes before it is made, and what is kept of it", () => {
    const { rows } = counting(16, 1).layers[0] as Layer;
    const row = { bias: 0, entries: [[0, 1] as const] };
    const meanings = Array.from({ length: 16 }, (_, i) => 2 * (i + 1));
    const evaluate = (steps: number): Work => {
      const work = new Work(0, steps);
      new LocalUnits(work).read({ rows }, row, meanings, true);
      return work;
    };
    const { steps, kept } = evaluate(2 ** 30);
    expect(steps).toBe(32 * 2 ** 16 * 18);
    // All but the values 0 and 1.
    expect(kept).toBe(2 ** 13 + 8 * (2 ** 16 - 17));
    expect(() => evaluate(steps - 1)).toThrow(OutOfWork);
  });
});

describe("decoders whose margin is less", () => {
  const certificate = certificateOf("bb2", 6);
  const claim = claimOf("bb2", { passes: 7 });
  const { decoder } = claim;
  const [C4 = -1] = layersOf(claim, "C.4");

  it.each([0, decoder.layers.length >> 1, decoder.layers.length - 1])("should read every ReLU of layer %i", (layer) => {
    const wide = withMap(decoder, layer, "round", (map) => ({
      ...map,
      rows: [...map.rows, { bias: 1_000_000, entries: [] }],
    }));
    const forgedDecoder = withMap(wide, layer, "unround", (map) => ({ ...map, inputs: map.inputs + 1 }));
    expect(fates(withDecoder(certificate, forgedDecoder))).toEqual(["correction", "correction"]);
  });

  it("should hold 0 and 1 between two modules", () => {
    for (const by of [1000, -3]) {
      const changed = withLayer(decoder, C4, (old) => {
        const self = old.self as Attention;
        const [map, ...corrections] = old.feedForward;
        const c = 0;
        const value = {
          ...self.value,
          rows: self.value.rows.map((row, r) => (r === c ? { ...row, bias: row.bias + by } : row)),
        };
        const rows = map.rows.map((row) => {
          const weight = row.entries.find(([column]) => column === c)?.[1] ?? 0;
          return { ...row, bias: row.bias - by * weight };
        });
        return {
          ...old,
          self: { ...self, value, nullValue: self.nullValue.map((v, r) => (r === c ? v + by : v)) },
          feedForward: [{ ...map, rows }, ...corrections],
        };
      });
      expect(fates(withDecoder(certificate, changed))).toEqual(["binary", "binary"]);
    }
  });

  it("should have a softmax scale in no time, however large its gaps are", () => {
    const factor = 100_000_000;
    const changed = withLayer(decoder, C4, (old) => {
      const self = old.self as Attention;
      const rows = self.query.rows.map(({ bias, entries }) => ({
        bias: factor * bias,
        entries: entries.map(([c, w]) => [c, factor * w] as const),
      }));
      return { ...old, self: { ...self, query: { ...self.query, rows } } };
    });
    const text = forged(certificate, (draft) => {
      Object.assign(draft, JSON.parse(withDecoder(certificate, changed)) as object);
      Object.assign(draft.verdicts.margin, { bound: "1/1000000000000000000", entry: "1/10000000000000", flip: null });
    });
    expect(fates(text)).toEqual(["counts", "counts"]);
  });

  it("should be right where scores depend on sums of states, which only the first checker adds", () => {
    // One more row of the query: all states together, less 1. It is 0 in every situation.
    const states = Array.from({ length: decoder.sizes.states }, (_, z) => [z, 1] as const);
    const layer = decoder.layers.findIndex(({ self }) => self !== null);
    const more = (held: readonly number[]): Decoder =>
      withLayer(decoder, layer, (old) => {
        const self = old.self as Attention;
        const entries = states.map(([z, weight]) => [held[z] as number, weight] as const);
        return {
          ...old,
          self: {
            ...self,
            query: { ...self.query, rows: [...self.query.rows, { bias: -1, entries }] },
            key: { ...self.key, rows: [...self.key.rows, { bias: 1, entries: [] }] },
            nullKey: [...self.nullKey, 0],
          },
        };
      });
    // What st holds there: the next state.
    const [first, second] = fates(withDecoder(certificate, more(states.map(([z]) => z))));
    expect(["margin", "counts"]).toContain(first);
    expect(second).toBe("undecided");
  });

  it("should have sums of scores that are not rounded", () => {
    // An idle module: nothing but sums in floats depends on its query and key. 2^53 + 1 would round to 2^53.
    const entries: Layer["rows"][number]["entries"] = [];
    const map = (...biases: readonly number[]): AffineMap => ({
      inputs: decoder.width,
      rows: biases.map((bias) => ({ bias, entries })),
    });
    const idle: Attention = {
      query: map(2 ** 27, 1),
      key: map(2 ** 26, 1),
      value: map(...Array.from({ length: decoder.width }, () => 0)),
      nullKey: [0, 0],
      nullValue: Array.from({ length: decoder.width }, () => 0),
    };
    const plain = decoder.layers.findIndex(({ self }) => self === null);
    const changed = withLayer(decoder, plain, (old) => ({ ...old, self: idle }));
    const decided = decideDecoder({ ...claim, decoder: changed }, { ...certificate.verdicts.margin, replay: [] });
    if (decided.verdict !== "accepted") throw new Error(decided.message);
    const { exactness } = decided.result;
    expect(exactness.largestSum).toBe("9007199254740993");
    const textOf = (verdicts: typeof decided.result): string =>
      forged(certificate, (draft) => {
        draft.decoder = encodeDecoder(changed) as typeof draft.decoder;
        draft.verdicts = structuredClone(verdicts) as typeof draft.verdicts;
      });
    expect(fates(textOf(decided.result))).toEqual(["accepted", "accepted"]);
    const formats = exactness.formats.map((one) => ({ ...one, exact: one.exact || one.format === "float64" }));
    const wrong = { ...decided.result, exactness: { largestSum: "9007199254740992", formats } };
    expect(fates(textOf(wrong))).toEqual(["counts", "counts"]);
  });

  it("should be accepted where all scores have the same number beyond 2^53 added", () => {
    const layer = decoder.layers.findIndex(({ self }) => self !== null);
    const changed = withLayer(decoder, layer, (old) => {
      const self = old.self as Attention;
      const more = ({ inputs, rows }: AffineMap): AffineMap => ({
        inputs,
        rows: [...rows, { bias: 2 ** 30, entries: [] }],
      });
      const nullKey = [...self.nullKey, 2 ** 30];
      return { ...old, self: { ...self, query: more(self.query), key: more(self.key), nullKey } };
    });
    const small = { bound: "1/100000000000", entry: "1/1000000000", flip: null };
    const { replay } = certificate.verdicts;
    const decided = decideDecoder({ ...claim, decoder: changed }, { ...small, replay });
    if (decided.verdict !== "accepted") throw new Error(decided.message);
    expect(decided.result.replay).toEqual(replay);
    expect(BigInt(decided.result.exactness.largestSum)).toBeGreaterThan(2n ** 53n);
    const text = forged(certificate, (draft) => {
      draft.decoder = encodeDecoder(changed) as typeof draft.decoder;
      draft.verdicts = structuredClone(decided.result) as typeof draft.verdicts;
    });
    expect(fates(text)).toEqual(["accepted", "accepted"]);
  });

  it("should count what a replay keeps before it is made", () => {
    const input = Array.from({ length: 65_536 }, () => 1);
    const wide = 2 ** 10;
    const large = { ...decoder, width: wide };
    expect(() => new DecoderReplay(large, input, new Work(0))).toThrow(OutOfWork);
  });

  it("should refuse a perturbation whose denominators are long before anything is added", () => {
    const denominator = (i: number): bigint => 10n ** 1900n + 2n * BigInt(i) + 1n;
    const text = forged(certificate, (draft) => {
      const flip = { input: [], passes: 7, squaredNorm: "1", output: "0" };
      const entries = Array.from({ length: 90 }, (_, i) => [0, 0, 0, i === 0 ? null : i - 1, `1/${denominator(i)}`]);
      Object.assign(draft.verdicts.margin, {
        flip: { input: flip.input, passes: flip.passes, entries, squaredNorm: "1", output: "0" },
      });
    });
    expect(fates(text)).toEqual(["flip", "flip"]);
  });

  it("should have each halting state once", () => {
    const text = forged(certificate, (draft) => void draft.source.halting.push(draft.source.halting[0] as string));
    expect(fates(text)).toEqual(["source-machine", "source-machine"]);
  });
});

describe("the second checker's proofs", () => {
  const machine = {
    states: 2,
    symbols: 2,
    halting: [],
    table: [
      [
        [0, -1, 0],
        [1, 1, 0],
      ],
      [
        [0, 1, 0],
        [1, 1, 0],
      ],
    ] as const,
  };
  const named = (text: string): Formula => readFormula(text, machine, 3) as Formula;
  let spent = 0;
  const prover = new Prover(machine, 3, true, (steps) => void (spent += steps));
  const sum = (constant: number, ...terms: readonly (readonly [string, number])[]) =>
    combine(
      constant,
      terms.map(([text, weight]) => [single(named(text)), weight] as const),
    );

  it("should tell the bits of the position from those of the last step", () => {
    expect(prover.counterexample(sum(0, ["wall", 1]), named("wall"))).toBeUndefined();
    expect(prover.counterexample(sum(0, ["wall", 1], ["last.1", -1]), named("wall"))).toBeDefined();
    expect(
      prover.counterexample(sum(-1, ["left", 1], ["l.0", 1], ["l.1", -1], ["l.2", -1]), named("wall")),
    ).toBeUndefined();
    expect(
      prover.counterexample(sum(-1, ["left", 1], ["l.0", 1], ["l.1", -1], ["l.2", -1], ["last.1", -1]), named("wall")),
    ).toBeDefined();
    expect(spent).toBeGreaterThan(0);
  });

  it("should tell sums that are 0 or 1", () => {
    expect(prover.notBinary(sum(0, ["old.0", 1], ["old.1", 1]))).toBeUndefined();
    expect(prover.notBinary(sum(1, ["found", -1], ["old.1", 1]))).toBeUndefined();
    expect(prover.notBinary(sum(0, ["found", 1], ["old.1", 1]))).toBeDefined();
    expect(prover.notBinary(sum(0, ["found", -1]))).toBeDefined();
    expect(prover.notBinary(sum(2))).toBeDefined();
  });
});
