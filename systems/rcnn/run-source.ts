/**
 * A run of any machine through a filter, told in the terms of its source: of a machine with three symbols through its own filter,
 * of others through that of the machine that they are recoded or reduced to.
 */
import { recodeAlphabet } from "../../construction/machines/recode-alphabet.js";
import type { GridInput } from "../../execution/rcnn/growing-grid.js";
import { runMachine, type MachineRun, type RunMachineOptions } from "../../execution/rcnn/run-machine.js";
import { runRecoded } from "../../execution/rcnn/run-recoded.js";
import { runTapes } from "../../execution/rcnn/run-tapes.js";
import { tapeSymbolsOf } from "../../inputs/machines/three-symbols.js";
import { decisionOf, type AlphabetMachine, type TapeStart } from "../../spec/machines/alphabet-machine.js";
import type { SourceMachine, TapeSymbol } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";

/** How the source's run became one of a filter. */
export type RunWay = "filter" | "recoding" | "reduction";

/** A tape at the end: the least rectangle with all its cells that are not blank, in symbols by index. */
export interface EndOfTape {
  readonly rows: readonly (readonly number[])[];
  /** The head, relative to the first cell of the rectangle; undefined where it is not told. */
  readonly head: { readonly row: number; readonly column: number } | undefined;
}

/** The end of a run. */
export interface SourceRun {
  readonly way: RunWay;
  readonly halted: boolean;
  /** Whether nothing changes any more without a halt. */
  readonly isFixed: boolean;
  readonly steps: number;
  readonly state: string;
  readonly accepts: boolean | null;
  readonly nonblank: number;
  /** Shape: tapes; undefined for a tape that is too large to tell. */
  readonly tapes: readonly (EndOfTape | undefined)[];
  readonly target: MachineRun;
  /** States of the machine that the filter is of, in its normal form, if that is not the source's own. */
  readonly targetStates: number | undefined;
}

/** Largest rectangle that is told. */
const TOLD_CELLS = 1_000_000;

/** Runs a machine. @throws {InputError} @throws {GridLimitError} */
export function runSource(
  machine: AlphabetMachine,
  source: SourceMachine | undefined,
  starts: readonly TapeStart[] | undefined,
  options: Pick<RunMachineOptions, "steps" | "onProgress">,
): SourceRun {
  if (source !== undefined) return runPlain(machine, source, starts?.[0], options);
  if (machine.tapes === 1) {
    const recoding = recodeAlphabet(machine);
    const run = runRecoded(recoding, { ...options, input: starts?.[0] });
    const { halted, steps, state, accepts, nonblank, tape, target } = run;
    const head = { row: run.row - run.top, column: run.column - run.left };
    const targetStates = normalForm(recoding.target).states.length;
    const ends = [{ rows: tape, head }];
    return {
      way: "recoding",
      halted,
      isFixed: halted,
      steps,
      state,
      accepts,
      nonblank,
      tapes: ends,
      target,
      targetStates,
    };
  }
  const { halted, steps, state, accepts, nonblank, tapes, target, reduction } = runTapes(machine, starts, options);
  const ends = tapes.map(({ symbols }) => ({ rows: symbols.length === 0 ? [] : [symbols], head: undefined }));
  const targetStates = normalForm(reduction.target).states.length;
  return {
    way: "reduction",
    halted,
    isFixed: halted,
    steps,
    state,
    accepts,
    nonblank,
    tapes: ends,
    target,
    targetStates,
  };
}

/** The input of a machine with three symbols as its own tape has it. */
export function gridInput({ symbols }: AlphabetMachine, start: TapeStart | undefined): GridInput | undefined {
  if (start === undefined) return undefined;
  const code = tapeSymbolsOf(symbols);
  return { ...start, rows: start.rows.map((row) => row.map((symbol) => code[symbol] as TapeSymbol)) };
}

function runPlain(
  machine: AlphabetMachine,
  source: SourceMachine,
  start: TapeStart | undefined,
  options: Pick<RunMachineOptions, "steps" | "onProgress">,
): SourceRun {
  const normal = normalForm(source);
  const input = gridInput(machine, start);
  const withInput = { ...options, ...(input === undefined ? {} : { input }) };
  const nameOf = (run: MachineRun): string => normal.states[run.state] as string;
  /** A state of its own says that there was no entry. */
  const isStop = (run: MachineRun): boolean =>
    machine.missing === "stop" && run.halted && !machine.states.includes(nameOf(run));
  const { steps: limit } = options;
  // To stop takes a layer of the filter and no step of the source, so it is looked for one layer further.
  let run = runMachine(source, limit === undefined ? withInput : { ...withInput, steps: limit + 1 });
  const stopped = isStop(run);
  let state = nameOf(run);
  if (stopped) state = nameOf(runMachine(source, { ...withInput, steps: run.steps - 1 }));
  else if (limit !== undefined && run.steps > limit) {
    run = runMachine(source, withInput);
    state = nameOf(run);
  }
  const { halted, isFixed, nonblank } = run;
  return {
    way: "filter",
    halted,
    isFixed,
    steps: stopped ? run.steps - 1 : run.steps,
    state,
    accepts: halted ? decisionOf(machine, state) : null,
    nonblank,
    tapes: [readPlain(machine, run)],
    target: run,
    targetStates: undefined,
  };
}

function readPlain(
  { symbols }: AlphabetMachine,
  { at, box, start, head, nonblank }: MachineRun,
): EndOfTape | undefined {
  const indexOf = new Map(tapeSymbolsOf(symbols).map((symbol, index) => [symbol, index]));
  const [headRow, headColumn] = [head.row - start.row, head.column - start.column];
  if (nonblank === 0) return { rows: [], head: { row: 0, column: 0 } };
  if ((box.bottom - box.top + 1) * (box.right - box.left + 1) > TOLD_CELLS) return undefined;
  const all = Array.from({ length: box.bottom - box.top + 1 }, (_, r) =>
    Array.from({ length: box.right - box.left + 1 }, (_unused, c) => indexOf.get(at(box.top + r, box.left + c)) ?? 0),
  );
  // The box has the head's cell, which may be blank, beside those that are not.
  const isBlank = (line: readonly number[]): boolean => line.every((symbol) => symbol === 0);
  const top = all.findIndex((row) => !isBlank(row));
  const rows = all.slice(top, all.findLastIndex((row) => !isBlank(row)) + 1);
  const left = Math.min(...rows.map((row) => row.findIndex((symbol) => symbol !== 0)).filter((first) => first >= 0));
  const right = Math.max(...rows.map((row) => row.findLastIndex((symbol) => symbol !== 0)));
  return {
    rows: rows.map((row) => row.slice(left, right + 1)),
    head: { row: headRow - box.top - top, column: headColumn - box.left - left },
  };
}
