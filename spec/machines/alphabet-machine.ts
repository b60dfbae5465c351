/**
 * Machines as simulators and textbooks have them: any finite alphabet in the source's own spelling, one tape or several,
 * an input, states that accept or reject. What the theorem is about has three symbols and one tape (machine.ts); such a
 * machine is brought there by a change of symbols, a recoding or a reduction, and runs are told in the terms of this file.
 *
 * Tapes have no ends. With one tape the head may go up and down as well.
 */
import { MOVE_OFFSETS, MOVES, type ExpectedResult, type MachineNotes, type Move } from "./machine.js";

/** What an entry does at once on all tapes; shapes: one symbol (by its index) and one move for each tape. */
export interface AlphabetEntry {
  readonly write: readonly number[];
  readonly moves: readonly Move[];
  readonly next: string;
}

/** The content of a tape before the first step: rows of symbols by index, the first one at row 0, column 0; blank elsewhere. */
export interface TapeStart {
  readonly rows: readonly (readonly number[])[];
  /** Where the head begins. */
  readonly headRow: number;
  readonly headColumn: number;
}

/** A machine over any alphabet. */
export interface AlphabetMachine {
  readonly name: string;
  /** In words, the format that it was read from. */
  readonly format: string;
  readonly tapes: number;
  /** In the source's spelling; index 0 is the blank; each once, none empty. */
  readonly symbols: readonly string[];
  /** All states, in file order, halting ones included; each once. */
  readonly states: readonly string[];
  readonly start: string;
  /** Halting states have no entries. */
  readonly halting: readonly string[];
  /** The halting states that accept, and those that reject; none in both. */
  readonly accepting: readonly string[];
  readonly rejecting: readonly string[];
  /** table.get(state)?.get(readKey(indices of the symbols under the heads)) */
  readonly table: ReadonlyMap<string, ReadonlyMap<string, AlphabetEntry>>;
  /**
   * Where there is no entry. "step": a last transition keeps the symbols, stays, and enters the first halting state, as in
   * machine files and bbchallenge's texts. "stop": the machine stops in the state that it is in, without a step.
   */
  readonly missing: "step" | "stop";
  /** The tapes that the file asks for; shape: tapes. Blank ones if absent. */
  readonly input?: readonly TapeStart[];
  readonly notes: MachineNotes;
  readonly expected: ExpectedResult;
}

/** The key of a row of the table: indices of symbols, one for each tape. */
export function readKey(symbols: readonly number[]): string {
  return symbols.join();
}

/** The symbols of a key. */
export function symbolsOfKey(key: string): number[] {
  return key.split(",").map(Number);
}

/** A tape that is blank, with the head on row 0, column 0. */
export const BLANK_TAPE: TapeStart = { rows: [], headRow: 0, headColumn: 0 };

/** A word on a tape from column 0 on, the head on its first symbol. */
export function wordOnTape(word: readonly number[]): TapeStart {
  return { rows: [word], headRow: 0, headColumn: 0 };
}

/**
 * Why a machine is inconsistent: a state or a symbol that is not declared or declared twice, an entry that does not fit the
 * tapes, a halting state with entries. Undefined for a consistent one.
 */
export function alphabetMachineFault(machine: AlphabetMachine): string | undefined {
  const { tapes, symbols, states, start, halting, accepting, rejecting, table, input } = machine;
  if (!Number.isSafeInteger(tapes) || tapes < 1) return `expected at least one tape, got ${tapes}`;
  if (symbols.length === 0) return "expected at least one symbol, the blank";
  if (symbols.includes("")) return "expected symbols that are not empty";
  for (const [what, names] of Object.entries({ symbols, states, halting, accepting, rejecting })) {
    if (new Set(names).size !== names.length) return `expected each of the ${what} once, got one twice`;
  }
  const declared = new Set(states);
  const stranger = [start, ...halting, ...table.keys()].find((state) => !declared.has(state));
  if (stranger !== undefined) return `state ${JSON.stringify(stranger)} is not declared`;
  const labelled = [...accepting, ...rejecting].find((state) => !halting.includes(state));
  if (labelled !== undefined) return `state ${JSON.stringify(labelled)} accepts or rejects and does not halt`;
  if (accepting.some((state) => rejecting.includes(state))) return "a state accepts and rejects";
  for (const [state, row] of table) {
    if (halting.includes(state) && row.size > 0) return `halting state ${JSON.stringify(state)} has entries`;
    for (const [key, entry] of row) {
      const fault = entryFault(machine, declared, key, entry);
      if (fault !== undefined) return `state ${JSON.stringify(state)}, symbols ${key}: ${fault}`;
    }
  }
  if (input === undefined) return undefined;
  if (input.length !== tapes) return `expected an input of ${tapes} tapes, got ${input.length}`;
  const isSymbol = (symbol: number): boolean => symbols[symbol] !== undefined;
  return input.every(({ rows }) => rows.flat().every(isSymbol)) ? undefined : "the input has an undeclared symbol";
}

