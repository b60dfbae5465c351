/**
 * Runs a machine on several tapes through the filter of the machine on the grid that it is reduced to, and tells the run in the
 * source's terms. The reduction is no part of any certificate: the tapes that are read from the filter's grid are compared with
 * those of the source's own run.
 */
import { tapesToGrid, costOfStep, gridOfTapes, type GridReduction } from "../../construction/machines/tapes-to-grid.js";
import { symbolOfColumn } from "../../construction/language/symbol-column.js";
import { BLANK_TAPE, type AlphabetMachine, type TapeStart } from "../../spec/machines/alphabet-machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { runFastAlphabet, type FastAlphabetRun } from "../machines/fast-alphabet.js";
import { runMachine, type MachineRun, type RunMachineOptions } from "./run-machine.js";

/** A tape of the source at the end: its symbols by index from column `left` on, without outer blanks. */
export interface ReadTape {
  readonly left: number;
  readonly symbols: readonly number[];
}

/** The end of a run on several tapes. */
export interface TapesRun extends Omit<FastAlphabetRun, "tapes"> {
  readonly tapes: readonly ReadTape[];
  readonly nonblank: number;
  /** The run of the target's filter. */
  readonly target: MachineRun;
  readonly reduction: GridReduction;
}

/**
 * Runs a source from its tapes.
 *
 * @param options `steps` are those of the source
 * @throws {InputError} if the machine cannot be reduced
 * @throws {GridLimitError} if the grid would outgrow maxCells
 * @throws {Error} if the filter's grid does not hold the tapes of the source's run
 */
export function runTapes(
  source: AlphabetMachine,
  starts: readonly TapeStart[] | undefined,
  options: Pick<RunMachineOptions, "maxCells" | "onProgress" | "steps"> = {},
): TapesRun {
  const { steps = Infinity, ...others } = options;
  const given = starts ?? source.input ?? Array.from({ length: source.tapes }, () => BLANK_TAPE);
  const reduction = tapesToGrid(source, given);
  let targetSteps = 0;
  const end = runFastAlphabet(source, steps, given, (before, after) => {
    targetSteps += costOfStep(reduction, before, after);
  });
  const input = gridOfTapes(reduction, given);
  const limit = end.halted ? {} : { steps: targetSteps };
  const target = runMachine(reduction.target, { ...others, ...limit, input });
  const states = normalForm(reduction.target).states;
  const first = (given[0] ?? BLANK_TAPE).headColumn;
  const tapes = given.map((_, t) => readTape(reduction, target, t, first));
  const isSame = tapes.every(({ left, symbols }, t) => {
    const { plane } = end.tapes[t] as (typeof end.tapes)[number];
    return symbols.every((symbol, i) => plane.get(0, left + i) === symbol);
  });
  const nonblank = tapes.reduce((sum, { symbols }) => sum + symbols.filter((symbol) => symbol !== 0).length, 0);
  const expected = end.tapes.reduce((sum, { plane }) => sum + plane.nonblank(), 0);
  const halt = reduction.halts.get(states[target.state] as string);
  // Where there is no entry the reduction may enter a state of its own.
  const isHalt = end.halted
    ? halt === (end.stopped || !source.states.includes(end.state) ? "" : end.state)
    : halt === undefined;
  if (!isSame || nonblank !== expected || !isHalt || target.halted !== end.halted)
    throw new Error("runTapes: the filter's grid does not hold the tapes of the source's run");
  return { ...end, tapes, nonblank, target, reduction };
}

/** Reads a tape from its band. @param first column of the source on which the head of tape 1 began */
function readTape(
  { columns, source }: GridReduction,
  { at, columns: width, start }: MachineRun,
  tape: number,
  first: number,
): ReadTape {
  const { height } = columns;
  // Relative to where the head began, on the mark of tape 1.
  const top = tape * (height + 1) - height;
  const cells = Array.from({ length: width }, (_, i) => {
    const column = i - start.column;
    const symbol = symbolOfColumn(
      columns,
      Array.from({ length: height }, (_row, r) => at(top + r, column)),
    );
    if (symbol === undefined) throw new Error("runTapes: a column of the filter's grid is no symbol's");
    return source.symbols.indexOf(symbol);
  });
  const from = cells.findIndex((symbol) => symbol !== 0);
  const to = cells.findLastIndex((symbol) => symbol !== 0);
  return from < 0
    ? { left: 0, symbols: [] }
    : { left: from - start.column + first, symbols: cells.slice(from, to + 1) };
}
