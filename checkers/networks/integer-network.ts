/**
 * A network as integers: the same values and derivatives as spec/networks/network.ts, brought to one denominator for each
 * layer, and computed along nonzero numbers only.
 *
 * Layer l has the denominator D_l of all its numbers, and its inputs come in units of 1 / Q_l, where Q_0 is that of the
 * points and Q_(l+1) = D_l Q_l. So all sums are sums of bigints, and nothing is ever rounded.
 */
import { rational, type Rational } from "../../spec/exact/rational.js";
import type { AffineLayer, Network } from "../../spec/networks/network.js";

/** One affine map in integers, by rows and by columns. */
interface IntegerLayer {
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

interface SparseVector {
  readonly indices: readonly number[];
  readonly weights: readonly bigint[];
}

/** A network in integers, for points whose coordinates are multiples of 1 / unit. */
export interface IntegerNetwork {
  /** Q_0 */
  readonly unit: bigint;
  readonly inputs: number;
  readonly layers: readonly IntegerLayer[];
  /** Q after the last layer: outputs come in units of 1 / outputUnit. */
  readonly outputUnit: bigint;
  /** The product of all D_l: derivatives come in units of 1 / slopeUnit. */
  readonly slopeUnit: bigint;
}

/** What happens at one point. */
export interface PointEvaluation {
  /** Shape: outputs; units of 1 / outputUnit. */
  readonly value: readonly bigint[];
  /** ReLUs whose pre-activation is exactly 0, in order. */
  readonly zeros: readonly { readonly layer: number; readonly row: number }[];
  /** Pre-activations of each layer, in units of 1 / Q_(l+1). */
  readonly preActivations: readonly (readonly bigint[])[];
}

/**
 * The network in integers.
 *
 * @param network with columns in range and layers that fit
 * @param unit Q_0, above 0
 */
export function toIntegerNetwork(network: Network, unit: bigint): IntegerNetwork {
  let scale = unit;
  let slopeUnit = 1n;
  const layers = network.layers.map((layer) => {
    const integers = toIntegerLayer(layer, scale);
    scale *= integers.denominator;
    slopeUnit *= integers.denominator;
    return integers;
  });
  return { unit, inputs: network.layers[0]?.inputs ?? 0, layers, outputUnit: scale, slopeUnit };
}

function toIntegerLayer({ inputs, rows, relu }: AffineLayer, scale: bigint): IntegerLayer {
  const denominators: Rational[] = [];
  for (const { bias, entries } of rows) {
    denominators.push(bias);
    for (const [, weight] of entries) denominators.push(weight);
  }
  const denominator = commonDenominator(denominators);
  const columns = Array.from({ length: inputs }, () => ({ indices: [] as number[], weights: [] as bigint[] }));
  const integerRows = rows.map(({ entries }, r) => {
    const row = { indices: [] as number[], weights: [] as bigint[] };
    for (const [column, weight] of entries) {
      const integer = toInteger(weight, denominator);
      row.indices.push(column);
      row.weights.push(integer);
      columns[column]?.indices.push(r);
      columns[column]?.weights.push(integer);
    }
    return row;
  });
  const biases = rows.map(({ bias }) => toInteger(bias, denominator) * scale);
  return { relu, denominator, biases, rows: integerRows, columns };
}

/** The least common multiple of the denominators of some rationals; 1 if there are none. */
export function commonDenominator(values: Iterable<Rational>): bigint {
  let common = 1n;
  for (const { d } of values) if (common % d !== 0n) common *= d / greatestCommonDivisor(common, d);
  return common;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/**
 * The integer value * denominator.
 *
 * @param denominator a multiple of the value's denominator
 */
export function toInteger(value: Rational, denominator: bigint): bigint {
  return value.s * value.n * (denominator / value.d);
}

/** The outputs of an evaluation as rationals. */
export function outputsOf(network: IntegerNetwork, { value }: PointEvaluation): Rational[] {
  return value.map((integer) => rational(integer, network.outputUnit));
}

/**
 * Runs the network at a point.
 *
 * @param point shape: inputs; units of 1 / unit
 */
export function evaluateAt(network: IntegerNetwork, point: readonly bigint[]): PointEvaluation {
  let current = point;
  const preActivations: (readonly bigint[])[] = [];
  const zeros: { layer: number; row: number }[] = [];
  network.layers.forEach((layer, l) => {
    const sums = [...layer.biases];
    current.forEach((input, column) => {
      if (input === 0n) return;
      const { indices, weights } = layer.columns[column] as SparseVector;
      for (let k = 0; k < indices.length; k++) {
        const row = indices[k] as number;
        sums[row] = (sums[row] as bigint) + (weights[k] as bigint) * input;
      }
    });
    preActivations.push(sums);
    if (!layer.relu) {
      current = sums;
      return;
    }
    current = sums.map((sum, row) => {
      if (sum === 0n) zeros.push({ layer: l, row });
      return sum > 0n ? sum : 0n;
    });
  });
  return { value: current, zeros, preActivations };
}

/**
 * The gradient, by the inputs, of the pre-activation of one row (for a layer without ReLU: of its value), backwards
 * through the rows that are on; a ReLU at exactly 0 counts as off.
 *
 * @returns shape: inputs; in units of 1 / (D_0 ... D_layer)
 */
export function gradientOf(
  network: IntegerNetwork,
  { preActivations }: PointEvaluation,
  layer: number,
  row: number,
): bigint[] {
  let slopes = new Map<number, bigint>([[row, 1n]]);
  for (let l = layer; l >= 0; l--) {
    const { rows, relu } = network.layers[l] as IntegerLayer;
    const sums = preActivations[l] as readonly bigint[];
    const inner = new Map<number, bigint>();
    for (const [r, slope] of slopes) {
      if (slope === 0n || (relu && l < layer && (sums[r] as bigint) <= 0n)) continue;
      const { indices, weights } = rows[r] as SparseVector;
      for (let k = 0; k < indices.length; k++) {
        const column = indices[k] as number;
        inner.set(column, (inner.get(column) ?? 0n) + slope * (weights[k] as bigint));
      }
    }
    slopes = inner;
  }
  return Array.from({ length: network.inputs }, (_, i) => slopes.get(i) ?? 0n);
}
