/**
 * V1 and V2 of a filter as functions of one coordinate each, tabulated over the letters of its place, with the terms of which
 * each value is a sum. The same reading of a filter as in gate-tables.ts, in more detail and for dyadic numbers only.
 */
import type { AffineMap, AffineRow, Network } from "../../spec/networks/network.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import { rejected, type Rejected } from "../verdict.js";
import { exactNumber } from "./dyadic-sum.js";

/** A first-layer unit relu(weight * x + bias). */
interface Unit {
  readonly weight: number;
  readonly bias: number;
}

/** A summand of a row of V2. */
export interface FunctionTerm extends Unit {
  readonly factor: number;
}

/** A row of V2 at one letter where it is not constantly 0: its value and slope without the row's bias. */
export interface FunctionSample {
  readonly row: number;
  readonly value: number;
  readonly slope: number;
}

/** What reads one place of the patch. */
export interface PlaceTable {
  /** Cell values, u-units. */
  readonly letters: readonly number[];
  /** The first-layer units that read this place, by index. */
  readonly units: ReadonlyMap<number, Unit>;
  /** The rows of V2 that read this place, as sums of factor * relu(weight * x + bias). */
  readonly functions: readonly { readonly row: number; readonly terms: readonly FunctionTerm[] }[];
  /** Shape: letters; the rows of V2 that are not 0 with slope 0 there. */
  readonly samples: readonly (readonly FunctionSample[])[];
}

/** V1 and V2 as nine univariate functions with values at the letters of each place. */
export interface UnivariateTables {
  /** Shape: 9. */
  readonly places: readonly PlaceTable[];
  /** Bias of each row of V2. */
  readonly constant: readonly number[];
  /** readers[row of V2]: the gates that read it, with the weight. */
  readonly readers: readonly (readonly (readonly [gate: number, weight: number])[])[];
}

/**
 * Tabulates V1 and V2.
 *
 * @param letters cell values in u-units, at least one a place; shape: 9 x letters
 */
export function univariateTables(
  filter: Network,
  letters: readonly (readonly number[])[],
): UnivariateTables | Rejected<"unsupported"> {
  const fail = (message: string, path: string) => rejected("unsupported" as const, path, message);
  if (filter.layers.length !== 5 || filter.layers.some(({ relu }, i) => relu !== (i === 0 || i === 2))) {
    return fail("expected five layers with ReLUs after the first and the third", "filter.layers");
  }
  const [v1, v2, v3] = filter.layers as [AffineMap, AffineMap, AffineMap];
  const readsMany = v1.rows.findIndex(({ entries }) => entries.length !== 1);
  if (readsMany >= 0) return fail("expected a unit of one coordinate", `filter.layers[0].rows[${readsMany}]`);
  const placeOfUnit = v1.rows.map(({ entries }) => (entries[0] as AffineRow["entries"][number])[0]);
  const placeOfRow = v2.rows.map(({ entries }) => [...new Set(entries.map(([unit]) => placeOfUnit[unit] as number))]);
  const mixed = placeOfRow.findIndex((places) => places.length !== 1);
  if (mixed >= 0) return fail("expected a function of one coordinate", `filter.layers[1].rows[${mixed}]`);
  if (v2.rows.some(({ bias }) => bias.n !== 0n)) {
    return fail("expected functions without a bias", "filter.layers[1]");
  }

  const units = v1.rows.map(({ bias, entries: [entry] }): Unit => ({
    weight: exactNumber((entry as AffineRow["entries"][number])[1]),
    bias: exactNumber(bias),
  }));
  const places = Array.from({ length: PLACES }, (_, place): PlaceTable => {
    const xs = letters[place] as readonly number[];
    const samples: FunctionSample[][] = xs.map(() => []);
    const functions = [...v2.rows.entries()]
      .filter(([row]) => (placeOfRow[row] as readonly number[])[0] === place)
      .map(([row, { entries }]) => {
        const terms = entries.map(([unit, factor]) => ({ ...(units[unit] as Unit), factor: exactNumber(factor) }));
        for (const [letter, x] of xs.entries()) {
          let value = 0;
          let slope = 0;
          for (const { weight, bias, factor } of terms) {
            const pre = weight * x + bias;
            if (pre <= 0) continue;
            value += factor * pre;
            slope += factor * weight;
          }
          if (value !== 0 || slope !== 0) (samples[letter] as FunctionSample[]).push({ row, value, slope });
        }
        return { row, terms };
      });
    const ofPlace = new Map([...units.entries()].filter(([unit]) => placeOfUnit[unit] === place));
    return { letters: xs, units: ofPlace, functions, samples };
  });

  const readers = v2.rows.map((): [number, number][] => []);
  for (const [gate, { entries }] of v3.rows.entries()) {
    for (const [row, weight] of entries) (readers[row] as [number, number][]).push([gate, exactNumber(weight)]);
  }
  return { places, constant: v2.rows.map(({ bias }) => exactNumber(bias)), readers };
}