function entryFault(
  { tapes, symbols }: AlphabetMachine,
  declared: ReadonlySet<string>,
  key: string,
  { write, moves, next }: AlphabetEntry,
): string | undefined {
  const read = symbolsOfKey(key);
  if (read.length !== tapes || write.length !== tapes || moves.length !== tapes)
    return `expected ${tapes} symbols to read, ${tapes} to write and ${tapes} moves`;
  if ([...read, ...write].some((symbol) => symbols[symbol] === undefined)) return "an undeclared symbol";
  const allowed = tapes === 1 ? MOVES : ["left", "right", "stay"];
  const odd = moves.find((move) => !allowed.includes(move));
  if (odd !== undefined) return `expected moves out of ${allowed.join(", ")}, got ${odd}`;
  return declared.has(next) ? undefined : `state ${JSON.stringify(next)} is not declared`;
}

/** A tape: its cells that differ from blank, by "row,column"; and its head. */
export interface AlphabetTape {
  readonly cells: ReadonlyMap<string, number>;
  readonly row: number;
  readonly column: number;
}

/** A configuration; `stopped` where the machine has no entry and halts without a step. */
export interface AlphabetConfiguration {
  readonly state: string;
  readonly tapes: readonly AlphabetTape[];
  readonly stopped: boolean;
}

/** The end of a run, or where its budget was spent. */
export interface AlphabetRun extends AlphabetConfiguration {
  readonly halted: boolean;
  /** Transitions taken. */
  readonly steps: number;
  /** What the end decides; null if it decides nothing. */
  readonly accepts: boolean | null;
}

/** The configuration before the first step. */
export function startConfigurationOf(machine: AlphabetMachine, input?: readonly TapeStart[]): AlphabetConfiguration {
  const starts = input ?? machine.input ?? Array.from({ length: machine.tapes }, () => BLANK_TAPE);
  const tapes = starts.map(({ rows, headRow, headColumn }): AlphabetTape => {
    const cells = rows.flatMap((row, r) => row.map((symbol, c): [string, number] => [`${r},${c}`, symbol]));
    return { cells: new Map(cells.filter(([, symbol]) => symbol !== 0)), row: headRow, column: headColumn };
  });
  return { state: machine.start, tapes, stopped: false };
}

/** The symbols under the heads. */
export function symbolsUnderHeads({ tapes }: AlphabetConfiguration): number[] {
  return tapes.map(({ cells, row, column }) => cells.get(`${row},${column}`) ?? 0);
}

/** Whether the machine has halted. */
export function hasHalted({ halting }: AlphabetMachine, { state, stopped }: AlphabetConfiguration): boolean {
  return stopped || halting.includes(state);
}

/**
 * A step. Where there is no entry and that is no step, the same configuration, stopped; where it is one, the first halting
 * state is entered, "halt" if none is declared.
 */
export function stepAlphabet(machine: AlphabetMachine, before: AlphabetConfiguration): AlphabetConfiguration {
  const entry = machine.table.get(before.state)?.get(readKey(symbolsUnderHeads(before)));
  if (entry === undefined) {
    if (machine.missing === "stop") return { ...before, stopped: true };
    const sink = machine.states.find((state) => machine.halting.includes(state)) ?? "halt";
    return { ...before, state: sink, stopped: !machine.halting.includes(sink) };
  }
  const tapes = before.tapes.map(({ cells, row, column }, t): AlphabetTape => {
    const after = new Map(cells);
    const written = entry.write[t] as number;
    if (written === 0) after.delete(`${row},${column}`);
    else after.set(`${row},${column}`, written);
    const [down, right] = MOVE_OFFSETS[entry.moves[t] as Move];
    return { cells: after, row: row + down, column: column + right };
  });
  return { state: entry.next, tapes, stopped: false };
}

/** Runs a machine, step by step, until it halts or has taken `maxSteps` transitions: plain and slow. */
export function runAlphabet(
  machine: AlphabetMachine,
  maxSteps: number,
  input: readonly TapeStart[] | undefined = machine.input,
): AlphabetRun {
  let now = startConfigurationOf(machine, input);
  let steps = 0;
  while (!hasHalted(machine, now)) {
    const after = stepAlphabet(machine, now);
    const isStep = !after.stopped || machine.missing === "step";
    if (isStep && steps === maxSteps) break;
    now = after;
    if (isStep) steps += 1;
  }
  const halted = hasHalted(machine, now);
  return { ...now, halted, steps, accepts: halted ? decisionOf(machine, now.state) : null };
}

/**
 * What a halt in a state decides: true in an accepting state, false in a rejecting one, and false elsewhere if the machine has
 * accepting states; null if it decides nothing.
 */
export function decisionOf({ accepting, rejecting }: AlphabetMachine, state: string): boolean | null {
  if (accepting.includes(state)) return true;
  return rejecting.includes(state) || accepting.length > 0 ? false : null;
}
