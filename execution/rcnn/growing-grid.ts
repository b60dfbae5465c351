/**
 * A grid of letters that stands for an unbounded tape: blank all around, in the compute phase, kept in tiles.
 *
 * Layers are rolled out in a window of tiles around the cells that can change. What a window of up to four tiles comes
 * to, until something happens at its border, is computed once and remembered (window-memo.ts), so that a machine which
 * passes again over what it has seen costs a look-up for many layers. Nothing is assumed of the filter but that it
 * leaves an empty tape empty, which is asked of it at the start: any number of heads, any phases.
 */
import { MOVE_OFFSETS, TAPE_SYMBOLS, type NormalMachine, type TapeSymbol } from "../../spec/machines/machine.js";
import { encodeTapeCell } from "../../spec/rcnn/configuration-code.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import type { FilterTable } from "./filter-table.js";
import { placeOffset, type LetterGrid } from "./letter-grid.js";
import { valueToLetter } from "./letters.js";
import { BLANK_TILE, TILE_SIDE, TileContents, TilePlane } from "./tile-plane.js";
import { span, TileWindow, windowStart, type Sides } from "./tile-window.js";
import { QueueNumbers, STAYS, WINDOW_TILES, WindowMemo } from "./window-memo.js";

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
const NO_INPUT: GridInput = { rows: [], headRow: 0, headColumn: 0 };

/** A grid would need more cells than it may have. */
export class GridLimitError extends RangeError {
  override readonly name: string = "GridLimitError";
}

/** Layers after which an outcome is kept even though the window is not left, as by a machine that loops there. */
const WINDOW_LAYERS = 4096;

/** Different tiles after which those that are nowhere any more are forgotten. */
const KEPT_CONTENTS = 1 << 18;

/** Sets of queued cells after which they are forgotten, with all that was remembered of windows. */
const KEPT_QUEUES = 1 << 12;

/** The tape of a one-headed machine, rolled out a few layers at a time. */
export class GrowingGrid {
  readonly #table: FilterTable;
  readonly #maxCells: number;
  readonly #blank: number;
  readonly #tile: Sides;
  /** How many tiles a window has as a rule. */
  readonly #usual: Sides;
  readonly #window: TileWindow;
  readonly #plane = new TilePlane();
  #contents: TileContents;
  #keptContents = KEPT_CONTENTS;
  readonly #memo = new WindowMemo();
  readonly #queues = new QueueNumbers();
  /** Where the window begins, in tiles from the one in which the head started; what is in its tiles, which the plane learns when the window moves on. */
  #top = 0;
  #left = 0;
  #tiles = new Int32Array(WINDOW_TILES);
  /** The cells of the window to evaluate in the next layer, by number: 0 for none. */
  #queue = 0;
  /** The cells to evaluate in the next layer where they do not fit into the window. */
  #spread: readonly GridPlace[] = [];
  #evaluations = 0;

