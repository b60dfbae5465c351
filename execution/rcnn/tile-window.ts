/**
 * A few tiles of the plane, side by side, in which layers are rolled out cell by cell for as long as nothing outside
 * can matter: until a cell at the border of the window would have to be evaluated.
 */
import { PLACES } from "../../spec/rcnn/patch.js";
import type { FilterTable } from "./filter-table.js";
import { placeOffset } from "./letter-grid.js";

/** Rows and columns of something. */
export interface Sides {
  readonly rows: number;
  readonly columns: number;
}

/** How a window's layers went. */
export interface WindowRun {
  /** Layers that changed a cell. */
  readonly layers: number;
  /** Cells evaluated. */
  readonly evaluations: number;
  /** The cells to evaluate in the next layer, rising; none if nothing changes any more. */
  readonly queue: Int32Array;
}

/** A window of a fixed number of tiles. */
export class TileWindow {
  readonly rows: number;
  readonly columns: number;
  readonly #table: FilterTable;
  readonly #tiles: Sides;
  readonly #tile: Sides;
  /** Cells in a frame: p along an axis of one cell, never read along the others. */
  readonly #letters: Uint16Array;
  /** Whether a cell is queued; the frame always is, so that it never is put into a queue. */
  readonly #isQueued: Uint8Array;
  /** Whether a cell lies at a border beyond which there are other cells. */
  readonly #isAtBorder: Uint8Array;
  readonly #offsets: Int32Array;
  /** The indices into table.places through which a change can reach a cell. */
  readonly #reaching: readonly number[];
  readonly #patch = new Uint16Array(PLACES);

