import { describe, expect, it } from "vitest";
import { checkFlip } from "../../../../checkers/wei-chen-ma/check-flip.js";
import { checkFunction } from "../../../../checkers/wei-chen-ma/check-function.js";
import { checkMargin } from "../../../../checkers/wei-chen-ma/check-margin.js";
import { sampleNumbers } from "../../../../checkers/wei-chen-ma/check-sample.js";
import { decideNetwork } from "../../../../checkers/wei-chen-ma/decide-circuit.js";
import { largestSum } from "../../../../checkers/wei-chen-ma/exactness.js";
import { LOG_BITS, logarithm } from "../../../../checkers/wei-chen-ma/logarithm.js";
import type { MarginData } from "../../../../checkers/wei-chen-ma/margin-constants.js";
import { d6BoundAt, d6Constants } from "../../../../checkers/wei-chen-ma/theorem-d6.js";
import { loadCircuit } from "../../../../inputs/circuits/load-circuit.js";
import type { AndInverterGraph } from "../../../../spec/circuits/and-inverter-graph.js";
import { rational } from "../../../../spec/exact/rational.js";
import type { FeedForward } from "../../../../spec/wei-chen-ma/affine.js";
import { COMPILE_DEFAULTS, compileCircuit } from "../../../../systems/wei-chen-ma/circuit-certify.js";

const AND: AndInverterGraph = { inputs: ["a", "b"], ands: [[4, 2]], outputs: [{ name: "o", literal: 6 }] };

function networkOf(graph: AndInverterGraph): FeedForward {
  return compileCircuit(graph, COMPILE_DEFAULTS).network;
}

function dataOf(graph: AndInverterGraph): MarginData {
  const verdict = decideNetwork(graph, networkOf(graph));
  if (verdict.verdict !== "accepted") throw new Error(verdict.verdict);
  return verdict.result.data;
}

/** The largest g at which the inequality of one AND gate holds, by bisection in floats, from CIRCUITS.md alone. */
function andGate(): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const g = (low + high) / 2;
    const b1 = 2 + 1;
    const d1 = Math.sqrt(b1);
    const b2 = (1 + g * d1) ** 2 + 1;
    const d2 = Math.sqrt(d1 ** 2 + b2);
    const b3 = (1 + g * d2) ** 2 + 1;
    if (g * g * (4 * b1 + 4 * b2 + b3) <= 1) low = g;
    else high = g;
  }
  return low;
}

describe("the induction over layers", () => {
  it("should be the one inequality of a single AND gate, to seven digits", () => {
    const data = dataOf(AND);
    const limit = BigInt(Math.floor(andGate() * 1e7));
    expect(checkMargin(data, rational(limit, 10n ** 7n)).verdict).toBe("accepted");
    expect(checkMargin(data, rational(limit + 1n, 10n ** 7n))).toMatchObject({ verdict: "rejected", code: "margin" });
  });

  it("should hold at every smaller size, and name layer and inequality where it fails", () => {
    const data = dataOf(loadCircuit("c17").graph);
    for (const n of [1n, 1000n, 100_000n, 324_644n])
      expect(checkMargin(data, rational(n, 10n ** 7n)).verdict).toBe("accepted");
    const verdict = checkMargin(data, rational(1n));
    expect(verdict).toMatchObject({ verdict: "rejected", path: "verdicts.margin.lower", witness: { layer: "1" } });
  });

  it("should be sharper than Theorem D.6 alone", () => {
    for (const name of ["c17", "full-adder"]) {
      const data = dataOf(loadCircuit(name).graph);
      const best = [4n, 64n, 256n, 1024n].map((d) => d6BoundAt(data, rational(1n, d)));
      for (const bound of best) expect(checkMargin(data, bound).verdict, name).toBe("accepted");
    }
  });
});

