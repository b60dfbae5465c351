/** Learners that keep numbers: decision lists by levels, the perceptron, winnow. */
import {
  add,
  and,
  any,
  bit,
  constant,
  equal,
  join,
  less,
  memory,
  mux,
  not,
  or,
  point,
  repeat,
  slice,
  widen,
  xor,
  type Expression,
  type Program,
} from "../language/expression.js";

/**
 * Learns a 1-decision list by levels: there is a rule for every literal, and for no condition, with either answer; the memory holds
 * a level of each. The lowest level at which a rule fires decides, 1 if one of its rules says so; after a mistake the rules that
 * decided move up by one. A rule of the list never gets above its place, so there are at most (4n + 2)(n + 1) mistakes.
 */
export function decisionListLearner(n: number): Program {
  const x = point(0, n);
  const one = constant(1, 1);
  const conditions = join(x, not(x), one);
  const rules = 2 * conditions.width;
  const top = n + 1;
  const width = top.toString(2).length;
  // Rules that say 0 come first, then those that say 1.
  const fires = join(conditions, conditions);
  const levels = Array.from({ length: rules }, (_, r) => memory(r * width, width));
  const isAt = (level: number): Expression =>
    and(fires, join(...levels.map((held) => equal(held, constant(level, width)))));
  let lowest: Expression = constant(0, rules);
  for (let level = top; level >= 0; level--) {
    const here = isAt(level);
    lowest = mux(not(equal(here, constant(0, rules))), here, lowest);
  }
  const says = (first: number): Expression => slice(lowest, first, rules / 2);
  const answer = not(equal(says(rules / 2), constant(0, rules / 2)));
  const wrong = and(lowest, join(repeat(not(answer), rules / 2), repeat(answer, rules / 2)));
  const next = levels.map((held, r) => {
    const isFull = equal(held, constant(top, width));
    return mux(and(bit(wrong, r), not(isFull)), add(held, constant(1, width)), held);
  });
  return { name: "decision-list", inputs: n, memory: rules * width, answer, next: join(...next) };
}

/**
 * The perceptron on points with entries 1 and -1 and a constant entry 1: weights of `width` bits in two's complement, all 0 at
 * first, those of x_0 ... x_(n-1) and then the constant's. The answer is 1 where the sum is not below 0; after a mistake the point is
 * added or subtracted, except that a weight at an end of its range stays there. Where integers u separate the points, u . x being at
 * least d or at most -d, there are at most |u|^2 (n + 1) / d^2 mistakes, if the width suffices.
 */
export function perceptronLearner(n: number, width: number = 2 + n.toString(2).length): Program {
  const entries = n + 1;
  const signs = Array.from({ length: entries }, (_, i) => (i < n ? point(i, 1) : constant(1, 1)));
  const weights = signs.map((_, i) => memory(i * width, width));
  const wide = width + entries.toString(2).length;
  const terms = weights.map((weight, i) => negatedUnless(signs[i] as Expression, signExtended(weight, wide)));
  const sum = terms.reduce((total, term) => add(total, term));
  const answer = not(bit(sum, wide - 1));
  const next = weights.map((weight, i) => {
    const isUp = xor(signs[i] as Expression, answer);
    const high = constant(2 ** (width - 1) - 1, width);
    const low = constant(2 ** (width - 1), width);
    const isAtEnd = mux(isUp, equal(weight, high), equal(weight, low));
    const step = mux(isUp, constant(1, width), constant(2 ** width - 1, width));
    return mux(isAtEnd, weight, add(weight, step));
  });
  return { name: "perceptron", inputs: n, memory: entries * width, answer, next: join(...next) };
}

/** A number in two's complement, in more bits. */
function signExtended(word: Expression, width: number): Expression {
  return join(word, repeat(bit(word, word.width - 1), width - word.width));
}

/** The word, or its negative where a bit is 0. */
function negatedUnless(keep: Expression, word: Expression): Expression {
  return mux(keep, word, add(not(word), constant(1, word.width)));
}

/**
 * Winnow with elimination and factor 2, for disjunctions of variables: weights 2^e, e up to the logarithm of n rounded up, or 0. The
 * answer is 1 where the weights of the entries that are 1 sum to n at least; a wrong 0 doubles them, a wrong 1 makes them 0. A
 * disjunction of k variables takes at most 2 k (log2 n + 1) + 1 mistakes, the logarithm rounded up.
 */
export function winnowLearner(n: number): Program {
  const top = Math.ceil(Math.log2(n));
  // Codes 0 ... top are exponents, top + 1 is the weight 0.
  const width = (top + 1).toString(2).length;
  const wide = (n * 2 ** top).toString(2).length;
  const codes = Array.from({ length: n }, (_, i) => memory(i * width, width));
  const isCode = (code: Expression, value: number): Expression => equal(code, constant(value, width));
  const weights = codes.map((code, i) => {
    const bits = Array.from({ length: top + 1 }, (_, e) => and(isCode(code, e), point(i, 1)));
    return widen(join(...bits), wide);
  });
  const sum = weights.reduce((total, weight) => add(total, weight));
  const answer = not(less(sum, constant(n, wide)));
  const next = codes.map((code, i) => {
    const raised = mux(or(isCode(code, top), isCode(code, top + 1)), code, add(code, constant(1, width)));
    const changed = mux(answer, constant(top + 1, width), raised);
    return mux(any(point(i, 1)), changed, code);
  });
  return { name: "winnow", inputs: n, memory: n * width, answer, next: join(...next) };
}
