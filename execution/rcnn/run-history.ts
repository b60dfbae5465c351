/**
 * A run from a blank tape that can be looked at in any layer: grids are kept at evenly spaced layers, and the layers in
 * between are rolled out again from the one before them. When too much is kept, every second grid is dropped and the
 * distance doubles, so that a run of any length fits.
 */
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import type { Network } from "../../spec/networks/network.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { encodeTapeCell } from "../../spec/rcnn/configuration-code.js";
import { FilterTable } from "./filter-table.js";
import { GrowingGrid } from "./growing-grid.js";
import { valueToLetter } from "./letters.js";
import { RollOut } from "./roll-out.js";
import { DEFAULT_MAX_GRID_CELLS } from "./run-machine.js";

/** A part of the tape by letter; rows and columns count from where the head started. */
export interface TapeWindow {
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
  /** Shape: rows x columns, row-major. */
  readonly letters: Uint16Array;
}

/** Where a window lies. */
export type TapeExtent = Omit<TapeWindow, "letters">;

/** Choices that change memory and speed only. */
export interface RunHistoryOptions {
  /** The filter to roll out, in u-units; machineToFilter(machine) if absent. */
  readonly filter?: Network;
  /** Most grids that are kept: an even integer, at least 2; 1,200 if absent. */
  readonly maxSamples?: number;
  /** Most letters that are kept in all; 2^25 (64 MiB) if absent. */
  readonly maxLetters?: number;
  /** Largest number of cells of the grid that is rolled out. */
  readonly maxCells?: number;
}

/** A grid that is kept, cut to what is not blank. */
interface Sample {
  readonly window: TapeWindow;
  /** The grid that was rolled out up to here: no head has left it so far. */
  readonly reach: TapeExtent;
}

/** A roll-out between two samples, which a later layer continues. */
interface Cursor {
  readonly segment: number;
  readonly reach: TapeExtent;
  readonly run: RollOut;
  layer: number;
}

/** The layers of a run. */
export class RunHistory {
  readonly table: FilterTable;
  readonly #tape: GrowingGrid;
  readonly #blank: number;
  readonly #maxSamples: number;
  readonly #maxLetters: number;
  #layers = 0;
  #stride = 1;
  #samples: Sample[] = [];
  #kept = 0;
  #extent: TapeExtent = { top: 0, left: 0, rows: 1, columns: 1 };
  /** The layer whose grid #extent holds for sure. */
  #extentAt = 0;
  #cursor: Cursor | undefined;

  /**
   * @param machine in normal form
   * @throws {RangeError} if the machine is not that, the filter has not its form, or an option is malformed
   */
  constructor(machine: NormalMachine, options: RunHistoryOptions = {}) {
    const { maxSamples = 1200, maxLetters = 2 ** 25, maxCells = DEFAULT_MAX_GRID_CELLS } = options;
    if (!Number.isSafeInteger(maxSamples) || maxSamples < 2 || maxSamples % 2 !== 0) {
      throw new RangeError(`RunHistory: expected maxSamples to be an even integer of at least 2, got ${maxSamples}`);
    }
    this.table = new FilterTable(options.filter ?? machineToFilter(machine), cellCode(machine.states.length));
    const { letters } = this.table;
    this.#blank = valueToLetter(letters, encodeTapeCell(letters.code, { symbol: 0, state: undefined }));
    this.#tape = new GrowingGrid(machine, this.table, maxCells);
    this.#maxSamples = maxSamples;
    this.#maxLetters = maxLetters;
    this.#keep();
  }

  /** The last layer that is known; layer 0 is the start. */
  get layers(): number {
    return this.#layers;
  }

  /** Whether no further layer changes anything. */
  get isFixed(): boolean {
    return this.#tape.isFixed;
  }

  /** Layers from one grid that is kept to the next; a power of two. */
  get stride(): number {
    return this.#stride;
  }

