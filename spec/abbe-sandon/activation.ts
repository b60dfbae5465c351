/**
 * The activation functions. Printed, f is x^3 on (-1, 1) and 2 sign(x) beyond 3/2, and f* is 0 as well up to 2^-121 3^-9; between
 * the pieces "the details ... will not affect any of our arguments", so a value there is not determined. The practical reading has an
 * odd piecewise-linear function instead, of which every value is.
 */
import type { Arithmetic } from "../exact/arithmetic.js";
import { formatRational, ZERO, type Rational } from "../exact/rational.js";
import { compareMonomials, monomial, MONOMIALS, type Monomial } from "../exact/monomial.js";
import type { Activation } from "./weighted-graph.js";

/** Rationals as numbers of a net. */
export const RATIONALS: Arithmetic<Rational> = {
  zero: ZERO,
  one: ZERO.add(1n),
  add: (a, b) => a.add(b),
  multiply: (a, b) => a.mul(b),
  negate: (a) => a.neg(),
  isZero: (a) => a.n === 0n,
};

/**
 * An odd piecewise-linear function by its points right of 0: 0 up to the first one, straight lines between them, constant from the
 * last one on.
 */
export interface OddPiecewiseLinear {
  /** x rises strictly from above 0; the first y is 0. At least two points. */
  readonly points: readonly (readonly [x: Rational, y: Rational])[];
}

/** The value of an odd piecewise-linear function. */
export function oddValue({ points }: OddPiecewiseLinear, x: Rational): Rational {
  const size = x.abs();
  let value = points.at(-1)?.[1] ?? ZERO;
  for (const [i, [right, high]] of points.entries()) {
    if (size.gt(right)) continue;
    const [left, low] = points[i - 1] ?? [ZERO, ZERO];
    value = low.add(size.sub(left).mul(high.sub(low)).div(right.sub(left)));
    break;
  }
  return x.s < 0n ? value.neg() : value;
}

/** Its slope, or undefined at a point where the slope changes. */
export function oddSlope({ points }: OddPiecewiseLinear, x: Rational): Rational | undefined {
  const size = x.abs();
  for (const [i, [right, high]] of points.entries()) {
    if (size.equals(right)) return undefined;
    if (size.gt(right)) continue;
    const [left, low] = points[i - 1] ?? [ZERO, ZERO];
    return high.sub(low).div(right.sub(left));
  }
  return ZERO;
}

/**
 * The function of the practical reading: 0 up to a, x from 2a to 5/4, 2 from 3/2 on, straight lines between, and odd.
 *
 * @param a above 0, below 5/8
 */
export function practicalActivation(a: Rational): OddPiecewiseLinear {
  const points = [
    [a, ZERO],
    [a.mul(2n), a.mul(2n)],
    [ZERO.add(5n).div(4n), ZERO.add(5n).div(4n)],
    [ZERO.add(3n).div(2n), ZERO.add(2n)],
  ] as const;
  return { points };
}

/** As an activation, undetermined where the slope changes. */
export function oddActivation(line: OddPiecewiseLinear): Activation<Rational> {
  return {
    value: (x) => oddValue(line, x),
    derivative: (x) => {
      const slope = oddSlope(line, x);
      if (slope === undefined) throw new RangeError(`derivative: there is none at ${formatRational(x)}`);
      return slope;
    },
  };
}

const ONE = monomial(1, 0, 0);
const TWO = monomial(1, 1, 0);
/** 3/2. */
const FLAT = monomial(1, -1, 2);

/** Where the printed functions have which piece. */
export interface PrintedPieces {
  /** 0 for f, 2^-121 3^-9 for f*: up to there the value is 0. */
  readonly flatTo: Monomial;
  /** 0 for f, 2^-120 3^-9 for f*: from there on to 1 it is the cube. */
  readonly cubeFrom: Monomial;
  /** What s is below, without a power of s; nothing where no input has one. */
  readonly sBelow?: Monomial;
}

/** f or f* on monomials; throws a RangeError where the paper does not determine it, or it depends on s. */
export function printedActivation({ flatTo, cubeFrom, sBelow }: PrintedPieces): Activation<Monomial> {
  const pieceOf = (x: Monomial): "zero" | "cube" | "flat" => {
    if (x.sign === 0) return "zero";
    const size = atMost({ ...x, sign: 1 }, sBelow);
    // A bound from above says nothing about the lower end of the cube, unless that is 0.
    const isBound = x.powers !== 0 && cubeFrom.sign !== 0;
    if (!isBound && compareMonomials(size, flatTo) <= 0) return "zero";
    // At 1 the derivative of the cube is the only one that a differentiable function can have.
    if (!isBound && compareMonomials(size, cubeFrom) >= 0 && compareMonomials(size, ONE) <= 0) return "cube";
    // At 3/2 the value is not said to be 2, only beyond.
    if (x.powers === 0 && compareMonomials(size, FLAT) > 0) return "flat";
    throw new RangeError("printedActivation: expected an input at which the paper determines the value");
  };
  return {
    value: (x) => {
      const piece = pieceOf(x);
      if (piece === "zero") return MONOMIALS.zero;
      return piece === "cube" ? power(x, 3) : MONOMIALS.multiply(monomial(x.sign === -1 ? -1 : 1, 0, 0), TWO);
    },
    derivative: (x) => (pieceOf(x) === "cube" ? MONOMIALS.multiply(monomial(1, 0, 2), power(x, 2)) : MONOMIALS.zero),
  };
}

/** A bound from above: s replaced by what it is below. */
function atMost(size: Monomial, sBelow: Monomial | undefined): Monomial {
  if (size.powers === 0) return size;
  if (size.powers < 0 || sBelow === undefined) throw new RangeError("atMost: expected a bound of s");
  return MONOMIALS.multiply({ ...size, powers: 0 }, power(sBelow, size.powers));
}

function power(x: Monomial, exponent: number): Monomial {
  let product: Monomial = MONOMIALS.one;
  for (let i = 0; i < exponent; i++) product = MONOMIALS.multiply(product, x);
  return product;
}
