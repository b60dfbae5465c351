/**
 * A grid of letters that stands for an unbounded tape: blank all around, in the compute phase, and doubled on a side
 * before a change comes to the border there.
 */
import { MOVE_OFFSETS, TAPE_SYMBOLS, type NormalMachine, type TapeSymbol } from "../../spec/machines/machine.js";
import { encodeTapeCell } from "../../spec/rcnn/configuration-code.js";
import type { FilterTable } from "./filter-table.js";
import type { LetterGrid } from "./letter-grid.js";
import { valueToLetter } from "./letters.js";
import { RollOut } from "./roll-out.js";

/** A cell of a grid. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** What is on the tape before the first step: rows of symbols, the first one at row 0, column 0; blank elsewhere. */
export interface GridInput {
  readonly rows: readonly (readonly TapeSymbol[])[];
  /** The cell on which the head begins. */
  readonly headRow: number;
  readonly headColumn: number;
}

/** No input: a blank tape. */
export const NO_INPUT: GridInput = { rows: [], headRow: 0, headColumn: 0 };

/** A grid would need more cells than it may have. */
export class GridLimitError extends RangeError {
  override readonly name: string = "GridLimitError";
}

/** Rows or columns to begin with, where the machine moves that way. */
const FIRST_SIDE = 64;

/** A side is doubled when less than one in MARGIN of the rows or columns is left there. */
const MARGIN = 8;

/** One axis of the grid: rows or columns. */
interface Axis {
  length: number;
  /** Where the head started. */
  start: number;
  /** The first and the last index that the last changing layer changed. */
  first: number;
  last: number;
  /** Whether the machine moves towards lower and higher indices at all. */
  readonly movesLow: boolean;
  readonly movesHigh: boolean;
}

/** The tape of a one-headed machine, rolled out a few layers at a time. */
export class GrowingGrid {
  readonly #table: FilterTable;
  readonly #maxCells: number;
  readonly #blank: number;
  readonly #rows: Axis;
  readonly #columns: Axis;
  #run: RollOut;
  #pastEvaluations = 0;

  /**
   * A grid with an input and a head in state 0, blank elsewhere; no row but those of the input and the head if the machine never
   * moves up or down, and likewise for columns.
   *
   * @param machine in normal form
   * @param maxCells largest number of cells
   * @throws {GridLimitError} if the first grid already has more
   */
  constructor(machine: NormalMachine, table: FilterTable, maxCells: number, input: GridInput = NO_INPUT) {
    this.#table = table;
    this.#maxCells = maxCells;
    const { letters } = table;
    this.#blank = valueToLetter(letters, encodeTapeCell(letters.code, { symbol: 0, state: undefined }));
    const width = Math.max(1, ...input.rows.map((row) => row.length));
    this.#rows = axis(machine, 0, Math.max(1, input.rows.length), input.headRow);
    this.#columns = axis(machine, 1, width, input.headColumn);
    const grid = this.#blankGrid();
    const { row, column } = this.start;
    const letterOf = (symbol: TapeSymbol, state: number | undefined): number =>
      valueToLetter(letters, encodeTapeCell(letters.code, { symbol, state }));
    const signs = new Map(TAPE_SYMBOLS.map((symbol) => [symbol, letterOf(symbol, undefined)]));
    for (const [r, line] of input.rows.entries()) {
      const first = (row - input.headRow + r) * grid.columns + column - input.headColumn;
      for (const [c, symbol] of line.entries()) grid.letters[first + c] = signs.get(symbol) as number;
    }
    const under = input.rows[input.headRow]?.[input.headColumn] ?? 0;
    grid.letters[row * grid.columns + column] = letterOf(under, 0);
    this.#run = new RollOut(table, grid);
  }

  get rows(): number {
    return this.#rows.length;
  }

  get columns(): number {
    return this.#columns.length;
  }

