import { describe, expect, it } from "vitest";
import { gateTables, MAX_GATES } from "../../../../checkers/rcnn/gate-tables.js";
import { ONE, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import type { AffineRow, Network } from "../../../../spec/networks/network.js";
import { PLACES } from "../../../../spec/rcnn/patch.js";
import { Work } from "../../../../checkers/work.js";
import type { Letters } from "./table-agreement.js";

/** relu(x4 - kink) for each kink, each a function and a gate of its own. */
function rampsOf(kinks: readonly Rational[], bias: Rational = ZERO): Network {
  const diagonal = kinks.map((_, i): AffineRow => ({ bias: ZERO, entries: [[i, ONE]] }));
  const inputs = kinks.length;
  return {
    layers: [
      { name: "V1", inputs: PLACES, rows: kinks.map((k) => ({ bias: k.neg(), entries: [[4, ONE]] })), relu: true },
      { name: "V2", inputs, rows: diagonal, relu: false },
      { name: "V3", inputs, rows: diagonal, relu: true },
      { name: "V4", inputs, rows: [{ bias, entries: diagonal.map((_, i) => [i, ONE] as const) }], relu: false },
      { name: "V5", inputs: 1, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
    ],
  };
}

const half = rational(1n, 2n);
const eachPlace = (values: readonly bigint[]): Letters => Array.from({ length: PLACES }, () => values);

describe("the limits of gateTables", () => {
  it("should decide sums below 2^53 and leave those from 2^53 on undecided", () => {
    // One gate, x = 1, and a bias that brings the sum of absolute values to the limit.
    const letters = eachPlace([1n]);
    const limit = 2n ** 53n;
    const withSum = (sum: bigint) => gateTables(rampsOf([ZERO], rational(sum - 1n)), letters);
    expect(withSum(limit)).toMatchObject({ verdict: "undecided", limit: "exact-integers" });
    expect(withSum(2n - limit)).toMatchObject({ verdict: "undecided", limit: "exact-integers" });
    expect(withSum(3n - limit)).not.toHaveProperty("verdict");
    expect(withSum(limit - 1n)).not.toHaveProperty("verdict");
    expect(withSum(2n ** 4000n)).toMatchObject({ verdict: "undecided", limit: "exact-integers" });
  });

  it("should bound slopes, weights and denominators as well as values", () => {
    const steep = (weight: Rational): Network => {
      const network = rampsOf([half]);
      return {
        layers: network.layers.map((layer, l) =>
          l === 3 ? { ...layer, rows: [{ bias: ZERO, entries: [[0, weight]] }] } : layer,
        ),
      };
    };
    expect(gateTables(steep(rational(2n ** 51n)), eachPlace([1n]))).not.toHaveProperty("verdict");
    for (const weight of [rational(2n ** 53n), rational(2n ** 53n, 3n), rational(1n, 3n ** 40n).add(ONE)])
      expect(gateTables(steep(weight), eachPlace([1n]))).toMatchObject({ limit: "exact-integers" });
    // The gate is 1/1000 there, but rises with slope 2^60 / 1000.
    const kink = ONE.sub(rational(1n, 2n ** 60n));
    expect(gateTables(rampsOf([kink]), eachPlace([1n]))).toMatchObject({ limit: "exact-integers" });
  });

  it("should add up what places, letters, terms and gates can contribute, each at its largest", () => {
    const limit = 2n ** 53n;
    const one = (inputs: number, ...weights: bigint[]): AffineRow => ({
      bias: ZERO,
      entries: weights.slice(0, inputs).map((w, k) => [k, rational(w)] as const),
    });
    /** Units relu(weight x_place + bias), each function with its factors, gates with their weights, terms of the output. */
    const network = (
      units: readonly (readonly [place: number, weight: bigint, bias: bigint])[],
      functions: readonly (readonly bigint[])[],
      gates: readonly (readonly bigint[])[],
      outputs: readonly bigint[],
      bias = 0n,
    ): Network => ({
      layers: [
        {
          name: "V1",
          inputs: PLACES,
          rows: units.map(([place, weight, b]) => ({ bias: rational(b), entries: [[place, rational(weight)]] })),
          relu: true,
        },
        { name: "V2", inputs: units.length, rows: functions.map((f) => one(units.length, ...f)), relu: false },
        { name: "V3", inputs: functions.length, rows: gates.map((g) => one(functions.length, ...g)), relu: true },
        { name: "V4", inputs: gates.length, rows: [one(gates.length, ...outputs)], relu: false },
        { name: "V5", inputs: 1, rows: [{ bias: rational(bias), entries: [[0, ONE]] }], relu: false },
      ],
    });
    // Each network has a sum of exactly n units at its worst point.
    const withSum: Readonly<Record<string, (n: bigint) => Network>> = {
      "two places": (n) =>
        network(
          [
            [0, 1n, 0n],
            [8, 1n, n - 6n],
          ],
          [
            [1n, 0n],
            [0n, 1n],
          ],
          [[1n, 1n]],
          [1n],
        ),
      "two terms of a function": (n) =>
        network(
          [
            [4, 1n, 0n],
            [4, 1n, n - 6n],
          ],
          [[1n, 1n]],
          [[1n]],
          [1n],
        ),
      "a falling unit, largest at the first letter": (n) => network([[4, -n / 4n, n + n / 4n]], [[1n]], [[1n]], [1n]),
      "a negative factor and a negative weight": (n) => network([[4, 1n, n - 3n]], [[-1n]], [[-1n]], [1n]),
      "a slope where the value is small": (n) => network([[4, n, 1n - 3n * n]], [[1n]], [[1n]], [1n]),
      "weights of a gate": (n) => network([[4, 1n, 0n]], [[1n]], [[n / 3n]], [1n]),
      "two gates": (n) => network([[4, 1n, 0n]], [[1n]], [[1n], [2n]], [1n, (n - 3n) / 6n]),
      "a negative output": (n) => network([[4, 1n, 0n]], [[1n]], [[1n]], [-n / 3n]),
      "the output's bias": (n) => network([[4, 1n, 0n]], [[1n]], [[1n]], [1n], n - 3n),
      "a negative bias of the output": (n) => network([[4, 1n, 0n]], [[1n]], [[1n]], [1n], 3n - n),
    };
    const letters = eachPlace([1n, 3n]);
    for (const [name, of] of Object.entries(withSum)) {
      // Both ends are a multiple of 6 away from what the network divides.
      expect([name, "verdict" in gateTables(of(limit - 8n), letters)]).toEqual([name, false]);
      expect([name, gateTables(of(limit + 4n), letters)]).toMatchObject([name, { limit: "exact-integers" }]);
    }
  });

  it("should decide functions that are 0 nearly everywhere, on alphabets that are too large for others", () => {
    const values = Array.from({ length: 70_000 }, (_, i) => BigInt(i));
    const letters = eachPlace([0n]).with(4, values);
    const narrow = (terms: readonly (readonly [factor: bigint, weight: bigint, kink: bigint])[]): Network => ({
      layers: [
        {
          name: "V1",
          inputs: PLACES,
          rows: terms.map(([, weight, kink]) => ({
            bias: rational(-weight * kink, 2n),
            entries: [[4, rational(weight)]],
          })),
          relu: true,
        },
        {
          name: "V2",
          inputs: terms.length,
          rows: Array.from({ length: 240 }, () => ({
            bias: ZERO,
            entries: terms.map(([factor], k) => [k, rational(factor)] as const),
          })),
          relu: false,
        },
        { name: "V3", inputs: 240, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: true },
        { name: "V4", inputs: 1, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
        { name: "V5", inputs: 1, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
      ],
    });
    // Kinks in halves: a bump near the end, one of falling units, a ramp that starts near the end, one that ends near 0.
    for (const terms of [
      [
        [1n, 1n, 139_981n],
        [-2n, 1n, 139_983n],
        [1n, 1n, 139_985n],
      ],
      [
        [1n, -1n, 139_981n],
        [-2n, -1n, 139_983n],
        [1n, -1n, 139_985n],
      ],
      [[1n, 1n, 139_991n]],
      [[1n, -1n, 9n]],
    ] as const)
      expect(gateTables(narrow(terms), letters)).not.toHaveProperty("verdict");
    // A plateau to the right of its kinks is no function that ends.
    const plateau = narrow([
      [1n, 1n, 11n],
      [-1n, 1n, 15n],
    ]);
    expect(() => gateTables(plateau, letters)).toThrow(expect.objectContaining({ limit: "memory" }) as Error);
  });

  it("should survive numerals of thousands of digits", () => {
    // Neighbouring Fibonacci numbers take Euclid's algorithm as many steps as numbers of their size can.
    let [a, b] = [1n, 1n];
    while (b < 10n ** 1990n) [a, b] = [b, a + b];
    const network = rampsOf([rational(1n, a), rational(1n, b)]);
    expect(gateTables(network, eachPlace([1n]))).toMatchObject({ verdict: "undecided", limit: "exact-integers" });
  });

  it(`should decide ${MAX_GATES} gates and no more`, () => {
    const kinks = (count: number): Rational[] => Array.from({ length: count }, () => half);
    expect(gateTables(rampsOf(kinks(MAX_GATES)), eachPlace([1n]))).not.toHaveProperty("verdict");
    expect(gateTables(rampsOf(kinks(MAX_GATES + 1)), eachPlace([1n]))).toMatchObject({
      verdict: "undecided",
      limit: "gates",
    });
  });

  it("should leave tables undecided that would be too large, or take too long", () => {
    const values = Array.from({ length: 70_000 }, (_, i) => BigInt(i));
    const one = eachPlace([0n]).with(4, values);
    const ramps = (count: number): Network => rampsOf(Array.from({ length: count }, () => half));
    expect(() => gateTables(ramps(240), one)).toThrow(expect.objectContaining({ limit: "memory" }) as Error);
    expect(() => gateTables(ramps(240), one, new Work(0, 1e6))).toThrow(
      expect.objectContaining({ limit: "work" }) as Error,
    );
    const ramp = rampsOf([half]);
    const gate: AffineRow = { bias: ZERO, entries: [[0, ONE]] };
    const wide: Network = {
      layers: ramp.layers.map((layer, l) => {
        if (l === 2) return { ...layer, rows: Array.from({ length: MAX_GATES }, () => gate) };
        return l === 3 ? { ...layer, inputs: MAX_GATES } : layer;
      }),
    };
    expect(() => gateTables(wide, one)).toThrow(expect.objectContaining({ limit: "memory" }) as Error);
  });
});
