/** A machine over up to three symbols, in any spelling, as a source machine with blank, +1 and -1; and back. */
import {
  readKey,
  symbolsOfKey,
  type AlphabetEntry,
  type AlphabetMachine,
} from "../../spec/machines/alphabet-machine.js";
import {
  TAPE_SYMBOLS,
  type Move,
  type SourceMachine,
  type SourceTransition,
  type TapeSymbol,
} from "../../spec/machines/machine.js";
import { InputError, quoteInput } from "../input-error.js";
import { decisionsByName, showSymbol } from "./foreign-machine.js";
import { spellSymbol } from "./read-machine.js";

/** The format of a machine that was read as a source machine; its symbols are spelled as runs are drawn. */
export const HOUSE_FORMAT = "a machine file";
/** Drawings of blank, +1 and -1; in the order of TAPE_SYMBOLS. */
const HOUSE_SYMBOLS: readonly string[] = [".", "+", "-"];

const TARGETS: readonly TapeSymbol[] = [1, -1];

const WELL_KNOWN: readonly (readonly [symbol: string, target: TapeSymbol])[] = [
  ["1", 1],
  ["+", 1],
  ["2", -1],
  ["-", -1],
];

/** Whether a machine needs no more than the theorem's machines have: one tape, three symbols. */
export function fitsThreeSymbols({ tapes, symbols }: AlphabetMachine): boolean {
  return tapes === 1 && symbols.length <= TAPE_SYMBOLS.length;
}

/**
 * The tape symbol of each symbol, by index, for up to three of them. Blank is blank; 1 or + is +1 and 2 or - is -1 where they
 * occur; the rest takes what is left, +1 first, in the order of code points.
 *
 * @throws {RangeError} if there are more than three
 */
export function tapeSymbolsOf(symbols: readonly string[]): TapeSymbol[] {
  if (symbols.length > TAPE_SYMBOLS.length)
    throw new RangeError(`tapeSymbolsOf: expected at most three symbols, got ${symbols.length}`);
  const code = new Map<string, TapeSymbol>([[symbols[0] ?? "", 0]]);
  const free = new Set(TARGETS);
  const assign = (symbol: string, target: TapeSymbol | undefined): void => {
    if (target === undefined || !symbols.includes(symbol) || code.has(symbol) || !free.delete(target)) return;
    code.set(symbol, target);
  };
  for (const [symbol, target] of WELL_KNOWN) assign(symbol, target);
  for (const symbol of symbols.toSorted(byCodePoint)) assign(symbol, [...free][0]);
  return symbols.map((symbol) => code.get(symbol) as TapeSymbol);
}

function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0) || Number(a > b) - Number(a < b);
}

/**
 * The machine with its symbols mapped; its note says how. Where the machine stops without an entry, an added halting state says
 * so, the first one, so that a run that meets no rule ends in no state that the source names.
 *
 * @throws {InputError} naming the symbols, if there are more than three, or the tapes
 */
export function toSourceMachine(machine: AlphabetMachine): SourceMachine {
  const { name, tapes, symbols, states, start, notes, expected } = machine;
  if (tapes !== 1) throw new InputError(`machine ${quoteInput(name)}: expected one tape, got ${tapes} of them`);
  if (!fitsThreeSymbols(machine)) throw new InputError(`machine ${quoteInput(name)}: ${tooManySymbols(symbols)}`);
  const code = tapeSymbolsOf(symbols);
  const symbolOf = (index: number | undefined): TapeSymbol => code[index ?? 0] as TapeSymbol;
  const table = new Map(
    [...machine.table].map(([state, row]): [string, ReadonlyMap<TapeSymbol, SourceTransition>] => {
      const entries = [...row].map(([key, { write, moves, next }]): [TapeSymbol, SourceTransition] => [
        symbolOf(symbolsOfKey(key)[0]),
        { write: symbolOf(write[0]), move: moves[0] as Move, next },
      ]);
      return [state, new Map(entries)];
    }),
  );
  const halting = haltingStates(machine);
  const about = notes.about ?? describeChange(machine, code);
  return {
    name,
    states: [...states.filter((state) => !machine.halting.includes(state)), ...halting],
    start,
    halting,
    table,
    notes: machine.missing === "step" ? notes : { ...notes, about },
    expected,
  };
}

function tooManySymbols(symbols: readonly string[]): string {
  const [blank = "", ...others] = symbols.map(showSymbol);
  const shown = others.slice(0, SHOWN_SYMBOLS);
  const rest = others.length > shown.length ? ` and ${others.length - shown.length} more` : ` and ${shown.pop() ?? ""}`;
  return `expected at most three symbols, blank and two more, got ${blank} (blank), ${shown.join(", ")}${rest}`;
}

const SHOWN_SYMBOLS = 8;

function haltingStates({ missing, symbols, states, halting, table }: AlphabetMachine): readonly string[] {
  const working = states.filter((state) => !halting.includes(state));
  const isComplete = working.every((state) => symbols.every((_, i) => table.get(state)?.has(readKey([i])) === true));
  if (missing === "step" || isComplete) return halting;
  const taken = new Set(states);
  let own = "no-rule";
  for (let suffix = 2; taken.has(own); suffix++) own = `no-rule-${suffix}`;
  return [own, ...halting];
}

function describeChange({ format, symbols }: AlphabetMachine, code: readonly TapeSymbol[]): string {
  const legend = symbols.map((symbol, i) => `${showSymbol(symbol)} is ${spellSymbol(code[i] as TapeSymbol)}`);
  // One space for any white space, as notes of machine files are read; they have no control characters.
  return `Read from ${format}: ${legend.join(", ")}`.replaceAll(/\s+/gu, " ").replaceAll(/[\p{Cc}\p{Cs}]/gu, "?");
}

/** A source machine as a machine over the symbols ".", "+" and "-". */
export function fromSourceMachine(source: SourceMachine): AlphabetMachine {
  const indexOf = (symbol: TapeSymbol): number => TAPE_SYMBOLS.indexOf(symbol);
  const rowOf = (row: ReadonlyMap<TapeSymbol, SourceTransition>): ReadonlyMap<string, AlphabetEntry> =>
    new Map(
      [...row].map(([symbol, { write, move, next }]) => [
        readKey([indexOf(symbol)]),
        { write: [indexOf(write)], moves: [move], next },
      ]),
    );
  const { name, states, start, halting, table, notes, expected } = source;
  return {
    name,
    format: HOUSE_FORMAT,
    tapes: 1,
    symbols: HOUSE_SYMBOLS,
    states,
    start,
    halting,
    ...decisionsByName(halting),
    table: new Map([...table].map(([state, row]) => [state, rowOf(row)])),
    missing: "step",
    notes,
    expected,
  };
}