  /** Where the head started. */
  get start(): GridPlace {
    return { row: this.#rows.start, column: this.#columns.start };
  }

  /** Whether it is known that no further layer changes anything. */
  get isFixed(): boolean {
    return this.#run.isFixed;
  }

  /** How many cells have been evaluated so far. */
  get evaluations(): number {
    return this.#pastEvaluations + this.#run.evaluations;
  }

  /** A copy of the grid as it is now. */
  grid(): LetterGrid {
    return this.#run.grid();
  }

  /**
   * Rolls out up to `layers` layers, fewer if a change might then have come to the border or if the grid is fixed.
   *
   * @returns how many layers changed something; 0 only if the grid is fixed or `layers` is 0
   * @throws {GridLimitError} if the grid has to outgrow maxCells
   * @throws {RangeError} if the filter leaves the alphabet
   */
  advance(layers: number): number {
    this.#grow();
    // A head with d cells between itself and the border is still on the grid after d + 1 moves towards it.
    const done = this.#run.advance(Math.min(layers, room(this.#rows), room(this.#columns)));
    const changed = this.#run.changedCells();
    if (done > 0) {
      see(
        this.#rows,
        changed.map((cell) => Math.floor(cell / this.columns)),
      );
      see(
        this.#columns,
        changed.map((cell) => cell % this.columns),
      );
    }
    return done;
  }

  #blankGrid(): LetterGrid {
    const { rows, columns } = this;
    if (rows * columns > this.#maxCells) {
      throw new GridLimitError(
        `runMachine: expected a grid of at most ${this.#maxCells} cells, the machine needs ${rows * columns}`,
      );
    }
    return { rows, columns, letters: new Uint16Array(rows * columns).fill(this.#blank) };
  }

  /** Doubles the grid on each side on which there is little left. */
  #grow(): void {
    const rowShift = widen(this.#rows);
    const columnShift = widen(this.#columns);
    if (rowShift === undefined && columnShift === undefined) return;
    const old = this.#run.grid();
    const grid = this.#blankGrid();
    for (let row = 0; row < old.rows; row++) {
      const line = old.letters.subarray(row * old.columns, (row + 1) * old.columns);
      grid.letters.set(line, (row + (rowShift ?? 0)) * grid.columns + (columnShift ?? 0));
    }
    this.#pastEvaluations += this.#run.evaluations;
    this.#run = new RollOut(this.#table, grid);
  }
}

/** The rows (0) or columns (1) of the first grid, with room for an input of a length and a head on one of its cells or beside it. */
function axis(machine: NormalMachine, coordinate: 0 | 1, inputLength: number, head: number): Axis {
  const offsets = machine.table.flatMap((row) =>
    TAPE_SYMBOLS.map((symbol) => MOVE_OFFSETS[row[symbol].move][coordinate]),
  );
  const movesLow = offsets.includes(-1);
  const movesHigh = offsets.includes(1);
  const low = Math.min(0, head);
  const needed = Math.max(inputLength - 1, head) - low + 1;
  const length = movesLow || movesHigh ? FIRST_SIDE + needed - 1 : needed;
  const start = ((length - needed + 1) >> 1) - low + head;
  return { length, start, first: start, last: start, movesLow, movesHigh };
}

/** For how many layers no head can leave the grid along an axis. */
function room({ length, first, last, movesLow, movesHigh }: Axis): number {
  return Math.min(movesLow ? first : Infinity, movesHigh ? length - 1 - last : Infinity);
}

/**
 * Doubles an axis on each side on which it is short; returns by how much indices shift, or undefined if it is long
 * enough.
 */
function widen(line: Axis): number | undefined {
  const isShort = (left: number): boolean => MARGIN * left < line.length;
  let shift: number | undefined;
  if (line.movesLow && isShort(line.first)) {
    shift = line.length;
    line.length *= 2;
    line.start += shift;
    line.first += shift;
    line.last += shift;
  }
  if (line.movesHigh && isShort(line.length - 1 - line.last)) {
    line.length *= 2;
    shift ??= 0;
  }
  return shift;
}

function see(line: Axis, indices: readonly number[]): void {
  line.first = indices.reduce((least, index) => Math.min(least, index), Infinity);
  line.last = indices.reduce((most, index) => Math.max(most, index), -Infinity);
}
