/**
 * Labelled points of the hypercube {-1, 1}^d, what a training set is made of, and what Algorithm 1 adds to it.
 */

import type { Example, Point, Sign } from "../../spec/rcnn/training-set.js";

export type { Example, Point, Sign } from "../../spec/rcnn/training-set.js";

/** The dummy sample (1_d, 1) that Algorithm 1 appends to the training set. */
export function dummySample(d: number): Example {
  return { x: Array.from({ length: d }, () => 1 as const), y: 1 };
}

/** [x, 1], what the memory layer is multiplied with; shape: d + 1. */
export function withOne(x: Point): Sign[] {
  return [...x, 1];
}

/** All 2^d points, the first coordinate slowest, -1 before 1. */
export function hypercube(d: number): Point[] {
  if (!Number.isInteger(d) || d < 1 || d > MAX_HYPERCUBE) {
    throw new RangeError(`hypercube: expected a dimension of 1 ... ${MAX_HYPERCUBE}, got ${d}`);
  }
  return Array.from({ length: 2 ** d }, (_, k) =>
    Array.from({ length: d }, (_unused, j): Sign => ((k >> (d - 1 - j)) & 1 ? 1 : -1)),
  );
}

/** Largest dimension whose points are all listed: 65,536 predictions. */
export const MAX_HYPERCUBE = 16;

/** Pairs of examples (counted from 0) that give one point two labels, the first such pair for each later example. */
export function contradictions(examples: readonly Example[]): (readonly [first: number, second: number])[] {
  const first = new Map<string, number>();
  const pairs: (readonly [number, number])[] = [];
  for (const [i, { x, y }] of examples.entries()) {
    const opposite = first.get(`${x.join()}:${-y}`);
    if (opposite !== undefined) pairs.push([opposite, i]);
    const key = `${x.join()}:${y}`;
    if (!first.has(key)) first.set(key, i);
  }
  return pairs;
}

/**
 * Asserts that there is an example, that all have the same length d >= 1, and that all entries are 1 or -1.
 *
 * @throws {RangeError} "caller: expected ..."
 */
export function assertExamples(examples: readonly Example[], caller: string): void {
  const d = examples[0]?.x.length;
  if (d === undefined) throw new RangeError(`${caller}: expected at least one example, got none`);
  for (const [i, { x, y }] of examples.entries()) assertPoint([...x, y], d + 1, `${caller}: example ${i}`);
  if (d < 1) throw new RangeError(`${caller}: expected points of at least one coordinate, got none`);
}

/**
 * Asserts that there are `length` entries, all 1 or -1.
 *
 * @throws {RangeError} "place: expected ..."
 */
export function assertPoint(entries: readonly number[], length: number, place: string): void {
  if (entries.length !== length) throw new RangeError(`${place}: expected ${length} entries, got ${entries.length}`);
  const wrong = entries.find((entry) => entry !== 1 && entry !== -1);
  if (wrong !== undefined) throw new RangeError(`${place}: expected entries 1 and -1, got ${wrong}`);
}
