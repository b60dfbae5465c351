/** All training sets and test points of a size, as data for tests. */
import type { Example, Sign } from "../../../../construction/learners/xor-tape.js";

/** A training set and a test point. */
export interface Instance {
  readonly examples: readonly Example[];
  readonly x: readonly Sign[];
}

/** How many instances there are with m examples of d coordinates: every cell of the plain tape but the last is free. */
export function instanceCount(d: number, m: number): number {
  return 2 ** (m * (d + 1) + d);
}

/** The instance whose signs are the bits of a number below instanceCount(d, m). */
export function instance(d: number, m: number, number: number): Instance {
  const signs = Array.from({ length: m * (d + 1) + d }, (_, k): Sign => (((number >>> k) & 1) === 1 ? -1 : 1));
  return {
    examples: Array.from({ length: m }, (_, i) => ({
      x: signs.slice(i * (d + 1), i * (d + 1) + d),
      y: signs[i * (d + 1) + d] as Sign,
    })),
    x: signs.slice(m * (d + 1)),
  };
}

/** All instances with m examples of d coordinates. */
export function* instances(d: number, m: number): Generator<Instance> {
  for (let number = 0; number < instanceCount(d, m); number++) yield instance(d, m, number);
}
