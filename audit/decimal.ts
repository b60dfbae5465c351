/**
 * Logarithms to many digits, in decimals of big.js. Counts stay bigints to the end; only their logarithms, which are no
 * rationals, are rounded, and the rounding is far below the digits that are shown.
 */
import Big from "big.js";

/** Digits after the point that the audit shows. */
export const SHOWN_DIGITS = 40;

/** Digits after the point that it computes with: the guard of 40 digits outweighs sums of thousands of logarithms. */
const WORKING_DIGITS = 80;

const Decimal = Big();
Decimal.DP = WORKING_DIGITS;
Decimal.RM = Decimal.roundHalfEven;

/** A decimal number. */
export type Decimal = Big.Big;

const EPSILON = new Decimal(`1e-${WORKING_DIGITS}`);

/** A decimal from a whole number or a ratio of whole numbers. */
export function decimal(numerator: bigint, denominator: bigint = 1n): Decimal {
  const whole = new Decimal(numerator.toString());
  return denominator === 1n ? whole : whole.div(denominator.toString());
}

const logs = new Map<bigint, Decimal>([[1n, new Decimal(0)]]);

/**
 * The natural logarithm of a whole number.
 *
 * @throws {RangeError} if the number is below 1
 */
export function logarithm(n: bigint): Decimal {
  if (n < 1n) throw new RangeError(`logarithm: expected a number of at least 1, got ${n}`);
  const known = logs.get(n);
  if (known !== undefined) return known;
  let log: Decimal;
  if (n === 2n) log = doubleArtanh(decimal(1n, 3n));
  else {
    // n = 2^k m / 2^k with 2^k <= n < 2^(k+1): ln n = k ln 2 + 2 artanh((n - 2^k) / (n + 2^k)).
    const k = BigInt(n.toString(2).length - 1);
    const power = 2n ** k;
    const x = decimal(n - power, n + power);
    log = logarithm(2n).times(k.toString()).plus(doubleArtanh(x)).round(WORKING_DIGITS);
  }
  logs.set(n, log);
  return log;
}

/** 2 artanh x = ln((1 + x) / (1 - x)) for 0 <= x < 1. */
function doubleArtanh(x: Decimal): Decimal {
  const square = x.times(x).round(WORKING_DIGITS);
  let power = x;
  let sum = x;
  for (let k = 3; power.gt(EPSILON); k += 2) {
    power = power.times(square).round(WORKING_DIGITS);
    sum = sum.plus(power.div(k).round(WORKING_DIGITS));
  }
  return sum.times(2);
}

/** A decimal as text, cut to the digits that are shown. */
export function showDecimal(value: Decimal, digits: number = SHOWN_DIGITS): string {
  return value.toFixed(digits, Decimal.roundDown);
}
