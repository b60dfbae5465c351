/** An unbounded plane of letters in tiles, of which each content is kept once: memory is linear in the visited cells. */

/** An axis along which a machine moves has tiles of this many cells; any other axis has one cell. */
export const TILE_SIDE = 16;

/** The number of the tile that is blank everywhere. */
export const BLANK_TILE = 0;

/** Columns of tiles between rows of tiles in a key; a run that visits as many is beyond any limit. */
const ROW_STRIDE = 2 ** 26;

/** Contents of tiles, by number. */
export class TileContents {
  readonly #letters: Uint16Array[] = [];
  readonly #numbers = new Map<string, number>();

  /** @param blank the letters of BLANK_TILE; shape: rows x columns of a tile, row-major */
  constructor(blank: Uint16Array) {
    this.numberOf(blank);
  }

  /** How many different contents there are. */
  get size(): number {
    return this.#letters.length;
  }

  /** The number of a content, which is kept if it is new. */
  numberOf(letters: Uint16Array): number {
    const key = String.fromCharCode(...letters);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#letters.length;
    this.#letters.push(letters);
    this.#numbers.set(key, number);
    return number;
  }

  /** The letters of a number; not to be changed. */
  lettersOf(number: number): Uint16Array {
    return this.#letters[number] as Uint16Array;
  }
}

/** Which tiles lie where; all others are blank. Rows and columns of tiles are integers of either sign. */
export class TilePlane {
  readonly #tiles = new Map<number, number>();
  #top = 0;
  #bottom = 0;
  #left = 0;
  #right = 0;

  /** How many tiles have been put somewhere, blank ones counted. */
  get size(): number {
    return this.#tiles.size;
  }

  /** The least box of tiles around all that were put somewhere; the last row and column belong to it. */
  get box(): { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number } {
    return { top: this.#top, bottom: this.#bottom, left: this.#left, right: this.#right };
  }

  /** The number of the tile at a place. */
  at(row: number, column: number): number {
    return this.#tiles.get(row * ROW_STRIDE + column) ?? BLANK_TILE;
  }

  /** Puts a tile at a place. */
  put(row: number, column: number, tile: number): void {
    this.#tiles.set(row * ROW_STRIDE + column, tile);
    if (row < this.#top) this.#top = row;
    if (row > this.#bottom) this.#bottom = row;
    if (column < this.#left) this.#left = column;
    if (column > this.#right) this.#right = column;
  }

  /** Every tile that was put somewhere and is not blank, with its place. */
  *entries(): IterableIterator<readonly [row: number, column: number, tile: number]> {
    for (const [key, tile] of this.#tiles) {
      if (tile === BLANK_TILE) continue;
      const row = Math.round(key / ROW_STRIDE);
      yield [row, key - row * ROW_STRIDE, tile];
    }
  }

  /** Replaces the number of each tile. */
  renumber(numberOf: (tile: number) => number): void {
    for (const [key, tile] of this.#tiles) this.#tiles.set(key, numberOf(tile));
  }
}
