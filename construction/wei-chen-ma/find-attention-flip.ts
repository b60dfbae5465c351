/**
 * A small perturbation by which the last self-attention of a decoder misses the position that it has to read: an upper bound of the
 * all-layer margin, once it has been replayed. Then no symbol is read, and the pass after has no state.
 *
 * Only the correction before that attention is moved. In coordinate c of pass p it leaves the deviation e_c(p): its own second row times
 * the hidden ReLUs, and where c is 1 the difference of its own first two rows times what is corrected. The position's score less null's
 * changes by the sum of a_c e_c(i) + b_c e_c(t), with the slopes a and b of query and key. Of all perturbations that lower it by
 * the gap, the least has every row along this sum's gradient.
 */
import type { FlipEntryJson } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import type { Decoder } from "../../spec/wei-chen-ma/decoder.js";

/** Weights are multiples of this. */
const GRID = 100_000_000;

/** Most entries of a perturbation: rows with less of the gradient are left alone. */
const MOST_ENTRIES = 3000;

/** What attention asks, and what it has to read: the layer's inputs in two passes, which may be one. */
export interface MissedRead {
  /** Of the module's layer, from 1 on: the correction before it is moved. */
  readonly layer: number;
  /** Shape: width, entries 0 and 1. */
  readonly asking: readonly number[];
  readonly read: readonly number[];
}

/** A row of the correction's maps 1 or 2, and the gradient in its columns; null is the bias. */
interface MovedRow {
  readonly map: 1 | 2;
  readonly row: number;
  readonly columns: readonly (readonly [column: number | null, slope: number])[];
  readonly square: number;
}

/** The gradient, and what its least multiple is that turns the module's answer, in a linear model. */
export interface AttentionPush {
  readonly layer: number;
  readonly rows: readonly MovedRow[];
  /** The squared norm of the perturbation. */
  readonly squaredNorm: number;
}

/** The least perturbation of the linear model; undefined where the module compares nothing. @param gap of the module */
export function pushAttention(
  decoder: Decoder,
  { layer, asking, read }: MissedRead,
  gap: number,
): AttentionPush | undefined {
  const module = decoder.layers[layer]?.self;
  if (module === null || module === undefined) return undefined;
  const slopes = slopesOf(module, asking, read);
  const rows: MovedRow[] = [];
  const move = (
    map: 1 | 2,
    row: number,
    parts: readonly (readonly [vector: readonly number[], by: number])[],
  ): void => {
    const sums = new Map<number | null, number>();
    for (const [vector, by] of parts) {
      if (by === 0) continue;
      sums.set(null, (sums.get(null) ?? 0) + by);
      for (const [c, value] of vector.entries()) if (value !== 0) sums.set(c, (sums.get(c) ?? 0) + by * value);
    }
    const columns = [...sums].filter(([, slope]) => slope !== 0);
    if (columns.length > 0)
      rows.push({ map, row, columns, square: columns.reduce((sum, [, slope]) => sum + slope * slope, 0) });
  };
  const [hiddenAsking, hiddenRead] = [hidden(asking), hidden(read)];
  for (let c = 0; c < decoder.width; c++) {
    // A coordinate that is 0 cannot fall, and one that is 1 falls or rises.
    const slope = (own: number, value: number | undefined): number => (value === 0 && own > 0 ? 0 : own);
    const a = slope(slopes.query[c] ?? 0, asking[c]);
    const b = slope(slopes.key[c] ?? 0, read[c]);
    const [ofOnes, ofRead] = [a * (asking[c] as number), b * (read[c] as number)];
    move(1, 2 * c, [
      [asking, ofOnes],
      [read, ofRead],
    ]);
    move(1, 2 * c + 1, [
      [asking, -ofOnes],
      [read, -ofRead],
    ]);
    move(2, c, [
      [hiddenAsking, a],
      [hiddenRead, b],
    ]);
  }
  const kept = largestRows(rows);
  const square = kept.reduce((sum, row) => sum + row.square, 0);
  return square === 0 ? undefined : { layer: layer - 1, rows: kept, squaredNorm: gap ** 2 / square };
}

/** The perturbation, in the form of a certificate. @param gap of the module @param factor a multiple of the linear model's */
export function attentionFlip({ layer, rows }: AttentionPush, gap: number, factor: Rational): FlipEntryJson[] {
  const square = rows.reduce((sum, row) => sum + row.square, 0);
  const unit = (GRID * gap * (Number(factor.n) / Number(factor.d))) / square;
  return rows.flatMap(({ map, row, columns }) =>
    [...columns]
      .sort(([a], [b]) => (a ?? -1) - (b ?? -1))
      .flatMap(([column, slope]): FlipEntryJson[] => {
        const numerator = Math.round(-unit * slope);
        if (numerator === 0) return [];
        return [[layer, map, row, column, formatRational(rational(BigInt(numerator), BigInt(GRID)))]];
      }),
  );
}

/** phi(3 z - 1) and phi(3 z - 2) of each coordinate. */
function hidden(vector: readonly number[]): number[] {
  return vector.flatMap((value) => [2 * value, value]);
}

/** How the score of a position less null's depends on the coordinates of the vector that asks and of the position's. */
function slopesOf(
  { query, key, nullKey }: Attention,
  asking: readonly number[],
  read: readonly number[],
): { readonly query: readonly number[]; readonly key: readonly number[] } {
  const value = ({ rows }: AffineMap, vector: readonly number[]): number[] =>
    rows.map(({ bias, entries }) => entries.reduce((sum, [c, weight]) => sum + weight * (vector[c] as number), bias));
  const [asked, answered] = [value(query, asking), value(key, read)];
  const columns = ({ rows, inputs }: AffineMap, factors: readonly number[]): number[] => {
    const sums = Array.from({ length: inputs }, () => 0);
    for (const [r, { entries }] of rows.entries())
      for (const [c, weight] of entries) sums[c] = (sums[c] as number) + weight * (factors[r] as number);
    return sums;
  };
  return {
    query: columns(
      query,
      answered.map((one, r) => one - (nullKey[r] as number)),
    ),
    key: columns(key, asked),
  };
}

/** Those rows, in their order, that have the most of the gradient for their entries. */
function largestRows(rows: readonly MovedRow[]): MovedRow[] {
  const sorted = [...rows].sort((a, b) => b.square / b.columns.length - a.square / a.columns.length);
  let entries = 0;
  const kept = new Set(sorted.filter(({ columns }) => (entries += columns.length) <= MOST_ENTRIES));
  return rows.filter((row) => kept.has(row)).sort((a, b) => a.map - b.map || a.row - b.row);
}
