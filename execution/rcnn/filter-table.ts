/**
 * An exact engine for a filter given as numbers: it evaluates each patch of letters once, in integers, and remembers
 * the answer.
 *
 * The table knows nothing of the machine. From the network it finds which of the nine places matter and which letters
 * the filter tells apart there; a patch is then a tuple of classes. Its *key* is a sum with one summand for each place,
 * so a walk over a grid can keep keys up to date by adding differences. Where all tuples fit in an array, the key is an
 * index into it; otherwise it is a hash, and the tuple is compared with the stored one.
 */
import { formatRational } from "../../spec/exact/rational.js";
import type { Network } from "../../spec/networks/network.js";
import type { CellCode } from "../../spec/rcnn/cell-code.js";
import { CENTRE, PLACES } from "../../spec/rcnn/patch.js";
import { networkToBlocks, type IntegerBlocks } from "./integer-blocks.js";
import { letterSums, type LetterSums } from "./letter-sums.js";
import { letterToValue, lettersOf, type Letters } from "./letters.js";

/** Choices that change speed and memory only. */
export interface FilterTableOptions {
  /**
   * Largest number of entries (2 bytes each) of an array of all tuples: an integer in 0 ... 2^30, 0 for a hash table
   * always; DENSE_LIMIT if absent.
   */
  readonly denseLimit?: number;
}

/** 128 MiB; the pages of the array that no patch falls into are never touched. */
export const DENSE_LIMIT: number = 2 ** 26;

const FIRST_SLOTS = 1024;

/** A filter as a memo table over the well-formed alphabet and p. */
export class FilterTable {
  readonly letters: Letters;
  /** The places at which letters make a difference, rising; 0 ... 8 row by row. */
  readonly places: readonly number[];
  /** How many classes of letters there are at each of `places`. */
  readonly classCounts: readonly number[];
  /** Whether keys are indices into `answers`. */
  readonly isDense: boolean;
  /** What a letter at a place adds to a key; entry letter * places.length + k is for place places[k]. */
  readonly keyParts: Int32Array;
  /** Letter + 1, or 0 where nothing is known; by key if the table is dense, otherwise by slot. */
  answers: Uint16Array;
  readonly #filter: IntegerBlocks;
  readonly #sums: LetterSums;
  #known = 0;
  /** Hash only: the tuple of each slot, shape slots x places. */
  #tuples: Uint16Array;
  /** Class of a letter at a place, laid out as keyParts. */
  readonly #classOf: Uint16Array;

