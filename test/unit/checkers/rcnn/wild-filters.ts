/** Five-layer networks of the shape of a filter, as wild as they come, and letters to read them at. */
import fc from "fast-check";
import { rational, type Rational } from "../../../../spec/exact/rational.js";
import type { AffineRow, Network } from "../../../../spec/networks/network.js";
import { PLACES } from "../../../../spec/rcnn/patch.js";
import type { Letters } from "./table-agreement.js";

/** Rationals that make kinks, cancellations and ties frequent. */
const small = (denominators: readonly bigint[]): fc.Arbitrary<Rational> =>
  fc.tuple(fc.integer({ min: -4, max: 4 }), fc.constantFrom(...denominators)).map(([n, d]) => rational(BigInt(n), d));

function row(numbers: fc.Arbitrary<Rational>, inputs: number, most: number): fc.Arbitrary<AffineRow> {
  const entries = fc.uniqueArray(fc.tuple(fc.nat({ max: inputs - 1 }), numbers), {
    selector: ([column]) => column,
    maxLength: most,
  });
  return fc.record({ bias: numbers, entries: entries.map((list) => list.toSorted(([a], [b]) => a - b)) });
}

/**
 * Five-layer networks of the shape of a filter, as wild as they come: units without an entry or with weight 0, units that
 * look left, functions of several places, rows that nothing reads.
 */
export function wildFilter(denominators: readonly bigint[] = [1n, 2n, 3n]): fc.Arbitrary<Network> {
  const numbers = small(denominators);
  return fc
    .record({
      v1: fc.array(row(numbers, PLACES, 1), { minLength: 1, maxLength: 8 }),
      functions: fc.integer({ min: 1, max: 4 }),
      gates: fc.integer({ min: 1, max: 4 }),
      terms: fc.integer({ min: 1, max: 3 }),
    })
    .chain(({ v1, functions, gates, terms }) =>
      fc
        .tuple(
          fc.array(row(numbers, v1.length, 5), { minLength: functions, maxLength: functions }),
          fc.array(row(numbers, functions, 4), { minLength: gates, maxLength: gates }),
          fc.array(row(numbers, gates, 4), { minLength: terms, maxLength: terms }),
          row(numbers, terms, 3),
        )
        .map(([v2, v3, v4, v5]): Network => ({
          layers: [
            { name: "V1", inputs: PLACES, rows: v1, relu: true },
            { name: "V2", inputs: v1.length, rows: v2, relu: false },
            { name: "V3", inputs: functions, rows: v3, relu: true },
            { name: "V4", inputs: gates, rows: v4, relu: false },
            { name: "V5", inputs: terms, rows: [v5], relu: false },
          ],
        })),
    );
}

/** Cell values of each place. */
export const risingLetters: fc.Arbitrary<Letters> = fc.array(
  fc
    .uniqueArray(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 6 })
    .map((values) => values.toSorted((a, b) => a - b).map(BigInt)),
  { minLength: PLACES, maxLength: PLACES },
);
