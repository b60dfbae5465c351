/**
 * A network in floats with a perturbation that has rank one in every layer: scale * u v, where v is what the layer reads, with a
 * 1 for the bias, and u how an output depends on the layer's rows. Gradients have that form, and so have the perturbations here.
 */
import type { FeedForward, Layer } from "../../spec/wei-chen-ma/affine.js";

/** A perturbation of every layer. */
export interface RankOne {
  readonly scale: number;
  /** Shape: layers x rows. */
  readonly rows: readonly Float64Array[];
  /** Shape: layers x (inputs + 1). */
  readonly columns: readonly Float64Array[];
}

/** Values of a forward pass. */
export interface Pass {
  /** What each layer reads, and the output. Shape: layers + 1. */
  readonly values: readonly Float64Array[];
  /** Before the ReLUs. Shape: layers. */
  readonly sums: readonly Float64Array[];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** The squared norm of a perturbation. */
export function squaredNorm({ scale, rows, columns }: RankOne): number {
  const inner = rows.reduce(
    (sum, row, l) => sum + dot(row, row) * dot(columns[l] as Float64Array, columns[l] as Float64Array),
    0,
  );
  return scale * scale * inner;
}

/** The inner product of two perturbations. */
export function innerProduct(a: RankOne, b: RankOne): number {
  const inner = a.rows.reduce(
    (sum, row, l) =>
      sum + dot(row, b.rows[l] as Float64Array) * dot(a.columns[l] as Float64Array, b.columns[l] as Float64Array),
    0,
  );
  return a.scale * b.scale * inner;
}

/** The values at an input, perturbed or not. */
export function forward({ layers }: FeedForward, input: readonly number[], delta?: RankOne): Pass {
  const values: Float64Array[] = [Float64Array.from(input)];
  const sums: Float64Array[] = [];
  for (const [l, { rows, relu }] of layers.entries()) {
    const before = values[l] as Float64Array;
    const column = delta?.columns[l];
    let along = 0;
    if (delta !== undefined && column !== undefined) {
      along = column.at(-1) as number;
      for (let i = 0; i < before.length; i++) along += (before[i] as number) * (column[i] as number);
      along *= delta.scale;
    }
    const sum = new Float64Array(rows.length);
    for (const [r, { bias, entries }] of rows.entries()) {
      let total = bias;
      for (const [c, weight] of entries) total += weight * (before[c] as number);
      sum[r] = delta === undefined ? total : total + along * ((delta.rows[l] as Float64Array)[r] as number);
    }
    sums.push(sum);
    values.push(relu ? sum.map((value) => Math.max(0, value)) : sum);
  }
  return { values, sums };
}

/**
 * The gradient of one coordinate of the value after a layer by all parameters, at a pass; a ReLU on its kink counts as on.
 *
 * @param layer the coordinate is one of values[layer + 1]
 */
export function gradient(
  network: FeedForward,
  pass: Pass,
  layer: number,
  coordinate: number,
  delta?: RankOne,
): RankOne {
  const rows = network.layers.map(({ rows: list }) => new Float64Array(list.length));
  const columns = pass.values.slice(0, -1).map((value) => Float64Array.from([...value, 1]));
  (rows[layer] as Float64Array)[coordinate] = 1;
  for (let l = layer; l >= 0; l--) {
    const current = network.layers[l] as Layer;
    const own = rows[l] as Float64Array;
    const before = l > 0 ? (rows[l - 1] as Float64Array) : undefined;
    let along = 0;
    for (const [r, { entries }] of current.rows.entries()) {
      if (own[r] === 0) continue;
      if (current.relu && ((pass.sums[l] as Float64Array)[r] as number) < 0) own[r] = 0;
      const slope = own[r] as number;
      if (slope === 0 || before === undefined) continue;
      for (const [c, weight] of entries) before[c] = (before[c] as number) + weight * slope;
      if (delta !== undefined) along += slope * ((delta.rows[l] as Float64Array)[r] as number);
    }
    if (before === undefined || delta === undefined || along === 0) continue;
    const column = delta.columns[l] as Float64Array;
    for (let c = 0; c < before.length; c++)
      before[c] = (before[c] as number) + delta.scale * along * (column[c] as number);
  }
  return { scale: 1, rows, columns };
}
