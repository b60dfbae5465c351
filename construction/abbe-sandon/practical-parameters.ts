/**
 * The numbers of the practical reading. All weights on the paths of a gadget have one size s, since an edge of a path flips by a
 * learning rate gamma only if its weight squared is 2 gamma times what the gadget adds to the output. With s = 1/2 that is a power of
 * two for every even length of the path; v0 outputs 2, or is the constant vertex, which outputs 1.
 */
import { rational, type Rational } from "../../spec/exact/rational.js";

/** Choices for a number of copies. */
export interface PracticalParameters {
  /** m': so many gadgets are open in every step, each adding 1/m'. */
  readonly copies: number;
  /** s. */
  readonly weight: Rational;
  /** What v0 outputs: 1 is the constant vertex itself. */
  readonly source: 1 | 2;
  /** Edges from v4 to the output; even, so that signs do not change what the gadget adds. */
  readonly lastEdges: number;
  readonly learningRate: Rational;
  /** a: the activation is 0 up to there. */
  readonly flatTo: Rational;
}

/** Edges from v0 to v4. */
const FIRST_EDGES = 4;

/** Most copies that are built. */
export const MAX_COPIES = 65_536;

/** The numbers of copies that can be built, in order. */
export const POSSIBLE_COPIES: readonly number[] = [1, ...Array.from({ length: 12 }, (_, k) => 2 ** (k + 5))];

/** The least number of copies for a memory: each bit may flip in one step. @throws {RangeError} if it is too large */
export function leastCopies(memory: number): number {
  const least = POSSIBLE_COPIES.find((copies) => copies >= memory);
  if (least === undefined)
    throw new RangeError(`leastCopies: expected at most ${MAX_COPIES} bits of memory, got ${memory}`);
  return least;
}

/**
 * The numbers for a number of copies: 1, or a power of two from 32 on. The output sums them to 1, so what each adds is
 * source s^(path length) = 1/copies.
 *
 * @throws {RangeError} for another number of copies
 */
export function practicalParameters(copies: number): PracticalParameters {
  if (!POSSIBLE_COPIES.includes(copies))
    throw new RangeError(`practicalParameters: expected 1 or a power of two from 32 to ${MAX_COPIES}, got ${copies}`);
  const exponent = Math.log2(copies);
  const weight = copies === 1 ? rational(1n) : rational(1n, 2n);
  const source = exponent % 2 === 1 ? 2 : 1;
  const edges = copies === 1 ? FIRST_EDGES + 2 : exponent + (source - 1);
  const size = BigInt(copies);
  return {
    copies,
    weight,
    source,
    lastEdges: edges - FIRST_EDGES,
    // Twice a weight is the rate times 4 (the loss of a wrong answer) times what the gadget adds over the weight.
    learningRate: weight.mul(weight).mul(size).div(2n),
    flatTo: rational(1n, 4n * size),
  };
}
