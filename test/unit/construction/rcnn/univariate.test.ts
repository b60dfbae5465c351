import { describe, expect, it } from "vitest";
import { DELTA, UnivariateFunctions, type FunctionId } from "../../../../construction/rcnn/univariate.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian, type Network } from "../../../../spec/networks/network.js";

/** Value and slope of one function at x, at a place; undefined at a kink. */
function at(
  univariate: UnivariateFunctions,
  id: FunctionId,
  place: number,
  x: Rational,
): readonly [string, string] | undefined {
  const [v1, v2] = univariate.layers();
  const network: Network = { layers: [v1, v2] };
  const point = Array.from({ length: 9 }, (_, p) => (p === place ? x : rational(1000n)));
  const { value, jacobian } = evaluateWithJacobian(network, point);
  const ofPlace = v1.rows.some(({ bias, entries: [entry] }) => entry?.[0] === place && x.add(bias).n === 0n);
  if (ofPlace) return undefined;
  return [formatRational(value[id] as Rational), formatRational(jacobian[id]?.[place] as Rational)];
}

const integers = (from: number, to: number): Rational[] =>
  Array.from({ length: to - from + 1 }, (_, i) => rational(BigInt(from + i)));

describe("UnivariateFunctions", () => {
  it("should make plateaus that are 1 on [low, high] and 0 at all other integers, flat at each", () => {
    for (const before of [undefined, rational(2n), rational(-3n)]) {
      for (const [low, high] of [
        [3n, 3n],
        [3n, 5n],
        [3n, 40n],
      ] as const) {
        const layer = new UnivariateFunctions();
        const id = layer.plateau(7, before, rational(low), rational(high));
        for (const x of integers(-10, 50)) {
          // Between `before` and `low` there is no cell value, and the plateau is free to rise early.
          const isFree = before !== undefined && x.gt(before) && x.lt(rational(low));
          if (isFree) continue;
          const inside = x.gte(rational(low)) && x.lte(rational(high));
          expect(at(layer, id, 7, x)).toEqual([inside ? "1" : "0", "0"]);
        }
      }
    }
  });

  it("should rise within two DELTA after the cell value before, and fall within two DELTA after the last", () => {
    const layer = new UnivariateFunctions();
    const id = layer.plateau(0, rational(0n), rational(10n), rational(12n));
    const two = DELTA.add(DELTA);
    expect(at(layer, id, 0, DELTA)).toBeUndefined();
    expect(at(layer, id, 0, DELTA.add(DELTA.div(rational(2n))))).toEqual(["1/2", "4"]);
    expect(at(layer, id, 0, two.add(rational(1n, 100n)))).toEqual(["1", "0"]);
    expect(at(layer, id, 0, rational(12n).add(two).add(rational(1n, 100n)))).toEqual(["0", "0"]);
    expect(two.lt(ONE)).toBe(true);
  });

  it("should make plateaus without an upper edge, of two ReLUs, that are 1 from `low` on", () => {
    const layer = new UnivariateFunctions();
    const id = layer.plateau(5, rational(1n), rational(3n), undefined);
    expect(layer.layers()[0].rows).toHaveLength(2);
    for (const x of [...integers(-10, 1), ...integers(3, 50)]) {
      expect(at(layer, id, 5, x)).toEqual([x.gte(rational(3n)) ? "1" : "0", "0"]);
    }
  });

  it("should share two ReLUs between neighbouring plateaus, and none between places", () => {
    const layer = new UnivariateFunctions();
    layer.plateau(1, undefined, rational(0n), rational(4n));
    expect(layer.layers()[0].rows).toHaveLength(4);
    layer.plateau(1, rational(4n), rational(6n), rational(8n));
    expect(layer.layers()[0].rows).toHaveLength(6);
    layer.plateau(1, rational(8n), rational(9n), rational(9n));
    expect(layer.layers()[0].rows).toHaveLength(8);
    layer.plateau(3, rational(4n), rational(6n), rational(8n));
    expect(layer.layers()[0].rows).toHaveLength(12);
    expect(layer.layers()[1].rows).toHaveLength(4);
  });

  it("should make bumps that are 1 with slope 1 at one integer, and 0 and flat at all others", () => {
    for (const centre of [-4n, 0n, 9n]) {
      const layer = new UnivariateFunctions();
      const id = layer.slopedBump(4, rational(centre));
      for (const x of integers(-12, 12)) {
        const isCentre = x.equals(rational(centre));
        expect(at(layer, id, 4, x)).toEqual(isCentre ? ["1", "1"] : ["0", "0"]);
      }
    }
  });

  it("should make ramps that are the coordinate itself, less a drop for each cliff, with slope 1 at every other integer", () => {
    const layer = new UnivariateFunctions();
    const cliffs = [2n, 6n, 14n].map((u) => rational(u));
    const id = layer.ramp(4, rational(-5n), rational(8n), cliffs);
    for (const x of integers(-4, 20)) {
      const passed = cliffs.filter((cliff) => x.gt(cliff));
      // The odd integer after a cliff stands in the middle of it: no cell value is there.
      if (cliffs.some((cliff) => x.equals(cliff.add(ONE)))) continue;
      const expected = x.sub(rational(8n * BigInt(passed.length)));
      expect(at(layer, id, 4, x)).toEqual([formatRational(expected), "1"]);
    }
    expect(at(layer, id, 4, rational(-9n))).toEqual(["-5", "0"]);
    expect(formatRational(layer.layers()[1].rows[id]?.bias ?? ZERO)).toBe("-5");
  });

  it("should give layers that fit, with columns that rise and no weight 0", () => {
    const layer = new UnivariateFunctions();
    layer.ramp(4, ZERO, rational(4n), [rational(4n), rational(2n)]);
    layer.plateau(4, rational(0n), rational(2n), rational(2n));
    layer.slopedBump(4, rational(2n));
    const [v1, v2] = layer.layers();
    expect([v1.inputs, v1.relu, v2.inputs, v2.relu]).toEqual([9, true, v1.rows.length, false]);
    for (const { entries } of [...v1.rows, ...v2.rows]) {
      for (const [i, [column, weight]] of entries.entries()) {
        expect(weight.n).not.toBe(0n);
        if (i > 0) expect(column).toBeGreaterThan(entries[i - 1]?.[0] as number);
      }
    }
  });
});
