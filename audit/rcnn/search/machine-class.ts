/**
 * The classes that the search runs over: machines by number, in normal form.
 *
 * A class has w working states beside the first state of B.1.2 and one halting state, so s = w + 2. Every entry of the
 * table writes one of 3 symbols, makes one of 5 moves, and enters a working state or halts: 15 (w + 1) choices.
 */
import {
  MOVES,
  TAPE_SYMBOLS,
  type NormalMachine,
  type TapeSymbol,
  type Transition,
} from "../../../spec/machines/machine.js";
import { stream } from "./random.js";

/** A class of machines, each with a number. */
export interface MachineClass {
  readonly name: string;
  /** One sentence: which machines. */
  readonly about: string;
  /** s */
  readonly states: number;
  readonly size: number;
  readonly machine: (index: number) => NormalMachine;
}

const NO_INDEX = "expected the number of a machine of the class";

function build(working: number, name: string, choices: readonly number[]): NormalMachine {
  const halt = working + 1;
  const keep = (next: number): Record<TapeSymbol, Transition> => ({
    0: { write: 0, move: "stay", next },
    1: { write: 1, move: "stay", next },
    [-1]: { write: -1, move: "stay", next },
  });
  const entry = (choice: number): Transition => ({
    write: TAPE_SYMBOLS[choice % 3] as TapeSymbol,
    move: MOVES[Math.floor(choice / 3) % 5] ?? "stay",
    // 0 halts, k enters working state k.
    next: Math.floor(choice / 15) === 0 ? halt : Math.floor(choice / 15),
  });
  const rows = Array.from({ length: working }, (_, q): Record<TapeSymbol, Transition> => ({
    0: entry(choices[3 * q] as number),
    1: entry(choices[3 * q + 1] as number),
    [-1]: entry(choices[3 * q + 2] as number),
  }));
  const states = ["first", ...rows.map((_, q) => `work-${q + 1}`), "halt"];
  return { name, states, halting: states.map((_, q) => q === halt), table: [keep(1), ...rows, keep(halt)] };
}

/** All 30^3 machines with one working state. */
const oneState: MachineClass = {
  name: "one-state",
  about: "all 27000 machines with one working state",
  states: 3,
  size: 30 ** 3,
  machine: (index) => {
    if (!Number.isInteger(index) || index < 0 || index >= 30 ** 3)
      throw new RangeError(`one-state: ${NO_INDEX}, got ${index}`);
    return build(1, `one-state-${index}`, [index % 30, Math.floor(index / 30) % 30, Math.floor(index / 900)]);
  },
};

const SAMPLE = 100_000;

/** Random restarts: tables drawn uniformly from the 45^6 with two working states, by a fixed seed. */
const twoStates: MachineClass = {
  name: "two-states-sample",
  about: "100000 tables drawn uniformly from the 45^6 machines with two working states",
  states: 4,
  size: SAMPLE,
  machine: (index) => {
    if (!Number.isInteger(index) || index < 0 || index >= SAMPLE) {
      throw new RangeError(`two-states-sample: ${NO_INDEX}, got ${index}`);
    }
    const next = stream(`two-states-sample ${index}`);
    return build(
      2,
      `two-states-sample-${index}`,
      Array.from({ length: 6 }, () => next(45)),
    );
  },
};

/** The classes there are. */
export const MACHINE_CLASSES: readonly MachineClass[] = [oneState, twoStates];
