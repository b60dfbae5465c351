import fc from "fast-check";
import { expect, it } from "vitest";
import { gateTables } from "../../../../checkers/rcnn/gate-tables.js";
import { PatchEvaluator } from "../../../../checkers/rcnn/patch-evaluator.js";
import { ONE, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian, type AffineRow, type Network } from "../../../../spec/networks/network.js";
import { PLACES } from "../../../../spec/rcnn/patch.js";
import { tablesOf, type Letters } from "./table-agreement.js";
import { risingLetters, wildFilter } from "./wild-filters.js";

it("should give value and gradient as the network has them, and a reason where they are no integers or there are none", () => {
  const seen = { value: 0, kink: 0, "not-an-integer": 0 };
  const picks = fc.array(fc.nat(), { minLength: 4 * PLACES, maxLength: 4 * PLACES });
  const filters = fc.oneof({ weight: 3, arbitrary: wildFilter([1n]) }, { weight: 1, arbitrary: wildFilter([1n, 2n]) });
  fc.assert(
    fc.property(filters, risingLetters, picks, (network, letters, random) => {
      const tables = gateTables(network, letters);
      if ("verdict" in tables) return;
      const evaluator = new PatchEvaluator(tables, letters);
      for (let k = 0; k < 4; k++) {
        const point = letters.map(
          (ofPlace, place) => ofPlace[(random[k * PLACES + place] as number) % ofPlace.length] as bigint,
        );
        const expected = evaluateWithJacobian(
          network,
          point.map((u) => rational(u)),
        );
        const outcome = evaluator.at(point);
        if (typeof outcome !== "string") seen.value++;
        else if (outcome !== "not-in-alphabet") seen[outcome]++;
        expect(outcome === "kink").toBe(expected.kink);
        if (!expected.kink) {
          const numbers = [expected.value[0] as Rational, ...(expected.jacobian[0] as Rational[])];
          const integers = numbers.every(({ d }) => d === 1n) ? numbers.map(({ s, n }) => s * n) : undefined;
          const [value, ...gradient] = integers ?? [];
          expect(outcome).toEqual(integers === undefined ? "not-an-integer" : { value, gradient });
        }
        // The second answer is the remembered one.
        expect(evaluator.at([...point])).toEqual(outcome);
      }
    }),
    { numRuns: 500 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
});

it("should see a gate at its kink, whether or not the output reads it", () => {
  const unit: AffineRow = { bias: rational(1n, 2n), entries: [[4, ONE]] };
  const gate: AffineRow = { bias: rational(-3n, 2n), entries: [[0, ONE]] };
  const filterWith = (weight: Rational): Network => ({
    layers: [
      { name: "V1", inputs: PLACES, rows: [unit], relu: true },
      { name: "V2", inputs: 1, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
      { name: "V3", inputs: 1, rows: [gate], relu: true },
      { name: "V4", inputs: 1, rows: [{ bias: ONE, entries: [[0, weight]] }], relu: false },
      { name: "V5", inputs: 1, rows: [{ bias: ZERO, entries: [[0, ONE]] }], relu: false },
    ],
  });
  const letters: Letters = Array.from({ length: PLACES }, () => [0n, 1n, 2n]);
  const at = (weight: Rational, x: bigint) =>
    new PatchEvaluator(tablesOf(filterWith(weight), letters), letters).at(letters.map((_, k) => (k === 4 ? x : 0n)));
  const flat = { value: 1n, gradient: Array.from({ length: PLACES }, () => 0n) };
  expect(at(ZERO, 1n)).toBe("kink");
  expect(at(ZERO, 2n)).toEqual(flat);
  expect(at(rational(2n), 1n)).toBe("kink");
  expect(at(rational(2n), 0n)).toEqual(flat);
  expect(at(rational(2n), 2n)).toEqual({ value: 3n, gradient: flat.gradient.with(4, 2n) });
});

it("should know nothing of values beyond the alphabet, at any place", () => {
  const unit: AffineRow = { bias: rational(1n, 2n), entries: [[4, ONE]] };
  const one = (bias: Rational): AffineRow => ({ bias, entries: [[0, ONE]] });
  const network: Network = {
    layers: [
      { name: "V1", inputs: PLACES, rows: [unit], relu: true },
      { name: "V2", inputs: 1, rows: [one(rational(1n, 2n))], relu: false },
      { name: "V3", inputs: 1, rows: [one(ZERO)], relu: true },
      { name: "V4", inputs: 1, rows: [one(ZERO)], relu: false },
      { name: "V5", inputs: 1, rows: [one(ZERO)], relu: false },
    ],
  };
  const letters: Letters = Array.from({ length: PLACES }, (_, place) => [BigInt(place), BigInt(place) + 10n]);
  const evaluator = new PatchEvaluator(tablesOf(network, letters), letters);
  const point = letters.map(([first]) => first as bigint);
  expect(evaluator.at(point)).toMatchObject({ value: 5n });
  expect(evaluator.at(point.with(4, 14n))).toMatchObject({ value: 15n });
  for (let place = 0; place < PLACES; place++) expect(evaluator.at(point.with(place, 30n))).toBe("not-in-alphabet");
  // Patches whose digits read alike are different patches.
  expect(evaluator.at([...point.slice(0, 8), 18n])).toMatchObject({ value: 5n });
});
