/**
 * Affine maps with integer weights, sparse, and the class F_(w,d) of section 3: affine maps with ReLUs between them. All weights
 * of this room's constructions are integers (amendment `round-variable` makes those of round integers, too), so they are
 * JavaScript numbers that are safe integers; values are bigints, and nothing rounds.
 */

/** bias + sum of weight * input[column]. Columns rise strictly, no weight is 0; all are safe integers. */
export interface AffineRow {
  readonly bias: number;
  readonly entries: readonly (readonly [column: number, weight: number])[];
}

/** An affine map R^inputs -> R^(rows.length). */
export interface AffineMap {
  readonly inputs: number;
  readonly rows: readonly AffineRow[];
}

/** An affine map followed by an entrywise ReLU or by nothing. */
export interface Layer extends AffineMap {
  /** A label for readers; decides nothing. */
  readonly name: string;
  readonly relu: boolean;
}

/**
 * F_(w,d)(x, theta) = W_d phi(W_(d-1) phi( ... phi(W_0 x + b_0) ... ) + b_(d-1)) + b_d: layers in the order of application, a
 * ReLU after each but the last. A network of least widths is in the class of every larger width w: the coordinates that are
 * not there are rows and columns of zeros.
 */
export interface FeedForward {
  readonly layers: readonly Layer[];
}

/** The value of an affine map at a point. @param input shape: inputs */
export function applyAffine({ inputs, rows }: AffineMap, input: readonly bigint[]): bigint[] {
  if (input.length !== inputs) throw new RangeError(`applyAffine: expected ${inputs} inputs, got ${input.length}`);
  return rows.map(({ bias, entries }) =>
    entries.reduce((sum, [column, weight]) => sum + BigInt(weight) * (input[column] ?? 0n), BigInt(bias)),
  );
}

/** The ReLU phi of a coordinate. */
export function relu(value: bigint): bigint {
  return value < 0n ? 0n : value;
}

/** The values after every layer, the input first: the definition that engines and checkers are compared with. */
export function evaluateFeedForward({ layers }: FeedForward, input: readonly bigint[]): bigint[][] {
  const values: bigint[][] = [[...input]];
  for (const layer of layers) {
    const sums = applyAffine(layer, values.at(-1) as bigint[]);
    values.push(layer.relu ? sums.map(relu) : sums);
  }
  return values;
}

/** |theta|_1 of some affine maps: the sum of the absolute values of all weights and biases. */
export function oneNorm(maps: readonly AffineMap[]): bigint {
  let sum = 0n;
  for (const { rows } of maps) {
    for (const { bias, entries } of rows)
      sum += BigInt(entries.reduce((inner, [, weight]) => inner + Math.abs(weight), Math.abs(bias)));
  }
  return sum;
}

/**
 * The number of parameters p of F_(w,d) with m inputs and k outputs, dense: W_0 is w x m, W_1 ... W_(d-1) are w x w, W_d is k x w,
 * and every row has a bias.
 */
export function parametersOf(width: number, depth: number, inputs: number, outputs: number): bigint {
  const [w, d, m, k] = [width, depth, inputs, outputs].map(BigInt) as [bigint, bigint, bigint, bigint];
  return d === 0n ? k * (m + 1n) : w * (m + 1n) + (d - 1n) * w * (w + 1n) + k * (w + 1n);
}

/** The least w of which a network is: the most rows of a layer with a ReLU. */
export function leastWidth({ layers }: FeedForward): number {
  return layers.reduce((most, { relu: isHidden, rows }) => (isHidden ? Math.max(most, rows.length) : most), 0);
}
