/**
 * Runs a machine over any alphabet through the filter of the machine of three symbols that it is recoded to, and tells the run in
 * the source's terms: its steps, its states, its symbols.
 */
import { BLANK_TAPE, decisionOf, type TapeStart } from "../../spec/machines/alphabet-machine.js";
import { MOVE_OFFSETS, type TapeSymbol } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { sourceSteps, type RecodedState, type Recoding } from "../../spec/machines/recoding.js";
import { SymbolPlane } from "../machines/symbol-plane.js";
import type { GridInput } from "./growing-grid.js";
import { runMachine, type MachineRun, type RunProgress } from "./run-machine.js";

/** How far to run, and what to report. */
export interface RunRecodedOptions {
  /** Steps of the source after which a run that has not ended ends; none if absent. */
  readonly steps?: number;
  /** Largest number of cells of the grid. */
  readonly maxCells?: number;
  /** The tape before the first step; that of the source if absent. */
  readonly input?: TapeStart | undefined;
  /** `steps` in it are those of the target. */
  readonly onProgress?: (progress: RunProgress) => void;
}

/** The end of a run, in the terms of the source. */
export interface RecodedRun {
  /** In a halting state, or stopped where there is no entry. */
  readonly halted: boolean;
  readonly stopped: boolean;
  readonly steps: number;
  readonly state: string;
  /** What the end decides; null if it decides nothing. */
  readonly accepts: boolean | null;
  readonly row: number;
  readonly column: number;
  /** Cells of the source that are not blank. */
  readonly nonblank: number;
  /** The least rectangle with all of them, in symbols by index, and where its first cell is. */
  readonly top: number;
  readonly left: number;
  readonly tape: readonly (readonly number[])[];
  /** The run of the target's filter. */
  readonly target: MachineRun;
}

/**
 * Runs a source from its tape through its target's filter. A simulation of the source says beforehand after how many layers
 * to look; what is told is read from the filter's grid, and must be what was simulated.
 *
 * @throws {GridLimitError} if the grid would outgrow maxCells
 * @throws {Error} if the filter's grid is not that of the source's configuration: a recoding that no checker has accepted
 */
export function runRecoded(recoding: Recoding, options: RunRecodedOptions = {}): RecodedRun {
  const { source, rows, columns } = recoding;
  const { steps = Infinity, input = source.input?.[0] ?? BLANK_TAPE, ...others } = options;
  const end = simulate(recoding, steps, input);
  const grid = inputOfTarget(recoding, input, end.start);
  const target = runMachine(recoding.target, { ...others, steps: end.targetSteps, input: grid });
  const machine = normalForm(recoding.target);
  const [row, column] = [target.head.row - target.start.row, target.head.column - target.start.column];
  // Where the target's head began, in cells from the corner of the source's row 0, column 0.
  const startRow = input.headRow * rows + end.start.row;
  const startColumn = input.headColumn * columns + end.start.column;
  const isThere =
    machine.states[target.state] === end.place.target &&
    row + startRow === end.row * rows + end.place.row &&
    column + startColumn === end.column * columns + end.place.column;
  const read = readTape(recoding, target, [startRow, startColumn]);
  const isSame = read.cells.every(([r, c, symbol]) => end.plane.get(r, c) === symbol);
  if (!isThere || !isSame || read.cells.length !== end.plane.nonblank())
    throw new Error("runRecoded: the filter's grid is not that of the source's configuration");
  const { state } = end.place;
  const halted = end.stopped || source.halting.includes(state);
  return {
    halted,
    stopped: end.stopped,
    steps: end.steps,
    state,
    accepts: halted ? decisionOf(source, state) : null,
    row: end.row,
    column: end.column,
    nonblank: read.cells.length,
    ...read.rectangle,
    target,
  };
}

interface SourceEnd {
  readonly steps: number;
  readonly targetSteps: number;
  readonly stopped: boolean;
  readonly start: RecodedState;
  readonly place: RecodedState;
  readonly row: number;
  readonly column: number;
  readonly plane: SymbolPlane;
}

/** The blocks of the source's symbols, and the head where the target's first state has it. */
function inputOfTarget(
  { rows, columns, codes }: Recoding,
  { rows: lines, headRow, headColumn }: TapeStart,
  start: RecodedState,
): GridInput {
  const width = Math.max(0, ...lines.map((line) => line.length));
  const cells = lines.flatMap((line) =>
    Array.from({ length: rows }, (_, r) =>
      Array.from(
        { length: width },
        (_unused, c) => codes[line[c] ?? 0]?.slice(r * columns, (r + 1) * columns) ?? [],
      ).flat(),
    ),
  );
  return { rows: cells, headRow: headRow * rows + start.row, headColumn: headColumn * columns + start.column };
}

