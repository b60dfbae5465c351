/**
 * Runs a network in integers at one point after the other, and derives it there.
 *
 * What the network does at the point 0 is computed once; at another point only the rows are touched whose sums differ
 * from that, and backwards only rows that are on. The numbers are those of spec/networks/network.ts.
 */
import type { IntegerMap, IntegerNetwork, SparseVector } from "./integer-network.js";

/** A row of a layer. */
export interface RowPlace {
  readonly layer: number;
  readonly row: number;
}

/** One layer at the evaluator's current point. */
interface LayerState {
  /** Pre-activations at the point 0, in units of 1 / Q_(l+1). */
  readonly base: readonly bigint[];
  /** Rows whose pre-activation is 0 at the point 0. */
  readonly baseZeros: readonly number[];
  /** Pre-activations at the current point. */
  readonly sums: bigint[];
  /** Rows that were added to, each once. */
  readonly touched: number[];
  readonly isTouched: Uint8Array;
}

/** Is at one point at a time, at first at 0. */
export class PointEvaluator {
  readonly network: IntegerNetwork;
  readonly #states: readonly LayerState[];
  #point: readonly bigint[];
  /** For each output its slopes by the rows of the last layer with a ReLU, or by the inputs if there is none. */
  readonly #tails: (SparseVector | undefined)[] = [];
  readonly #lastRelu: number;

  constructor(network: IntegerNetwork) {
    this.network = network;
    this.#point = Array.from({ length: network.inputs }, () => 0n);
    this.#lastRelu = network.layers.findLastIndex(({ relu }) => relu);
    let current: readonly bigint[] = this.#point;
    this.#states = network.layers.map((layer) => {
      const base = layer.biases.map((bias, row) => bias + product(layer.rows[row] as SparseVector, current));
      current = layer.relu ? base.map(positivePart) : base;
      return {
        base,
        baseZeros: [...base.keys()].filter((row) => base[row] === 0n),
        sums: [...base],
        touched: [],
        isTouched: new Uint8Array(base.length),
      };
    });
  }

  /**
   * Moves to a point.
   *
   * @param point shape: inputs; units of 1 / unit
   */
  moveTo(point: readonly bigint[]): void {
    for (const state of this.#states) restore(state);
    this.#point = point;
    let changes: SparseVector = nonzero(point);
    this.network.layers.forEach((layer, l) => {
      const state = this.#states[l] as LayerState;
      addChanges(layer, state, changes);
      changes = changesOf(layer, state);
    });
  }

  /** Output j, in units of 1 / outputUnit. */
  output(j: number): bigint {
    const last = this.network.layers.length - 1;
    const sum = (this.#states[last] as LayerState).sums[j] as bigint;
    return (this.network.layers[last] as IntegerMap).relu ? positivePart(sum) : sum;
  }

  /** The ReLUs whose pre-activation is exactly 0, by layer and row. */
  zeros(): RowPlace[] {
    return this.#states.flatMap(({ sums, touched, base, baseZeros }, layer) => {
      if (!(this.network.layers[layer] as IntegerMap).relu) return [];
      const rows = baseZeros.filter((row) => sums[row] === 0n);
      for (const row of touched) if (sums[row] === 0n && base[row] !== 0n) rows.push(row);
      return rows.sort((a, b) => a - b).map((row) => ({ layer, row }));
    });
  }

  /**
   * The gradient, by the inputs, of the pre-activation of a row; a ReLU at exactly 0 counts as off.
   *
   * @returns shape: inputs; in units of 1 / (D_0 ... D_layer)
   */
  rowGradient({ layer, row }: RowPlace): bigint[] {
    return this.#descend(layer, { indices: [row], weights: [1n] });
  }

  /**
   * The gradient of output j by the inputs; a ReLU at exactly 0 counts as off.
   *
   * @returns shape: inputs; in units of 1 / slopeUnit
   */
  outputGradient(j: number): bigint[] {
    const tail = (this.#tails[j] ??= this.#tail(j));
    return this.#descend(this.#lastRelu, this.#on(this.#lastRelu, tail));
  }

  /** The slopes of output j by the outputs of the last layer with a ReLU: the same at all points. */
  #tail(j: number): SparseVector {
    let slopes: SparseVector = { indices: [j], weights: [1n] };
    for (let l = this.network.layers.length - 1; l > this.#lastRelu; l--) slopes = this.#through(l, slopes);
    return slopes;
  }

  /** From slopes by the pre-activations of a layer to slopes by the inputs. */
  #descend(layer: number, start: SparseVector): bigint[] {
    let slopes = start;
    for (let l = layer; l >= 0; l--) {
      slopes = this.#through(l, slopes);
      if (this.network.layers[l - 1]?.relu === true) slopes = this.#on(l - 1, slopes);
    }
    const dense = Array.from({ length: this.network.inputs }, () => 0n);
    slopes.indices.forEach((input, k) => (dense[input] = slopes.weights[k] as bigint));
    return dense;
  }

  /** From slopes by the rows of a layer to slopes by its columns. */
  #through(layer: number, slopes: SparseVector): SparseVector {
    const { rows } = this.network.layers[layer] as IntegerMap;
    const inner = new Map<number, bigint>();
    slopes.indices.forEach((row, s) => {
      const slope = slopes.weights[s] as bigint;
      const { indices, weights } = rows[row] as SparseVector;
      for (let k = 0; k < indices.length; k++) {
        const column = indices[k] as number;
        inner.set(column, (inner.get(column) ?? 0n) + slope * (weights[k] as bigint));
      }
    });
    return { indices: [...inner.keys()], weights: [...inner.values()] };
  }

  /** The slopes at the rows of a layer with a ReLU that are on; without such a layer, all of them. */
  #on(layer: number, { indices, weights }: SparseVector): SparseVector {
    const sums = this.#states[layer]?.sums;
    if (sums === undefined) return { indices, weights };
    const on: { indices: number[]; weights: bigint[] } = { indices: [], weights: [] };
    for (let k = 0; k < indices.length; k++) {
      const row = indices[k] as number;
      if ((sums[row] as bigint) <= 0n) continue;
      on.indices.push(row);
      on.weights.push(weights[k] as bigint);
    }
    return on;
  }
}

