import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gateTables, MAX_GATES } from "../../../../checkers/rcnn/gate-tables.js";
import { ONE, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian, type AffineRow, type Network } from "../../../../spec/networks/network.js";
import { PLACES } from "../../../../spec/rcnn/patch.js";
import { expectAgreement, type Letters } from "./table-agreement.js";
import { risingLetters, wildFilter } from "./wild-filters.js";

describe("gateTables of any filter", () => {
  it("should give value, Jacobian and kinks as evaluateWithJacobian does, or say where a first-layer unit has its kink", () => {
    let [agreed, kinked] = [0, 0];
    fc.assert(
      fc.property(
        wildFilter(),
        risingLetters,
        fc.array(fc.nat(), { minLength: 4 * PLACES, maxLength: 4 * PLACES }),
        (network, letters, picks) => {
          const tables = gateTables(network, letters);
          const points = [0, 1, 2, 3].map((k) =>
            letters.map((ofPlace, place) => ofPlace[(picks[k * PLACES + place] as number) % ofPlace.length] as bigint),
          );
          if ("verdict" in tables) {
            if (tables.verdict !== "rejected") throw new Error(tables.message);
            expect(tables.code).toBe("first-layer-kink");
            const { place, cell } = tables.witness as { place: number; cell: string };
            const values = letters.map((ofPlace, p) => rational(p === place ? BigInt(cell) : (ofPlace[0] as bigint)));
            expect(letters[place]).toContain(BigInt(cell));
            expect(evaluateWithJacobian(network, values).kink).toBe(true);
            kinked++;
            return;
          }
          for (const point of points) expectAgreement(network, tables, letters, point);
          agreed++;
        },
      ),
      { numRuns: 800 },
    );
    expect(agreed).toBeGreaterThan(150);
    expect(kinked).toBeGreaterThan(50);
  });

  it("should put every letter into one class of its place, and merge letters that add the same", () => {
    fc.assert(
      fc.property(wildFilter(), risingLetters, (network, letters) => {
        const tables = gateTables(network, letters);
        if ("verdict" in tables) return;
        for (const [place, ofPlace] of tables.places.entries()) {
          const listed = ofPlace.flatMap((one) => one.letters).toSorted((a, b) => a - b);
          expect(listed).toEqual([...(letters[place] as readonly bigint[]).keys()]);
          for (const one of ofPlace) expect([...one.letters]).toEqual(one.letters.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 300 },
    );
  });
});

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
    expect(gateTables(rampsOf(Array.from({ length: 240 }, () => half)), one)).toMatchObject({
      verdict: "undecided",
      limit: "table-cost",
    });
    const ramp = rampsOf([half]);
    const gate: AffineRow = { bias: ZERO, entries: [[0, ONE]] };
    const wide: Network = {
      layers: ramp.layers.map((layer, l) => {
        if (l === 2) return { ...layer, rows: Array.from({ length: MAX_GATES }, () => gate) };
        return l === 3 ? { ...layer, inputs: MAX_GATES } : layer;
      }),
    };
    expect(gateTables(wide, one)).toMatchObject({ verdict: "undecided", limit: "table-entries" });
  });
});
