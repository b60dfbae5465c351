import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRational, ONE, parseRational, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import {
  evaluate,
  evaluateWithJacobian,
  type AffineMap,
  type AffineRow,
  type Network,
} from "../../../../spec/networks/network.js";

const q = (...texts: string[]): Rational[] => texts.map(parseRational);
const spell = (values: readonly Rational[]): string[] => values.map(formatRational);

/** A row from its bias and its weights; weights "0" are left out. */
function row(bias: string, ...weights: string[]): AffineRow {
  const entries = q(...weights).flatMap((weight, column) => (weight.n === 0n ? [] : [[column, weight] as const]));
  return { bias: parseRational(bias), entries };
}

function layer(inputs: number, relu: boolean, ...rows: AffineRow[]): AffineMap {
  return { name: "", inputs, relu, rows };
}

/** Two outputs: 1/2 - |x - y|, and |x - y| + max(0, 1 - x) - 1/2. */
const DISTANCE: Network = {
  layers: [
    layer(2, true, row("0", "1", "-1"), row("0", "-1", "1"), row("1", "-1", "0")),
    layer(3, false, row("1/2", "-1", "-1", "0"), row("-1/2", "1", "1", "1")),
  ],
};

describe("evaluate and evaluateWithJacobian", () => {
  it.each<[string[], string[], string[][]]>([
    [
      ["3", "1"],
      ["-3/2", "3/2"],
      [
        ["-1", "1"],
        ["1", "-1"],
      ],
    ],
    [
      ["1/3", "2"],
      ["-7/6", "11/6"],
      [
        ["1", "-1"],
        ["-2", "1"],
      ],
    ],
    [
      ["-2", "-5"],
      ["-5/2", "11/2"],
      [
        ["-1", "1"],
        ["0", "-1"],
      ],
    ],
  ])("should follow both layers at %j", (at, value, jacobian) => {
    expect(spell(evaluate(DISTANCE, q(...at)))).toEqual(value);
    const found = evaluateWithJacobian(DISTANCE, q(...at));
    expect(spell(found.value)).toEqual(value);
    expect(found.jacobian.map(spell)).toEqual(jacobian);
    expect(found.kink).toBe(false);
  });

  it("should find a kink where some pre-activation that moves is 0, whichever it is, and still the value", () => {
    for (const [at, value] of [
      [
        ["2", "2"],
        ["1/2", "-1/2"],
      ],
      [
        ["1", "3"],
        ["-3/2", "3/2"],
      ],
      [
        ["1", "1"],
        ["1/2", "-1/2"],
      ],
    ] as const) {
      const found = evaluateWithJacobian(DISTANCE, q(...at));
      expect(found.kink).toBe(true);
      expect(spell(found.value)).toEqual(value);
      expect(spell(evaluate(DISTANCE, q(...at)))).toEqual(value);
    }
  });

  it("should find none where a pre-activation of 0 is constant around the point", () => {
    const idle: Network = {
      layers: [
        // Off around 0, so what the second layer reads of it does not move.
        layer(1, true, row("-1", "1"), row("0")),
        layer(2, true, row("0", "1", "1")),
        layer(1, false, row("5", "7")),
      ],
    };
    const found = evaluateWithJacobian(idle, [ZERO]);
    expect([spell(found.value), found.jacobian.map(spell), found.kink]).toEqual([["5"], [["0"]], false]);
  });

  it("should find none at 0 without a ReLU", () => {
    const line: Network = { layers: [layer(1, false, row("0", "3"))] };
    const found = evaluateWithJacobian(line, [ZERO]);
    expect([spell(found.value), found.jacobian.map(spell), found.kink]).toEqual([["0"], [["3"]], false]);
  });

  it("should keep negative values without a ReLU, and cut them off with one", () => {
    for (const [relu, value, slope] of [
      [false, "-6", "3"],
      [true, "0", "0"],
    ] as const) {
      const network: Network = { layers: [layer(1, relu, row("0", "3"))] };
      expect(spell(evaluate(network, q("-2")))).toEqual([value]);
      const found = evaluateWithJacobian(network, q("-2"));
      expect([spell(found.value), found.jacobian.map(spell), found.kink]).toEqual([[value], [[slope]], false]);
    }
  });

  it("should be the identity without layers, on no inputs", () => {
    expect(evaluate({ layers: [] }, [])).toEqual([]);
    expect(evaluateWithJacobian({ layers: [] }, [])).toEqual({ value: [], jacobian: [], kink: false });
  });

  it("should not change the input", () => {
    const input = q("1/3", "2");
    evaluate(DISTANCE, input);
    evaluateWithJacobian(DISTANCE, input);
    expect(spell(input)).toEqual(["1/3", "2"]);
  });

  it.each([[[]], [["1"]], [["1", "2", "3"]]])("should refuse the input %j of another length", (at) => {
    expect(() => evaluate(DISTANCE, q(...at))).toThrow(RangeError);
    expect(() => evaluate(DISTANCE, q(...at))).toThrow(`evaluate: expected 2 inputs, got ${at.length}`);
    expect(() => evaluateWithJacobian(DISTANCE, q(...at))).toThrow(RangeError);
    expect(() => evaluateWithJacobian({ layers: [] }, q("1"))).toThrow("expected 0 inputs, got 1");
  });
});

