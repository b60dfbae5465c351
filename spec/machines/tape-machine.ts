/**
 * Machines on one or two one-dimensional tapes over any finite alphabet, as people write them, and the normal form of those
 * with one tape: a total table over indices, in which halting states loop in place.
 *
 * A tape is one-way (cells 0, 1, 2, ...; a move to the left on the first cell leaves the head where it is) or two-way.
 */

/** A move on a tape. */
export type TapeMove = "left" | "right" | "stay";

/** Offset of each move. */
export const TAPE_MOVE_OFFSETS: Readonly<Record<TapeMove, -1 | 0 | 1>> = { left: -1, stay: 0, right: 1 };

/** What the machine does at once on all its tapes; shapes: one string and one move for each tape. */
export interface TapesEntry {
  readonly write: readonly string[];
  readonly moves: readonly TapeMove[];
  readonly next: string;
}

/** A machine on `tapes` tapes. */
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
 * Why a machine is inconsistent: a state or a symbol that is not declared or is declared twice, an entry that does not fit the
 * number of tapes, a halting state with entries. Undefined for a consistent one.
 */
export function tapesMachineFault(machine: TapesMachine): string | undefined {
  const { symbols, states, start, halting, table } = machine;
  if (symbols.length === 0) return "expected at least one symbol, the blank";
  const odd = symbols.find((symbol) => symbol === "" || /\s/.test(symbol));
  if (odd !== undefined) return `symbol ${quoted(odd)} is empty or contains a space`;
  const repeated =
    duplicateOf("symbol", symbols) ?? duplicateOf("state", states) ?? duplicateOf("halting state", halting);
  if (repeated !== undefined) return repeated;
  const declared = new Set(states);
  for (const state of [start, ...halting, ...table.keys()]) {
    if (!declared.has(state)) return `state ${quoted(state)} is not declared`;
  }
  for (const [state, row] of table) {
    if (halting.includes(state) && row.size > 0) return `halting state ${quoted(state)} has entries`;
    for (const [read, entry] of row) {
      const fault = entryFault(machine, declared, read, entry);
      if (fault !== undefined) return `state ${quoted(state)}, symbols ${quoted(read)}: ${fault}`;
    }
  }
  return undefined;
}

function duplicateOf(kind: string, names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  return twice === undefined ? undefined : `${kind} ${quoted(twice)} is declared twice`;
}

function entryFault(
  { tapes, symbols }: TapesMachine,
  states: ReadonlySet<string>,
  read: string,
  { write, moves, next }: TapesEntry,
): string | undefined {
  const seen = read.split(" ");
  if (seen.length !== tapes || write.length !== tapes || moves.length !== tapes)
    return `expected ${tapes} symbols to read, ${tapes} to write and ${tapes} moves`;
  const stranger = [...seen, ...write].find((symbol) => !symbols.includes(symbol));
  if (stranger !== undefined) return `symbol ${quoted(stranger)} is not declared`;
  const move = moves.find((each: string) => !(each in TAPE_MOVE_OFFSETS));
  if (move !== undefined) return `expected moves left, right and stay, got ${quoted(move)}`;
  return states.has(next) ? undefined : `state ${quoted(next)} is not declared`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length <= 60 ? text : `${text.slice(0, 57)}...`);
}

/** One entry of a normal tape machine's table: indices of the symbol and of the next state. */
export interface TapeTransition {
  readonly write: number;
  readonly move: -1 | 0 | 1;
  readonly next: number;
}

/** A machine on one tape, total. Symbol 0 is the blank, state 0 the start. */
export interface TapeMachine {
  readonly symbols: readonly string[];
  readonly states: readonly string[];
  /** halting[q]: in q every symbol is kept, the head stays and so does the state. */
  readonly halting: readonly boolean[];
  /** table[state][symbol] */
  readonly table: readonly (readonly TapeTransition[])[];
}

