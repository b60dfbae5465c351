/**
 * What the learners compute, in plain TypeScript on plain examples: one function a learner, written from its
 * definition.
 *
 * Nothing here knows of tapes, machines or the XOR form. Every function answers 1 or -1 for every training set, also
 * one that no hypothesis fits, and says what it answers then.
 *
 * @module
 */
import type { Example, Sign } from "./xor-tape.js";

/** A learner as a function: training set (m >= 1 examples of one length d >= 1) and test point to the answer. */
export type Oracle = (examples: readonly Example[], x: readonly Sign[]) => Sign;

/** Bits of signs: -1 is 1, 1 is 0. */
function bits(signs: readonly Sign[]): number[] {
  return signs.map((sign) => (sign === -1 ? 1 : 0));
}

/**
 * Parity by Gaussian elimination over GF(2). A parity is y = product of x_j over a set of coordinates.
 *
 * - x is a sum (coordinate-wise product) of examples: the product of their labels. All parities that fit agree on it.
 * - x is not such a sum: the examples do not determine the answer; it is 1.
 * - no parity fits the examples: -1 for every x.
 */
export const parityOracle: Oracle = (examples, x) => {
  // Rows [x_i | y_i]; basis[j] is a reduced row whose first 1 is in column j.
  const basis: (readonly number[] | undefined)[] = [];
  const reduce = (row: readonly number[]): readonly number[] =>
    basis.reduce<readonly number[]>(
      (rest, pivot, j) =>
        pivot !== undefined && rest[j] === 1 ? rest.map((bit, k) => bit ^ (pivot[k] as number)) : rest,
      row,
    );
  const d = x.length;
  let contradictory = false;
  for (const example of examples) {
    const row = reduce([...bits(example.x), ...bits([example.y])]);
    const pivot = row.slice(0, d).indexOf(1);
    if (pivot >= 0) basis[pivot] = row;
    else if (row[d] === 1) contradictory = true;
  }
  if (contradictory) return -1;
  const rest = reduce([...bits(x), 0]);
  return rest.indexOf(1) === d ? -1 : 1;
};

/** The label that most examples have; 1 if there are as many of one as of the other. The test point plays no role. */
export const majorityOracle: Oracle = (examples) => {
  const sum = examples.reduce((total, { y }) => total + y, 0);
  return sum < 0 ? -1 : 1;
};

/** The label of the first example whose point is x; 1 if there is none. */
export const exactMatchOracle: Oracle = (examples, x) => {
  const match = examples.find((example) => example.x.every((entry, j) => entry === x[j]));
  return match?.y ?? 1;
};

/** The label of the example whose point differs from x in the fewest coordinates; of the first one among equals. */
export const nearestExampleOracle: Oracle = (examples, x) => {
  const distances = examples.map((example) => example.x.filter((entry, j) => entry !== x[j]).length);
  const nearest = distances.indexOf(Math.min(...distances));
  return (examples[nearest] as Example).y;
};

/** x_j for the first j such that every example has y = x_j; 1 if there is no such j. */
export const dictatorOracle: Oracle = (examples, x) => {
  const feature = x.findIndex((_, j) => examples.every((example) => example.y === example.x[j]));
  return x[feature] ?? 1;
};

/**
 * Conjunctions of literals by elimination (1 is true): begin with the conjunction of all 2d literals, strike out every
 * literal that some positive example falsifies, and answer 1 iff x satisfies the rest. Negative examples play no role;
 * without a positive one the conjunction contradicts itself, and the answer is -1.
 */
export const conjunctionOracle: Oracle = (examples, x) => {
  const literals = x.flatMap((_, j) => [1, -1].map((sign) => ({ j, sign })));
  const positive = examples.filter(({ y }) => y === 1);
  const kept = literals.filter(({ j, sign }) => positive.every((example) => example.x[j] === sign));
  return kept.every(({ j, sign }) => x[j] === sign) ? 1 : -1;
};
