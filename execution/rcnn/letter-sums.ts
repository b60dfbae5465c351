/**
 * The first ReLU block of a filter, place by place: what each letter at a place adds to the sums of the second block.
 *
 * A row of the first block that reads one place only is a function of one letter, so the second block's sums are sums
 * of table entries. Letters that add the same are one class, and a patch matters only by its classes. Where some row
 * reads several places, it is kept, and at those places every letter is a class of its own.
 */
import type { IntegerBlocks, IntegerRow } from "./integer-blocks.js";

/** How a filter sees the letters at one of the nine places. */
export interface PlaceClasses {
  /** 0 ... 8, row by row; the centre is 4. */
  readonly place: number;
  /** The class of each letter; shape: letters. */
  readonly classOf: readonly number[];
  /** What each class adds to the sums of the second block; shape: classes x rows of that block. */
  readonly sums: readonly (readonly bigint[])[];
}

/** A row of the first block that reads several places, and what it passes to the second. */
export interface JoiningRow extends IntegerRow {
  readonly readers: readonly (readonly [row: number, weight: bigint])[];
}

/** The first two blocks as tables. */
export interface LetterSums {
  /** The places at which letters make a difference, rising. */
  readonly places: readonly PlaceClasses[];
  readonly joining: readonly JoiningRow[];
  /** Sums of the second block before any letter is added; shape: rows of that block. */
  readonly constant: readonly bigint[];
}

/** A row of the first block that reads one place: relu(weight * u + bias), read by rows of the second block. */
interface Term {
  readonly weight: bigint;
  readonly bias: bigint;
  readonly readers: readonly (readonly [row: number, weight: bigint])[];
}

/**
 * The tables of a filter.
 *
 * @param letters for each of the nine places the values (u-units) that it may hold; shape 9 x letters, `undefined`
 *   where a letter does not occur at the place
 */
export function letterSums(filter: IntegerBlocks, letters: readonly (readonly (bigint | undefined)[])[]): LetterSums {
  const [first, second] = filter.blocks as [readonly IntegerRow[], readonly IntegerRow[]];
  const readers = first.map((): [number, bigint][] => []);
  for (const [row, { entries }] of second.entries()) {
    for (const [column, weight] of entries) readers[column]?.push([row, weight]);
  }
  const constant = second.map(({ bias }) => bias);
  const terms = letters.map((): Term[] => []);
  const joining: JoiningRow[] = [];
  const joined = new Set<number>();
  for (const [k, { bias, entries }] of first.entries()) {
    const reads = readers[k] as [number, bigint][];
    const [entry] = entries;
    if (entry === undefined) {
      if (bias > 0n) for (const [row, weight] of reads) constant[row] = (constant[row] as bigint) + weight * bias;
    } else if (entries.length === 1) {
      terms[entry[0]]?.push({ weight: entry[1], bias, readers: reads });
    } else {
      joining.push({ bias, entries, readers: reads });
      for (const [place] of entries) joined.add(place);
    }
  }
  const places = letters.flatMap((values, place): PlaceClasses[] => {
    const ofPlace = terms[place] as Term[];
    const isJoined = joined.has(place);
    if (ofPlace.length === 0 && !isJoined) return [];
    const read = classes(sweep(ofPlace, values, second.length), isJoined);
    if (read.sums.length > 1) return [{ place, ...read }];
    // Rows read the place, but no letter makes a difference.
    for (const [row, sum] of (read.sums[0] ?? []).entries()) constant[row] = (constant[row] as bigint) + sum;
    return [];
  });
  return { places, joining, constant };
}

/**
 * What each letter adds to each sum: one pass over the letters in rising order, in which the active terms are kept as
 * one slope and one level for each sum.
 *
 * @returns shape: letters x sums; undefined where the letter does not occur
 */
function sweep(
  terms: readonly Term[],
  values: readonly (bigint | undefined)[],
  sums: number,
): (readonly bigint[] | undefined)[] {
  const rising = values.flatMap((u, letter) => (u === undefined ? [] : [{ u, letter }])).toSorted(byValue);
  // A term with a positive weight turns on somewhere on the way and stays on; one with a negative weight turns off.
  const toggles = Array.from({ length: rising.length + 1 }, (): { term: Term; sign: bigint }[] => []);
  for (const term of terms) {
    const isOn = (i: number): boolean => term.weight * (rising[i]?.u as bigint) + term.bias > 0n;
    if (term.weight > 0n) toggles[firstIndex(rising.length, isOn)]?.push({ term, sign: 1n });
    else {
      toggles[0]?.push({ term, sign: 1n });
      toggles[firstIndex(rising.length, (i) => !isOn(i))]?.push({ term, sign: -1n });
    }
  }
  const slope = Array.from({ length: sums }, () => 0n);
  const level = Array.from({ length: sums }, () => 0n);
  const result: (readonly bigint[] | undefined)[] = values.map(() => undefined);
  for (const [i, { u, letter }] of rising.entries()) {
    for (const { term, sign } of toggles[i] as { term: Term; sign: bigint }[]) {
      for (const [row, weight] of term.readers) {
        slope[row] = (slope[row] as bigint) + sign * weight * term.weight;
        level[row] = (level[row] as bigint) + sign * weight * term.bias;
      }
    }
    result[letter] = slope.map((s, row) => s * u + (level[row] as bigint));
  }
  return result;
}

function byValue(a: { readonly u: bigint }, b: { readonly u: bigint }): number {
  return a.u < b.u ? -1 : a.u > b.u ? 1 : 0;
}

/** The first index below `end` from which a predicate that never falls back holds; `end` if it never holds. */
function firstIndex(end: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Numbers the different sums in order of first appearance; absent letters get class 0. */
function classes(
  sums: readonly (readonly bigint[] | undefined)[],
  isJoined: boolean,
): { readonly classOf: number[]; readonly sums: (readonly bigint[])[] } {
  const known = new Map<string, number>();
  const ofClass: (readonly bigint[])[] = [];
  const classOf = sums.map((ofLetter, letter) => {
    if (ofLetter === undefined) return 0;
    const key = isJoined ? String(letter) : ofLetter.join();
    const number = known.get(key) ?? known.size;
    if (number === known.size) {
      known.set(key, number);
      ofClass.push(ofLetter);
    }
    return number;
  });
  return { classOf, sums: ofClass };
}
