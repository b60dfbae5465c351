/**
 * Roll-outs of a filter on a grid of letters (section 3.2): every layer replaces all cells at once by the filter of their patch.
 *
 * Event-driven: a cell whose patch looks to the filter as it did in the layer before keeps its letter, so only cells
 * near a change are evaluated. Nothing is assumed of the filter or the grid: any number of heads, any phases. rollOutDense
 * evaluates every cell in every layer, by another route, for comparison.
 */
import { PLACES } from "../../spec/rcnn/patch.js";
import type { FilterTable } from "./filter-table.js";

/** Cells by letter. */
export interface LetterGrid {
  readonly rows: number;
  readonly columns: number;
  /** Shape: rows x columns, row-major; p does not occur. */
  readonly letters: Uint16Array;
}

/** Row and column offset of a place of a patch. */
function placeOffset(place: number): readonly [row: number, column: number] {
  return [Math.floor(place / 3) - 1, (place % 3) - 1];
}

/** A grid that is rolled out a few layers at a time. */
export class RollOut {
  readonly rows: number;
  readonly columns: number;
  readonly #table: FilterTable;
  /** The grid in a frame of p: shape (rows + 2) x stride. */
  readonly #letters: Uint16Array;
  readonly #stride: number;
  /** Offset in #letters of each place that the filter reads, and of all nine. */
  readonly #offsets: Int32Array;
  readonly #patchOffsets: Int32Array;
  /** The table's key of each cell's patch; meaningless in the frame. */
  readonly #keys: Int32Array;
  /** Cells to evaluate in the next layer; 1 in #isQueued. The frame counts as queued, so that it never is. */
  readonly #queue: Int32Array;
  readonly #isQueued: Uint8Array;
  #queued = 0;
  /** Cells that the last layer changed, and scratch space for their new letters. */
  readonly #changed: Int32Array;
  readonly #changedTo: Uint16Array;
  #changes = 0;
  #evaluations = 0;

  /**
   * @param grid is copied
   * @throws {RangeError} if the grid is empty or holds anything but letters of the table
   */
  constructor(table: FilterTable, grid: LetterGrid) {
    assertGrid(table, grid, "RollOut");
    const { rows, columns, letters } = grid;
    const stride = columns + 2;
    const size = (rows + 2) * stride;
    this.rows = rows;
    this.columns = columns;
    this.#table = table;
    this.#stride = stride;
    const offsetOf = (place: number): number => {
      const [row, column] = placeOffset(place);
      return row * stride + column;
    };
    this.#offsets = Int32Array.from(table.places, offsetOf);
    this.#patchOffsets = Int32Array.from({ length: PLACES }, (_, place) => offsetOf(place));
    this.#letters = new Uint16Array(size).fill(table.letters.padding);
    this.#keys = new Int32Array(size);
    this.#isQueued = new Uint8Array(size).fill(1);
    this.#queue = new Int32Array(rows * columns);
    this.#changed = new Int32Array(rows * columns);
    this.#changedTo = new Uint16Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      this.#letters.set(letters.subarray(row * columns, (row + 1) * columns), (row + 1) * stride + 1);
    }
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const cell = (row + 1) * stride + column + 1;
        this.#keys[cell] = this.#keyAt(cell);
        this.#queue[this.#queued++] = cell;
      }
    }
  }

  /** Whether it is known that no further layer changes anything. */
  get isFixed(): boolean {
    return this.#queued === 0;
  }

  /** How many cells have been evaluated so far. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** The cells (row * columns + column) that the last layer that was rolled out changed. */
  changedCells(): number[] {
    return Array.from(this.#changed.subarray(0, this.#changes), (cell) => {
      const row = Math.floor(cell / this.#stride) - 1;
      return row * this.columns + (cell % this.#stride) - 1;
    });
  }

  /** A copy of the grid as it is now. */
  grid(): LetterGrid {
    const { rows, columns } = this;
    const letters = new Uint16Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const start = (row + 1) * this.#stride + 1;
      letters.set(this.#letters.subarray(start, start + columns), row * columns);
    }
    return { rows, columns, letters };
  }

  /**
   * Rolls out further layers, up to a layer that changes nothing: after it nothing changes ever.
   *
   * @returns how many layers changed something; fewer than `layers` only at a fixed point
   * @throws {RangeError} if the filter's output at some cell is no letter
   */
  advance(layers: number): number {
    const table = this.#table;
    const { keyParts, isDense, answers } = table;
    const reads = table.places.length;
    const letters = this.#letters;
    const keys = this.#keys;
    const offsets = this.#offsets;
    const queue = this.#queue;
    const isQueued = this.#isQueued;
    const changed = this.#changed;
    const changedTo = this.#changedTo;
    let queued = this.#queued;
    let changes = this.#changes;
    let evaluations = this.#evaluations;
    let done = 0;
    while (done < layers && queued > 0) {
      evaluations += queued;
      changes = 0;
      for (let i = 0; i < queued; i++) {
        const cell = queue[i] as number;
        const key = keys[cell] as number;
        let answer = isDense ? (answers[key] as number) : table.find(key, letters, cell, offsets);
        if (answer === 0) answer = this.#learn(cell);
        isQueued[cell] = 0;
        if (answer - 1 !== letters[cell]) {
          changed[changes] = cell;
          changedTo[changes] = answer - 1;
          changes++;
        }
      }
      queued = 0;
      for (let i = 0; i < changes; i++) {
        const cell = changed[i] as number;
        const to = changedTo[i] as number;
        const before = (letters[cell] as number) * reads;
        const after = to * reads;
        letters[cell] = to;
        for (let k = 0; k < reads; k++) {
          const difference = (keyParts[after + k] as number) - (keyParts[before + k] as number);
          if (difference === 0) continue;
          const reader = cell - (offsets[k] as number);
          keys[reader] = (keys[reader] as number) + difference;
          if (isQueued[reader] === 0) {
            isQueued[reader] = 1;
            queue[queued++] = reader;
          }
        }
      }
      if (changes > 0) done++;
    }
    this.#queued = queued;
    this.#changes = changes;
    this.#evaluations = evaluations;
    return done;
  }

  #keyAt(cell: number): number {
    const { keyParts, places } = this.#table;
    let key = 0;
    for (let k = 0; k < places.length; k++) {
      const letter = this.#letters[cell + (this.#offsets[k] as number)] as number;
      key = (key + (keyParts[letter * places.length + k] as number)) | 0;
    }
    return key;
  }

  #learn(cell: number): number {
    const patch = Array.from(this.#patchOffsets, (offset) => this.#letters[cell + offset] as number);
    return this.#table.learn(this.#keys[cell] as number, patch);
  }
}