function positivePart(sum: bigint): bigint {
  return sum > 0n ? sum : 0n;
}

function product({ indices, weights }: SparseVector, values: readonly bigint[]): bigint {
  let sum = 0n;
  for (let k = 0; k < indices.length; k++) sum += (weights[k] as bigint) * (values[indices[k] as number] as bigint);
  return sum;
}

function nonzero(values: readonly bigint[]): SparseVector {
  const indices = values.flatMap((value, k) => (value === 0n ? [] : [k]));
  return { indices, weights: indices.map((k) => values[k] as bigint) };
}

/** Back to the point 0. */
function restore({ base, sums, touched, isTouched }: LayerState): void {
  for (const row of touched) {
    sums[row] = base[row] as bigint;
    isTouched[row] = 0;
  }
  touched.length = 0;
}

/** Adds what changes of a layer's inputs change in its sums. */
function addChanges({ columns }: IntegerMap, { sums, touched, isTouched }: LayerState, changes: SparseVector): void {
  changes.indices.forEach((column, c) => {
    const change = changes.weights[c] as bigint;
    const { indices, weights } = columns[column] as SparseVector;
    for (let k = 0; k < indices.length; k++) {
      const row = indices[k] as number;
      sums[row] = (sums[row] as bigint) + (weights[k] as bigint) * change;
      if (isTouched[row] === 0) {
        isTouched[row] = 1;
        touched.push(row);
      }
    }
  });
}

/** How far a layer's outputs differ from those at the point 0. */
function changesOf({ relu }: IntegerMap, { base, sums, touched }: LayerState): SparseVector {
  const changes: { indices: number[]; weights: bigint[] } = { indices: [], weights: [] };
  for (const row of touched) {
    const [now, before] = [sums[row] as bigint, base[row] as bigint];
    const change = relu ? positivePart(now) - positivePart(before) : now - before;
    if (change === 0n) continue;
    changes.indices.push(row);
    changes.weights.push(change);
  }
  return changes;
}
