/** Terms of SMT-LIB 2 over Real and Bool, as text. Numbers are exact: integers, and quotients of integers. */
import type { Rational } from "../../spec/exact/rational.js";

/** A term, as text. */
export type Term = string;

/** A rational as SMT-LIB spells it in the theory of reals: 2.0, (- 2.0), (/ 1.0 4.0), (- (/ 1.0 4.0)). */
export function numeral({ s, n, d }: Rational): Term {
  const size = d === 1n ? `${n}.0` : `(/ ${n}.0 ${d}.0)`;
  return s < 0n && n !== 0n ? `(- ${size})` : size;
}

/** The real number 0. */
export const ZERO_TERM: Term = "0.0";

/** The sum of some terms; 0 if there are none. */
export function sum(terms: readonly Term[]): Term {
  const [first = ZERO_TERM, ...others] = terms;
  return others.length === 0 ? first : `(+ ${terms.join(" ")})`;
}

/** weight * term, which is linear because the weight is a number. */
export function product(weight: Rational, term: Term): Term {
  return weight.equals(1n) ? term : `(* ${numeral(weight)} ${term})`;
}

/** constant + sum of weight * term, without what is 0. */
export function affine(constant: Rational, entries: readonly (readonly [term: Term, weight: Rational])[]): Term {
  const constants = constant.n === 0n ? [] : [numeral(constant)];
  return sum([...constants, ...entries.map(([term, weight]) => product(weight, term))]);
}

/** `then` where the condition holds, `otherwise` elsewhere. */
export function ite(condition: Term, then: Term, otherwise: Term): Term {
  return `(ite ${condition} ${then} ${otherwise})`;
}

/** The conjunction of some terms; true if there are none. */
export function and(...terms: readonly Term[]): Term {
  const [first = "true", ...others] = terms;
  return others.length === 0 ? first : `(and ${terms.join(" ")})`;
}

/** The disjunction of some terms; false if there are none. */
export function or(...terms: readonly Term[]): Term {
  const [first = "false", ...others] = terms;
  return others.length === 0 ? first : `(or ${terms.join(" ")})`;
}

/** left = right */
export function equal(left: Term, right: Term): Term {
  return `(= ${left} ${right})`;
}

/** left and right are not equal. */
export function differ(left: Term, right: Term): Term {
  return `(not ${equal(left, right)})`;
}

/** "Is it above 0?": when a ReLU is on. */
export function positive(term: Term): Term {
  return `(> ${term} ${ZERO_TERM})`;
}