  /**
   * @param filter in u-units: nine inputs in the order of vec(z), one output
   * @param code the code of its cells
   * @throws {RangeError} if the network has no such form, or the limit is malformed
   */
  constructor(filter: Network, code: CellCode, options: FilterTableOptions = {}) {
    const { denseLimit = DENSE_LIMIT } = options;
    if (!Number.isInteger(denseLimit) || denseLimit < 0 || denseLimit > 2 ** 30) {
      throw new RangeError(`FilterTable: expected a denseLimit that is an integer in 0 ... 2^30, got ${denseLimit}`);
    }
    this.letters = lettersOf(code);
    this.#filter = networkToBlocks(filter);
    const outputs = this.#filter.blocks.at(-1)?.length;
    if (this.#filter.inputs !== PLACES || outputs !== 1) {
      throw new RangeError(
        `FilterTable: expected nine inputs and one output, got ${this.#filter.inputs} and ${outputs}`,
      );
    }
    const { units, padding } = this.letters;
    const centreUnits = units.map((u, letter) => (letter === padding ? undefined : u));
    this.#sums = letterSums(
      this.#filter,
      Array.from({ length: PLACES }, (_, place) => (place === CENTRE ? centreUnits : units)),
    );
    this.places = this.#sums.places.map(({ place }) => place);
    this.classCounts = this.#sums.places.map(({ sums }) => sums.length);
    const tuples = this.classCounts.reduce((product, count) => product * count, 1);
    this.isDense = tuples <= denseLimit;
    this.answers = new Uint16Array(this.isDense ? tuples : FIRST_SLOTS);
    this.#tuples = new Uint16Array(this.isDense ? 0 : FIRST_SLOTS * this.places.length);
    this.#classOf = new Uint16Array(units.length * this.places.length);
    this.keyParts = new Int32Array(units.length * this.places.length);
    let radix = 1;
    for (const [k, { classOf, sums }] of this.#sums.places.entries()) {
      for (const [letter, number] of classOf.entries()) {
        const entry = letter * this.places.length + k;
        this.#classOf[entry] = number;
        this.keyParts[entry] = this.isDense ? radix * number : scatter(k, number);
      }
      radix *= sums.length;
    }
  }

  /** How many tuples have been evaluated so far. */
  get known(): number {
    return this.#known;
  }

  /**
   * The filter's answer at a patch.
   *
   * @param patch letters, shape: 9, row by row; the centre is not p
   * @returns the letter of the new cell
   * @throws {RangeError} if there is no such letter, or if the filter's output is not a letter
   */
  next(patch: ArrayLike<number>): number {
    const { padding } = this.letters;
    let key = 0;
    for (let place = 0; place < PLACES; place++) {
      const letter = patch[place];
      const end = place === CENTRE ? padding : padding + 1;
      if (letter === undefined || !Number.isInteger(letter) || letter < 0 || letter >= end) {
        throw new RangeError(`FilterTable.next: expected a letter below ${end} at place ${place}, got ${letter}`);
      }
    }
    const { length } = this.places;
    for (let k = 0; k < length; k++) {
      const letter = patch[this.places[k] as number] as number;
      key = (key + (this.keyParts[letter * length + k] as number)) | 0;
    }
    const answer = this.find(key, patch);
    return (answer === 0 ? this.learn(key, patch) : answer) - 1;
  }

  /**
   * The answer that is known for a patch: letter + 1, or 0. For dense tables it is answers[key].
   *
   * @param key the sum of keyParts over the patch; in hash tables only its lowest 30 bits count
   */
  find(key: number, patch: ArrayLike<number>): number {
    const { answers, places } = this;
    if (this.isDense) return answers[key] as number;
    const tuples = this.#tuples;
    const classOf = this.#classOf;
    const { length } = places;
    const mask = answers.length - 1;
    for (let slot = key & mask; ; slot = (slot + 1) & mask) {
      const answer = answers[slot] as number;
      if (answer === 0) return 0;
      let k = 0;
      while (k < length) {
        const letter = patch[places[k] as number] as number;
        if (tuples[slot * length + k] !== classOf[letter * length + k]) break;
        k++;
      }
      if (k === length) return answer;
    }
  }

  /**
   * Evaluates the filter at a patch that the table does not know yet, and remembers the answer.
   *
   * @param key as for find
   * @returns letter + 1
   * @throws {RangeError} if the output is not a letter
   */
  learn(key: number, patch: ArrayLike<number>): number {
    const answer = this.#evaluate(patch) + 1;
    this.#known++;
    if (this.isDense) {
      this.answers[key] = answer;
      return answer;
    }
    if (2 * this.#known > this.answers.length) this.#rehash();
    this.#store(
      key,
      this.places.map((place, k) => this.#classOf[(patch[place] as number) * this.places.length + k] as number),
      answer,
    );
    return answer;
  }

  #store(key: number, tuple: ArrayLike<number>, answer: number): void {
    const mask = this.answers.length - 1;
    let slot = key & mask;
    while (this.answers[slot] !== 0) slot = (slot + 1) & mask;
    this.answers[slot] = answer;
    this.#tuples.set(tuple, slot * this.places.length);
  }

  #rehash(): void {
    const { length } = this.places;
    const answers = this.answers;
    const tuples = this.#tuples;
    this.answers = new Uint16Array(2 * answers.length);
    this.#tuples = new Uint16Array(2 * tuples.length);
    for (const [slot, answer] of answers.entries()) {
      if (answer === 0) continue;
      const tuple = tuples.subarray(slot * length, (slot + 1) * length);
      const key = tuple.reduce((sum, number, k) => (sum + scatter(k, number)) | 0, 0);
      this.#store(key, tuple, answer);
    }
  }

  /** The filter itself, in integers. */
  #evaluate(patch: ArrayLike<number>): number {
    const { places, joining, constant } = this.#sums;
    const { units, byUnits } = this.letters;
    const sums = [...constant];
    const add = (row: number, summand: bigint): void => {
      sums[row] = (sums[row] as bigint) + summand;
    };
    for (const { place, classOf, sums: ofClass } of places) {
      const number = classOf[patch[place] as number] as number;
      for (const [row, summand] of (ofClass[number] as readonly bigint[]).entries()) add(row, summand);
    }
    for (const { bias, entries, readers } of joining) {
      let pre = bias;
      for (const [place, weight] of entries) pre += weight * (units[patch[place] as number] as bigint);
      if (pre > 0n) for (const [row, weight] of readers) add(row, weight * pre);
    }
    let values: readonly bigint[] = sums;
    for (const block of this.#filter.blocks.slice(2)) {
      const inputs = values.map((sum) => (sum > 0n ? sum : 0n));
      values = block.map(({ bias, entries }) =>
        entries.reduce((sum, [column, weight]) => sum + weight * (inputs[column] as bigint), bias),
      );
    }
    const output = values[0] as bigint;
    const { unit } = this.#filter;
    const letter = output % unit === 0n ? byUnits.get(output / unit) : undefined;
    if (letter === undefined) {
      const shown = Array.from(patch, (number) => formatRational(letterToValue(this.letters, number)));
      throw new RangeError(
        `FilterTable: expected the filter to give a well-formed cell, got ${output}/${unit} u-units at the patch ${shown.join(" ")}`,
      );
    }
    return letter;
  }
}

/** A hash of a class at the k-th place read; 32 bits that look random, the same in every run. */
function scatter(k: number, number: number): number {
  let bits = Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(k + 1, 0x85ebca77);
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return bits ^ (bits >>> 16);
}
