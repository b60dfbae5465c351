/**
 * Roll-outs of a filter on a grid of letters (section 3.2): each layer replaces all cells at once by the filter of their
 * patches, with p beyond the edge.
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
 * Everything that changes lies in one array, because the hot loop's cost is the bookkeeping of array accesses: first two
 * numbers for each cell of the framed grid (its key in the table, and 2 * letter + whether the cell is queued), then
 * the queue, then the changes of a layer. The frame is one cell wide, holds p and counts as queued, so that it never is.
 */
export class RollOut {
  readonly rows: number;
  readonly columns: number;
  readonly #table: FilterTable;
  readonly #memory: Int32Array;
  /** Where the queue begins: positions in #memory of cells to evaluate. */
  readonly #queueStart: number;
  /** Where the changes of a layer begin: position and new letter, alternately. */
  readonly #changesStart: number;
  /** From a cell to each of the nine places, in #memory. */
  readonly #offsets: Int32Array;
  /** From a cell to each place through which a change can reach it, in #memory. */
  readonly #reach: Int32Array;
  /** The key parts of those places; shape: letters x #reach. */
  readonly #parts: Int32Array;
  readonly #patch: Uint16Array = new Uint16Array(PLACES);
  #queued: number;
  #changes = 0;
  #evaluations = 0;

  /**
   * @param grid is copied
   * @throws {RangeError} if the grid is empty or holds anything but letters of the table
   */
  constructor(table: FilterTable, grid: LetterGrid) {
    assertLetterGrid(table.letters, grid, "RollOut");
    const { rows, columns } = grid;
    this.rows = rows;
    this.columns = columns;
    this.#table = table;
    const framed = (rows + 2) * (columns + 2);
    this.#queueStart = 2 * framed;
    this.#changesStart = this.#queueStart + rows * columns;
    this.#memory = new Int32Array(this.#changesStart + 2 * rows * columns);
    this.#offsets = Int32Array.from({ length: PLACES }, (_, place) => {
      const [row, column] = placeOffset(place);
      return this.#position(row, column) - this.#position(0, 0);
    });
    // On a grid of a single row nothing ever changes above or below; likewise for a single column.
    const reaching = table.places.flatMap((place, k) => {
      const [row, column] = placeOffset(place);
      return Math.abs(row) < rows && Math.abs(column) < columns ? [k] : [];
    });
    this.#reach = Int32Array.from(reaching, (k) => this.#offsets[table.places[k] as number] as number);
    this.#parts = Int32Array.from({ length: table.letters.cells.length * reaching.length }, (_, i) => {
      const letter = Math.floor(i / reaching.length);
      return table.keyParts[letter * table.places.length + (reaching[i % reaching.length] as number)] as number;
    });
    this.#queued = this.#fill(grid.letters);
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
    return (this.#memory[this.#position(row, column) + 1] as number) >> 1;
  }

  /** The cells (row * columns + column) that the last layer changed. */
  changedCells(): number[] {
    const width = this.columns + 2;
    return Array.from({ length: this.#changes }, (_, i) => {
      const cell = (this.#memory[this.#changesStart + 2 * i] as number) >> 1;
      return (Math.floor(cell / width) - 1) * this.columns + (cell % width) - 1;
    });
  }

  /** A copy of the grid as it is now. */
  grid(): LetterGrid {
    const { rows, columns } = this;
    const letters = new Uint16Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) letters[row * columns + column] = this.letterAt(row, column);
    }
    return { rows, columns, letters };
  }

  /**
   * Rolls out further layers, up to the first that changes nothing: from there on nothing ever changes.
   *
   * @returns how many layers changed something; fewer than `layers` only at a fixed point
   * @throws {RangeError} if `layers` is malformed, or if the filter's output at some cell is no letter; then the grid is
   *   as it was before that layer, and there is no going on
   */
  advance(layers: number): number {
    assertLayers(layers, "RollOut.advance");
    const memory = this.#memory;
    const queueStart = this.#queueStart;
    const changesStart = this.#changesStart;
    const reach = this.#reach;
    const reaching = reach.length;
    const parts = this.#parts;
    const isDense = this.#table.isDense === true;
    const answers = this.#table.answers;
    let queueEnd = queueStart + this.#queued;
    let changesEnd = changesStart + 2 * this.#changes;
    let done = 0;
    while (done < layers && queueEnd > queueStart) {
      this.#evaluations += queueEnd - queueStart;
      changesEnd = changesStart;
      for (let i = queueStart; i < queueEnd; i++) {
        const cell = memory[i] as number;
        let answer = isDense ? (answers[memory[cell] as number] as number) : 0;
        if (answer === 0) answer = this.#ask(cell);
        const letter = (memory[cell + 1] as number) >> 1;
        memory[cell + 1] = letter << 1;
        if (letter !== answer - 1) {
          memory[changesEnd] = cell;
          memory[changesEnd + 1] = answer - 1;
          changesEnd += 2;
        }
      }
      queueEnd = queueStart;
      for (let i = changesStart; i < changesEnd; i += 2) {
        const cell = memory[i] as number;
        const letter = memory[i + 1] as number;
        const mark = memory[cell + 1] as number;
        memory[cell + 1] = (letter << 1) | (mark & 1);
        const before = (mark >> 1) * reaching;
        const after = letter * reaching;
        for (let k = 0; k < reaching; k++) {
          const difference = (parts[after + k] as number) - (parts[before + k] as number);
          if (difference === 0) continue;
          const reader = cell - (reach[k] as number);
          memory[reader] = ((memory[reader] as number) + difference) | 0;
          const readerMark = memory[reader + 1] as number;
          if ((readerMark & 1) === 0) {
            memory[reader + 1] = readerMark | 1;
            memory[queueEnd++] = reader;
          }
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
    return 2 * ((row + 1) * (this.columns + 2) + column + 1);
  }

  /** Writes the grid and its frame, and queues every cell; returns how many. */
  #fill(letters: Uint16Array): number {
    const { rows, columns } = this;
    const { keyParts, places, letters: alphabet } = this.#table;
    const memory = this.#memory;
    for (let position = 0; position < this.#queueStart; position += 2) memory[position + 1] = 2 * alphabet.padding + 1;
    for (let cell = 0; cell < letters.length; cell++) {
      const position = this.#position(Math.floor(cell / columns), cell % columns);
      memory[position + 1] = 2 * (letters[cell] as number) + 1;
      memory[this.#queueStart + cell] = position;
    }
    for (let i = 0; i < rows * columns; i++) {
      const position = memory[this.#queueStart + i] as number;
      this.#look(position, places);
      let key = 0;
      for (let k = 0; k < places.length; k++) {
        const letter = this.#patch[places[k] as number] as number;
        key = (key + (keyParts[letter * places.length + k] as number)) | 0;
      }
      memory[position] = key;
    }
    return rows * columns;
  }

  /** Reads the letters around a cell, at the given places, into #patch. */
  #look(position: number, places: readonly number[]): void {
    for (const place of places) {
      this.#patch[place] = (this.#memory[position + (this.#offsets[place] as number) + 1] as number) >> 1;
    }
  }

  /** The table's answer (letter + 1) at a cell. */
  #ask(position: number): number {
    const key = this.#memory[position] as number;
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
 * @throws {RangeError} if the grid or the number is malformed, or if the filter's output at some cell is no letter
 */
export function rollOut(table: FilterTable, grid: LetterGrid, layers: number): LetterGrid {
  const run = new RollOut(table, grid);
  run.advance(layers);
  return run.grid();
}
