/**
 * Roll-outs of a filter on a grid of letters (Definition 5): each layer replaces all cells at once by the filter of
 * their patches, with p beyond the edge.
 *
 * Event-driven: a cell whose patch the filter cannot tell from the patch it saw there before keeps its letter, so only
 * cells beside a change are evaluated. Nothing is assumed of the filter or of the grid: any number of heads, any
 * phases. Compare rollOutDense in roll-out-dense.ts, which evaluates every cell in every layer.
 */
import { PLACES } from "../../spec/rcnn/patch.js";
import type { FilterTable } from "./filter-table.js";
import { assertLayers, assertLetterGrid, placeOffset, type LetterGrid } from "./letter-grid.js";

const ALL_PLACES: readonly number[] = Array.from({ length: PLACES }, (_, place) => place);

/**
 * A grid that is rolled out a few layers at a time.
 *
 * All that the hot loop touches, but the table's answers, lies in one array, for access to many typed arrays is what
 * would cost most. In order:
 * - parts: twice the table's key parts, for the places through which a change can reach a cell; shape letters x reach
 * - reach: from a cell to each of those places, in this array
 * - cells: two numbers for each cell of the grid in a frame of p, 2 * key + (1 if the cell is queued), and the letter.
 *   A key is cut to 31 bits here. The frame counts as queued, so that it never is; its keys mean nothing
 * - queue: the cells to evaluate in the next layer, by their position in this array
 * - changes: position and new letter of each cell that a layer changes, alternately
 */
export class RollOut {
  readonly rows: number;
  readonly columns: number;
  readonly #table: FilterTable;
  readonly #memory: Int32Array;
  readonly #reaching: number;
  readonly #reachStart: number;
  readonly #cellStart: number;
  readonly #queueStart: number;
  readonly #changesStart: number;
  /** From a cell to each of the nine places, in #memory. */
  readonly #offsets: Int32Array;
  readonly #patch: Uint16Array = new Uint16Array(PLACES);
  #queued = 0;
  #changes = 0;
  #evaluations = 0;

