/**
 * A small perturbation of a decoder's last layers that takes away the state in which a run halts: an upper bound of the all-layer
 * margin, once it has been replayed. It moves only rows of one coordinate: that of the state.
 *
 * With deviation v of that coordinate, a layer whose correction is on its slope makes 3 (v + p) - 1 + e + q of it, where p, e and q are
 * what the perturbations of its function and of the two halves of its correction add; the layer before them all adds e + q. Of all
 * perturbations that bring v to 1 in k such layers in this model, the least has every row in the direction of its input.
 */
import type { FlipEntryJson } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import type { Decoder } from "../../spec/wei-chen-ma/decoder.js";

/** Layers on their slope. */
const STEEP_LAYERS = 4;

/** Weights are multiples of this. */
const GRID = 1_000_000n;

/** Vectors of one pass: before and after each layer of the last ones, with entries 0 and 1. */
export interface FlipRun {
  /** hidden[j]: before layer j; one more than there are layers. */
  readonly hidden: readonly (readonly number[])[];
  /** What the function of a layer reads: hidden[j] with what attention adds. Those with attention are left alone. */
  readonly coordinate: number;
}

/**
 * The perturbation, in the form of a certificate.
 *
 * @param factor a multiple of the model's least perturbation
 */
export function decoderFlip({ layers }: Decoder, { hidden, coordinate }: FlipRun, factor: Rational): FlipEntryJson[] {
  const last = layers.length - 1;
  const k = Math.min(STEEP_LAYERS, last);
  const places = Array.from({ length: k + 1 }, (_, i) => last - k + i);
  const parts = places.map((layer, i) => {
    const [before, after] = [ones(hidden[layer] ?? []), ones(hidden[layer + 1] ?? [])];
    const weight = 3n ** BigInt(k - i);
    // The first layer's correction is not on its slope yet: there both of its halves count.
    return {
      layer,
      before,
      after,
      function: i === 0 ? 0n : 3n * weight,
      halves: i === 0 ? [1n, -1n] : [1n, 0n],
      weight,
    };
  });
  const squares = parts.reduce((sum, { before, after, function: own, halves, weight }) => {
    const [n, m] = [BigInt(before.length + 1), BigInt(after.length + 1)];
    const both = halves.reduce((inner, half) => inner + half * half, 0n);
    return sum + own * own * n + weight * weight * (both * m + 5n * (m - 1n) + 1n);
  }, 0n);
  const unit = factor.mul(rational(3n ** BigInt(k) + 1n, 2n * squares));
  const entries: FlipEntryJson[] = [];
  const add = (
    layer: number,
    map: number,
    row: number,
    size: Rational,
    columns: readonly (readonly [number | null, bigint])[],
  ): void => {
    for (const [column, weight] of columns) {
      const value = onGrid(size.mul(weight));
      if (value.n !== 0n) entries.push([layer, map, row, column, formatRational(value)]);
    }
  };
  for (const { layer, before, after, function: own, halves, weight } of parts) {
    const read = (columns: readonly number[]) => [[null, 1n] as const, ...columns.map((c) => [c, 1n] as const)];
    add(layer, 0, coordinate, unit.mul(-own), read(before));
    for (const [half, sign] of halves.entries())
      add(layer, 1, 2 * coordinate + half, unit.mul(-weight * sign), read(after));
    const relus = after.flatMap((c) => [[2 * c, 2n] as const, [2 * c + 1, 1n] as const]);
    add(layer, 2, coordinate, unit.mul(-weight), [[null, 1n], ...relus]);
  }
  return entries;
}

function ones(vector: readonly number[]): number[] {
  return vector.flatMap((entry, c) => (entry === 1 ? [c] : []));
}

/** Away from 0, so that no push is lost. */
function onGrid(value: Rational): Rational {
  const scaled = value.mul(GRID);
  const whole = (scaled.n + scaled.d - 1n) / scaled.d;
  return rational(scaled.s * whole, GRID);
}
