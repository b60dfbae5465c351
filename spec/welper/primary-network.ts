/** The primary network f_theta: layers of any widths with ReLUs between them, and how its weights are read from a tape. */

/** Inputs, hidden widths, and one output: [2, 2, 1]. */
export type Shape = readonly number[];

/** W: of each row its weights, then its bias, layer by layer. */
export function parameterCount(shape: Shape): number {
  return shape.slice(1).reduce((sum, rows, i) => sum + rows * ((shape[i] as number) + 1), 0);
}

/** f_theta(x). @param weights shape: parameterCount(shape) */
export function primaryValue(shape: Shape, weights: readonly number[], x: readonly number[]): number {
  let values = [...x];
  let next = 0;
  for (const [layer, rows] of shape.slice(1).entries()) {
    const sums = Array.from({ length: rows }, () => {
      const sum = values.reduce((total, value) => total + (weights[next++] as number) * value, 0);
      return sum + (weights[next++] as number);
    });
    values = layer === shape.length - 2 ? sums : sums.map((sum) => Math.max(0, sum));
  }
  return values[0] as number;
}

/** Weights lie on tape 1 one after the other from cell `first` on: as -1 and 1 if `bits` is 1, else in two's complement, the sign first. */
export interface WeightCode {
  readonly first: number;
  readonly bits: number;
}

/** theta as an affine function of cells: weight i is constant + sum of weight * cell. */
export function weightRows(
  { first, bits }: WeightCode,
  count: number,
): { readonly constant: number; readonly entries: readonly (readonly [cell: number, weight: number])[] }[] {
  return Array.from({ length: count }, (_, i) => {
    const cell = (j: number): number => first + bits * i + j;
    if (bits === 1) return { constant: 0, entries: [[cell(0), 1]] };
    // A bit is (1 + cell) / 2.
    const values = Array.from({ length: bits }, (__, j) => (j === 0 ? -1 : 1) * 2 ** (bits - 1 - j));
    return {
      constant: values.reduce((sum, value) => sum + value / 2, 0),
      entries: values.map((value, j) => [cell(j), value / 2] as const),
    };
  });
}