  /**
   * @param tiles how many tiles the window has along each axis
   * @param tile the cells of a tile; an axis of one cell has one tile and is bordered by p
   */
  constructor(table: FilterTable, tiles: Sides, tile: Sides) {
    this.#table = table;
    this.#tiles = tiles;
    this.#tile = tile;
    this.rows = tiles.rows * tile.rows;
    this.columns = tiles.columns * tile.columns;
    const size = (this.rows + 2) * (this.columns + 2);
    this.#letters = new Uint16Array(size).fill(table.letters.padding);
    this.#isQueued = new Uint8Array(size).fill(1);
    this.#isAtBorder = new Uint8Array(size);
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) {
        const cell = this.#cellAt(row, column);
        this.#isQueued[cell] = 0;
        const atEnd = tile.rows > 1 && (row === 0 || row === this.rows - 1);
        const atSide = tile.columns > 1 && (column === 0 || column === this.columns - 1);
        if (atEnd || atSide) this.#isAtBorder[cell] = 1;
      }
    }
    this.#offsets = Int32Array.from({ length: PLACES }, (_, place) => {
      const [row, column] = placeOffset(place);
      return row * (this.columns + 2) + column;
    });
    this.#reaching = [...table.places.keys()].filter((k) => {
      const [row, column] = placeOffset(table.places[k] as number);
      return Math.abs(row) < this.rows && Math.abs(column) < this.columns;
    });
  }

  /** Writes a tile's letters; tiles are numbered row by row. */
  load(index: number, letters: Uint16Array): void {
    const { rows, columns } = this.#tile;
    for (let row = 0; row < rows; row++) {
      this.#letters.set(letters.subarray(row * columns, (row + 1) * columns), this.#tileStart(index, row));
    }
  }

  /** A copy of a tile's letters. */
  read(index: number): Uint16Array {
    const { rows, columns } = this.#tile;
    const letters = new Uint16Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const start = this.#tileStart(index, row);
      letters.set(this.#letters.subarray(start, start + columns), row * columns);
    }
    return letters;
  }

  /**
   * Rolls out layers until one would evaluate a cell at the border, nothing changes any more, or `limit` layers have
   * changed something.
   *
   * @param queue the cells to evaluate in the first layer (row * columns + column), none of them at the border
   * @throws {RangeError} if the filter's output at a cell is not a letter
   */
  run(queue: Int32Array, limit: number): WindowRun {
    let current: number[] = Array.from(queue, (cell) =>
      this.#cellAt(Math.floor(cell / this.columns), cell % this.columns),
    );
    let layers = 0;
    let evaluations = 0;
    let isInside = true;
    while (isInside && current.length > 0 && layers < limit) {
      const changes = this.#evaluate(current);
      evaluations += current.length;
      current = [];
      for (const [cell, letter] of changes) isInside = this.#change(cell, letter, current) && isInside;
      for (const cell of current) this.#isQueued[cell] = 0;
      if (changes.length > 0) layers++;
    }
    return { layers, evaluations, queue: Int32Array.from(current, (cell) => this.#outside(cell)).sort() };
  }

  /** The cells that a layer changes, with their new letters. */
  #evaluate(queue: readonly number[]): (readonly [cell: number, letter: number])[] {
    const changes: (readonly [number, number])[] = [];
    const { keyParts, places } = this.#table;
    const letters = this.#letters;
    for (const cell of queue) {
      let key = 0;
      for (let k = 0; k < places.length; k++) {
        const letter = letters[cell + (this.#offsets[places[k] as number] as number)] as number;
        key = (key + (keyParts[letter * places.length + k] as number)) | 0;
      }
      const letter = this.#ask(cell, key);
      if (letter !== letters[cell]) changes.push([cell, letter]);
    }
    return changes;
  }

  /** Changes a cell and queues its readers; returns false if one of them is at the border. */
  #change(cell: number, letter: number, queue: number[]): boolean {
    const { keyParts, places } = this.#table;
    const before = (this.#letters[cell] as number) * places.length;
    const after = letter * places.length;
    let isInside = true;
    this.#letters[cell] = letter;
    for (const k of this.#reaching) {
      if (keyParts[before + k] === keyParts[after + k]) continue;
      const reader = cell - (this.#offsets[places[k] as number] as number);
      if (this.#isQueued[reader] === 1) continue;
      this.#isQueued[reader] = 1;
      queue.push(reader);
      if (this.#isAtBorder[reader] === 1) isInside = false;
    }
    return isInside;
  }

  /** The table's letter for the patch around a cell. */
  #ask(cell: number, key: number): number {
    const table = this.#table;
    const dense = table.isDense ? (table.answers[key] as number) : 0;
    if (dense !== 0) return dense - 1;
    for (let place = 0; place < PLACES; place++) {
      this.#patch[place] = this.#letters[cell + (this.#offsets[place] as number)] as number;
    }
    const answer = table.find(key, this.#patch);
    return (answer === 0 ? table.learn(key, this.#patch) : answer) - 1;
  }

  #cellAt(row: number, column: number): number {
    return (row + 1) * (this.columns + 2) + column + 1;
  }

  #outside(cell: number): number {
    const width = this.columns + 2;
    return (Math.floor(cell / width) - 1) * this.columns + (cell % width) - 1;
  }

  #tileStart(index: number, row: number): number {
    const tileRow = Math.floor(index / this.#tiles.columns);
    const tileColumn = index % this.#tiles.columns;
    return this.#cellAt(tileRow * this.#tile.rows + row, tileColumn * this.#tile.columns);
  }
}

/** Where two tiles begin that hold all indices, none of them at their border; undefined if they reach too far. */
export function windowStart(indices: readonly number[], side: number): number | undefined {
  if (side === 1) return 0;
  const [first, last] = ends(indices);
  const start = Math.round((first + last + 1) / (2 * side)) - 1;
  return first > start * side && last < (start + 2) * side - 1 ? start : undefined;
}

/** Tiles that hold all indices, with as much on each side as lies between them. */
export function span(indices: readonly number[], side: number): { readonly first: number; readonly count: number } {
  if (side === 1) return { first: 0, count: 1 };
  const [least, most] = ends(indices);
  const margin = most - least + 1;
  const first = Math.floor((least - margin) / side);
  return { first, count: Math.ceil((most + 1 + margin) / side) - first };
}

function ends(indices: readonly number[]): readonly [first: number, last: number] {
  return [
    indices.reduce((least, index) => Math.min(least, index), Infinity),
    indices.reduce((most, index) => Math.max(most, index), -Infinity),
  ];
}
