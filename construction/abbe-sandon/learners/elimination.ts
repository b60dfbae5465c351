/** Learners that strike out what a wrong answer refutes: constants, halving over parities, parities by rows, conjunctions. */
import {
  all,
  and,
  bit,
  constant,
  count,
  join,
  less,
  memory,
  mux,
  not,
  or,
  parity,
  point,
  repeat,
  xor,
  type Expression,
  type Program,
} from "../language/expression.js";

/** Learns a constant: answers what it holds, and holds the other one after a mistake. One mistake at most. */
export function constantLearner(n: number): Program {
  const held = memory(0, 1);
  return { name: "constant", inputs: n, memory: 1, answer: held, next: not(held) };
}

/**
 * Learns a conjunction of literals by elimination: bits 0 ... n - 1 say which x_i are struck out, bits n ... 2n - 1 which negations.
 * A wrong 0 strikes out the literals that were 0; a wrong 1 contradicts every conjunction and changes nothing. n + 1 mistakes at most.
 */
export function conjunctionLearner(n: number): Program {
  const x = point(0, n);
  const struck = memory(0, 2 * n);
  const literals = join(x, not(x));
  const answer = all(or(struck, literals));
  return {
    name: "conjunction",
    inputs: n,
    memory: 2 * n,
    answer,
    next: mux(answer, struck, or(struck, not(literals))),
  };
}

/**
 * Halving over the 2^n parities of n bits: bit a is 1 where parity a is refuted; the answer is that of the majority, 0 in a tie.
 * n mistakes at most.
 */
export function halvingLearner(n: number): Program {
  if (n > MAX_HALVING_BITS)
    throw new RangeError(
      `halving: expected at most ${MAX_HALVING_BITS} bits, since every parity is a bit of memory, got ${n}`,
    );
  const x = point(0, n);
  const refuted = memory(0, 2 ** n);
  const votes = join(...Array.from({ length: 2 ** n }, (_, a) => parity(and(x, constant(a, n)))));
  const alive = not(refuted);
  const answer = less(count(and(alive, not(votes))), count(and(alive, votes)));
  const wrong = not(xor(votes, repeat(answer, 2 ** n)));
  return { name: "halving", inputs: n, memory: 2 ** n, answer, next: or(refuted, wrong) };
}

/** Most bits of a point for halving: every parity is a bit of memory. */
export const MAX_HALVING_BITS = 8;

/**
 * Learns a parity from the samples on which it was wrong, as rows in echelon form. Row i is the bits i + 1 ... n - 1 of a vector
 * whose first 1 is at i and whose parity is 1, and a bit that says whether there is one: a row is stored after a wrong answer, the
 * answer being that of the parity that is 0 on whatever the rows do not span, so a new row always has parity 1. n mistakes at most.
 *
 * Example 1 of the paper keeps the samples themselves, in n (n + 1) bits and a count; this takes n (n + 1) / 2.
 */
export function parityLearner(n: number): Program {
  const rows = Array.from({ length: n }, (_, i) => rowOf(n, i));
  const rest: Expression[] = Array.from({ length: n }, (_, i) => point(i, 1));
  const used: Expression[] = [];
  for (const [i, { present, bits }] of rows.entries()) {
    const use = and(rest[i] as Expression, present);
    used.push(use);
    rest[i] = xor(rest[i] as Expression, use);
    for (const [k, one] of bits.entries()) {
      const j = i + 1 + k;
      rest[j] = xor(rest[j] as Expression, and(use, one));
    }
  }
  let isStored: Expression = constant(0, 1);
  const next: Expression[] = [];
  for (const [i, { present, bits }] of rows.entries()) {
    // What is left at the place of a row that is there has been reduced to 0.
    const isNew = and(rest[i] as Expression, not(isStored));
    isStored = or(isStored, isNew);
    next.push(or(present, isNew), ...bits.map((one, k) => mux(isNew, rest[i + 1 + k] as Expression, one)));
  }
  const answer = parity(join(...used));
  return { name: "parity", inputs: n, memory: (n * (n + 1)) / 2, answer, next: join(...next) };
}

/** Row i: whether there is one, and bits i + 1 ... n - 1. */
function rowOf(n: number, i: number): { readonly present: Expression; readonly bits: readonly Expression[] } {
  const first = i * n - (i * (i - 1)) / 2;
  const word = memory(first, n - i);
  return { present: bit(word, 0), bits: Array.from({ length: n - i - 1 }, (_, k) => bit(word, k + 1)) };
}
