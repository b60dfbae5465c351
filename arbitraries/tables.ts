/**
 * Arbitraries for fast-check: the finite tables of Lemma 5 (B.4.1).
 */
import fc from "fast-check";
import { rational, type Rational } from "../spec/exact/rational.js";
import { pointKey, type Table } from "../spec/networks/table.js";

/**
 * Bounds of finiteTable.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { finiteTable, type FiniteTableOptions } from "weightproof/arbitraries";
 *
 * const options: FiniteTableOptions = { maxInputs: 1, maxOutputs: 1, maxPoints: 3 };
 * fc.assert(fc.property(finiteTable(options), ({ inputs, points }) => inputs === 1 && points.length <= 3));
 * ```
 */
export interface FiniteTableOptions {
  /** Largest number of inputs, at least 1; 3 if absent. */
  readonly maxInputs?: number;
  /** Largest number of outputs, at least 1; 2 if absent. */
  readonly maxOutputs?: number;
  /** Largest number of points, at least 1; 5 if absent. */
  readonly maxPoints?: number;
}

/**
 * A small rational: numerator -9 ... 9, denominator 1 ... 7; shrinks to 0, and to small integers.
 *
 * Equal values are frequent, and so are values less than 1/40 apart.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { formatRational, parseRational } from "weightproof";
 * import { smallRational } from "weightproof/arbitraries";
 *
 * fc.assert(fc.property(smallRational(), (value) => parseRational(formatRational(value)).equals(value)));
 * ```
 */
export function smallRational(): fc.Arbitrary<Rational> {
  return fc
    .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 7 }))
    .map(([numerator, denominator]) => rational(BigInt(numerator), BigInt(denominator)));
}

/**
 * A table that meets all conditions of findTableFault, with small rationals everywhere; half of all values and of all
 * partial derivatives are 0 or 1. Points often share coordinates.
 *
 * Shrinks to one input, one output and the single point 0 with value 0 and derivative 0.
 *
 * @throws {RangeError} if an option is not an integer from 1 on
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { finiteTable } from "weightproof/arbitraries";
 *
 * fc.assert(fc.property(finiteTable(), ({ inputs, points }) => points.every(({ at }) => at.length === inputs)));
 * ```
 */
export function finiteTable(options: FiniteTableOptions = {}): fc.Arbitrary<Table> {
  const { maxInputs = 3, maxOutputs = 2, maxPoints = 5 } = options;
  for (const [name, value] of Object.entries({ maxInputs, maxOutputs, maxPoints })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`finiteTable: expected an integer ${name} from 1 on, got ${value}`);
    }
  }
  const list = (number: fc.Arbitrary<Rational>, length: number): fc.Arbitrary<Rational[]> =>
    fc.array(number, { minLength: length, maxLength: length });
  const flag = fc.boolean().map((isOne) => rational(isOne ? 1n : 0n));
  const entry = fc.oneof(flag, smallRational());
  const coordinate = fc.oneof(
    fc.integer({ min: 0, max: 2 }).map((n) => rational(BigInt(n))),
    smallRational(),
  );
  const point = fc.record({
    at: list(coordinate, maxInputs),
    value: list(entry, maxOutputs),
    jacobian: fc.array(list(entry, maxInputs), { minLength: maxOutputs, maxLength: maxOutputs }),
  });
  // Points are drawn at full size and cut, so that the counts shrink without drawing everything anew.
  return fc
    .record({
      inputs: fc.integer({ min: 1, max: maxInputs }),
      outputs: fc.integer({ min: 1, max: maxOutputs }),
      points: fc.array(point, { minLength: 1, maxLength: maxPoints, size: "max" }),
    })
    .map(({ inputs, outputs, points }): Table => {
      const byPlace = new Map<string, Table["points"][number]>();
      for (const { at, value, jacobian } of points) {
        const cut = at.slice(0, inputs);
        if (byPlace.has(pointKey(cut))) continue;
        byPlace.set(pointKey(cut), {
          at: cut,
          value: value.slice(0, outputs),
          jacobian: jacobian.slice(0, outputs).map((row) => row.slice(0, inputs)),
        });
      }
      return { inputs, outputs, points: [...byPlace.values()] };
    });
}