/**
 * The total form of a machine on one tape. Its states are the start, if it does not halt, then the others that do not halt, then
 * the halting ones that are entered, each in the order of the source. An absent entry keeps the symbol, stays and enters the
 * first declared halting state; where none is declared, a new one, under the first of halt, halt-2, ... that is not taken.
 * Halting states loop in place (amendment `halting-loop`).
 *
 * @throws {RangeError} if the machine is inconsistent or has two tapes
 */
export function tapeNormalForm(source: TapesMachine): TapeMachine {
  const fault = source.tapes === 1 ? tapesMachineFault(source) : "expected one tape, got two";
  if (fault !== undefined) throw new RangeError(`tapeNormalForm: ${fault}`);
  const { symbols } = source;
  const isHalting = new Set(source.halting);
  const working = source.states.filter((state) => !isHalting.has(state));
  const entered = new Set([source.start]);
  for (const row of source.table.values()) for (const { next } of row.values()) entered.add(next);
  const declared = source.states.find((state) => isHalting.has(state));
  const sink = declared ?? freshName("halt", new Set(source.states));
  const isPartial = working.some((state) => symbols.some((symbol) => !source.table.get(state)?.has(symbol)));
  if (isPartial) entered.add(sink);
  const halting = source.states.filter((state) => isHalting.has(state) && entered.has(state));
  if (isPartial && declared === undefined) halting.push(sink);
  const states = [...working, ...halting].toSorted((a, b) => Number(b === source.start) - Number(a === source.start));
  const indexOf = new Map(states.map((name, index) => [name, index]));
  const symbolIndex = new Map(symbols.map((name, index) => [name, index]));
  const loops = new Set(halting);
  const entryOf = (state: string, symbol: string, read: number): TapeTransition => {
    if (loops.has(state)) return { write: read, move: 0, next: indexOf.get(state) as number };
    const entry = source.table.get(state)?.get(symbol);
    if (entry === undefined) return { write: read, move: 0, next: indexOf.get(sink) as number };
    const [written, move] = [entry.write[0] as string, entry.moves[0] as TapeMove];
    return {
      write: symbolIndex.get(written) as number,
      move: TAPE_MOVE_OFFSETS[move],
      next: indexOf.get(entry.next) as number,
    };
  };
  const table = states.map((state) => symbols.map((symbol, read) => entryOf(state, symbol, read)));
  return { symbols, states, halting: states.map((state) => loops.has(state)), table };
}

/** The name itself, or the first of name-2, name-3, ... that is not taken. */
export function freshName(name: string, taken: ReadonlySet<string>): string {
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? name : `${name}-${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Whether a tape has a left end. */
export type TapeKind = "one-way" | "two-way";

/** A configuration: state z, position l of the head (the input begins at position 1), and the cells that differ from blank. */
export interface TapeConfiguration {
  readonly state: number;
  readonly head: number;
  readonly cells: ReadonlyMap<number, number>;
}

/** What a step did beside leading to the next configuration. */
export interface TapeStep {
  readonly after: TapeConfiguration;
  readonly written: number;
  readonly move: -1 | 0 | 1;
}

/** The configuration before the first step: the input at positions 1, 2, ..., the head on its first symbol. */
export function startOfTape(input: readonly number[]): TapeConfiguration {
  const cells = new Map(input.map((symbol, i) => [i + 1, symbol] as const).filter(([, symbol]) => symbol !== 0));
  return { state: 0, head: 1, cells };
}

/** The symbol under the head. */
export function symbolUnderHead({ head, cells }: TapeConfiguration): number {
  return cells.get(head) ?? 0;
}

/** A step of a machine: it writes, changes state and moves; on a one-way tape a move to the left at position 1 stays. */
export function stepTape(machine: TapeMachine, before: TapeConfiguration, tape: TapeKind): TapeStep {
  const row = machine.table[before.state] as readonly TapeTransition[];
  const { write, move, next } = row[symbolUnderHead(before)] as TapeTransition;
  const cells = new Map(before.cells);
  if (write === 0) cells.delete(before.head);
  else cells.set(before.head, write);
  const blocked = tape === "one-way" && before.head === 1 && move === -1;
  return { after: { state: next, head: before.head + (blocked ? 0 : move), cells }, written: write, move };
}
