/**
 * Machines on d tapes (section 4.1), as people write them and in the total form that the loss is about. The paper has two
 * symbols and heads that always move; here there is any alphabet, a tape may be a grid, and a head may stay. A move off a tape
 * leaves the head where it is (amendment `clamped-shift`).
 */
import { MOVES, type Move } from "../machines/machine.js";

/** What the machine does at once on all its tapes; one string and one move for each tape. */
export interface MultiTapeEntry {
  readonly write: readonly string[];
  readonly moves: readonly Move[];
  readonly next: string;
}

/** A machine as written. */
export interface MultiTapeSource {
  readonly name: string;
  /** d */
  readonly tapes: number;
  /** Gamma, of all tapes; the first symbol is the blank. No symbol is empty or contains a space. */
  readonly symbols: readonly string[];
  /** RO: indices of tapes, rising. */
  readonly readOnly: readonly number[];
  /** Q, halting states included; each once. */
  readonly states: readonly string[];
  /** q_0 */
  readonly start: string;
  /** F; halting states have no entries. */
  readonly halting: readonly string[];
  /** delta: table.get(state)?.get(the symbols under the heads, joined by a space); an absent entry halts. */
  readonly table: ReadonlyMap<string, ReadonlyMap<string, MultiTapeEntry>>;
}

/** One entry of a total table, by index: delta_2, delta_3, delta_1. */
export interface MultiTapeTransition {
  readonly write: readonly number[];
  readonly moves: readonly Move[];
  readonly next: number;
}

/** A total machine. Symbol 0 is the blank, state 0 the start. */
export interface MultiTapeMachine {
  readonly tapes: number;
  readonly symbols: readonly string[];
  readonly readOnly: readonly number[];
  readonly states: readonly string[];
  /** halting[q]: in q nothing is written, no head moves, and the state stays. */
  readonly halting: readonly boolean[];
  /** table[state][reading], readings as readingIndex counts them. */
  readonly table: readonly (readonly MultiTapeTransition[])[];
}

/** Most tapes. */
export const MAX_TAPES = 8;

/** Most vertices |Q| |Gamma|^d of a simplex. */
export const MAX_VERTICES = 20_000;

/** The number of readings, |Gamma|^d. */
export function readingCount({ tapes, symbols }: Pick<MultiTapeMachine, "tapes" | "symbols">): number {
  return symbols.length ** tapes;
}

/** A reading t in Gamma^d as a number, the symbol of tape 0 first. */
export function readingIndex(symbols: number, reading: readonly number[]): number {
  return reading.reduce((index, symbol) => index * symbols + symbol, 0);
}

/** The reading of an index. */
export function readingAt(symbols: number, tapes: number, index: number): number[] {
  const reading: number[] = [];
  for (let i = 0, rest = index; i < tapes; i++, rest = Math.floor(rest / symbols)) reading.unshift(rest % symbols);
  return reading;
}

/** Why a machine is inconsistent; undefined if it is not. */
export function multiTapeFault(machine: MultiTapeSource): string | undefined {
  const { tapes, symbols, readOnly, states, start, halting, table } = machine;
  if (!Number.isInteger(tapes) || tapes < 1 || tapes > MAX_TAPES)
    return `expected 1 to ${MAX_TAPES} tapes, got ${tapes}`;
  if (symbols.length < 2) return `expected at least two symbols, got ${symbols.length}`;
  if (symbols.length ** tapes * states.length > MAX_VERTICES)
    return `expected at most ${MAX_VERTICES} states times readings`;
  const odd = symbols.find((symbol) => symbol === "" || /\s/.test(symbol));
  if (odd !== undefined) return `symbol ${quoted(odd)} is empty or contains a space`;
  const repeated =
    duplicateOf("symbol", symbols) ?? duplicateOf("state", states) ?? duplicateOf("halting state", halting);
  if (repeated !== undefined) return repeated;
  const beyond = readOnly.find((tape, i) => tape >= tapes || tape <= (readOnly[i - 1] ?? -1));
  if (beyond !== undefined) return `expected read-only tapes below ${tapes}, rising, got ${beyond}`;
  const declared = new Set(states);
  const missing = [start, ...halting, ...table.keys()].find((state) => !declared.has(state));
  if (missing !== undefined) return `state ${quoted(missing)} is not declared`;
  for (const [state, row] of table) {
    if (halting.includes(state) && row.size > 0) return `halting state ${quoted(state)} has entries`;
    for (const [read, entry] of row) {
      const fault = entryFault(machine, declared, read, entry);
      if (fault !== undefined) return `state ${quoted(state)}, symbols ${quoted(read)}: ${fault}`;
    }
  }
  return undefined;
}

