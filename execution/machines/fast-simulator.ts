/**
 * The fast simulator: one table look-up a step on a flat byte array, for long runs and as the baseline of benchmarks.
 *
 * The rectangle of visited cells is framed with border cells. A step that leaves the rectangle lands on the frame,
 * where every table entry says "leave the loop"; so does every entry of a halting state. Hence the inner loop has a
 * single test, and the bounds of the visited cells cost nothing. It never skips or merges steps.
 */
import { MOVE_OFFSETS, TAPE_SYMBOLS, type NormalMachine, type TapeSymbol } from "../../spec/machines/machine.js";
import { assertNormal, transitionOf } from "../../spec/machines/normal-form.js";
import {
  assertBudget,
  assertConfiguration,
  type BlankRun,
  type Configuration,
  type RunBudget,
} from "../../spec/machines/simulate.js";

/** Bounds on a fast run. */
export interface FastBudget extends RunBudget {
  /** Largest size of the tape in bytes, one for each cell; DEFAULT_MAX_CELLS if absent. */
  readonly maxCells?: number;
}

/** 256 MiB: enough for a square of 16,000 x 16,000 cells. */
export const DEFAULT_MAX_CELLS: number = 2 ** 28;

/** The end of a run on a finite grid. */
export interface GridRun {
  /** Whether the last state is a halting one. */
  readonly halted: boolean;
  /** Steps of the normal machine, up to the halting transition at most. */
  readonly steps: number;
  readonly configuration: Configuration;
}

const BORDER = 3;
const LEAVE = -1;
/** Upper bound of one stay in the inner loop; it keeps the counter a small integer. */
const BURST = 2 ** 30 - 1;

function symbolToByte(symbol: TapeSymbol): number {
  return symbol === -1 ? 2 : symbol;
}

function byteToSymbol(byte: number): TapeSymbol {
  return byte === 2 ? -1 : (byte as TapeSymbol);
}

/** The machine's table for one row length: entry 4 * state + byte holds 16 * next + byte to write, or LEAVE. */
interface FlatTable {
  readonly code: Int32Array;
  readonly offset: Int32Array;
}

function flatTable(machine: NormalMachine, stride: number): FlatTable {
  const code = new Int32Array(4 * machine.states.length).fill(LEAVE);
  const offset = new Int32Array(4 * machine.states.length);
  for (let state = 0; state < machine.states.length; state++) {
    if (machine.halting[state] === true) continue;
    for (const symbol of TAPE_SYMBOLS) {
      const { write, move, next } = transitionOf(machine, state, symbol);
      const [rowOffset, columnOffset] = MOVE_OFFSETS[move];
      const index = 4 * state + symbolToByte(symbol);
      code[index] = 16 * next + symbolToByte(write);
      offset[index] = rowOffset * stride + columnOffset;
    }
  }
  return { code, offset };
}

/** Where the head is in the byte array, its state times 4, and the last offset it moved by. */
interface Head {
  position: number;
  base: number;
  offset: number;
}

/** Steps until the head is on a border cell, the state is a halting one, or the budget is spent; returns the steps. */
function advance(cells: Uint8Array, table: FlatTable, head: Head, budget: number): number {
  const { code, offset } = table;
  let { position, base, offset: last } = head;
  let left = budget;
  while (left > 0) {
    const index = base + (cells[position] as number);
    const entry = code[index] as number;
    if (entry < 0) break;
    cells[position] = entry & 3;
    last = offset[index] as number;
    position += last;
    base = entry >> 2;
    left -= 1;
  }
  head.position = position;
  head.base = base;
  head.offset = last;
  return budget - left;
}

/** An unbounded tape: a byte array that doubles on the side where the visited rectangle reaches its edge. */
class GrowingTape {
  cells: Uint8Array;
  rows = 3;
  stride = 64;
  /** Array coordinates of the cell where the head started. */
  originRow = 1;
  originColumn = 32;
  /** The visited rectangle in array coordinates; its frame consists of border cells. */
  top = 1;
  bottom = 1;
  left = 32;
  right = 32;
  readonly maxCells: number;

  constructor(maxCells: number) {
    this.maxCells = maxCells;
    this.cells = this.allocate(this.rows, this.stride);
    this.fillRow(0, BORDER);
    this.fillRow(2, BORDER);
    this.fillColumn(31, BORDER);
    this.fillColumn(33, BORDER);
  }

  allocate(rows: number, stride: number): Uint8Array {
    if (rows * stride > this.maxCells) {
      throw new RangeError(
        `runFast: expected a tape of at most ${this.maxCells} cells, the machine needs ${rows * stride}`,
      );
    }
    return new Uint8Array(rows * stride);
  }

  fillRow(row: number, byte: number): void {
    this.cells.fill(byte, row * this.stride + this.left, row * this.stride + this.right + 1);
  }

  fillColumn(column: number, byte: number): void {
    for (let row = this.top; row <= this.bottom; row++) this.cells[row * this.stride + column] = byte;
  }

  /** Takes the row or column of the frame that the head stepped on into the rectangle; returns the head's position. */
  widen(position: number): number {
    const row = Math.floor(position / this.stride);
    const column = position % this.stride;
    const vertical = row < this.top || row > this.bottom;
    if (row < this.top) this.top = row;
    else if (row > this.bottom) this.bottom = row;
    else if (column < this.left) this.left = column;
    else this.right = column;
    if (vertical) this.fillRow(row, 0);
    else this.fillColumn(column, 0);

    const rowShift = this.top === 0 ? this.rows : 0;
    const columnShift = this.left === 0 ? this.stride : 0;
    const moreRows = rowShift > 0 || this.bottom === this.rows - 1;
    const moreColumns = columnShift > 0 || this.right === this.stride - 1;
    if (moreRows || moreColumns) {
      this.reallocate(
        moreRows ? 2 * this.rows : this.rows,
        moreColumns ? 2 * this.stride : this.stride,
        rowShift,
        columnShift,
      );
    }
    this.fillRow(this.top - 1, BORDER);
    this.fillRow(this.bottom + 1, BORDER);
    this.fillColumn(this.left - 1, BORDER);
    this.fillColumn(this.right + 1, BORDER);
    return (row + rowShift) * this.stride + column + columnShift;
  }

