import { describe, expect, it } from "vitest";
import { formatRational, parseRational, rational, ZERO, type Rational } from "../../../../../spec/exact/rational.js";
import {
  MATRIX_NAMES,
  printedDimensions,
  provenDimensions,
  RELU_AFTER,
  unionBound,
  weightBounds,
  weightDomain,
  weightSets,
  weightsOf,
  type WeightDomain,
} from "../../../../../spec/rcnn/lemma5/weights.js";
import { distinct, type Table } from "../../../../../spec/networks/table.js";

const q = (...texts: string[]): Rational[] => texts.map(parseRational);

/** n numbers from `first` on. */
const run = (first: number, n: number): Rational[] => Array.from({ length: n }, (_, k) => rational(BigInt(first + k)));

function domain(x: number, y: readonly Rational[], g: readonly Rational[]): WeightDomain {
  return {
    inputs: 2,
    halfWidth: rational(1n, 10n),
    lowestKink: rational(-1n),
    inputValues: run(0, x),
    outputValues: y,
    slopes: g,
  };
}

describe("weightBounds and unionBound", () => {
  it.each([1, 2, 3, 10, 81])(
    "should be those of Lemma 6 and Corollary 3 for |X_i| = |Y_i| = %i and G = {0, 1}",
    (n) => {
      const given = domain(n, run(1, n), run(0, 2));
      const printed = Object.values(weightBounds(given)).map((bound) => bound.printed);
      expect(printed).toEqual([4 * n + 2, 12 * n, 4, 4 * 2 * n, 1]);
      expect(unionBound(given)).toEqual({ printed: 24 * n + 5, sharp: 8 * n + 13 });
    },
  );

  it("should never have a sharp bound above the printed one, and never fewer numbers than the sets hold", () => {
    let cases = 0;
    for (const x of [1, 2, 5]) {
      for (const y of [run(0, 1), run(1, 1), run(-1, 3), run(1, 7)]) {
        for (const g of [run(0, 1), run(1, 1), run(0, 2), run(-2, 5)]) {
          const given = domain(x, y, g);
          const sets = weightSets(given);
          const bounds = weightBounds(given);
          for (const name of ["W1", "W1'", "W1+", "W2'", "W2+"] as const) {
            expect(sets[name].length).toBeLessThanOrEqual(bounds[name].sharp);
            expect(bounds[name].sharp).toBeLessThanOrEqual(bounds[name].printed);
          }
          const union = distinct([ZERO, ...Object.values(sets).flat()]).length;
          expect(union).toBeLessThanOrEqual(unionBound(given).sharp);
          expect(unionBound(given).sharp).toBeLessThanOrEqual(unionBound(given).printed);
          cases++;
        }
      }
    }
    expect(cases).toBe(3 * 4 * 4);
  });

  it("should be reached where no two numbers coincide by chance", () => {
    const given = {
      ...domain(3, q("7/5", "11/3"), q("1/7", "3/11")),
      lowestKink: rational(-5n, 3n),
      halfWidth: rational(1n, 13n),
      // 2 = d_in would give W1 and W1+ the same biases.
      inputValues: q("0", "1", "7"),
    };
    for (const [name, set] of Object.entries(weightSets(given))) {
      expect(set.length).toBe(weightBounds(given)[name as "W1"].sharp);
    }
    const union = distinct([ZERO, ...Object.values(weightSets(given)).flat()]).length;
    expect(union).toBe(unionBound(given).sharp);
  });
});

describe("thresholds of height 0 and slope 0", () => {
  it.each([
    [q("0", "7/5", "11/3"), q("0", "1/7"), 10],
    [q("7/5", "11/3"), q("0", "1/7"), 10],
    [q("0", "7/5", "11/3"), q("1/7", "3/11"), 12],
    [q("0"), q("0"), 0],
  ])("should be counted once, and not where both are 0 (case %#)", (y, g, count) => {
    const given = domain(3, y, g);
    expect(weightSets(given)["W2'"]).toHaveLength(count);
    expect(weightBounds(given)["W2'"].sharp).toBe(count);
  });
});

describe("printedDimensions and provenDimensions", () => {
  it("should differ where points share a coordinate and where a value is 0", () => {
    const flat = [q("0", "0"), q("0", "0")];
    const table: Table = {
      inputs: 2,
      outputs: 2,
      points: [
        { at: q("0", "0"), value: q("1", "0"), jacobian: flat },
        { at: q("0", "1"), value: q("2", "3"), jacobian: flat },
        { at: q("0", "2"), value: q("0", "0"), jacobian: flat },
      ],
    };
    expect(printedDimensions(table)).toEqual({ d1: 60, bumps: 12, d2: 72, thresholds: 24 });
    // Bumps: 1 value of the first coordinate, 3 of the second. Thresholds: 3 values are not 0.
    expect(provenDimensions(table)).toEqual({ d1: 40, bumps: 8, d2: 54, thresholds: 18 });
    expect(weightDomain(table).outputValues.map(formatRational)).toEqual(["0", "1", "2", "3"]);
  });
});

describe("RELU_AFTER", () => {
  it("should name W1 and W1+", () => {
    expect(RELU_AFTER).toHaveLength(MATRIX_NAMES.length);
    expect(MATRIX_NAMES.filter((_, k) => RELU_AFTER[k])).toEqual(["W1", "W1+"]);
  });
});

describe("weightsOf", () => {
  it("should hold biases and weights, each once, without 0, rising", () => {
    const [a, b] = q("-3", "1/2") as [Rational, Rational];
    const rows = [
      {
        bias: b,
        entries: [
          [0, a],
          [1, b],
        ] as const,
      },
      { bias: ZERO, entries: [[1, rational(7n)]] as const },
    ];
    expect(weightsOf({ name: "", inputs: 2, relu: true, rows }).map(formatRational)).toEqual(["-3", "1/2", "7"]);
  });
});
