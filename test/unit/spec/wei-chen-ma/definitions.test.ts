import { describe, expect, it } from "vitest";
import { GATE_ARITY, GATE_KINDS, gateValue } from "../../../../spec/circuits/layered-circuit.js";
import { ONE, rational, ZERO } from "../../../../spec/exact/rational.js";
import {
  evaluateFeedForward,
  leastWidth,
  oneNorm,
  parametersOf,
  type Layer,
} from "../../../../spec/wei-chen-ma/affine.js";
import { firstGateRow, GATE_NORM, secondGateRow } from "../../../../spec/wei-chen-ma/gate-layer.js";
import {
  boundsInputs,
  boundsParameters,
  D6_QUANTITIES,
  d6Bound,
  d6Quantities,
  isWrong,
  rampLoss,
  shareWeights,
  squaredNorm,
} from "../../../../spec/wei-chen-ma/margin.js";
import { corrects, round, ROUND_RADIUS, roundOutput, roundRows } from "../../../../spec/wei-chen-ma/round.js";

function layer(inputs: number, rows: Layer["rows"], relu = true): Layer {
  return { name: "", inputs, rows, relu };
}

describe("a layer of gates as two layers of ReLUs (Lemma B.1)", () => {
  it("should compute every kind at all inputs, with the norm that is counted", () => {
    for (const kind of GATE_KINDS) {
      const parents = [0, 1].slice(0, GATE_ARITY[kind]);
      const layers = [layer(2, [firstGateRow({ kind, parents })]), layer(1, [secondGateRow({ kind, parents }, 0)])];
      expect(oneNorm(layers), kind).toBe(BigInt(GATE_NORM[kind]));
      for (let input = 0; input < 4; input++) {
        const bits = [input & 1, input >> 1];
        const [value] = evaluateFeedForward({ layers }, bits.map(BigInt)).at(-1) as bigint[];
        expect(value, kind).toBe(
          BigInt(
            gateValue(
              kind,
              parents.map((parent) => bits[parent] === 1),
            ),
          ),
        );
      }
    }
  });

  it("should list the columns of parents in rising order, and one that is read twice once", () => {
    expect(firstGateRow({ kind: "or", parents: [3, 1] }).entries).toEqual([
      [1, -1],
      [3, -1],
    ]);
    expect(firstGateRow({ kind: "and", parents: [2, 2] }).entries).toEqual([[2, 2]]);
  });
});

describe("round (Proposition 3.4)", () => {
  it("should be the two layers of ReLUs at every sixth from -2 to 3", () => {
    const network = { layers: [layer(1, roundRows(0)), layer(2, [roundOutput(0)])] };
    for (let sixths = -12n; sixths <= 18n; sixths++) {
      // Two layers that are homogeneous but for their biases: at six times the point with six times the biases.
      const scaled = network.layers.map((one) => ({
        ...one,
        rows: one.rows.map((row) => ({ ...row, bias: 6 * row.bias })),
      }));
      const [value] = evaluateFeedForward({ layers: scaled }, [sixths]).at(-1) as bigint[];
      expect(rational(value as bigint, 6n).equals(round(rational(sixths, 6n)))).toBe(true);
    }
  });

  it("should correct within its radius and not beyond (Definition D.1)", () => {
    const near = (truth: 0n | 1n, by: bigint): boolean =>
      corrects(round, ROUND_RADIUS, truth, rational(truth).add(rational(by, 3n)));
    expect([near(0n, -1n), near(0n, 1n), near(1n, -1n), near(1n, 1n)]).toEqual([true, true, true, true]);
    expect(corrects(round, rational(1n, 2n), 0n, rational(2n, 5n))).toBe(false);
    expect(() => near(0n, 2n)).toThrow("within the radius");
  });
});

describe("the class F_(w,d)", () => {
  it("should count parameters and widths", () => {
    expect(parametersOf(3, 2, 4, 1)).toBe(3n * 5n + 3n * 4n + 4n);
    expect(parametersOf(3, 0, 4, 2)).toBe(10n);
    const rows = roundRows(0);
    expect(leastWidth({ layers: [layer(1, rows), layer(2, [rows[0], rows[0], rows[0]], false)] })).toBe(2);
    expect(() => evaluateFeedForward({ layers: [layer(2, rows)] }, [1n])).toThrow("expected 2 inputs, got 1");
  });
});

describe("margin and losses", () => {
  it("should call an output wrong when its sign is not the label's, and on the border", () => {
    expect([1n, 0n, -1n].map((value) => isWrong(rational(value), 1))).toEqual([false, true, true]);
    expect([1n, 0n, -1n].map((value) => isWrong(rational(value), 0))).toEqual([true, true, false]);
    expect(squaredNorm([rational(3n), rational(4n, 5n)]).equals(rational(241n, 25n))).toBe(true);
  });

  it("should fall from 1 to 0 along the ramp (2.2)", () => {
    const gamma = rational(1n, 2n);
    const losses = [-1n, 0n, 1n, 2n, 3n].map((quarters) => rampLoss(rational(quarters, 4n), gamma));
    expect(losses.map(Number)).toEqual([1, 1, 0.5, 0, 0]);
    expect(() => rampLoss(ONE, ZERO)).toThrow("expected gamma above 0");
  });

  it("should take the least of the nine quantities of (D.5)", () => {
    const constants = {
      kappaTheta: rational(2n),
      mu: rational(3n),
      sigmaH: ONE,
      sigmaTheta: rational(1n, 7n),
      mu0: rational(5n),
      kappaXi: rational(4n),
      sigmaXi: rational(1n, 9n),
      sigmaZeta: rational(1n, 3n),
      lambda: rational(6n),
    };
    const quantities = d6Quantities(constants);
    expect(quantities).toHaveLength(D6_QUANTITIES.length);
    expect(quantities.map((q) => q.toFraction())).toEqual([
      "6/5",
      "1/15",
      "1/4",
      "1/72",
      "1/7",
      "1/9",
      "1/48",
      "1/864",
      "1/48",
    ]);
    expect(d6Bound(constants).toFraction()).toBe("1/864");
    expect(boundsParameters(rational(12n), constants, ONE, rational(6n))).toBe(true);
    expect(boundsParameters(rational(3n), constants, ONE, ZERO)).toBe(false);
    expect(boundsInputs(rational(3n), constants, ONE)).toBe(true);
    expect(boundsInputs(rational(4n), constants, ONE)).toBe(false);
  });

  it("should copy shared weights, each once a layer (Definition D.5)", () => {
    const shared = [rational(1n), rational(2n)];
    expect(shareWeights(shared, [[1, 0], [1]]).map((values) => values.map(Number))).toEqual([[2, 1], [2]]);
    expect(() => shareWeights(shared, [[0], [1, 1]])).toThrow("distinct parameters in layer 1");
    expect(() => shareWeights(shared, [[2]])).toThrow("expected a place below 2 in layer 0, got 2");
  });
});
