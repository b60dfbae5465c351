/** Names for the coordinates of a decoder's hidden vectors, and rows of affine maps by these names. */
import type { AffineMap, AffineRow } from "../../spec/wei-chen-ma/affine.js";
import { decoderGroups, type DecoderSizes } from "../../spec/wei-chen-ma/decoder-layout.js";

/** Where everything is. Bits are numbered from the least significant one, k = 0, ..., w - 1; Bin has the last of them first. */
export interface DecoderCoordinates {
  readonly width: number;
  /** st */
  readonly state: (z: number) => number;
  /** sym1 */
  readonly symbol: (a: number) => number;
  /** sym2 */
  readonly written: (a: number) => number;
  /** pos1: bit k of the pass */
  readonly step: (k: number) => number;
  /** pos2: bit k of the head's position before the step */
  readonly position: (k: number) => number;
  /** pos3: bit k of the head's position after it */
  readonly next: (k: number) => number;
  /** The pair (z, a), in scratch, where nothing else is while pairs are needed. */
  readonly pair: (z: number, a: number) => number;
  /** A move to the right, then the carry out of the bits so far; to the left, the borrow. */
  readonly carry: number;
  readonly borrow: number;
  /** The left end stops a move. */
  readonly wall: number;
  /** The bit is 1 and stays, or 0 and turns. */
  readonly keep: number;
  readonly flip: number;
  /** scr4: i' > 0; the position is in the input; the bit that a search step found. */
  readonly found: number;
  readonly inside: number;
  readonly hit: number;
  /** scr1: the symbol written at i' */
  readonly old: (a: number) => number;
  /** scr2: the symbol of the input */
  readonly given: (a: number) => number;
  /** scr3: bit k of i' */
  readonly last: (k: number) => number;
}

/** Least widths: scratch has 8 + 2 A + w coordinates, or Z A where there are more pairs. */
export function decoderCoordinates(sizes: DecoderSizes): DecoderCoordinates {
  const { states, symbols, bits } = sizes;
  const groups = decoderGroups(sizes);
  const at = groups.scratch;
  const old = at + 8;
  const given = old + symbols;
  const last = given + symbols;
  return {
    width: at + Math.max(states * symbols, last + bits - at),
    state: (z) => groups.state + z,
    symbol: (a) => groups.symbol + a,
    written: (a) => groups.written + a,
    step: (k) => groups.step + bits - 1 - k,
    position: (k) => groups.position + bits - 1 - k,
    next: (k) => groups.nextPosition + bits - 1 - k,
    pair: (z, a) => at + z * symbols + a,
    carry: at,
    borrow: at + 1,
    wall: at + 2,
    keep: at + 3,
    flip: at + 4,
    found: at + 5,
    inside: at + 6,
    hit: at + 7,
    old: (a) => old + a,
    given: (a) => given + a,
    last: (k) => last + bits - 1 - k,
  };
}

/** [coordinate, weight] */
export type Term = readonly [column: number, weight: number];

/** An affine map by rows that are not zero. */
export class RowBuilder {
  readonly #inputs: number;
  readonly #rows: AffineRow[];

  constructor(inputs: number, outputs: number) {
    this.#inputs = inputs;
    this.#rows = Array.from({ length: outputs }, () => ({ bias: 0, entries: [] }));
  }

  /** Sets a row: bias + sum of terms. Terms of one coordinate are added up. */
  set(row: number, bias: number, terms: readonly Term[]): this {
    const sums = new Map<number, number>();
    for (const [column, weight] of terms) sums.set(column, (sums.get(column) ?? 0) + weight);
    const entries = [...sums].filter(([, weight]) => weight !== 0).toSorted(([a], [b]) => a - b);
    this.#rows[row] = { bias, entries };
    return this;
  }

  /** Rows that copy their own coordinate. */
  copy(...coordinates: readonly number[]): this {
    for (const coordinate of coordinates) this.set(coordinate, 0, [[coordinate, 1]]);
    return this;
  }

  build(): AffineMap {
    return { inputs: this.#inputs, rows: this.#rows };
  }
}

/** 0, ..., count - 1 */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
