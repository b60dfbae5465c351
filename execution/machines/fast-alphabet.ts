/** Fast simulation of machines over any alphabet, on any number of tapes: the same runs as runAlphabet's. */
import {
  BLANK_TAPE,
  decisionOf,
  symbolsOfKey,
  type AlphabetMachine,
  type TapeStart,
} from "../../spec/machines/alphabet-machine.js";
import { MOVE_OFFSETS } from "../../spec/machines/machine.js";
import { SymbolPlane } from "./symbol-plane.js";

/** A tape at the end of a run. */
export interface EndTape {
  readonly plane: SymbolPlane;
  readonly row: number;
  readonly column: number;
}

/** The end of a run, or where its budget was spent. */
export interface FastAlphabetRun {
  readonly halted: boolean;
  /** Halted where there is no entry, without a step. */
  readonly stopped: boolean;
  readonly steps: number;
  readonly state: string;
  readonly accepts: boolean | null;
  readonly tapes: readonly EndTape[];
}

/** Told of each step: the columns of the heads before and after it. */
export type StepWatcher = (before: readonly number[], after: readonly number[]) => void;

interface FlatEntry {
  readonly write: readonly number[];
  readonly down: readonly number[];
  readonly right: readonly number[];
  readonly next: number;
}

/**
 * Runs a machine until it halts or has taken `maxSteps` transitions.
 *
 * @param starts shape: tapes; the machine's own input if absent
 */
export function runFastAlphabet(
  machine: AlphabetMachine,
  maxSteps: number,
  starts: readonly TapeStart[] | undefined = machine.input,
  onStep?: StepWatcher,
): FastAlphabetRun {
  const { states, halting, tapes: count, missing } = machine;
  const names = [...states, ...(halting.length === 0 ? ["halt"] : [])];
  const isHalting = names.map((name, q) => q >= states.length || halting.includes(name));
  const table = flatten(machine, names);
  const sink = isHalting.indexOf(true);
  const given = starts ?? Array.from({ length: count }, () => BLANK_TAPE);
  const planes = given.map(planeOf);
  const row = given.map(({ headRow }) => headRow);
  const column = given.map(({ headColumn }) => headColumn);
  let state = states.indexOf(machine.start);
  let [steps, stopped] = [0, false];
  while (isHalting[state] !== true) {
    let key = 0;
    for (let t = 0; t < count; t++)
      key = key * machine.symbols.length + (planes[t] as SymbolPlane).get(row[t] as number, column[t] as number);
    const entry = table[state]?.get(key);
    if (entry === undefined && missing === "stop") {
      stopped = true;
      break;
    }
    if (steps >= maxSteps) break;
    steps += 1;
    if (entry === undefined) {
      state = sink;
      break;
    }
    const before = onStep === undefined ? [] : column.slice();
    for (let t = 0; t < count; t++) {
      (planes[t] as SymbolPlane).set(row[t] as number, column[t] as number, entry.write[t] as number);
      row[t] = (row[t] as number) + (entry.down[t] as number);
      column[t] = (column[t] as number) + (entry.right[t] as number);
    }
    onStep?.(before, column);
    state = entry.next;
  }
  const halted = stopped || isHalting[state] === true;
  const name = names[state] as string;
  const tapes = planes.map((plane, t) => ({ plane, row: row[t] as number, column: column[t] as number }));
  return { halted, stopped, steps, state: name, accepts: halted ? decisionOf(machine, name) : null, tapes };
}

function planeOf({ rows }: TapeStart): SymbolPlane {
  const plane = new SymbolPlane();
  for (const [r, line] of rows.entries()) for (const [c, symbol] of line.entries()) plane.set(r, c, symbol);
  return plane;
}

/** Entries by state index and by the number whose digits, in base of the number of symbols, are the symbols read. */
function flatten({ table, symbols }: AlphabetMachine, names: readonly string[]): ReadonlyMap<number, FlatEntry>[] {
  const indexOf = new Map(names.map((name, q) => [name, q]));
  return names.map((name) => {
    const row = [...(table.get(name) ?? [])].map(([key, { write, moves, next }]): [number, FlatEntry] => [
      symbolsOfKey(key).reduce((number, symbol) => number * symbols.length + symbol, 0),
      {
        write,
        down: moves.map((move) => MOVE_OFFSETS[move][0]),
        right: moves.map((move) => MOVE_OFFSETS[move][1]),
        next: indexOf.get(next) as number,
      },
    ]);
    return new Map(row);
  });
}
