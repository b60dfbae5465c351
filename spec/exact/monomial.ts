/**
 * Numbers sign 2^a 3^(b/2) s^c, s being a number above 0 that need not be known: the weights of Definitions 6 and 7. Products are
 * exact; a sum is a number of this kind only where the powers of s agree and the quotient of the terms is rational.
 */
import type { Arithmetic } from "./arithmetic.js";

/** sign 2^twos 3^(halfThrees/2) s^powers; everything else is 0 where the sign is. */
export interface Monomial {
  readonly sign: -1 | 0 | 1;
  readonly twos: number;
  readonly halfThrees: number;
  readonly powers: number;
}

/** The monomial with these exponents. */
export function monomial(sign: -1 | 1, twos: number, halfThrees: number, powers = 0): Monomial {
  return { sign, twos, halfThrees, powers };
}

const ZERO: Monomial = { sign: 0, twos: 0, halfThrees: 0, powers: 0 };
const ONE: Monomial = monomial(1, 0, 0);

/** Their arithmetic, as nets ask for it. */
export const MONOMIALS: Arithmetic<Monomial> = {
  zero: ZERO,
  one: ONE,
  multiply(a: Monomial, b: Monomial): Monomial {
    if (a.sign === 0 || b.sign === 0) return ZERO;
    return monomial(a.sign === b.sign ? 1 : -1, a.twos + b.twos, a.halfThrees + b.halfThrees, a.powers + b.powers);
  },
  negate(a: Monomial): Monomial {
    return a.sign === 0 ? a : { ...a, sign: a.sign === 1 ? -1 : 1 };
  },
  isZero(a: Monomial): boolean {
    return a.sign === 0;
  },
  /** @throws {RangeError} if the sum is no monomial */
  add(a: Monomial, b: Monomial): Monomial {
    if (a.sign === 0) return b;
    if (b.sign === 0) return a;
    if (a.powers !== b.powers || (a.halfThrees - b.halfThrees) % 2 !== 0)
      throw new RangeError("add: expected monomials whose quotient is rational");
    const twos = Math.min(a.twos, b.twos);
    const halfThrees = Math.min(a.halfThrees, b.halfThrees);
    const integer = (x: Monomial): bigint =>
      BigInt(x.sign) * 2n ** BigInt(x.twos - twos) * 3n ** BigInt((x.halfThrees - halfThrees) / 2);
    return times(monomial(1, twos, halfThrees, a.powers), integer(a) + integer(b));
  },
};

/** An integer multiple. @throws {RangeError} if it is no monomial */
export function times(x: Monomial, integer: bigint): Monomial {
  if (integer === 0n || x.sign === 0) return ZERO;
  let rest = integer < 0n ? -integer : integer;
  let [twos, threes] = [0, 0];
  for (; rest % 2n === 0n; rest /= 2n) twos++;
  for (; rest % 3n === 0n; rest /= 3n) threes++;
  if (rest !== 1n) throw new RangeError(`times: expected an integer 2^a 3^b, got ${integer}`);
  return MONOMIALS.multiply(x, monomial(integer < 0n ? -1 : 1, twos, 2 * threes));
}

/**
 * -1, 0 or 1 as a is below, at or above b. Exact: squares of monomials are rational up to the power of s.
 *
 * @throws {RangeError} if their powers of s differ, so that it depends on s
 */
export function compareMonomials(a: Monomial, b: Monomial): -1 | 0 | 1 {
  if (a.sign !== b.sign || a.sign === 0) return Math.sign(a.sign - b.sign) as -1 | 0 | 1;
  if (a.powers !== b.powers) throw new RangeError("compareMonomials: expected equal powers of s");
  // (a / b)^2 = 2^twos 3^threes against 1.
  const twos = 2 * (a.twos - b.twos);
  const threes = a.halfThrees - b.halfThrees;
  const above = 2n ** BigInt(Math.max(twos, 0)) * 3n ** BigInt(Math.max(threes, 0));
  const below = 2n ** BigInt(Math.max(-twos, 0)) * 3n ** BigInt(Math.max(-threes, 0));
  if (above === below) return 0;
  return above > below === (a.sign === 1) ? 1 : -1;
}
