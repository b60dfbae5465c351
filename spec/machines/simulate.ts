/**
 * The reference simulator: Definition 6 on a two-dimensional tape, one step after the other, plain and slow.
 *
 * Two tapes. A finite grid with the border rule is what the network computes on; an unbounded tape is what step counts
 * of published machines refer to. Engines that are faster are compared with this file.
 */
import { MOVE_OFFSETS, type NormalMachine, type TapeSymbol } from "./machine.js";
import { transitionOf } from "./normal-form.js";

/**
 * A finite tape, a head and a state.
 *
 * @example
 * ```ts
 * import { loadMachine, normalForm, step, type Configuration } from "weightproof";
 *
 * const before: Configuration = { rows: 1, columns: 3, tape: [0, 0, 0], headRow: 0, headColumn: 1, state: 1 };
 * const after = step(normalForm(loadMachine("bb2")), before);
 * after; // => { ...before, tape: [0, 1, 0], headColumn: 2, state: 2 }
 * ```
 */
export interface Configuration {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, shape: rows x columns. */
  readonly tape: readonly TapeSymbol[];
  readonly headRow: number;
  readonly headColumn: number;
  /** Index of the state. */
  readonly state: number;
}

/**
 * A blank grid with the machine's first state at the given cell.
 *
 * @throws {RangeError} if the grid is empty or the head is not on it
 */
export function blankConfiguration(rows: number, columns: number, headRow: number, headColumn: number): Configuration {
  const tape = Array.from({ length: rows * columns }, (): TapeSymbol => 0);
  const configuration = { rows, columns, tape, headRow, headColumn, state: 0 };
  assertConfiguration(configuration, "blankConfiguration");
  return configuration;
}

/**
 * One step of the machine on a finite grid (the transition of Definition 6 with the moves of B.1.2), under the amended
 * border rule: a move off the grid leaves the head where it is; state and symbol change as told.
 *
 * @throws {RangeError} if the configuration is malformed or in a state that the machine does not have
 *
 * @example
 * ```ts
 * import { loadMachine, normalForm, step } from "weightproof";
 *
 * const machine = normalForm(loadMachine("bb2"));
 * // On the last column a move to the right leaves the head where it is.
 * const edge = { rows: 1, columns: 2, tape: [0, 0], headRow: 0, headColumn: 1, state: 1 } as const;
 * const { tape, headColumn } = step(machine, edge);
 * [tape, headColumn]; // => [[0, 1], 1]
 * ```
 */
export function step(machine: NormalMachine, configuration: Configuration): Configuration {
  assertConfiguration(configuration, "step");
  const { rows, columns, tape, headRow, headColumn, state } = configuration;
  const head = headRow * columns + headColumn;
  const { write, move, next } = transitionOf(machine, state, tape[head] as TapeSymbol);
  const [rowOffset, columnOffset] = MOVE_OFFSETS[move];
  const row = headRow + rowOffset;
  const column = headColumn + columnOffset;
  const onGrid = row >= 0 && row < rows && column >= 0 && column < columns;
  return {
    rows,
    columns,
    tape: tape.with(head, write),
    headRow: onGrid ? row : headRow,
    headColumn: onGrid ? column : headColumn,
    state: next,
  };
}

/** Whether the configuration is in a halting state, hence a fixed point of `step`. */
export function isHalted(machine: NormalMachine, configuration: Configuration): boolean {
  return machine.halting[configuration.state] === true;
}

/** The end of a run on an unbounded tape that was blank at first. */
export interface BlankRun {
  /** Whether a halting state was reached within the budget. */
  readonly halted: boolean;
  /** Steps of the source machine, the halting transition counted and the added first step not. */
  readonly steps: number;
  /** Index of the last state. */
  readonly state: number;
  /** Cells that are not blank at the end. */
  readonly nonblank: number;
  /** The smallest rectangle with all cells the head was on, the last one included; the head starts at row 0, column 0. */
  readonly visited: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
  /** Where the head ends. */
  readonly headRow: number;
  readonly headColumn: number;
  /** Content of a cell at the end, in the coordinates of `visited`; blank outside. */
  readonly at: (row: number, column: number) => TapeSymbol;
}

/** Bounds on a run from a blank tape. */
export interface RunBudget {
  /** Steps of the source machine after which a run that has not halted is given up: an integer, at least 0. */
  readonly maxSteps: number;
}

/**
 * Runs a machine from a blank tape that has no border, as published step counts mean it.
 *
 * @throws {RangeError} if maxSteps is not an integer of at least 0
 *
 * @example
 * ```ts
 * import { loadMachine, normalForm, runFromBlank } from "weightproof";
 *
 * const { halted, steps, nonblank } = runFromBlank(normalForm(loadMachine("bb3")), { maxSteps: 1000 });
 * [halted, steps, nonblank]; // => [true, 21, 5]
 * ```
 */
export function runFromBlank(machine: NormalMachine, budget: RunBudget): BlankRun {
  assertBudget(budget, "runFromBlank");
  const tape = new Map<string, TapeSymbol>();
  const at = (row: number, column: number): TapeSymbol => tape.get(`${row},${column}`) ?? 0;
  const visited = { top: 0, bottom: 0, left: 0, right: 0 };
  let row = 0;
  let column = 0;
  // The added first step neither moves nor writes, so it is taken before the count begins.
  let state = transitionOf(machine, 0, 0).next;
  let steps = 0;
  while (machine.halting[state] !== true && steps < budget.maxSteps) {
    const { write, move, next } = transitionOf(machine, state, at(row, column));
    tape.set(`${row},${column}`, write);
    const [rowOffset, columnOffset] = MOVE_OFFSETS[move];
    row += rowOffset;
    column += columnOffset;
    state = next;
    steps += 1;
    visited.top = Math.min(visited.top, row);
    visited.bottom = Math.max(visited.bottom, row);
    visited.left = Math.min(visited.left, column);
    visited.right = Math.max(visited.right, column);
  }
  const nonblank = [...tape.values()].filter((symbol) => symbol !== 0).length;
  const halted = machine.halting[state] === true;
  return { halted, steps, state, nonblank, visited, headRow: row, headColumn: column, at };
}

/**
 * Asserts a budget.
 *
 * @param caller the function whose argument this is; it begins the message
 * @throws {RangeError} if maxSteps is not an integer of at least 0
 */
export function assertBudget(budget: RunBudget, caller: string): void {
  if (!Number.isSafeInteger(budget.maxSteps) || budget.maxSteps < 0) {
    throw new RangeError(`${caller}: expected maxSteps to be an integer of at least 0, got ${budget.maxSteps}`);
  }
}

/**
 * Asserts that the tape fits the grid and that the head is on it.
 *
 * @param caller the function whose argument this is; it begins the message
 * @throws {RangeError} "caller: ..." with the condition that fails
 */
export function assertConfiguration(configuration: Configuration, caller: string): void {
  const { rows, columns, tape, headRow, headColumn } = configuration;
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;
  if (!isCount(rows) || !isCount(columns)) {
    throw new RangeError(`${caller}: expected at least one row and one column, got ${rows} x ${columns}`);
  }
  if (tape.length !== rows * columns) {
    throw new RangeError(`${caller}: expected ${rows * columns} tape cells, got ${tape.length}`);
  }
  const isIndex = (value: number, end: number): boolean => Number.isInteger(value) && value >= 0 && value < end;
  if (!isIndex(headRow, rows) || !isIndex(headColumn, columns)) {
    throw new RangeError(
      `${caller}: expected a head on the ${rows} x ${columns} grid, got row ${headRow}, column ${headColumn}`,
    );
  }
}
