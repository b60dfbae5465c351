/**
 * Machines on a two-dimensional tape: Definition 6 with the moves and the alphabet of B.1.2.
 *
 * Two forms. A *source machine* is what people write: named states, a partial table, any number of halting states. A
 * *normal machine* is what the theorem is about: a total table over states 0 ... s-1, whose state 0 neither moves nor
 * writes (the first step of B.1.2) and whose halting states are fixed points of the step.
 */

/**
 * A tape symbol: blank is 0. On the tape of the network it is digit 1 of a cell.
 *
 * @example
 * ```ts
 * import type { TapeSymbol } from "weightproof";
 *
 * const tape: readonly TapeSymbol[] = [0, 1, -1, 0];
 * tape.filter((symbol) => symbol !== 0).length; // => 2
 * ```
 */
export type TapeSymbol = -1 | 0 | 1;

/** In the order in which tables list them: blank, +1, -1. */
export const TAPE_SYMBOLS: readonly TapeSymbol[] = [0, 1, -1];

/**
 * A move of the head; rows grow downwards. The paper writes them as four arrows and a cross.
 *
 * @example
 * ```ts
 * import { loadMachine, normalForm, type Move } from "weightproof";
 *
 * const moves: Move[] = normalForm(loadMachine("bb2")).table.map((row) => row[0].move);
 * moves; // => ["stay", "right", "left", "stay"]
 * ```
 */
export type Move = "up" | "down" | "left" | "right" | "stay";

/** All moves, in the order in which the paper lists its arrows. */
export const MOVES: readonly Move[] = ["up", "down", "left", "right", "stay"];

/** Row and column offset of each move. */
export const MOVE_OFFSETS: Readonly<Record<Move, readonly [number, number]>> = {
  up: [-1, 0],
  down: [1, 0],
  left: [0, -1],
  right: [0, 1],
  stay: [0, 0],
};

/**
 * One entry of a source machine's table; `next` names a state.
 *
 * @example
 * ```ts
 * import { loadMachine, type SourceTransition } from "weightproof";
 *
 * const entry: SourceTransition | undefined = loadMachine("bb2").table.get("A")?.get(0);
 * entry; // => { write: 1, move: "right", next: "B" }
 * ```
 */
export interface SourceTransition {
  readonly write: TapeSymbol;
  readonly move: Move;
  readonly next: string;
}

/**
 * What a source file says about a machine beside its table: kept in certificates, never used by a proof.
 *
 * @example
 * ```ts
 * import { loadMachine, type MachineNotes } from "weightproof";
 *
 * const notes: MachineNotes = loadMachine("bb2").notes;
 * notes.about === undefined; // => false
 * ```
 */
export interface MachineNotes {
  /** One sentence: what the machine does. */
  readonly about?: string;
  /** Where it was published. */
  readonly source?: string;
}

/**
 * A published result that the machine's file states; the tests replay it, certificates leave it out.
 *
 * @example
 * ```ts
 * import { loadMachine, normalForm, runFromBlank, type ExpectedResult } from "weightproof";
 *
 * const bb2 = loadMachine("bb2");
 * const expected: ExpectedResult = bb2.expected;
 * const { steps, nonblank } = runFromBlank(normalForm(bb2), { maxSteps: 100 });
 * steps === expected.steps && nonblank === expected.nonblank; // => true
 * ```
 */
export interface ExpectedResult {
  /** Steps from a blank tape to the halt, the halting transition counted. */
  readonly steps?: number;
  /** Non-blank cells at the halt. */
  readonly nonblank?: number;
  /** false: the machine is known never to halt from a blank tape. */
  readonly halts?: boolean;
}

/**
 * A machine as people write it. An absent entry of the table halts (see normalForm).
 *
 * @example
 * ```ts
 * import { certify, type SourceMachine } from "weightproof";
 *
 * const writer: SourceMachine = {
 *   name: "writer",
 *   states: ["write", "done"],
 *   start: "write",
 *   halting: ["done"],
 *   table: new Map([["write", new Map([[0, { write: 1, move: "stay", next: "done" }]])]]),
 *   notes: {},
 *   expected: {},
 * };
 * certify(writer).verdict; // => "accepted"
 * ```
 */
export interface SourceMachine {
  readonly name: string;
  /** All states, in file order, halting ones included; each name once. */
  readonly states: readonly string[];
  readonly start: string;
  /** Halting states: they have no entries in the table. */
  readonly halting: readonly string[];
  /** table.get(state)?.get(symbol) */
  readonly table: ReadonlyMap<string, ReadonlyMap<TapeSymbol, SourceTransition>>;
  readonly notes: MachineNotes;
  readonly expected: ExpectedResult;
}

/**
 * One entry of a normal machine's table; `next` is a state index.
 *
 * @example
 * ```ts
 * import { loadMachine, normalForm, type Transition } from "weightproof";
 *
 * // State 1 of bb2's normal form is A; on a blank it goes to state 2, which is B.
 * const entry: Transition | undefined = normalForm(loadMachine("bb2")).table[1]?.[0];
 * entry; // => { write: 1, move: "right", next: 2 }
 * ```
 */
export interface Transition {
  readonly write: TapeSymbol;
  readonly move: Move;
  readonly next: number;
}

/**
 * A machine in the form that B.1.2 asks for; s = states.length.
 *
 * @example
 * ```ts
 * import { loadMachine, normalForm, type NormalMachine } from "weightproof";
 *
 * const machine: NormalMachine = normalForm(loadMachine("bb2"));
 * machine.states; // => ["first", "A", "B", "Z"]
 * machine.halting; // => [false, false, false, true]
 * ```
 */
export interface NormalMachine {
  readonly name: string;
  /** State names; index 0 is the added first state. */
  readonly states: readonly string[];
  /** halting[q] says that q is a fixed point: every symbol is kept, the head stays, the state stays. */
  readonly halting: readonly boolean[];
  /** Total: table[q] has an entry for each symbol, found with transitionOf. */
  readonly table: readonly Readonly<Record<TapeSymbol, Transition>>[];
}
