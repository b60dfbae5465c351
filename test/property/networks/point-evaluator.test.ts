import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallRational } from "../../../arbitraries/tables.js";
import { lcmOfDenominators, scaled } from "../../../checkers/networks/common-denominator.js";
import { MAX_UNIT, toIntegerNetwork } from "../../../checkers/networks/integer-network.js";
import { PointEvaluator } from "../../../checkers/networks/point-evaluator.js";
import { formatRational, rational, type Rational } from "../../../spec/exact/rational.js";
import { evaluate, evaluateWithJacobian, type AffineRow, type Network } from "../../../spec/networks/network.js";

/** Small integers are frequent, so that pre-activations are often exactly 0. */
const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }).map((n) => rational(BigInt(n))) },
  { weight: 1, arbitrary: smallRational() },
);

function layers(widths: readonly number[]): fc.Arbitrary<Network> {
  return fc
    .tuple(
      ...widths.slice(1).map((rows, i) => {
        const inputs = widths[i] ?? 1;
        const row: fc.Arbitrary<AffineRow> = fc
          .record({ bias: number, weights: fc.array(number, { minLength: inputs, maxLength: inputs }) })
          .map(({ bias, weights }) => ({
            bias,
            entries: weights.map((weight, k) => [k, weight] as const).filter(([, weight]) => weight.n !== 0n),
          }));
        return fc.record({
          name: fc.constant(`layer ${i}`),
          inputs: fc.constant(inputs),
          relu: fc.boolean(),
          rows: fc.array(row, { minLength: rows, maxLength: rows }),
        });
      }),
    )
    .map((list) => ({ layers: list }));
}

/** A network of one to four layers, two to four points for it. */
const networkAndPoints = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 }).chain((widths) =>
  fc.tuple(
    layers(widths),
    fc.array(fc.array(number, { minLength: widths[0] ?? 1, maxLength: widths[0] ?? 1 }), {
      minLength: 2,
      maxLength: 4,
    }),
  ),
);

/** The ReLUs with pre-activation 0, by layer and row: those of the network that ends there, without its last ReLU. */
function zerosByDefinition({ layers }: Network, point: readonly Rational[]): { layer: number; row: number }[] {
  return layers.flatMap((last, layer) => {
    if (!last.relu) return [];
    const sums = evaluate({ layers: [...layers.slice(0, layer), { ...last, relu: false }] }, point);
    return sums.flatMap((sum, row) => (sum.n === 0n ? [{ layer, row }] : []));
  });
}

const spell = (values: readonly Rational[]): string[] => values.map(formatRational);

describe("PointEvaluator", () => {
  it("should agree with the yardstick in value, Jacobian and kinks, at one point after the other", () => {
    let kinks = 0;
    let smooth = 0;
    fc.assert(
      fc.property(networkAndPoints, ([network, points]) => {
        const unit = lcmOfDenominators(points.flat());
        const integers = toIntegerNetwork(network, unit);
        if (integers === undefined) throw new Error("expected small denominators");
        const evaluator = new PointEvaluator(integers);
        const outputs = network.layers.at(-1)?.rows.length ?? 0;
        // The first point comes again at the end: nothing may be left over from those between.
        for (const point of [...points, ...points.slice(0, 1)]) {
          evaluator.moveTo(point.map((x) => scaled(x, unit)));
          const expected = evaluateWithJacobian(network, point);
          const value = Array.from({ length: outputs }, (_, j) => rational(evaluator.output(j), integers.outputUnit));
          expect(spell(value)).toEqual(spell(expected.value));
          const jacobian = value.map((_, j) =>
            evaluator.outputGradient(j).map((slope) => rational(slope, integers.slopeUnit)),
          );
          expect(jacobian.map(spell)).toEqual(expected.jacobian.map(spell));
          expect(evaluator.zeros()).toEqual(zerosByDefinition(network, point));
          const kink = evaluator.zeros().some((zero) => evaluator.rowGradient(zero).some((slope) => slope !== 0n));
          expect(kink).toBe(expected.kink);
          if (kink) kinks++;
          else smooth++;
        }
      }),
      { numRuns: 500 },
    );
    // Both cases have to occur often, or the comparison says little.
    expect(kinks).toBeGreaterThan(100);
    expect(smooth).toBeGreaterThan(100);
  });
});

describe("lcmOfDenominators", () => {
  it("should be the least common multiple, and nothing above MAX_UNIT", () => {
    const list = (...denominators: bigint[]): Rational[] => denominators.map((d) => rational(1n, d));
    expect(lcmOfDenominators([], MAX_UNIT)).toBe(1n);
    expect(lcmOfDenominators(list(4n, 6n, 9n), MAX_UNIT)).toBe(36n);
    expect(lcmOfDenominators(list(2n ** 16384n), MAX_UNIT)).toBe(2n ** 16384n);
    expect(lcmOfDenominators(list(2n ** 16384n, 3n), MAX_UNIT)).toBeUndefined();
  });
});