  /**
   * @param grid is copied
   * @throws {RangeError} if the grid is empty or holds anything but letters of the table
   */
  constructor(table: FilterTable, grid: LetterGrid) {
    assertLetterGrid(table.letters, grid, "RollOut");
    const { rows, columns } = grid;
    const { keyParts, places, letters } = table;
    this.rows = rows;
    this.columns = columns;
    this.#table = table;
    // On a grid of a single row nothing ever changes above or below; likewise for a single column.
    const reach = [...places.keys()].filter((k) => {
      const [row, column] = placeOffset(places[k] as number);
      return Math.abs(row) < rows && Math.abs(column) < columns;
    });
    this.#reaching = reach.length;
    this.#reachStart = letters.cells.length * reach.length;
    this.#cellStart = this.#reachStart + reach.length;
    this.#queueStart = this.#cellStart + 2 * (rows + 2) * (columns + 2);
    this.#changesStart = this.#queueStart + rows * columns;
    this.#memory = new Int32Array(this.#changesStart + 2 * rows * columns);
    this.#offsets = Int32Array.from(ALL_PLACES, (place) => {
      const [row, column] = placeOffset(place);
      return this.#position(row, column) - this.#position(0, 0);
    });
    for (const [i, k] of reach.entries()) {
      this.#memory[this.#reachStart + i] = this.#offsets[places[k] as number] as number;
      for (let letter = 0; letter < letters.cells.length; letter++) {
        this.#memory[letter * reach.length + i] = 2 * (keyParts[letter * places.length + k] as number);
      }
    }
    this.#fill(grid.letters);
  }

  /** Whether it is known that no further layer changes anything. */
  get isFixed(): boolean {
    return this.#queued === 0;
  }

  /** How many cells have been evaluated so far, over all layers. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** The letter of a cell as it is now. */
  letterAt(row: number, column: number): number {
    return this.#memory[this.#position(row, column) + 1] as number;
  }

  /** The cells (row * columns + column) that the last layer changed. */
  changedCells(): number[] {
    const width = this.columns + 2;
    return Array.from({ length: this.#changes }, (_, i) => {
      const cell = ((this.#memory[this.#changesStart + 2 * i] as number) - this.#cellStart) >> 1;
      return (Math.floor(cell / width) - 1) * this.columns + (cell % width) - 1;
    });
  }

  /** A copy of the grid as it is now. */
  grid(): LetterGrid {
    const { rows, columns } = this;
    const letters = new Uint16Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const start = this.#position(row, 0) + 1;
      for (let column = 0; column < columns; column++) {
        letters[row * columns + column] = this.#memory[start + 2 * column] as number;
      }
    }
    return { rows, columns, letters };
  }

  /**
   * Rolls out further layers, up to the first that changes nothing: from there on nothing ever changes.
   *
   * @returns how many layers changed something; fewer than `layers` only at a fixed point
   * @throws {RangeError} if `layers` is malformed, or if the filter's output at some cell is not a letter; then the
   *   grid is as it was before that layer, and cannot be continued
   */
  advance(layers: number): number {
    assertLayers(layers, "RollOut.advance");
    const memory = this.#memory;
    const reaching = this.#reaching;
    const reachStart = this.#reachStart;
    const queueStart = this.#queueStart;
    const changesStart = this.#changesStart;
    const { answers } = this.#table;
    const isDense = this.#table.isDense === true;
    let queueEnd = queueStart + this.#queued;
    let changesEnd = changesStart + 2 * this.#changes;
    let done = 0;
    while (done < layers && queueEnd > queueStart) {
      this.#evaluations += queueEnd - queueStart;
      changesEnd = changesStart;
      for (let i = queueStart; i < queueEnd; i++) {
        const cell = memory[i] as number;
        const key = memory[cell] as number;
        let answer = isDense ? (answers[key >> 1] as number) : 0;
        if (answer === 0) answer = this.#ask(cell);
        memory[cell] = key - 1;
        if (memory[cell + 1] !== answer - 1) {
          memory[changesEnd] = cell;
          memory[changesEnd + 1] = answer - 1;
          changesEnd += 2;
        }
      }
      queueEnd = queueStart;
      for (let i = changesStart; i < changesEnd; i += 2) {
        const cell = memory[i] as number;
        const letter = memory[i + 1] as number;
        const before = (memory[cell + 1] as number) * reaching;
        const after = letter * reaching;
        memory[cell + 1] = letter;
        for (let k = 0; k < reaching; k++) {
          const difference = (memory[after + k] as number) - (memory[before + k] as number);
          if (difference === 0) continue;
          const reader = cell - (memory[reachStart + k] as number);
          const key = ((memory[reader] as number) + difference) | 0;
          memory[reader] = key | 1;
          if ((key & 1) === 0) memory[queueEnd++] = reader;
        }
      }
      if (changesEnd > changesStart) done++;
    }
    this.#queued = queueEnd - queueStart;
    this.#changes = (changesEnd - changesStart) >> 1;
    return done;
  }

  /** Where a cell's two numbers are in #memory; row and column may be one beyond the edge. */
  #position(row: number, column: number): number {
    return this.#cellStart + 2 * ((row + 1) * (this.columns + 2) + column + 1);
  }

  /** Writes the grid and its frame, and queues every cell. */
  #fill(letters: Uint16Array): void {
    const { rows, columns } = this;
    const { keyParts, places, letters: alphabet } = this.#table;
    const memory = this.#memory;
    for (let position = this.#cellStart; position < this.#queueStart; position += 2) {
      memory[position] = 1;
      memory[position + 1] = alphabet.padding;
    }
    for (let row = 0; row < rows; row++) {
      const start = this.#position(row, 0);
      for (let column = 0; column < columns; column++) {
        memory[start + 2 * column + 1] = letters[row * columns + column] as number;
      }
    }
    for (let row = 0; row < rows; row++) {
      const start = this.#position(row, 0);
      for (let column = 0; column < columns; column++) {
        const position = start + 2 * column;
        let key = 0;
        for (let k = 0; k < places.length; k++) {
          const letter = memory[position + (this.#offsets[places[k] as number] as number) + 1] as number;
          key = (key + (keyParts[letter * places.length + k] as number)) | 0;
        }
        memory[position] = 2 * key + 1;
        memory[this.#queueStart + this.#queued++] = position;
      }
    }
  }

  /** Reads the letters around a cell, at the given places, into #patch. */
  #look(position: number, places: readonly number[]): void {
    for (const place of places) {
      this.#patch[place] = this.#memory[position + (this.#offsets[place] as number) + 1] as number;
    }
  }

  /** The table's answer (letter + 1) at a cell. */
  #ask(position: number): number {
    const key = (this.#memory[position] as number) >> 1;
    this.#look(position, this.#table.places);
    const answer = this.#table.find(key, this.#patch);
    if (answer !== 0) return answer;
    this.#look(position, ALL_PLACES);
    return this.#table.learn(key, this.#patch);
  }
}

/**
 * Rolls a grid out for a number of layers.
 *
 * @returns the last grid; the given one is not changed
 * @throws {RangeError} if the grid or the number is malformed, or if the filter's output at some cell is not a letter
 */
export function rollOut(table: FilterTable, grid: LetterGrid, layers: number): LetterGrid {
  const run = new RollOut(table, grid);
  run.advance(layers);
  return run.grid();
}