/** Runs the source, and counts the steps of the target by the cost of each of its steps. */
function simulate(recoding: Recoding, limit: number, input: TapeStart): SourceEnd {
  const { source, target, states } = recoding;
  const halts = new Set(source.halting);
  const stepOf = sourceSteps(source);
  const plane = new SymbolPlane();
  for (const [r, row] of input.rows.entries()) for (const [c, symbol] of row.entries()) plane.set(r, c, symbol);
  const start = states.find((one) => one.target === target.start) as RecodedState;
  let [row, column, steps, targetSteps, stopped] = [input.headRow, input.headColumn, 0, 0, false];
  let place = start;
  /** By the target's state and the symbol. */
  const costs = new Map<string, (Cost | undefined)[]>();
  while (!stopped && !halts.has(place.state)) {
    const symbol = plane.get(row, column);
    let ofPlace = costs.get(place.target);
    if (ofPlace === undefined) costs.set(place.target, (ofPlace = []));
    const cost = (ofPlace[symbol] ??= costOf(recoding, place, symbol, stepOf(place.state, symbol)));
    if (steps >= limit && !cost.stops) break;
    plane.set(row, column, cost.write);
    [row, column, place, stopped] = [row + cost.down, column + cost.right, cost.next, cost.stops];
    targetSteps += cost.steps;
    if (!stopped) steps += 1;
  }
  return { steps, targetSteps, stopped, start, place, row, column, plane };
}

interface Cost {
  readonly steps: number;
  readonly write: number;
  readonly down: number;
  readonly right: number;
  readonly next: RecodedState;
  readonly stops: boolean;
}

/** What a step of the source takes: the target on a block with a symbol, beside a blank block. */
function costOf(
  { target, rows, columns, codes, states, stopped }: Recoding,
  place: RecodedState,
  symbol: number,
  { write, move, stops }: ReturnType<ReturnType<typeof sourceSteps>>,
): Cost {
  const ends = new Map([...states, ...stopped].map((one) => [one.target, one]));
  const cells = new Map<string, TapeSymbol>(
    (codes[symbol] ?? []).map((digit, i) => [`${Math.floor(i / columns)},${i % columns}`, digit]),
  );
  let [state, r, c] = [place.target, place.row, place.column];
  const most = 16 * rows * columns * target.states.length;
  for (let steps = 1; steps <= most; steps++) {
    const entry = target.table.get(state)?.get(cells.get(`${r},${c}`) ?? 0);
    if (entry === undefined) break;
    cells.set(`${r},${c}`, entry.write);
    const [down, right] = MOVE_OFFSETS[entry.move];
    [state, r, c] = [entry.next, r + down, c + right];
    const next = ends.get(state);
    if (next === undefined) continue;
    const [blockDown, blockRight] = MOVE_OFFSETS[move];
    return { steps, write, down: blockDown, right: blockRight, next, stops };
  }
  throw new Error(`runRecoded: the target does not end the step of ${JSON.stringify(place.state)}`);
}

/** The source's cells that are not blank, read from the blocks of the filter's grid. */
function readTape(
  { rows, columns, codes }: Recoding,
  { box, at }: MachineRun,
  [startRow, startColumn]: readonly [number, number],
): {
  readonly cells: readonly (readonly [row: number, column: number, symbol: number])[];
  readonly rectangle: Pick<RecodedRun, "top" | "left" | "tape">;
} {
  const symbolOf = new Map(codes.map((code, symbol) => [code.join(), symbol]));
  const cells: [number, number, number][] = [];
  const first = (offset: number, size: number): number => Math.floor(offset / size);
  for (let row = first(box.top + startRow, rows); row <= first(box.bottom + startRow, rows); row++) {
    for (
      let column = first(box.left + startColumn, columns);
      column <= first(box.right + startColumn, columns);
      column++
    ) {
      const block = Array.from({ length: rows * columns }, (_, i) =>
        at(row * rows + Math.floor(i / columns) - startRow, column * columns + (i % columns) - startColumn),
      );
      if (block.every((digit) => digit === 0)) continue;
      const symbol = symbolOf.get(block.join());
      if (symbol === undefined) throw new Error("runRecoded: a block of the filter's grid is no symbol's");
      cells.push([row, column, symbol]);
    }
  }
  if (cells.length === 0) return { cells, rectangle: { top: 0, left: 0, tape: [] } };
  const bounds = cells.reduce(
    ([a, b, c, d], [r, s]) => [Math.min(a, r), Math.max(b, r), Math.min(c, s), Math.max(d, s)] as const,
    [Infinity, -Infinity, Infinity, -Infinity] as readonly [number, number, number, number],
  );
  const tape = Array.from({ length: bounds[1] - bounds[0] + 1 }, () =>
    Array.from({ length: bounds[3] - bounds[2] + 1 }, () => 0),
  );
  for (const [r, c, symbol] of cells) (tape[r - bounds[0]] as number[])[c - bounds[2]] = symbol;
  return { cells, rectangle: { top: bounds[0], left: bounds[2], tape } };
}