function entryFault(
  { tapes, symbols, readOnly }: MultiTapeSource,
  states: ReadonlySet<string>,
  read: string,
  { write, moves, next }: MultiTapeEntry,
): string | undefined {
  const seen = read.split(" ");
  if (seen.length !== tapes || write.length !== tapes || moves.length !== tapes)
    return `expected ${tapes} symbols to read, ${tapes} to write and ${tapes} moves`;
  const stranger = [...seen, ...write].find((symbol) => !symbols.includes(symbol));
  if (stranger !== undefined) return `symbol ${quoted(stranger)} is not declared`;
  const move = moves.find((each) => !MOVES.includes(each));
  if (move !== undefined) return `expected moves ${MOVES.join(", ")}, got ${quoted(move)}`;
  const written = readOnly.find((tape) => seen[tape] !== write[tape]);
  if (written !== undefined) return `it writes ${quoted(write[written] ?? "")} on tape ${written}, which is read-only`;
  return states.has(next) ? undefined : `state ${quoted(next)} is not declared`;
}

function duplicateOf(kind: string, names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  return twice === undefined ? undefined : `${kind} ${quoted(twice)} is declared twice`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length <= 60 ? text : `${text.slice(0, 57)}...`);
}

/**
 * The total form. States are the start, then the others that do not halt, then the halting ones that are entered, each in the
 * order of the source. An absent entry keeps all symbols, stays, and enters the first declared halting state; where none is declared,
 * a new one, under the first of halt, halt-2, ... that is not taken. Halting states keep, stay and remain.
 *
 * @throws {RangeError} if the machine is inconsistent
 */
export function multiTapeForm(source: MultiTapeSource): MultiTapeMachine {
  const fault = multiTapeFault(source);
  if (fault !== undefined) throw new RangeError(`multiTapeForm: ${fault}`);
  const { tapes, symbols, readOnly, start } = source;
  const count = symbols.length ** tapes;
  const readings = Array.from({ length: count }, (_, index) => readingAt(symbols.length, tapes, index));
  const keyOf = (reading: readonly number[]): string => reading.map((symbol) => symbols[symbol]).join(" ");
  const isHalting = new Set(source.halting);
  const working = source.states.filter((state) => !isHalting.has(state));
  const isPartial = working.some((state) => (source.table.get(state)?.size ?? 0) < count);
  const declared = source.states.find((state) => isHalting.has(state));
  const sink = declared ?? freshName("halt", new Set(source.states));
  const entered = new Set([start, ...(isPartial ? [sink] : [])]);
  for (const row of source.table.values()) for (const { next } of row.values()) entered.add(next);
  const halting = source.states.filter((state) => isHalting.has(state) && entered.has(state));
  if (isPartial && declared === undefined) halting.push(sink);
  const states = [...working, ...halting].toSorted((a, b) => Number(b === start) - Number(a === start));
  const indexOf = new Map(states.map((name, index) => [name, index]));
  const symbolOf = new Map(symbols.map((name, index) => [name, index]));
  const loops = new Set(halting);
  const stay = Array.from({ length: tapes }, (): Move => "stay");
  const transition = (state: string, reading: readonly number[]): MultiTapeTransition => {
    const entry = loops.has(state) ? undefined : source.table.get(state)?.get(keyOf(reading));
    if (entry === undefined)
      return { write: reading, moves: stay, next: indexOf.get(loops.has(state) ? state : sink) as number };
    const write = entry.write.map((symbol) => symbolOf.get(symbol) as number);
    return { write, moves: entry.moves, next: indexOf.get(entry.next) as number };
  };
  return {
    tapes,
    symbols,
    readOnly,
    states,
    halting: states.map((state) => loops.has(state)),
    table: states.map((state) => readings.map((reading) => transition(state, reading))),
  };
}

function freshName(name: string, taken: ReadonlySet<string>): string {
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? name : `${name}-${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}