/**
 * Rolls a grid out for a number of layers, event-driven.
 *
 * @returns the last grid; the given one is not changed
 * @throws {RangeError} if the grid or the number is malformed, or the filter's output at some cell is no letter
 */
export function rollOut(table: FilterTable, grid: LetterGrid, layers: number): LetterGrid {
  assertLayers(layers, "rollOut");
  const run = new RollOut(table, grid);
  run.advance(layers);
  return run.grid();
}

/**
 * Rolls a grid out for a number of layers, evaluating every cell in every layer.
 *
 * @returns the last grid; the given one is not changed
 * @throws {RangeError} if the grid or the number is malformed, or the filter's output at some cell is no letter
 */
export function rollOutDense(table: FilterTable, grid: LetterGrid, layers: number): LetterGrid {
  assertLayers(layers, "rollOutDense");
  assertGrid(table, grid, "rollOutDense");
  const { rows, columns } = grid;
  const { padding } = table.letters;
  const patch = new Uint16Array(PLACES);
  let current = grid.letters.slice();
  let next = new Uint16Array(current.length);
  for (let layer = 0; layer < layers; layer++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (let place = 0; place < PLACES; place++) {
          const y = row + Math.floor(place / 3) - 1;
          const x = column + (place % 3) - 1;
          const isInside = y >= 0 && y < rows && x >= 0 && x < columns;
          patch[place] = isInside ? (current[y * columns + x] as number) : padding;
        }
        next[row * columns + column] = table.next(patch);
      }
    }
    [current, next] = [next, current];
  }
  return { rows, columns, letters: current };
}

function assertLayers(layers: number, caller: string): void {
  if (!Number.isSafeInteger(layers) || layers < 0) {
    throw new RangeError(`${caller}: expected a number of layers that is an integer of at least 0, got ${layers}`);
  }
}

function assertGrid(table: FilterTable, { rows, columns, letters }: LetterGrid, caller: string): void {
  const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 1;
  if (!isCount(rows) || !isCount(columns)) {
    throw new RangeError(`${caller}: expected at least one row and one column, got ${rows} x ${columns}`);
  }
  if (letters.length !== rows * columns) {
    throw new RangeError(`${caller}: expected ${rows * columns} letters, got ${letters.length}`);
  }
  const { padding } = table.letters;
  const wrong = letters.findIndex((letter) => letter >= padding);
  if (wrong >= 0) {
    throw new RangeError(`${caller}: expected letters below ${padding}, got ${letters[wrong]} at cell ${wrong}`);
  }
}
