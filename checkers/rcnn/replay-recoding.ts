/** Runs source and target of a recoding beside each other, on tapes without ends, and compares them after each step of the source. */
import type { RecodingRunJson } from "../../certificates/rcnn-recoding.js";
import { MOVE_OFFSETS, type TapeSymbol } from "../../spec/machines/machine.js";
import { recodedConfigurations, sourceSteps, type Recoding } from "../../spec/machines/recoding.js";
import { accepted, rejected, undecided, type Rejected, type Undecided, type Verdict } from "../verdict.js";
import { TargetStepper } from "./recoding-target.js";

/** Why a run is wrong. */
export type ReplayFault = "replay-run" | "replay-step";

/** Most steps of the targets of all runs, as counted before they are run. */
export const MAX_REPLAY_STEPS = 1_000_000;

/** Most cells of the target under the inputs of all runs, and cells of the rectangle that holds a run's tape at the end. */
export const MAX_REPLAY_TAPE = 1_000_000;

/** The runs with what is found in them; `longest` bounds the steps of the target for one of the source. */
export function replayRecoding(
  recoding: Recoding,
  runs: readonly RecodingRunJson[],
  longest: number,
): Verdict<ReplayFault, readonly RecodingRunJson[]> {
  const steps = runs.reduce((sum, { limit }) => sum + limit, 0) * Math.max(1, longest);
  if (steps > MAX_REPLAY_STEPS) {
    return undecided("replay-steps", `runs of up to ${steps} steps of the target are more than ${MAX_REPLAY_STEPS}`);
  }
  const cells = runs.reduce((sum, { input }) => sum + input.reduce((length, row) => length + row.length, 0), 0);
  if (cells * recoding.rows * recoding.columns > MAX_REPLAY_TAPE) {
    return undecided("replay-tape", `inputs of ${cells} symbols are more than ${MAX_REPLAY_TAPE} cells of the target`);
  }
  const found: RecodingRunJson[] = [];
  for (const [i, run] of runs.entries()) {
    const result = replayRun(recoding, run, `verdicts.replay[${i}]`, longest);
    if ("verdict" in result) return result;
    found.push(result);
  }
  return accepted(found);
}

/** Cells that are not blank, by "row,column", and the head. */
interface Tape<Symbol extends number> {
  readonly cells: Map<string, Symbol>;
  row: number;
  column: number;
  state: string;
}

function write<Symbol extends number>({ cells, row, column }: Tape<Symbol>, symbol: Symbol): void {
  if (symbol === 0) cells.delete(`${row},${column}`);
  else cells.set(`${row},${column}`, symbol);
}

function read<Symbol extends number>({ cells, row, column }: Tape<Symbol>): Symbol {
  return cells.get(`${row},${column}`) ?? (0 as Symbol);
}

function replayRun(
  recoding: Recoding,
  run: RecodingRunJson,
  path: string,
  longest: number,
): RecodingRunJson | Rejected<ReplayFault> | Undecided {
  const { source, target, rows, columns, states } = recoding;
  const indices = new Map(source.symbols.map((symbol, a) => [symbol, a]));
  const halts = new Set(source.halting);
  const stepOf = sourceSteps(source);
  const cells = new Map<string, number>();
  for (const [r, row] of run.input.entries()) {
    for (const [c, symbol] of row.entries()) {
      const index = indices.get(symbol);
      if (index === undefined)
        return rejected("replay-run", `${path}.input[${r}][${c}]`, "the source has no such symbol");
      if (index > 0) cells.set(`${r},${c}`, index);
    }
  }
  const tape: Tape<number> = { cells, row: run.headRow, column: run.headColumn, state: source.start };
  const first = states.find((one) => one.target === target.start) as (typeof states)[number];
  const grid: Tape<TapeSymbol> = {
    cells: new Map(configurationOf(recoding, tape, false)[0]?.cells),
    row: tape.row * rows + first.row,
    column: tape.column * columns + first.column,
    state: target.start,
  };
  const stepper = new TargetStepper(recoding);
  let [steps, targetSteps, stopped] = [0, 0, false];
  while (!stopped && !halts.has(tape.state)) {
    const { write: written, move, next, stops } = stepOf(tape.state, read(tape));
    if (steps === run.limit && !stops) break;
    write(tape, written);
    const [down, right] = MOVE_OFFSETS[move];
    [tape.row, tape.column, tape.state] = [tape.row + down, tape.column + right, next];
    stopped = stops;
    if (!stops) steps += 1;
    const taken = advance(stepper, grid, longest);
    targetSteps += taken;
    const place = stepper.listed(grid.state);
    const isSame =
      place?.stops === stops &&
      place.place.state === tape.state &&
      grid.row === tape.row * rows + place.place.row &&
      grid.column === tape.column * columns + place.place.column;
    if (!isSame) return rejected("replay-step", path, `the machines differ after ${steps} steps of the source`);
  }
  const expected = configurationOf(recoding, tape, stopped)[0]?.cells ?? new Map<string, TapeSymbol>();
  const isSame = expected.size === grid.cells.size && [...expected].every(([at, one]) => grid.cells.get(at) === one);
  if (!isSame) return rejected("replay-step", path, `the tapes differ after ${steps} steps of the source`);
  const tapeAtEnd = rectangle(tape.cells, source.symbols);
  if (tapeAtEnd === undefined) {
    return undecided("replay-tape", `the tape of ${path} ends on more than ${MAX_REPLAY_TAPE} cells`);
  }
  const halted = halts.has(tape.state);
  const { input, headRow, headColumn, limit } = run;
  return {
    input,
    headRow,
    headColumn,
    limit,
    steps,
    targetSteps,
    end: stopped ? "stopped" : halted ? "halted" : "running",
    state: tape.state,
    row: tape.row,
    column: tape.column,
    ...tapeAtEnd,
  };
}

/** Steps of the target until it is in a listed state, or the most that are allowed. */
function advance(stepper: TargetStepper, grid: Tape<TapeSymbol>, most: number): number {
  for (let taken = 0; taken < most; taken++) {
    const entry = stepper.entry(grid.state, read(grid));
    if (entry === undefined) return taken;
    write(grid, entry.write);
    grid.row += entry.down;
    grid.column += entry.right;
    grid.state = entry.next;
    if (stepper.listed(grid.state) !== undefined) return taken + 1;
  }
  return most;
}

function configurationOf(
  recoding: Recoding,
  { cells, row, column, state }: Tape<number>,
  stopped: boolean,
): ReturnType<typeof recodedConfigurations> {
  return recodedConfigurations(recoding, { state, stopped, tapes: [{ cells, row, column }] });
}

/** The rows of the least rectangle with all cells that are not blank, and where its first cell is; undefined if it is too large. */
function rectangle(
  cells: ReadonlyMap<string, number>,
  symbols: readonly string[],
): Pick<RecodingRunJson, "top" | "left" | "tape"> | undefined {
  if (cells.size === 0) return { top: 0, left: 0, tape: [] };
  const places = [...cells.keys()].map((place) => place.split(",").map(Number) as [number, number]);
  let [top, bottom, left, right] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [row, column] of places) {
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
  }
  if ((bottom - top + 1) * (right - left + 1) > MAX_REPLAY_TAPE) return undefined;
  const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const tape = range(top, bottom).map((row) =>
    range(left, right).map((column) => symbols[cells.get(`${row},${column}`) ?? 0] as string),
  );
  return { top, left, tape };
}
