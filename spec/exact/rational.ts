/**
 * Exact rationals: fraction.js fed with bigints only, and one spelling for each value.
 *
 * A JavaScript number never becomes a rational here: fraction.js would turn 0.1 into 1/10 silently, and a proof must
 * not depend on what a float happens to print as. The one spelling ("n" or "n/d", reduced, d > 1, no "+", no leading
 * zeros, no "-0") is what certificates carry; everything else is unreadable.
 */
import Fraction from "fraction.js";

/**
 * An exact rational number. Make one with `rational` or `parseRational`; it is immutable.
 *
 * @example
 * ```ts
 * import { formatRational, rational, type Rational } from "weightproof";
 *
 * const third: Rational = rational(1n, 3n);
 * formatRational(third.add(third).mul(rational(-3n, 4n))); // => "-1/2"
 * ```
 */
export type Rational = Fraction;

/**
 * The rational numerator / denominator.
 *
 * @throws {RangeError} if the denominator is 0
 *
 * @example
 * ```ts
 * import { formatRational, rational } from "weightproof";
 *
 * formatRational(rational(6n, -4n)); // => "-3/2"
 * rational(1n, 0n); // throws RangeError
 * ```
 */
export function rational(numerator: bigint, denominator: bigint = 1n): Rational {
  if (denominator === 0n) throw new RangeError("rational: expected a denominator other than 0, got 0");
  return new Fraction(numerator, denominator);
}

/** The rational 0. */
export const ZERO: Rational = rational(0n);

/** The rational 1. */
export const ONE: Rational = rational(1n);

/** 3^-i, the weight of digit i in the cell code (B.1.1). */
export function negativePowerOfThree(i: number): Rational {
  return rational(1n, 3n ** BigInt(i));
}

const SPELLING = /^(0|-?[1-9][0-9]*)(?:\/([1-9][0-9]*))?$/;

/**
 * Longest numeral (numerator or denominator) that is read. The largest network this project makes needs about 30
 * digits; the limit keeps a hostile file from costing quadratic time.
 */
export const MAX_NUMERAL_DIGITS = 2000;

/**
 * Reads the one spelling of a rational.
 *
 * @throws {RangeError} if the text is not that spelling: not reduced, "/1", "-0", a plus sign, a leading zero, too long
 *
 * @example
 * ```ts
 * import { parseRational, rational } from "weightproof";
 *
 * parseRational("-3/2").equals(rational(-3n, 2n)); // => true
 * parseRational("2/4"); // throws RangeError
 * parseRational("0.5"); // throws RangeError
 * ```
 */
export function parseRational(text: string): Rational {
  if (text.length > 2 * MAX_NUMERAL_DIGITS + 2) {
    throw new RangeError(
      `parseRational: expected at most ${MAX_NUMERAL_DIGITS} digits a numeral, got ${text.length} characters`,
    );
  }
  const [, numerator, denominator] = SPELLING.exec(text) ?? [];
  if (numerator === undefined)
    throw new RangeError(`parseRational: expected "n" or "n/d", got ${JSON.stringify(text)}`);
  const value = rational(BigInt(numerator), BigInt(denominator ?? 1n));
  if (formatRational(value) !== text) {
    throw new RangeError(`parseRational: expected the reduced form ${formatRational(value)}, got ${text}`);
  }
  return value;
}

/**
 * The one spelling of a rational: "n" for an integer, "n/d" reduced otherwise.
 *
 * @example
 * ```ts
 * import { formatRational, rational } from "weightproof";
 *
 * formatRational(rational(10n, 5n)); // => "2"
 * formatRational(rational(1n, 6n)); // => "1/6"
 * ```
 */
export function formatRational(value: Rational): string {
  const numerator = value.s * value.n;
  return value.d === 1n ? numerator.toString() : `${numerator}/${value.d}`;
}