  /** What is not blank in the grids that were kept and in the last one. */
  get extent(): TapeExtent {
    if (this.#extentAt !== this.#layers) {
      const last = contentBox({ ...this.#reach(), letters: this.#tape.grid().letters }, this.#blank);
      this.#extent = union(this.#extent, last);
      this.#extentAt = this.#layers;
    }
    return this.#extent;
  }

  /**
   * Rolls out further layers.
   *
   * @returns how many there were: fewer than asked for only if nothing changes any more
   * @throws {GridLimitError} if the grid would outgrow maxCells
   */
  advance(layers: number): number {
    let done = 0;
    while (done < layers) {
      const toSample = this.#stride - (this.#layers % this.#stride);
      const changed = this.#tape.advance(Math.min(layers - done, toSample));
      if (changed === 0) break;
      done += changed;
      this.#layers += changed;
      if (this.#layers % this.#stride === 0) this.#keep();
    }
    return done;
  }

  /**
   * The tape after a layer, cut to a window.
   *
   * @throws {RangeError} if the layer is not known yet
   */
  at(layer: number, extent: TapeExtent = this.extent): TapeWindow {
    if (!Number.isSafeInteger(layer) || layer < 0 || layer > this.#layers) {
      throw new RangeError(`RunHistory.at: expected a layer in 0 ... ${this.#layers}, got ${layer}`);
    }
    if (layer % this.#stride === 0) {
      return this.#cut((this.#samples[layer / this.#stride] as Sample).window, extent);
    }
    if (layer === this.#layers) return this.#cut({ ...this.#reach(), letters: this.#tape.grid().letters }, extent);
    const cursor = this.#seek(layer);
    return this.#cut({ ...cursor.reach, letters: cursor.run.grid().letters }, extent);
  }

  /** A roll-out at a layer between two samples. */
  #seek(layer: number): Cursor {
    const segment = Math.floor(layer / this.#stride);
    let cursor = this.#cursor;
    if (cursor === undefined || cursor.segment !== segment || cursor.layer > layer) {
      const { window } = this.#samples[segment] as Sample;
      const reach = this.#samples[segment + 1]?.reach ?? this.#reach();
      const { letters } = this.#cut(window, reach);
      const run = new RollOut(this.table, { rows: reach.rows, columns: reach.columns, letters });
      cursor = { segment, reach, run, layer: segment * this.#stride };
    }
    cursor.layer += cursor.run.advance(layer - cursor.layer);
    this.#cursor = cursor;
    return cursor;
  }

  #reach(): TapeExtent {
    const { start, rows, columns } = this.#tape;
    return { top: -start.row, left: -start.column, rows, columns };
  }

  #keep(): void {
    const reach = this.#reach();
    const box = contentBox({ ...reach, letters: this.#tape.grid().letters }, this.#blank);
    this.#samples.push({ window: box, reach });
    this.#kept += box.letters.length;
    this.#extent = union(this.#extent, box);
    this.#extentAt = this.#layers;
    while (this.#samples.length > 2 && (this.#samples.length > this.#maxSamples || this.#kept > this.#maxLetters)) {
      this.#samples = this.#samples.filter((_, i) => i % 2 === 0);
      this.#kept = this.#samples.reduce((sum, { window }) => sum + window.letters.length, 0);
      this.#stride *= 2;
      this.#cursor = undefined;
    }
  }

  /** A window with other borders, blank where nothing is known. */
  #cut(from: TapeWindow, to: TapeExtent): TapeWindow {
    const { top, left, rows, columns } = to;
    const letters = new Uint16Array(rows * columns).fill(this.#blank);
    const [firstColumn, endColumn] = [Math.max(left, from.left), Math.min(left + columns, from.left + from.columns)];
    const [firstRow, endRow] = [Math.max(top, from.top), Math.min(top + rows, from.top + from.rows)];
    for (let row = firstRow; row < endRow && firstColumn < endColumn; row++) {
      const start = (row - from.top) * from.columns - from.left;
      letters.set(
        from.letters.subarray(start + firstColumn, start + endColumn),
        (row - top) * columns + firstColumn - left,
      );
    }
    return { top, left, rows, columns, letters };
  }
}

/** The smallest window with all that is not blank; a cell where everything is. */
function contentBox({ top, left, columns, letters }: TapeWindow, blank: number): TapeWindow {
  let [firstRow, lastRow, firstColumn, lastColumn] = [Infinity, -1, Infinity, -1];
  for (let i = 0; i < letters.length; i++) {
    if (letters[i] === blank) continue;
    const [row, column] = [Math.floor(i / columns), i % columns];
    if (row < firstRow) firstRow = row;
    lastRow = row;
    if (column < firstColumn) firstColumn = column;
    if (column > lastColumn) lastColumn = column;
  }
  if (lastRow < 0) return { top: 0, left: 0, rows: 1, columns: 1, letters: Uint16Array.of(blank) };
  const width = lastColumn - firstColumn + 1;
  const height = lastRow - firstRow + 1;
  const box = new Uint16Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = (firstRow + row) * columns + firstColumn;
    box.set(letters.subarray(start, start + width), row * width);
  }
  return { top: top + firstRow, left: left + firstColumn, rows: height, columns: width, letters: box };
}

function union(a: TapeExtent, b: TapeExtent): TapeExtent {
  const top = Math.min(a.top, b.top);
  const left = Math.min(a.left, b.left);
  const rows = Math.max(a.top + a.rows, b.top + b.rows) - top;
  const columns = Math.max(a.left + a.columns, b.left + b.columns) - left;
  return { top, left, rows, columns };
}
