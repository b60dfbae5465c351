/**
 * Runs a machine from a blank tape, or from an input, by rolling out its filter: every step is a layer, and every cell of it comes from
 * the weights.
 */
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import type { NormalMachine, SourceMachine, TapeSymbol } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { Network } from "../../spec/networks/network.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { tapeCell } from "../../spec/rcnn/configuration-code.js";
import { FilterTable } from "./filter-table.js";
import { GrowingGrid, type GridInput, type GridPlace } from "./growing-grid.js";
import type { Letters } from "./letters.js";

/**
 * How far to run, and what to report.
 *
 * @example
 * ```ts
 * import { loadMachine, run, type RunMachineOptions } from "weightproof";
 *
 * const options: RunMachineOptions = { steps: 5 };
 * run(loadMachine("bb2"), options).halted; // => false
 * ```
 */
export interface RunMachineOptions {
  /** Steps of the source machine after which a run that has not halted ends: an integer of at least 0; none if absent. */
  readonly steps?: number;
  /** Largest number of cells visited, in whole tiles; DEFAULT_MAX_GRID_CELLS if absent. */
  readonly maxCells?: number;
  /** The filter to roll out, in u-units, for instance that of a certificate; machineToFilter(machine) if absent. */
  readonly filter?: Network;
  /** What is on the tape before the first step; nothing if absent. */
  readonly input?: GridInput;
  /** Called every million layers or so. */
  readonly onProgress?: (progress: RunProgress) => void;
}

/** Where a run is. */
export interface RunProgress {
  /** Steps of the source machine so far. */
  readonly steps: number;
  /** The size of the grid. */
  readonly rows: number;
  readonly columns: number;
}

/**
 * The end of a run.
 *
 * @example
 * ```ts
 * import { loadMachine, run, type MachineRun } from "weightproof";
 *
 * const end: MachineRun = run(loadMachine("bb2"));
 * [end.steps, end.layers, end.nonblank]; // => [6, 7, 4]
 * [-3, -2, -1, 0, 1, 2].map((column) => end.at(0, column)); // => [0, 1, 1, 1, 1, 0]
 * ```
 */
export interface MachineRun {
  /** Whether the head is in a halting state. */
  readonly halted: boolean;
  /** Whether it is known that no further layer changes anything; without a halt the machine then loops in place. */
  readonly isFixed: boolean;
  /**
   * Steps of the source machine, the halting transition counted. At a fixed point without a halt: the limit, since
   * further steps change nothing, or, if there is no limit, the steps after which nothing changes.
   */
  readonly steps: number;
  /** steps + 1: the first layer takes the added first step. */
  readonly layers: number;
  /** Index of the last state. */
  readonly state: number;
  /** Cells that are not blank at the end. */
  readonly nonblank: number;
  /** The box of cells that were visited, in whole tiles of 16 x 16 (1 x 16 on a single row). */
  readonly rows: number;
  readonly columns: number;
  /** The least box around the head and all cells that are not blank, relative to `start`; the ends belong to it. */
  readonly box: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
  /** Where in the visited box the head started, and where it ends. */
  readonly start: GridPlace;
  readonly head: GridPlace;
  /** Content of a cell at the end, relative to `start`; blank outside the grid. */
  readonly at: (row: number, column: number) => TapeSymbol;
  /** How many cells were evaluated, over all layers. */
  readonly evaluations: number;
  /** For how many patches that the filter can tell apart it was computed; all other evaluations were look-ups. */
  readonly patches: number;
}

/** Visited cells; each takes one to four bytes, by how often tiles of 16 x 16 cells are alike. */
export const DEFAULT_MAX_GRID_CELLS: number = 2 ** 26;

const REPORT_EVERY = 2 ** 20;

/**
 * Compiles a machine into a filter and rolls it out from its tape until the machine halts, the grid is fixed or the
 * limit is reached.
 *
 * @throws {GridLimitError} if the grid would outgrow maxCells
 * @throws {RangeError} if the machine or an option is malformed, or a filter that was given leaves the alphabet or does not
 *   keep one head
 *
 * @example
 * ```ts
 * import { loadMachine, run } from "weightproof";
 *
 * const { halted, steps, nonblank } = run(loadMachine("bb4"));
 * [halted, steps, nonblank]; // => [true, 107, 13]
 * ```
 */
export function runMachine(source: SourceMachine | NormalMachine, options: RunMachineOptions = {}): MachineRun {
  const { steps: limit = Infinity, maxCells = DEFAULT_MAX_GRID_CELLS, onProgress } = options;
  if (limit !== Infinity && (!Number.isSafeInteger(limit) || limit < 0)) {
    throw new RangeError(`runMachine: expected steps to be an integer of at least 0, got ${limit}`);
  }
  if (!Number.isSafeInteger(maxCells) || maxCells < 1) {
    throw new RangeError(`runMachine: expected maxCells to be an integer of at least 1, got ${maxCells}`);
  }
  const machine = "start" in source ? normalForm(source) : source;
  const filter = options.filter ?? machineToFilter(machine);
  const table = new FilterTable(filter, cellCode(machine.states.length));
  const tape = new GrowingGrid(machine, table, maxCells, options.input);
  // A halting state is a fixed point, so the last layer that changes anything is the one that enters it.
  let changing = 0;
  let reportAt = REPORT_EVERY;
  while (changing <= limit && !tape.isFixed) {
    changing += tape.advance(Math.min(limit + 1, reportAt) - changing);
    if (changing < reportAt) continue;
    reportAt += REPORT_EVERY;
    onProgress?.({ steps: changing - 1, rows: tape.rows, columns: tape.columns });
  }
  const end = readTape(table.letters, tape);
  const halted = machine.halting[end.state] === true;
  const taken = Math.max(0, changing - 1);
  const steps = halted || limit === Infinity ? taken : limit;
  const { isFixed, evaluations } = tape;
  return { ...end, halted, isFixed, steps, layers: steps + 1, evaluations, patches: table.known };
}

type TapeReading = Pick<MachineRun, "state" | "nonblank" | "rows" | "columns" | "box" | "start" | "head" | "at">;

function readTape(letters: Letters, tape: GrowingGrid): TapeReading {
  const { start, rows, columns } = tape;
  const meaning = letters.cells.map((cell) => tapeCell(letters.code, cell));
  let nonblank = 0;
  const heads: (GridPlace & { readonly state: number })[] = [];
  const box = { top: Infinity, bottom: -Infinity, left: Infinity, right: -Infinity };
  tape.forEach((row, column, letter) => {
    const content = meaning[letter];
    if (content === undefined)
      throw new RangeError("runMachine: expected the compute phase everywhere, the filter left it");
    if (content.symbol !== 0) nonblank++;
    if (content.state !== undefined) heads.push({ row, column, state: content.state });
    box.top = Math.min(box.top, row - start.row);
    box.bottom = Math.max(box.bottom, row - start.row);
    box.left = Math.min(box.left, column - start.column);
    box.right = Math.max(box.right, column - start.column);
  });
  const [head] = heads;
  if (head === undefined || heads.length > 1) {
    throw new RangeError(`runMachine: expected the filter to keep one head, got ${heads.length}`);
  }
  const at = (row: number, column: number): TapeSymbol =>
    meaning[tape.letterAt(row + start.row, column + start.column)]?.symbol ?? 0;
  return { state: head.state, nonblank, rows, columns, box, start, head: { row: head.row, column: head.column }, at };
}