  reallocate(rows: number, stride: number, rowShift: number, columnShift: number): void {
    const cells = this.allocate(rows, stride);
    for (let row = this.top; row <= this.bottom; row++) {
      const line = this.cells.subarray(row * this.stride + this.left, row * this.stride + this.right + 1);
      cells.set(line, (row + rowShift) * stride + this.left + columnShift);
    }
    this.cells = cells;
    this.rows = rows;
    this.stride = stride;
    this.originRow += rowShift;
    this.top += rowShift;
    this.bottom += rowShift;
    this.originColumn += columnShift;
    this.left += columnShift;
    this.right += columnShift;
  }

  nonblank(): number {
    let count = 0;
    for (let row = this.top; row <= this.bottom; row++) {
      const end = row * this.stride + this.right;
      for (let i = row * this.stride + this.left; i <= end; i++) if (this.cells[i] !== 0) count += 1;
    }
    return count;
  }

  /** Content of a cell, in coordinates relative to the cell where the head started; blank outside the rectangle. */
  at(row: number, column: number): TapeSymbol {
    const y = row + this.originRow;
    const x = column + this.originColumn;
    if (y < this.top || y > this.bottom || x < this.left || x > this.right) return 0;
    return byteToSymbol(this.cells[y * this.stride + x] as number);
  }
}

/**
 * Runs a machine from a blank tape that has no border: the same result as runFromBlank, fast.
 *
 * @throws {RangeError} if the machine is not in normal form, the budget is malformed, or the tape outgrows maxCells
 */
export function runFast(machine: NormalMachine, budget: FastBudget): BlankRun {
  assertNormal(machine, "runFast");
  assertBudget(budget, "runFast");
  const tape = new GrowingTape(budget.maxCells ?? DEFAULT_MAX_CELLS);
  let table = flatTable(machine, tape.stride);
  const start = tape.originRow * tape.stride + tape.originColumn;
  const head: Head = { position: start, base: 4 * transitionOf(machine, 0, 0).next, offset: 0 };
  let steps = 0;
  while (steps < budget.maxSteps && machine.halting[head.base >> 2] !== true) {
    steps += advance(tape.cells, table, head, Math.min(BURST, budget.maxSteps - steps));
    if (tape.cells[head.position] !== BORDER) continue;
    const stride = tape.stride;
    head.position = tape.widen(head.position);
    if (tape.stride !== stride) table = flatTable(machine, tape.stride);
  }
  const state = head.base >> 2;
  return {
    halted: machine.halting[state] === true,
    steps,
    state,
    nonblank: tape.nonblank(),
    visited: {
      top: tape.top - tape.originRow,
      bottom: tape.bottom - tape.originRow,
      left: tape.left - tape.originColumn,
      right: tape.right - tape.originColumn,
    },
    headRow: Math.floor(head.position / tape.stride) - tape.originRow,
    headColumn: (head.position % tape.stride) - tape.originColumn,
    at: (row, column) => tape.at(row, column),
  };
}

/**
 * Runs a machine on a finite grid under the border rule until it halts or the budget is spent: what repeated `step`
 * does, fast. Here the added first step counts, because a configuration may begin in any state.
 *
 * @param configuration shape: rows x columns; it is not changed
 * @throws {RangeError} if the machine is not in normal form, or the configuration or the budget is malformed
 */
export function runFastOnGrid(machine: NormalMachine, configuration: Configuration, budget: RunBudget): GridRun {
  assertNormal(machine, "runFastOnGrid");
  assertConfiguration(configuration, "runFastOnGrid");
  assertBudget(budget, "runFastOnGrid");
  const { rows, columns, tape } = configuration;
  if (machine.states[configuration.state] === undefined) {
    throw new RangeError(`runFastOnGrid: expected a state below ${machine.states.length}, got ${configuration.state}`);
  }
  const stride = columns + 2;
  const cells = new Uint8Array((rows + 2) * stride).fill(BORDER);
  for (const [i, symbol] of tape.entries()) {
    if (!TAPE_SYMBOLS.includes(symbol)) {
      throw new RangeError(`runFastOnGrid: expected a tape of 0, 1 and -1, got ${symbol} at cell ${i}`);
    }
    cells[(Math.floor(i / columns) + 1) * stride + (i % columns) + 1] = symbolToByte(symbol);
  }
  const table = flatTable(machine, stride);
  const position = (configuration.headRow + 1) * stride + configuration.headColumn + 1;
  const head: Head = { position, base: 4 * configuration.state, offset: 0 };
  let steps = 0;
  while (steps < budget.maxSteps && machine.halting[head.base >> 2] !== true) {
    steps += advance(cells, table, head, Math.min(BURST, budget.maxSteps - steps));
    if (cells[head.position] === BORDER) head.position -= head.offset;
  }
  const state = head.base >> 2;
  return {
    halted: machine.halting[state] === true,
    steps,
    configuration: {
      rows,
      columns,
      tape: tape.map((_, i) => {
        const cell = (Math.floor(i / columns) + 1) * stride + (i % columns) + 1;
        return byteToSymbol(cells[cell] as number);
      }),
      headRow: Math.floor(head.position / stride) - 1,
      headColumn: (head.position % stride) - 1,
      state,
    },
  };
}
