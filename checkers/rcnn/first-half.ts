/**
 * The first half of a filter, V1 and V2, as functions of one coordinate each, and their samples at the cell values.
 *
 * That every first-layer unit reads one coordinate is checked by gate-tables.ts, not here.
 */
import type { AffineMap, AffineRow } from "../../spec/networks/network.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import { commonDenominator, scaled } from "../networks/common-denominator.js";

/** relu(weight * x + bias) times `factor`, a summand of a univariate function; in 1 / unit of its layer, weight not 0. */
interface Term {
  readonly weight: bigint;
  readonly bias: bigint;
  readonly factor: bigint;
}

/** V1 and V2 as univariate functions: row r of V2 is constant[r] + sum over its parts of part(x_place). */
export interface FirstHalf {
  readonly rows: number;
  readonly constant: readonly bigint[];
  /** parts[place]: which row, and the terms. */
  readonly parts: readonly (readonly { readonly row: number; readonly terms: readonly Term[] }[])[];
  readonly unit: bigint;
}

/** V1 and V2 of a filter whose first-layer units read at most one coordinate each. */
export function firstHalf(v1: AffineMap, v2: AffineMap): FirstHalf {
  const unit1 = commonDenominator(v1.rows);
  const unit2 = commonDenominator(v2.rows);
  const constant = v2.rows.map((row) => scaled(row.bias, unit1 * unit2));
  const parts = Array.from({ length: PLACES }, (): { row: number; terms: Term[] }[] => []);
  for (const [r, row] of v2.rows.entries()) {
    for (const [unitIndex, weight] of row.entries) {
      const { bias, entries } = v1.rows[unitIndex] as AffineRow;
      const factor = scaled(weight, unit2);
      const [entry] = entries;
      if (entry === undefined || entry[1].n === 0n) {
        const value = scaled(bias, unit1);
        if (value > 0n) constant[r] = (constant[r] as bigint) + factor * value;
        continue;
      }
      const ofPlace = parts[entry[0]] as { row: number; terms: Term[] }[];
      const term: Term = { weight: scaled(entry[1], unit1), bias: scaled(bias, unit1), factor };
      const part = ofPlace.at(-1);
      if (part?.row === r) part.terms.push(term);
      else ofPlace.push({ row: r, terms: [term] });
    }
  }
  return { rows: v2.rows.length, constant, parts, unit: unit1 * unit2 };
}

/** A row of V2 at one cell value: what the coordinate adds to it, and with which slope; left out where both are 0. */
export type Sample = readonly [row: number, value: bigint, slope: bigint];

/** samples[letter]: the rows of V2 that the coordinate at this place moves away from 0. */
export function sampleAt(inner: FirstHalf, place: number, values: readonly bigint[]): Sample[][] {
  const samples: Sample[][] = values.map(() => []);
  for (const { row, terms } of inner.parts[place] as FirstHalf["parts"][number]) {
    const [from, to] = support(terms, values);
    for (let i = from; i < to; i++) {
      const x = values[i] as bigint;
      let value = 0n;
      let slope = 0n;
      for (const { weight, bias, factor } of terms) {
        const pre = weight * x + bias;
        if (pre <= 0n) continue;
        value += factor * pre;
        slope += factor * weight;
      }
      if (value !== 0n || slope !== 0n) (samples[i] as Sample[]).push([row, value, slope]);
    }
  }
  return samples;
}

/**
 * The index range outside of which a function of one coordinate is identically 0: left of all its kinks, or right of them, or
 * neither. The values have none of the kinks among them.
 */
export function support(terms: readonly Term[], values: readonly bigint[]): [from: number, to: number] {
  const rises = ({ weight }: Term): boolean => weight > 0n;
  // A unit that rises is on right of its kink, one that falls is on left of it.
  const isRightOfKink = (x: bigint, term: Term): boolean => term.weight * x + term.bias > 0n === rises(term);
  const leftIsZero = vanishes(terms.filter((term) => !rises(term)));
  const rightIsZero = vanishes(terms.filter(rises));
  const from = leftIsZero ? firstIndex(values, (x) => terms.some((term) => isRightOfKink(x, term))) : 0;
  const to = rightIsZero ? firstIndex(values, (x) => terms.every((term) => isRightOfKink(x, term))) : values.length;
  return [from, to];
}

/** Whether terms add up to 0 wherever all of them are on. */
function vanishes(terms: readonly Term[]): boolean {
  let slope = 0n;
  let level = 0n;
  for (const { weight, bias, factor } of terms) {
    slope += factor * weight;
    level += factor * bias;
  }
  return slope === 0n && level === 0n;
}

/** The first index from which a predicate that is monotone in x holds; the length if it never does. */
function firstIndex(values: readonly bigint[], holds: (x: bigint) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(values[middle] as bigint)) high = middle;
    else low = middle + 1;
  }
  return low;
}