  /**
   * A grid with an input and a head in state 0, blank elsewhere; a single row if the machine never moves up or down and the input
   * has no more, and a single column if it never moves left or right and the input has no more.
   *
   * @param machine in normal form
   * @param maxCells largest number of cells
   * @throws {GridLimitError} if the tiles of the input already have more
   * @throws {RangeError} if the filter changes a blank cell among blank cells
   */
  constructor(machine: NormalMachine, table: FilterTable, maxCells: number, input: GridInput = NO_INPUT) {
    this.#table = table;
    this.#maxCells = maxCells;
    const { letters } = table;
    this.#blank = valueToLetter(letters, encodeTapeCell(letters.code, { symbol: 0, state: undefined }));
    const isTall = moves(machine, 0) || input.rows.length > 1 || input.headRow > 0;
    const isWide = moves(machine, 1) || input.rows.some((row) => row.length > 1) || input.headColumn > 0;
    this.#tile = { rows: isTall ? TILE_SIDE : 1, columns: isWide ? TILE_SIDE : 1 };
    this.#usual = { rows: this.#tile.rows > 1 ? 2 : 1, columns: this.#tile.columns > 1 ? 2 : 1 };
    this.#window = new TileWindow(table, this.#usual, this.#tile);
    assertQuiet(table, this.#blank, this.#tile);
    const blank = new Uint16Array(this.#tile.rows * this.#tile.columns).fill(this.#blank);
    this.#contents = new TileContents(blank);
    const cells = this.#place(input, blank);
    this.#read();
    const queue = new Map(
      cells.flatMap((cell) => this.#around(cell)).map((cell) => [`${cell.row},${cell.column}`, cell]),
    );
    this.#settle([...queue.values()]);
  }

  /** Puts an input and the head on the plane, the head on row 0, column 0; returns the cells that are not blank. */
  #place({ rows, headRow, headColumn }: GridInput, blank: Uint16Array): GridPlace[] {
    const { letters } = this.#table;
    const tiles = new Map<string, { readonly row: number; readonly column: number; readonly letters: Uint16Array }>();
    const cells: GridPlace[] = [];
    const put = (row: number, column: number, symbol: TapeSymbol, state: number | undefined): void => {
      if (symbol === 0 && state === undefined) return;
      const [r, c] = [Math.floor(row / this.#tile.rows), Math.floor(column / this.#tile.columns)];
      const tile = tiles.get(`${r},${c}`) ?? { row: r, column: c, letters: blank.slice() };
      tiles.set(`${r},${c}`, tile);
      const place = (row - r * this.#tile.rows) * this.#tile.columns + column - c * this.#tile.columns;
      tile.letters[place] = valueToLetter(letters, encodeTapeCell(letters.code, { symbol, state }));
      cells.push({ row, column });
    };
    for (const [r, line] of rows.entries()) {
      for (const [c, symbol] of line.entries()) {
        if (r !== headRow || c !== headColumn) put(r - headRow, c - headColumn, symbol, undefined);
      }
    }
    put(0, 0, rows[headRow]?.[headColumn] ?? 0, 0);
    for (const { row, column, letters: content } of tiles.values()) {
      this.#put(row, column, this.#contents.numberOf(content));
    }
    return cells;
  }

  /** The least box of tiles around all cells that were visited. */
  get rows(): number {
    const { top, bottom } = this.#plane.box;
    return (bottom - top + 1) * this.#tile.rows;
  }

  get columns(): number {
    const { left, right } = this.#plane.box;
    return (right - left + 1) * this.#tile.columns;
  }

  /** Where the head started, in that box. */
  get start(): GridPlace {
    const { top, left } = this.#plane.box;
    return { row: -top * this.#tile.rows, column: -left * this.#tile.columns };
  }

  /** Whether it is known that no further layer changes anything. */
  get isFixed(): boolean {
    return this.#queue === 0 && this.#spread.length === 0;
  }

  /** How many cells have been evaluated so far. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** The letter of a cell as it is now; rows and columns as in that box, or beyond it. */
  letterAt(row: number, column: number): number {
    const { start } = this;
    const [y, x] = [row - start.row, column - start.column];
    const { rows, columns } = this.#tile;
    const [tileRow, tileColumn] = [Math.floor(y / rows), Math.floor(x / columns)];
    const letters = this.#contents.lettersOf(this.#plane.at(tileRow, tileColumn));
    return letters[(y - tileRow * rows) * columns + x - tileColumn * columns] as number;
  }

  /** Calls back for every cell that is not blank, in the order in which tiles were visited. */
  forEach(see: (row: number, column: number, letter: number) => void): void {
    const { start } = this;
    const { rows, columns } = this.#tile;
    for (const [tileRow, tileColumn, tile] of this.#plane.entries()) {
      const [top, left] = [start.row + tileRow * rows, start.column + tileColumn * columns];
      for (const [i, letter] of this.#contents.lettersOf(tile).entries()) {
        if (letter !== this.#blank) see(top + Math.floor(i / columns), left + (i % columns), letter);
      }
    }
  }

  /** A copy of that box as it is now. @throws {GridLimitError} if it has more cells than the grid may have */
  grid(): LetterGrid {
    const { rows, columns } = this;
    if (rows * columns > this.#maxCells) throw this.#outgrown(rows * columns);
    const letters = new Uint16Array(rows * columns).fill(this.#blank);
    this.forEach((row, column, letter) => {
      letters[row * columns + column] = letter;
    });
    return { rows, columns, letters };
  }

  /**
   * Rolls out layers until `layers` of them have changed something or nothing changes any more.
   *
   * @returns how many layers changed something; fewer than `layers` only if the grid is fixed
   * @throws {GridLimitError} if more than maxCells cells would be visited
   * @throws {RangeError} if the filter leaves the alphabet
   */
  advance(layers: number): number {
    let done = 0;
    while (done < layers && !this.isFixed) {
      const left = layers - done;
      const entry = this.#queue === 0 ? -1 : this.#memo.find(this.#tiles, this.#queue);
      // Whether nothing changes after an entry's last layer is known only by one layer more.
      if (entry >= 0 && this.#memo.layers(entry) < left) {
        done += this.#memo.layers(entry);
        this.#replay(entry);
      } else done += this.#queue === 0 ? this.#lookFar(left) : this.#look(left, entry < 0);
    }
    this.#write();
    return done;
  }

  /** Takes the layers of an entry. */
  #replay(entry: number): void {
    const memo = this.#memo;
    this.#evaluations += memo.evaluations(entry);
    this.#queue = memo.queueAfter(entry);
    for (let i = 0; i < WINDOW_TILES; i++) this.#tiles[i] = memo.tileAfter(entry, i);
    const shift = memo.shift(entry);
    if (shift !== STAYS) this.#move(Math.floor(shift / 3) - 1, (shift % 3) - 1);
  }

  /** Rolls out the layers of the window, at most `limit`, and remembers what it comes to if that was not known. */
  #look(limit: number, isNew: boolean): number {
    const before = { tiles: this.#tiles.slice(), queue: this.#queue };
    const most = Math.min(limit, WINDOW_LAYERS);
    const count = this.#usual.rows * this.#usual.columns;
    for (let i = 0; i < count; i++) this.#window.load(i, this.#contents.lettersOf(this.#tiles[i] as number));
    const { layers, evaluations, queue } = this.#window.run(this.#queues.cellsOf(this.#queue), most);
    for (let i = 0; i < count; i++) this.#tiles[i] = this.#contents.numberOf(this.#window.read(i));
    this.#evaluations += evaluations;
    const tiles = this.#tiles.slice();
    const { columns } = this.#window;
    const [top, left] = [this.#top * this.#tile.rows, this.#left * this.#tile.columns];
    const shift = this.#settle(
      Array.from(queue, (cell) => ({ row: top + Math.floor(cell / columns), column: left + (cell % columns) })),
    );
    const isWhole = layers < most || most === WINDOW_LAYERS;
    if (isNew && isWhole && shift !== undefined) {
      this.#memo.add(before.tiles, before.queue, { tiles, queue: this.#queue, shift, layers, evaluations });
    }
    if (this.#contents.size > this.#keptContents || this.#queues.size > KEPT_QUEUES) this.#forget();
    return layers;
  }

  /** Rolls out layers, at most `limit`, in a window large enough for all cells to evaluate. */
  #lookFar(limit: number): number {
    const cells = this.#spread;
    const vertical = span(
      cells.map(({ row }) => row),
      this.#tile.rows,
    );
    const horizontal = span(
      cells.map(({ column }) => column),
      this.#tile.columns,
    );
    const [top, left] = [vertical.first * this.#tile.rows, horizontal.first * this.#tile.columns];
    const window = new TileWindow(this.#table, { rows: vertical.count, columns: horizontal.count }, this.#tile);
    const places = Array.from({ length: vertical.count * horizontal.count }, (_, i) => {
      return [vertical.first + Math.floor(i / horizontal.count), horizontal.first + (i % horizontal.count)] as const;
    });
    for (const [i, [row, column]] of places.entries()) {
      window.load(i, this.#contents.lettersOf(this.#plane.at(row, column)));
    }
    const queue = Int32Array.from(cells, ({ row, column }) => (row - top) * window.columns + column - left);
    const run = window.run(queue, limit);
    for (const [i, [row, column]] of places.entries()) {
      const tile = this.#contents.numberOf(window.read(i));
      if (tile !== this.#plane.at(row, column)) this.#put(row, column, tile);
    }
    this.#evaluations += run.evaluations;
    this.#read();
    this.#settle(
      Array.from(run.queue, (cell) => ({
        row: top + Math.floor(cell / window.columns),
        column: left + (cell % window.columns),
      })),
    );
    if (this.#contents.size > this.#keptContents) this.#forget();
    return run.layers;
  }

  /**
   * Puts the window around the cells to evaluate next, if they fit.
   *
   * @returns by how much it moved, as a memo has it; undefined if they do not fit or it moved further
   */
  #settle(cells: readonly GridPlace[]): number | undefined {
    this.#queue = 0;
    this.#spread = [];
    if (cells.length === 0) return STAYS;
    const top = windowStart(
      cells.map(({ row }) => row),
      this.#tile.rows,
    );
    const left = windowStart(
      cells.map(({ column }) => column),
      this.#tile.columns,
    );
    if (top === undefined || left === undefined) {
      this.#write();
      this.#spread = cells;
      return undefined;
    }
    const [down, right] = [top - this.#top, left - this.#left];
    if (down !== 0 || right !== 0) this.#move(down, right);
    const { rows, columns } = this.#tile;
    this.#queue = this.#queues.numberOf(
      Int32Array.from(cells, (cell) => (cell.row - top * rows) * this.#window.columns + cell.column - left * columns),
    );
    return Math.abs(down) > 1 || Math.abs(right) > 1 ? undefined : 3 * (down + 1) + right + 1;
  }

  /** Moves the window by a number of tiles. */
  #move(down: number, right: number): void {
    this.#write();
    this.#top += down;
    this.#left += right;
    this.#read();
  }

  #write(): void {
    const { rows, columns } = this.#usual;
    for (let i = 0; i < rows * columns; i++) {
      const column = i % columns;
      this.#put(this.#top + (i - column) / columns, this.#left + column, this.#tiles[i] as number);
    }
  }

  #read(): void {
    const { rows, columns } = this.#usual;
    for (let i = 0; i < rows * columns; i++) {
      const column = i % columns;
      this.#tiles[i] = this.#plane.at(this.#top + (i - column) / columns, this.#left + column);
    }
  }

  #put(row: number, column: number, tile: number): void {
    this.#plane.put(row, column, tile);
    const cells = this.#plane.size * this.#tile.rows * this.#tile.columns;
    if (cells > this.#maxCells) throw this.#outgrown(cells);
  }

  #outgrown(cells: number): GridLimitError {
    return new GridLimitError(
      `runMachine: expected a grid of at most ${this.#maxCells} cells, the machine needs ${cells}`,
    );
  }

  /** Forgets what windows come to, and all contents of tiles that are nowhere any more. */
  #forget(): void {
    this.#write();
    const old = this.#contents;
    const contents = new TileContents(old.lettersOf(BLANK_TILE));
    this.#plane.renumber((tile) => contents.numberOf(old.lettersOf(tile)));
    this.#contents = contents;
    this.#keptContents = Math.max(KEPT_CONTENTS, 2 * contents.size);
    this.#memo.clear();
    if (this.#queue !== 0) {
      const cells = this.#queues.cellsOf(this.#queue);
      this.#queues.clear();
      this.#queue = this.#queues.numberOf(cells);
    }
    this.#read();
  }

  /** The cells of the grid whose patches hold a cell. */
  #around({ row, column }: GridPlace): GridPlace[] {
    return Array.from({ length: PLACES }, (_, place) => placeOffset(place))
      .filter(([down, right]) => (down === 0 || this.#tile.rows > 1) && (right === 0 || this.#tile.columns > 1))
      .map(([down, right]) => ({ row: row + down, column: column + right }));
  }
}

/** Whether a machine moves along an axis: rows (0) or columns (1). */
function moves(machine: NormalMachine, coordinate: 0 | 1): boolean {
  return machine.table.some((row) => TAPE_SYMBOLS.some((symbol) => MOVE_OFFSETS[row[symbol].move][coordinate] !== 0));
}

/** Asserts that the filter leaves a blank cell blank whose neighbours are blank, or p where there are none. */
function assertQuiet(table: FilterTable, blank: number, tile: Sides): void {
  const patch = Array.from({ length: PLACES }, (_, place) => {
    const [row, column] = placeOffset(place);
    return (row !== 0 && tile.rows === 1) || (column !== 0 && tile.columns === 1) ? table.letters.padding : blank;
  });
  if (table.next(patch) !== blank) {
    throw new RangeError("runMachine: expected the filter to leave an empty tape empty, it changes a blank cell");
  }
}
