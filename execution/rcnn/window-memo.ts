/**
 * What windows of at most four tiles come to: a hash table from the tiles and the queued cells of a window to its tiles
 * and queued cells after a number of layers. The outcome of a window depends on nothing else, so a step through it is
 * as exact as rolling it out again.
 */

/** Tiles of a window; those that a smaller window lacks are BLANK_TILE. */
export const WINDOW_TILES = 4;

/** The shift of a window that stays where it is. */
export const STAYS = 4;

/** Offsets of an entry's numbers; the first WINDOW_TILES + 1 are what it is found by. */
const QUEUE = WINDOW_TILES;
const TILES_AFTER = QUEUE + 1;
const QUEUE_AFTER = TILES_AFTER + WINDOW_TILES;
const SHIFT = QUEUE_AFTER + 1;
const LAYERS = SHIFT + 1;
const EVALUATIONS = LAYERS + 1;
const ENTRY = EVALUATIONS + 1;

const FIRST_SLOTS = 1 << 10;

/** Entries after which all are forgotten; with it the table has at most 28 MiB. */
const KEPT_ENTRIES = 1 << 18;

/** A hash table of outcomes; an entry is named by where its numbers begin. */
export class WindowMemo {
  #numbers = new Int32Array(FIRST_SLOTS * ENTRY);
  #size = 0;

  /** The entry for a window, or -1. */
  find(tiles: Int32Array, queue: number): number {
    const numbers = this.#numbers;
    const mask = numbers.length / ENTRY - 1;
    for (let slot = hash(tiles, queue) & mask; ; slot = (slot + 1) & mask) {
      const entry = slot * ENTRY;
      const other = numbers[entry + QUEUE] as number;
      if (other === 0) return -1;
      if (
        other === queue &&
        numbers[entry] === tiles[0] &&
        numbers[entry + 1] === tiles[1] &&
        numbers[entry + 2] === tiles[2] &&
        numbers[entry + 3] === tiles[3]
      ) {
        return entry;
      }
    }
  }

  /** The number of a tile after the layers of an entry. */
  tileAfter(entry: number, index: number): number {
    return this.#numbers[entry + TILES_AFTER + index] as number;
  }

  /** The queue after the layers of an entry, in the window that follows; 0 if nothing changes any more. */
  queueAfter(entry: number): number {
    return this.#numbers[entry + QUEUE_AFTER] as number;
  }

  /** By how many tiles the window that follows lies further down and to the right: 3 * (rows + 1) + columns + 1. */
  shift(entry: number): number {
    return this.#numbers[entry + SHIFT] as number;
  }

  /** How many layers of an entry changed something. */
  layers(entry: number): number {
    return this.#numbers[entry + LAYERS] as number;
  }

  /** How many cells an entry's layers evaluated. */
  evaluations(entry: number): number {
    return this.#numbers[entry + EVALUATIONS] as number;
  }

  /** Keeps an outcome that is not known yet. `queue` is not 0. */
  add(
    tiles: Int32Array,
    queue: number,
    after: {
      readonly tiles: Int32Array;
      readonly queue: number;
      readonly shift: number;
      readonly layers: number;
      readonly evaluations: number;
    },
  ): void {
    if (this.#size >= KEPT_ENTRIES) this.clear();
    if (2 * (this.#size + 1) * ENTRY > this.#numbers.length) this.#rehash();
    this.#size++;
    const entry = this.#free(tiles, queue);
    this.#numbers.set(tiles, entry);
    this.#numbers[entry + QUEUE] = queue;
    this.#numbers.set(after.tiles, entry + TILES_AFTER);
    this.#numbers[entry + QUEUE_AFTER] = after.queue;
    this.#numbers[entry + SHIFT] = after.shift;
    this.#numbers[entry + LAYERS] = after.layers;
    this.#numbers[entry + EVALUATIONS] = after.evaluations;
  }

  /** Forgets everything. */
  clear(): void {
    this.#numbers = new Int32Array(FIRST_SLOTS * ENTRY);
    this.#size = 0;
  }

  /** Where the numbers of a new entry begin. */
  #free(tiles: Int32Array, queue: number): number {
    const mask = this.#numbers.length / ENTRY - 1;
    let slot = hash(tiles, queue) & mask;
    while (this.#numbers[slot * ENTRY + QUEUE] !== 0) slot = (slot + 1) & mask;
    return slot * ENTRY;
  }

  #rehash(): void {
    const old = this.#numbers;
    this.#numbers = new Int32Array(2 * old.length);
    for (let entry = 0; entry < old.length; entry += ENTRY) {
      const queue = old[entry + QUEUE] as number;
      if (queue === 0) continue;
      this.#numbers.set(
        old.subarray(entry, entry + ENTRY),
        this.#free(old.subarray(entry, entry + WINDOW_TILES), queue),
      );
    }
  }
}

function hash(tiles: Int32Array, queue: number): number {
  let bits = Math.imul(tiles[0] as number, 0x9e3779b1) ^ Math.imul(queue, 0x85ebca77);
  bits = Math.imul(bits ^ (tiles[1] as number), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15) ^ (tiles[2] as number), 0x846ca68b);
  bits = Math.imul(bits ^ (bits >>> 13) ^ (tiles[3] as number), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** Sets of cells to evaluate in a window, numbered from 1 on. */
export class QueueNumbers {
  readonly #cells: Int32Array[] = [];
  readonly #numbers = new Map<string, number>();

  get size(): number {
    return this.#cells.length;
  }

  /** The number of a set, given in rising order. */
  numberOf(cells: Int32Array): number {
    const key = cells.join(" ");
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#cells.push(cells);
    this.#numbers.set(key, this.#cells.length);
    return this.#cells.length;
  }

  cellsOf(number: number): Int32Array {
    return this.#cells[number - 1] as Int32Array;
  }

  clear(): void {
    this.#cells.length = 0;
    this.#numbers.clear();
  }
}
