/**
 * Bounds on sums of dyadic numbers: the coarsest power of two that divides all terms, and the largest sum of absolute
 * values.
 *
 * Held in JavaScript numbers. Terms are products of a weight and a cell value or of two weights, far below 2^53 units;
 * if a size ever reaches 2^53 units the additions may round, but then it exceeds every limit in question anyway, since
 * sums of positive numbers never shrink.
 */
import type { Rational } from "../../spec/exact/rational.js";

/** The largest power of two that divides a number other than 0. */
export function powerOfTwo(value: number): number {
  let power = 1;
  let rest = value;
  while (!Number.isInteger(rest)) {
    rest *= 2;
    power /= 2;
  }
  while (rest % 2 === 0) {
    rest /= 2;
    power *= 2;
  }
  return power;
}

/**
 * A dyadic rational as a number.
 *
 * @throws {RangeError} if the number would not be exact
 */
export function exactNumber({ s, n, d }: Rational): number {
  const numerator = Number(s * n);
  const value = numerator / Number(d);
  if (!Number.isSafeInteger(numerator) || (d & (d - 1n)) !== 0n) {
    throw new RangeError(`exactNumber: expected a dyadic number of at most 53 bits, got ${s * n}/${d}`);
  }
  return value;
}

/** The worst instance of a sum, over all the points it was offered. */
export class DyadicSum {
  /** All terms so far are multiples of this; 1 if there were none but 0. */
  get grid(): number {
    return this.#grid === Infinity ? 1 : this.#grid;
  }
  /** The largest sum of absolute values. */
  size = 0;
  /** Infinity, of which 0 alone is a multiple, as long as there were no other terms. */
  #grid = Infinity;

  constructor(terms: readonly number[] = []) {
    this.offer(terms);
  }

  /** The size in units of the grid. */
  get units(): number {
    return this.size / this.grid;
  }

  /** Takes the terms of the sum at one point into account. */
  offer(terms: readonly number[]): void {
    let size = 0;
    for (const term of terms) {
      size += Math.abs(term);
      this.onGridOf(term);
    }
    this.size = Math.max(this.size, size);
  }

  /** Takes terms factor * t into account, for some t of at most `size` that is a multiple of `grid`. */
  offerScaled(factors: readonly number[], size: number, grid: number): void {
    let total = 0;
    for (const factor of factors) {
      if (factor === 0) continue;
      total += Math.abs(factor) * size;
      this.onGridOf(powerOfTwo(factor) * grid);
    }
    this.size = Math.max(this.size, total);
  }

  /** Refines the grid, so that a term lies on it. */
  onGridOf(term: number): void {
    // A number that is not a multiple of a power of two is a multiple of smaller ones only.
    if (term % this.#grid !== 0) this.#grid = powerOfTwo(term);
  }

  /** Adds to the sum of absolute values what further terms may contribute at once. */
  grow(size: number): void {
    this.size += size;
  }
}
