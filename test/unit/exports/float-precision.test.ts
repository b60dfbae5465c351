import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactNumber } from "../../../checkers/rcnn/dyadic-sum.js";
import { assertExactIn, assertRepresentable } from "../../../exports/rcnn/float-precision.js";
import { plainBackward, plainForward } from "../../../exports/rcnn/plain-sums.js";
import { rational } from "../../../spec/exact/rational.js";
import type { AffineMap, Network } from "../../../spec/networks/network.js";
import { exported } from "./samples.js";

const WIDTHS = [1, 3, 2, 1] as const;

/** Layers of one input, three rows, two rows, one row, with quarters for weights; ReLUs after the first two. */
function network(): fc.Arbitrary<Network> {
  const quarter = fc.integer({ min: -9, max: 9 }).map((n) => rational(BigInt(n), 4n));
  const layers = WIDTHS.slice(1).map((rows, i) => {
    const inputs = WIDTHS[i] as number;
    const row = fc.tuple(quarter, fc.array(quarter, { minLength: inputs, maxLength: inputs }));
    return fc.array(row, { minLength: rows, maxLength: rows }).map((drawn): AffineMap => ({
      name: `L${i + 1}`,
      inputs,
      relu: i < 2,
      rows: drawn.map(([bias, weights]) => ({
        bias,
        entries: weights.map((w, k) => [k, w] as const).filter(([, w]) => w.n !== 0n),
      })),
    }));
  });
  return fc.tuple(...layers).map((all) => ({ layers: all }));
}

/** The terms of each row of each layer at a point, in plain numbers, which are exact here. */
function termsForward({ layers }: Network, point: readonly number[]): number[][][] {
  let values = [...point];
  return layers.map(({ rows, relu }) => {
    const terms = rows.map(({ bias, entries }) => [
      exactNumber(bias),
      ...entries.map(([k, w]) => exactNumber(w) * (values[k] as number)),
    ]);
    values = terms.map((row) => row.reduce((a, b) => a + b, 0)).map((sum) => (relu ? Math.max(0, sum) : sum));
    return terms;
  });
}

interface Bound {
  readonly grid: number;
  readonly size: number;
}

/** The terms of each row lie on the grid, and their absolute values add up to no more than the bound. */
function expectWithin(terms: readonly number[][], bound: Bound): void {
  for (const row of terms) {
    expect(row.reduce((sum, term) => sum + Math.abs(term), 0)).toBeLessThanOrEqual(bound.size * bound.grid);
    for (const term of row) expect(Math.abs(term / bound.grid) % 1).toBe(0);
  }
}

describe("plain sums", () => {
  it("should bound the sum of the last layer at every point of the given size", () => {
    fc.assert(
      fc.property(network(), fc.integer({ min: -7, max: 7 }), (drawn, at) => {
        const bound = plainForward(drawn, [7]).at(-1) as Bound;
        expectWithin(termsForward(drawn, [at]).at(-1) as number[][], bound);
      }),
    );
  });

  it("should bound the derivative by the input, whichever ReLUs are on", () => {
    fc.assert(
      fc.property(network(), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (drawn, on) => {
        const [first, second, third] = drawn.layers as [AffineMap, AffineMap, AffineMap];
        const back = (layer: AffineMap, after: readonly number[]): number[][] =>
          Array.from({ length: layer.inputs }, (_, k) =>
            layer.rows.flatMap(({ entries }, r) =>
              entries.filter(([column]) => column === k).map(([, w]) => exactNumber(w) * (after[r] as number)),
            ),
          );
        const sum = (terms: readonly number[][], mask: readonly boolean[]): number[] =>
          terms.map((row, k) => ((mask[k] ?? true) ? row.reduce((a, b) => a + b, 0) : 0));
        const byThird = sum(back(third, [1]), on.slice(3));
        const bySecond = sum(back(second, byThird), on.slice(0, 3));
        expectWithin(back(first, bySecond), plainBackward(drawn).at(-1) as Bound);
      }),
    );
  });
});

describe("assertExactIn", () => {
  it("should accept a certified filter in both precisions, and refuse letters that float32 cannot count", () => {
    expect(() => assertExactIn(exported, "float32", true)).not.toThrow();
    expect(() => assertExactIn(exported, "float64", true)).not.toThrow();
    const far = { ...exported, letters: exported.letters.map((ofPlace) => [...ofPlace, 2n ** 24n]) };
    expect(() => assertExactIn(far, "float32", false)).toThrow(/^the cell value 16777216 is out of the range/);
  });
});

describe("assertRepresentable", () => {
  const one = (numerator: bigint, denominator: bigint): Network => ({
    layers: [{ name: "L", inputs: 1, relu: false, rows: [{ bias: rational(numerator, denominator), entries: [] }] }],
  });

  it.each([
    [2n ** 24n, 1n, true, true],
    [2n ** 24n + 1n, 1n, false, true],
    [2n ** 53n - 1n, 1n, false, true],
    [2n ** 53n + 1n, 1n, false, false],
    [1n, 2n ** 100n, true, true],
    [1n, 2n ** 1100n, false, false],
    [1n, 3n, false, false],
    [-5n, 4n, true, true],
    [0n, 1n, true, true],
  ])("should know whether %s/%s is a number of each precision", (n, d, float32, float64) => {
    for (const [precision, fits] of [
      ["float32", float32],
      ["float64", float64],
    ] as const) {
      const assert = (): void => assertRepresentable(one(n, d), precision);
      if (fits) expect(assert).not.toThrow();
      else expect(assert).toThrow(`is no ${precision} number`);
    }
  });
});
