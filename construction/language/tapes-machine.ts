/**
 * Machines on one or two one-way infinite tapes over any finite alphabet: the machines that people bring, before a
 * standard reduction (B.1.2) carries them to the 2-D tape.
 *
 * Every tape has cells 0, 1, 2, ...; a move to the left on cell 0 leaves the head where it is. All heads begin on cell
 * 0.
 */
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { halt, isName, register, set, type Register, type Statement } from "./statement.js";

/** A move on a tape. */
export type TapeMove = "left" | "right" | "stay";

/** What the machine does at once on all its tapes; shapes: one string and one move for each tape. */
export interface TapesEntry {
  readonly write: readonly string[];
  readonly moves: readonly TapeMove[];
  readonly next: string;
}

/** A machine on `tapes` one-way infinite tapes. */
export interface TapesMachine {
  readonly name: string;
  readonly tapes: 1 | 2;
  /** The alphabet of all tapes; the first symbol is the blank. No symbol is empty or contains a space. */
  readonly symbols: readonly string[];
  /** All states, halting ones included; each once. */
  readonly states: readonly string[];
  readonly start: string;
  /** Halting states have no entries. */
  readonly halting: readonly string[];
  /** table.get(state)?.get(the symbols under the heads, joined by a space); an absent entry halts. */
  readonly table: ReadonlyMap<string, ReadonlyMap<string, TapesEntry>>;
}

/**
 * Asserts that a machine is consistent.
 *
 * @throws {InputError} "machine NAME: ..." with the state and the symbols, if a state or a symbol is not declared or is
 *   declared twice, an entry does not fit the number of tapes, or a halting state has entries
 */
export function assertTapesMachine(machine: TapesMachine): void {
  const fail = (message: string): never => {
    throw new InputError(`machine ${machine.name}: ${message}`);
  };
  const { tapes, symbols, states, start, halting, table } = machine;
  if (symbols.length === 0) fail("expected at least one symbol, the blank");
  const odd = symbols.find((symbol) => symbol === "" || /\s/.test(symbol));
  if (odd !== undefined) fail(`symbol ${quoteInput(odd)} is empty or contains a space`);
  for (const [kind, names] of [
    ["symbol", symbols],
    ["state", states],
  ] as const) {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) fail(`${kind} ${quoteInput(twice)} is declared twice`);
  }
  for (const state of [start, ...halting]) {
    if (!states.includes(state)) fail(`state ${quoteInput(state)} is not declared`);
  }
  for (const [state, row] of table) {
    if (!states.includes(state)) fail(`state ${quoteInput(state)} is not declared`);
    if (halting.includes(state) && row.size > 0) fail(`halting state ${quoteInput(state)} has entries`);
    for (const [read, { write, moves, next }] of row) {
      const place = `state ${quoteInput(state)}, symbols ${quoteInput(read)}`;
      const seen = read.split(" ");
      if (seen.length !== tapes || write.length !== tapes || moves.length !== tapes) {
        fail(`${place}: expected ${tapes} symbols to read, ${tapes} to write and ${tapes} moves`);
      }
      const stranger = [...seen, ...write].find((symbol) => !symbols.includes(symbol));
      if (stranger !== undefined) fail(`${place}: symbol ${quoteInput(stranger)} is not declared`);
      const move = moves.find((each: string) => !["left", "right", "stay"].includes(each));
      if (move !== undefined) fail(`${place}: expected moves left, right and stay, got ${quoteInput(move)}`);
      if (!states.includes(next)) fail(`${place}: state ${quoteInput(next)} is not declared`);
    }
  }
}

/** The control of a machine inside a program: its states as a register, its halting states as halts. */
export interface TapesControl {
  /** One value for each working state. */
  readonly state: Register;
  /** The register's value for a working state. */
  readonly valueOf: (state: string) => string;
  /** Continues in a state: sets the register, or halts. */
  readonly enter: (state: string) => Statement;
  /** The effect of an absent entry: it enters the first declared halting state, or "halt" where none is declared. */
  readonly haltUndefined: Statement;
}

/**
 * The control of a machine. Halting states keep their names if these can be names of the language; otherwise they are
 * called halt-1, halt-2, ... in the order of the machine's states.
 */
export function tapesControl(machine: TapesMachine): TapesControl {
  const working = machine.states.filter((state) => !machine.halting.includes(state));
  const halting = machine.states.filter((state) => machine.halting.includes(state));
  const keep = halting.every(isName);
  const haltIn = (state: string): Statement => halt(keep ? state : `halt-${halting.indexOf(state) + 1}`);
  const valueOf = (state: string): string => `q${working.indexOf(state)}`;
  const state = register("state", working.length === 0 ? ["q0"] : working.map(valueOf));
  const [undefinedHalt] = halting;
  return {
    state,
    valueOf,
    enter: (next) => (machine.halting.includes(next) ? haltIn(next) : set(state, valueOf(next))),
    haltUndefined: undefinedHalt === undefined ? halt() : haltIn(undefinedHalt),
  };
}
