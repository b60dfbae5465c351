/**
 * Filter and head as float32 arrays, ready for tensors of any backend. A number that float32 cannot hold exactly is an
 * error, never rounded.
 *
 * The filter comes in two layouts. *Dense* holds V1 ... V5 as they are. *Taps* serves filters whose first-layer units
 * read one coordinate each and whose V2 rows read one coordinate each: row f of V2 is then a sum of at most `taps`
 * terms factor * relu(weight * x_place(f) + bias), which needs no product with a wide, almost empty matrix.
 */
import type { AffineMap, AffineRow, Network } from "../../spec/networks/network.js";
import type { Rational } from "../../spec/exact/rational.js";
import type { CellCode } from "../../spec/rcnn/cell-code.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import type { RcnnParts } from "../rcnn/network.js";

/** A dense layer: output = input * weights + bias, then perhaps a ReLU. */
export interface FloatMap {
  readonly inputs: number;
  readonly outputs: number;
  readonly relu: boolean;
  /** Row-major; shape: inputs x outputs. */
  readonly weights: Float32Array;
  /** Shape: outputs. */
  readonly bias: Float32Array;
}

/** V1 and V2 as functions of one coordinate each. */
export interface TapLayer {
  /** Rows of V2. */
  readonly functions: number;
  /** Place of the coordinate that each function reads; shape: functions. */
  readonly place: Int32Array;
  /** One entry a tap; shape of each array: functions. Functions with fewer terms have factor 0 in the last ones. */
  readonly taps: readonly {
    readonly weight: Float32Array;
    readonly bias: Float32Array;
    readonly factor: Float32Array;
  }[];
  /** Bias of V2; shape: functions. */
  readonly constant: Float32Array;
}

/** How a filter is laid out on tensors. */
export type FilterLayout =
  | { readonly kind: "dense"; readonly layers: readonly FloatMap[] }
  | { readonly kind: "taps"; readonly first: TapLayer; readonly layers: readonly FloatMap[] };

/** Everything that the tensors need; u-units. */
export interface FloatRcnn {
  readonly filter: FilterLayout;
  readonly head: readonly FloatMap[];
  /** u of 1. */
  readonly one: number;
  /** u of p. */
  readonly padding: number;
  /** Y of the label 1. */
  readonly label: number;
}

/** Most entries of a dense matrix: 256 MiB of float32. */
const MAX_DENSE_ENTRIES = 2 ** 26;

/** Most terms a function of one coordinate may have in the taps layout. */
const MAX_TAPS = 8;

/**
 * The float32 form of a network.
 *
 * @param layout "dense" for the matrices as they are; by default "taps" where the filter allows it
 * @throws {RangeError} if a weight or bias is not a float32, if the layout does not fit the filter, or if a dense
 *   matrix would be larger than 256 MiB
 */
export function floatRcnn({ code, filter, head }: RcnnParts, layout?: FilterLayout["kind"]): FloatRcnn {
  const chosen = layout ?? (isTapped(filter) ? "taps" : "dense");
  const layers = filter.layers;
  return {
    filter:
      chosen === "dense"
        ? { kind: "dense", layers: layers.map(floatLayer) }
        : { kind: "taps", first: tapLayer(layers[0], layers[1]), layers: layers.slice(2).map(floatLayer) },
    head: head.layers.map(floatLayer),
    ...constants(code),
  };
}

function constants(code: CellCode): Pick<FloatRcnn, "one" | "padding" | "label"> {
  const exact = (units: bigint): number => float32(Number(units), () => `the cell value ${units}`);
  return { one: exact(code.scale), padding: exact(code.scale / 6n), label: exact(code.scale / 18n) };
}

/** Whether the taps layout fits: every unit of V1 and every row of V2 reads one coordinate, in few terms. */
export function isTapped(filter: Network): boolean {
  const [v1, v2] = filter.layers;
  if (v1 === undefined || v2 === undefined || !v1.relu || v2.relu) return false;
  return (
    v1.rows.every((row) => row.entries.length === 1) &&
    v2.rows.every(
      (row) => row.entries.length <= MAX_TAPS && new Set(row.entries.map(([unit]) => placeOf(v1, unit))).size === 1,
    )
  );
}

function placeOf(v1: AffineMap, unit: number): number {
  return v1.rows[unit]?.entries[0]?.[0] ?? -1;
}

function tapLayer(v1: AffineMap | undefined, v2: AffineMap | undefined): TapLayer {
  if (v1 === undefined || v2 === undefined || !isTapped({ layers: [v1, v2] })) {
    throw new RangeError("floatRcnn: expected a filter whose rows of V2 read one coordinate each, in few terms");
  }
  const functions = v2.rows.length;
  const count = Math.max(...v2.rows.map((row) => row.entries.length));
  const taps = Array.from({ length: count }, () => ({
    weight: new Float32Array(functions),
    bias: new Float32Array(functions),
    factor: new Float32Array(functions),
  }));
  const place = new Int32Array(functions);
  const constant = new Float32Array(functions);
  for (const [f, row] of v2.rows.entries()) {
    place[f] = placeOf(v1, row.entries[0]?.[0] as number);
    constant[f] = exactFloat(row.bias, v2);
    for (const [t, [unit, factor]] of row.entries.entries()) {
      const tap = taps[t] as (typeof taps)[number];
      const { bias, entries } = v1.rows[unit] as AffineRow;
      tap.weight[f] = exactFloat((entries[0] as readonly [number, Rational])[1], v1);
      tap.bias[f] = exactFloat(bias, v1);
      tap.factor[f] = exactFloat(factor, v2);
    }
  }
  return { functions, place, taps, constant };
}

function floatLayer(layer: AffineMap): FloatMap {
  const outputs = layer.rows.length;
  if (layer.inputs * outputs > MAX_DENSE_ENTRIES) {
    throw new RangeError(
      `floatRcnn: expected a dense layer of at most ${MAX_DENSE_ENTRIES} weights, got ${layer.name} with ${layer.inputs} x ${outputs}`,
    );
  }
  const weights = new Float32Array(layer.inputs * outputs);
  for (const [r, row] of layer.rows.entries()) {
    for (const [column, weight] of row.entries) weights[column * outputs + r] = exactFloat(weight, layer);
  }
  return {
    inputs: layer.inputs,
    outputs,
    relu: layer.relu,
    weights,
    bias: Float32Array.from(layer.rows, (row) => exactFloat(row.bias, layer)),
  };
}

function exactFloat(value: Rational, layer: AffineMap): number {
  const name = (): string => `${value.toFraction()} in ${layer.name}`;
  // A quotient by a power of two is exact if its numerator is; no other denominator gives a dyadic number.
  if ((value.d & (value.d - 1n)) !== 0n) throw notFloat(name());
  return float32(Number(value.s * value.n) / Number(value.d), name, value.n);
}

/** The number itself if float32 holds it. */
function float32(value: number, name: () => string, numerator: bigint = BigInt(value)): number {
  if (Math.fround(value) !== value || !Number.isSafeInteger(Number(numerator))) throw notFloat(name());
  return value;
}

function notFloat(name: string): RangeError {
  return new RangeError(`floatRcnn: expected numbers that float32 holds exactly, got ${name}`);
}

/** Floats that one cell needs at once on its widest layer; what a batch must be cut to. */
export function widestLayer({ filter }: FloatRcnn): number {
  const widths = filter.layers.map(({ outputs }) => outputs);
  return Math.max(PLACES, ...widths, filter.kind === "taps" ? filter.first.functions : 0);
}
