/**
 * Bounds from above in fixed point: a bound on a real number is a bigint n that says "at most n / 2^64". Every operation rounds
 * up, so a chain of them bounds the chain of the real numbers, with errors of a few units of 2^-64.
 */
import type { Rational } from "../../spec/exact/rational.js";

/** An upper bound of a real number that is not negative, in units of 2^-64. */
export type Upper = bigint;

const BITS = 64n;

/** 1. */
export const UPPER_ONE: Upper = 1n << BITS;

/** 0. */
export const UPPER_ZERO: Upper = 0n;

/** An integer, exactly. */
export function upper(value: bigint | number): Upper {
  const integer = BigInt(value);
  if (integer < 0n) throw new RangeError(`upper: expected an integer from 0 on, got ${integer}`);
  return integer << BITS;
}

/** A rational from 0 on, rounded up. */
export function upperRational(value: Rational): Upper {
  if (value.s < 0n && value.n !== 0n) throw new RangeError("upperRational: expected a number from 0 on");
  return divideUp(value.n << BITS, value.d);
}

/** The product, rounded up. */
export function times(a: Upper, b: Upper): Upper {
  return (a * b + UPPER_ONE - 1n) >> BITS;
}

/** The square, rounded up. */
export function square(a: Upper): Upper {
  return times(a, a);
}

/** The square root, rounded up. */
export function squareRoot(a: Upper): Upper {
  return ceilingRoot(a << BITS);
}

/** The square root of an integer, rounded up. */
export function rootOf(value: bigint | number): Upper {
  return squareRoot(upper(value));
}

/** sqrt(a^2 + 1): the norm of an input with the 1 that a bias sees. */
export function withBias(a: Upper): Upper {
  return squareRoot(square(a) + UPPER_ONE);
}

/** n / d rounded up, for n from 0 on and d above 0. */
export function divideUp(n: bigint, d: bigint): bigint {
  return (n + d - 1n) / d;
}

/** The largest of some bounds; 0 of none. */
export function largest(bounds: Iterable<Upper>): Upper {
  let most = UPPER_ZERO;
  for (const bound of bounds) if (bound > most) most = bound;
  return most;
}

/** The least integer whose square is at least n. */
export function ceilingRoot(n: bigint): bigint {
  if (n < 0n) throw new RangeError(`ceilingRoot: expected a number from 0 on, got ${n}`);
  if (n < 2n) return n;
  // Newton's method from above ends at the floor of the root.
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root * root === n ? root : root + 1n;
    root = next;
  }
}

/** A bound as a decimal for messages, with this many digits after the point, rounded up. */
export function showUpper(a: Upper, digits = 9): string {
  const scaled = divideUp(a * 10n ** BigInt(digits), UPPER_ONE)
    .toString()
    .padStart(digits + 1, "0");
  return `${scaled.slice(0, -digits)}.${scaled.slice(-digits)}`;
}
