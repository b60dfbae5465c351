/**
 * A network as integers: the same values and derivatives as spec/networks/network.ts, brought to one denominator for
 * each layer.
 *
 * Layer l has the denominator D_l of all its numbers, and its inputs come in units of 1 / Q_l, where Q_0 is that of the
 * points and Q_(l+1) = D_l Q_l. So all sums are sums of bigints, and nothing is ever rounded.
 */
import { lcmOfDenominators, scaled } from "./common-denominator.js";
import type { Rational } from "../../spec/exact/rational.js";
import type { AffineMap, Network } from "../../spec/networks/network.js";

/** Indices with their numbers; all others are 0. */
export interface SparseVector {
  readonly indices: readonly number[];
  readonly weights: readonly bigint[];
}

/** One affine map in integers, by rows and by columns. */
export interface IntegerMap {
  readonly relu: boolean;
  /** D_l */
  readonly denominator: bigint;
  /** Bias of each row in units of 1 / Q_(l+1). */
  readonly biases: readonly bigint[];
  /** For each row its columns and weights (units of 1 / D_l). */
  readonly rows: readonly SparseVector[];
  /** For each column its rows and weights (units of 1 / D_l). */
  readonly columns: readonly SparseVector[];
}

/** A network in integers, for points whose coordinates are multiples of 1 / unit. */
export interface IntegerNetwork {
  /** Q_0 */
  readonly unit: bigint;
  readonly inputs: number;
  readonly layers: readonly IntegerMap[];
  /** Q after the last layer: outputs come in units of 1 / outputUnit. */
  readonly outputUnit: bigint;
  /** The product of all D_l: derivatives of outputs come in units of 1 / slopeUnit. */
  readonly slopeUnit: bigint;
}

/**
 * Largest Q_l with which a network is run: numbers of 16384 bits. Numbers of 30 digits stay far below it; thousands of
 * coprime denominators do not, and a run would not end in reasonable time.
 */
export const MAX_UNIT: bigint = 2n ** 16384n;

/**
 * The network in integers, or undefined if some Q_l would exceed MAX_UNIT.
 *
 * @param network with columns in range and layers that fit
 * @param unit Q_0, above 0
 */
export function toIntegerNetwork(network: Network, unit: bigint): IntegerNetwork | undefined {
  let scale = unit;
  let slopeUnit = 1n;
  const layers: IntegerMap[] = [];
  for (const layer of network.layers) {
    const integers = toIntegerLayer(layer, scale);
    if (integers === undefined) return undefined;
    layers.push(integers);
    scale *= integers.denominator;
    slopeUnit *= integers.denominator;
    if (scale > MAX_UNIT) return undefined;
  }
  return { unit, inputs: network.layers[0]?.inputs ?? 0, layers, outputUnit: scale, slopeUnit };
}

function toIntegerLayer({ inputs, rows, relu }: AffineMap, scale: bigint): IntegerMap | undefined {
  const numbers: Rational[] = [];
  for (const { bias, entries } of rows) {
    numbers.push(bias);
    for (const [, weight] of entries) numbers.push(weight);
  }
  const denominator = lcmOfDenominators(numbers, MAX_UNIT);
  if (denominator === undefined) return undefined;
  const columns = Array.from({ length: inputs }, () => ({ indices: [] as number[], weights: [] as bigint[] }));
  const integerRows = rows.map(({ entries }, r) => {
    const row = { indices: [] as number[], weights: [] as bigint[] };
    for (const [column, weight] of entries) {
      const integer = scaled(weight, denominator);
      row.indices.push(column);
      row.weights.push(integer);
      const { indices, weights } = columns[column] as (typeof columns)[number];
      indices.push(r);
      weights.push(integer);
    }
    return row;
  });
  const biases = rows.map(({ bias }) => scaled(bias, denominator) * scale);
  return { relu, denominator, biases, rows: integerRows, columns };
}