describe("Theorem D.6", () => {
  it("should have the constants of one AND gate, rounded up", () => {
    const sigma = rational(1n, 8n);
    const { mu0, lambda, sigmaTheta, sigmaXi, sigmaZeta } = d6Constants(dataOf(AND), sigma);
    const c = Math.sqrt(3 + (1 + Math.sqrt(3) / 8) ** 2 + 1);
    const expected = Math.sqrt((2 * c) ** 2 + (1 + c / 8) ** 2 + 1);
    expect(Math.abs(Number(mu0) - expected)).toBeLessThan(1e-9);
    expect(Number(lambda)).toBe(1);
    expect([sigmaTheta, sigmaXi, sigmaZeta].map(String)).toEqual([sigma, sigma, rational(1n, 3n)].map(String));
  });
});

describe("what networks hold", () => {
  it("should be counted exactly where all inputs are tried", () => {
    const verdict = checkFunction(AND, networkOf(AND));
    expect(verdict).toMatchObject({
      verdict: "accepted",
      result: { norms: [{ input: 2n, hidden: 1n, output: 1n }], inputs: "4" },
    });
  });

  it("should be the largest sum, over all kinds of maps", () => {
    // 3 z - 2 at z = 1 in round's first map.
    expect(largestSum(networkOf(loadCircuit("c17").graph))).toBe(5n);
    expect(largestSum(networkOf(AND))).toBe(3n);
  });
});

describe("numbers of samples", () => {
  it("should have logarithms between close bounds", () => {
    const unit = 2n ** (LOG_BITS - 60n);
    for (const x of [1n, 2n, 3n, 10n, 99n, 10n ** 30n]) {
      const { low, high } = logarithm(x);
      expect(high - low < 2n ** 20n).toBe(true);
      const digits = Number(x.toString().length > 20 ? 30 * Math.log(10) : Math.log(Number(x)));
      expect(Math.abs(Number(low / unit) / 2 ** 60 - digits)).toBeLessThan(1e-12);
    }
    expect(() => logarithm(0n)).toThrow("expected an integer from 1 on");
  });

  it("should be the bounds' own least numbers, in floats", () => {
    const parameters = {
      alpha: 183n,
      parameters: 1512n,
      margin: { numerator: 324_644n, denominator: 10n ** 7n },
      inputs: 5,
      width: 5,
      size: 19,
    };
    const { expression, explicit, finiteClass, inputs } = sampleNumbers(parameters);
    const gamma = 0.0324644;
    expect(Math.abs(Number(expression) / ((183 ** 2 * Math.log(1512)) / gamma ** 2 + 1) / 100 - 1)).toBeLessThan(1e-9);
    expect(finiteClass).toBe(String(Math.ceil((14 * Math.log(62) + Math.log(100)) * 10)));
    expect(inputs).toBe("32");
    const error = (n: number): number =>
      2 * (4 / Math.sqrt(n) + 12 * Math.sqrt(Math.log(3025) / n) * ((183 * Math.log(n)) / (2 * gamma) + 1)) +
      Math.sqrt(Math.log(100) / (2 * n));
    expect(Math.abs(error(Number(explicit)) - 0.1)).toBeLessThan(1e-9);
  });
});

describe("perturbations", () => {
  const network = networkOf(AND);
  const flip = (
    entries: readonly (readonly [number, number, number, string])[],
    squaredNorm: string,
    input = "11",
  ): unknown => {
    const verdict = checkFlip(AND, network, { input, output: 0, squaredNorm, entries }, "flip");
    return verdict.verdict === "rejected" ? verdict.path : verdict.verdict;
  };

  it("should turn an output, or reach its border", () => {
    // 2 z - 1 at z = 1 with the bias lowered by 1 is 0, which is wrong already.
    expect(flip([[2, 0, 1, "-1"]], "1")).toBe("accepted");
    expect(flip([[2, 0, 1, "-1/2"]], "1/4")).toBe("flip.output");
    expect(flip([[2, 0, 1, "-1"]], "1", "01")).toBe("flip.output");
    expect(flip([[2, 0, 1, "1"]], "1", "01")).toBe("accepted");
    expect(
      flip(
        [
          [0, 0, 2, "-1/2"],
          [2, 0, 0, "-1/3"],
        ],
        "13/36",
      ),
    ).toBe("accepted");
  });
});
