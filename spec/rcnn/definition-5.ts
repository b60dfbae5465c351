/** Definition 5: the memory layer f_mem, whose weights W are all that is trained. In x-units. */
import { ONE, rational, ZERO, type Rational } from "../exact/rational.js";
import type { Grid } from "./grid.js";
import type { Point } from "./training-set.js";

/** [x 1], the input that Algorithm 1 makes of x. */
export function withOne(x: Point): Rational[] {
  return [...x.map((entry) => rational(BigInt(entry))), ONE];
}

/** f_mem: [W diag(z) 1], with the given number of padding columns. */
export function memoryGrid(
  weights: readonly (readonly Rational[])[],
  z: readonly Rational[],
  paddingColumns: number,
): Grid {
  const padding = Array.from({ length: paddingColumns }, () => ONE);
  return {
    rows: weights.length,
    columns: z.length + paddingColumns,
    values: weights.flatMap((row) => [...row.map((weight, b) => weight.mul(z[b] ?? ZERO)), ...padding]),
  };
}
