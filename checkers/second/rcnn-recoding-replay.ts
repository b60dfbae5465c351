/**
 * The runs of a recoding's certificate (RECODING.md, Replay): the source is run by itself first and leaves the list of its
 * configurations; then the target is run by itself, and has to pass that list.
 */
import { reject, type Pair, type Run } from "./rcnn-recoding-text.js";
import { giveUp } from "./text.js";

const MAX_REPLAY_STEPS = 1_000_000;
const MAX_REPLAY_TAPE = 1_000_000;

/** Runs all of them again: what is given, and what was found. */
export function decideRecodingRuns(pair: Pair, runs: readonly Run[], longest: number): Run[] {
  const steps = Math.max(1, longest) * runs.reduce((sum, { limit }) => sum + limit, 0);
  if (steps > MAX_REPLAY_STEPS) giveUp("replay-steps", `runs of up to ${steps} steps of the target`);
  const { rows, columns } = pair.certificate.block;
  const given = runs.flatMap(({ input }) => input).reduce((sum, line) => sum + line.length, 0);
  if (given * rows * columns > MAX_REPLAY_TAPE) giveUp("replay-tape", `inputs of ${given} symbols`);
  return runs.map((one, i) => decideRun(pair, one, `verdicts.replay[${i}]`));
}

/** A plane of numbers, 0 but for finitely many cells. */
class Plane {
  readonly #rows = new Map<number, Map<number, number>>();

  get(row: number, column: number): number {
    return this.#rows.get(row)?.get(column) ?? 0;
  }

  set(row: number, column: number, value: number): void {
    let line = this.#rows.get(row);
    if (line === undefined) this.#rows.set(row, (line = new Map()));
    if (value === 0) line.delete(column);
    else line.set(column, value);
  }

  /** All cells that are not 0. */
  *cells(): Generator<readonly [row: number, column: number, value: number]> {
    for (const [row, line] of this.#rows) for (const [column, value] of line) yield [row, column, value];
  }
}

function decideRun(pair: Pair, given: Run, path: string): Run {
  const { source, target, block } = pair.certificate;
  const [plane, grid] = [new Plane(), new Plane()];
  const paint = (on: Plane, row: number, column: number, symbol: number): void =>
    pair.digits[symbol]?.forEach((digit, i) =>
      on.set(row * block.rows + Math.floor(i / block.columns), column * block.columns + (i % block.columns), digit),
    );
  for (const [r, line] of given.input.entries())
    for (const [c, symbol] of line.entries()) {
      const index = pair.symbolIndex.get(symbol);
      if (index === undefined) return reject("replay-run", `${path}.input[${r}][${c}]`, `${symbol} is not a symbol`);
      plane.set(r, c, index);
      if (index !== 0) paint(grid, r, c, index);
    }

  let [state, row, column, steps] = [source.start, given.headRow, given.headColumn, 0];
  let end: Run["end"] = "running";
  const passed = [{ state, row, column, stops: false }];
  for (;;) {
    if (pair.halts.has(state)) end = "halted";
    if (end === "halted") break;
    const read = plane.get(row, column);
    const { write, by, next, stops } = pair.act(state, read);
    if (stops) end = "stopped";
    else if (steps === given.limit) break;
    else steps++;
    plane.set(row, column, write);
    [state, row, column] = [next, row + by[0], column + by[1]];
    passed.push({ state, row, column, stops });
    if (stops) break;
  }
  const targetSteps = followTarget(pair, grid, passed, path);

  const expected = new Plane();
  for (const [r, c, symbol] of plane.cells()) paint(expected, r, c, symbol);
  for (const [on, other] of [
    [grid, expected],
    [expected, grid],
  ] as const)
    for (const [r, c, digit] of on.cells())
      if (other.get(r, c) !== digit) reject("replay-step", path, `cell ${r}, ${c} of ${target.name} differs`);
  const { input, headRow, headColumn, limit } = given;
  const found = { steps, targetSteps, end, state, row, column, ...frame(plane, source.symbols, path) };
  return { input, headRow, headColumn, limit, ...found };
}

/** Runs the target past the source's configurations, one after the other; its steps. */
function followTarget(
  { certificate: { target, block }, listed, entry }: Pair,
  grid: Plane,
  passed: readonly { readonly state: string; readonly row: number; readonly column: number; readonly stops: boolean }[],
  path: string,
): number {
  const start = listed.get(target.start);
  const [first] = passed;
  if (start === undefined || first === undefined) return 0;
  let [state, row, column] = [
    target.start,
    first.row * block.rows + start.row,
    first.column * block.columns + start.column,
  ];
  let steps = 0;
  for (const [n, expected] of passed.entries()) {
    do {
      if (n === 0) break;
      const found = entry(state, grid.get(row, column));
      if (found === undefined) return reject("replay-step", path, `${target.name} has no entry in ${state}`);
      grid.set(row, column, found[0]);
      [row, column, state] = [row + found[1][0], column + found[1][1], found[2]];
      steps++;
    } while (!listed.has(state));
    const there = listed.get(state);
    const isThere =
      there?.state === expected.state &&
      there.stops === expected.stops &&
      row === expected.row * block.rows + there.row &&
      column === expected.column * block.columns + there.column;
    if (!isThere) return reject("replay-step", path, `${target.name} is elsewhere after ${n} steps`);
  }
  return steps;
}

/** The least rectangle with all cells that are not blank. */
function frame(plane: Plane, symbols: readonly string[], path: string): Pick<Run, "top" | "left" | "tape"> {
  let bounds: readonly [top: number, bottom: number, left: number, right: number] | undefined;
  for (const [row, column] of plane.cells()) {
    const [top, bottom, left, right] = bounds ?? [row, row, column, column];
    bounds = [Math.min(top, row), Math.max(bottom, row), Math.min(left, column), Math.max(right, column)];
  }
  if (bounds === undefined) return { top: 0, left: 0, tape: [] };
  const [top, bottom, left, right] = bounds;
  const [rows, columns] = [bottom - top + 1, right - left + 1];
  if (rows * columns > MAX_REPLAY_TAPE) giveUp("replay-tape", `the tape of ${path} ends on ${rows} x ${columns} cells`);
  const at = (row: number, column: number): string => symbols[plane.get(top + row, left + column)] as string;
  const tape_ = Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_cell, c) => at(r, c)));
  return { top, left, tape: tape_ };
}
