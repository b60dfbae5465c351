/** Small machines whose filters the tests of checkers start from. */
import type { Move, NormalMachine, TapeSymbol, Transition } from "../../../spec/machines/machine.js";
import { assertNormal } from "../../../spec/machines/normal-form.js";

/** One entry, such as "+R1": write, move (Up, Down, Left, Right, Stay), next state. */
type EntryText = `${"." | "+" | "-"}${"U" | "D" | "L" | "R" | "S"}${number}`;

const SYMBOLS: Readonly<Record<string, TapeSymbol>> = { ".": 0, "+": 1, "-": -1 };
const LETTERS: Readonly<Record<string, Move>> = { U: "up", D: "down", L: "left", R: "right", S: "stay" };

function transition(text: EntryText): Transition {
  return {
    write: SYMBOLS[text.slice(0, 1)] as TapeSymbol,
    move: LETTERS[text.slice(1, 2)] as Move,
    next: Number(text.slice(2)),
  };
}

/** A machine from its rows; a row has the entries of blank, +1 and -1. The last state halts if it is a fixed point. */
export function machineOf(
  name: string,
  ...rows: readonly (readonly [EntryText, EntryText, EntryText])[]
): NormalMachine {
  const last = rows.length - 1;
  const isFixed = last > 0 && rows[last]?.join() === `.S${last},+S${last},-S${last}`;
  const machine: NormalMachine = {
    name,
    states: rows.map((_, q) => `q${q}`),
    halting: rows.map((_, q) => q === last && isFixed),
    table: rows.map(([blank, plus, minus]) => ({ 0: transition(blank), 1: transition(plus), [-1]: transition(minus) })),
  };
  assertNormal(machine, "machineOf");
  return machine;
}

/** The one machine of one state. */
export const IDLE: NormalMachine = machineOf("idle", [".S0", "+S0", "-S0"]);

/** Two states; the second writes all three symbols and moves in three ways. */
export const PAIR: NormalMachine = machineOf("pair", [".S1", "+S0", "-S1"], ["+R1", "-U0", ".L1"]);

/** Four states, no two entries alike, all moves in the middle states, and a halting state at the end. */
export const FOUR: NormalMachine = machineOf(
  "four",
  [".S1", "+S2", "-S3"],
  ["+R2", "-L1", ".U3"],
  ["-D1", ".S2", "+U0"],
  [".S3", "+S3", "-S3"],
);