describe("the Jacobian", () => {
  const number = fc.integer({ min: -3, max: 3 }).map((n) => rational(BigInt(n), 2n));
  const layerOf = (inputs: number, rows: number): fc.Arbitrary<AffineMap> =>
    fc.record({
      name: fc.constant(""),
      inputs: fc.constant(inputs),
      relu: fc.boolean(),
      rows: fc.array(
        fc.record({
          bias: number,
          entries: fc
            .array(number, { minLength: inputs, maxLength: inputs })
            .map((weights) =>
              weights.flatMap((weight, k) => (weight.n === 0n ? [] : [[k, weight] as [number, Rational]])),
            ),
        }),
        { minLength: rows, maxLength: rows },
      ),
    });
  const cases = fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 })
    .chain((widths) =>
      fc.tuple(
        fc.tuple(...widths.slice(1).map((rows, l) => layerOf(widths[l] ?? 1, rows))),
        fc.array(number, { minLength: widths[0] ?? 1, maxLength: widths[0] ?? 1 }),
        fc.array(number, { minLength: widths[0] ?? 1, maxLength: widths[0] ?? 1 }),
      ),
    );

  it("should give every difference of values, exactly, close enough to a point without a kink", () => {
    let smooth = 0;
    fc.assert(
      fc.property(cases, ([layers, at, direction]) => {
        const network: Network = { layers };
        const { value, jacobian, kink } = evaluateWithJacobian(network, at);
        expect(spell(value)).toEqual(spell(evaluate(network, at)));
        expect(jacobian.map((gradient) => gradient.length)).toEqual(value.map(() => at.length));
        if (kink) return;
        smooth++;
        let scale = ONE;
        // A network is affine around such a point; how far is not known, so the step is halved until it fits.
        for (let halvings = 0; halvings < 40; halvings++) {
          const step = direction.map((d) => d.mul(scale));
          const there = evaluate(
            network,
            at.map((x, i) => x.add(step[i] ?? ZERO)),
          );
          const expected = jacobian.map((gradient, j) =>
            gradient.reduce((sum, slope, i) => sum.add(slope.mul(step[i] ?? ZERO)), value[j] ?? ZERO),
          );
          if (there.every((y, j) => y.equals(expected[j] ?? ZERO))) return;
          scale = scale.mul(rational(1n, 2n));
        }
        throw new Error("expected the Jacobian to give the differences");
      }),
      { numRuns: 300 },
    );
    expect(smooth).toBeGreaterThan(100);
  });
});
