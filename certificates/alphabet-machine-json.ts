/** Machines over any alphabet as JSON: the source of a recoding, as written; see RECODING.md. */
import { readKey, type AlphabetEntry, type AlphabetMachine } from "../spec/machines/alphabet-machine.js";
import type { Move } from "../spec/machines/machine.js";

/** [symbol, written symbol, move, next state] */
export type AlphabetEntryJson = readonly [symbol: string, write: string, move: Move, next: string];

/** A machine on one tape, as written. */
export interface AlphabetSourceJson {
  readonly name: string;
  readonly about?: string;
  readonly source?: string;
  /** The first symbol is the blank. */
  readonly symbols: readonly string[];
  readonly states: readonly string[];
  readonly start: string;
  readonly halting: readonly string[];
  readonly missing: "step" | "stop";
  /** For each state with entries, in the order of `states`: its name, then its entries in the order of `symbols`. */
  readonly table: readonly (readonly [state: string, entries: readonly AlphabetEntryJson[]])[];
}

/** The JSON of a machine on one tape; its input, its decisions and what its file expects are left out. */
export function encodeAlphabetSource(machine: AlphabetMachine): AlphabetSourceJson {
  const { name, notes, symbols, states, start, halting, missing, table } = machine;
  const rows = states.flatMap((state) => {
    const row = table.get(state);
    const entries = symbols.flatMap((symbol, a): AlphabetEntryJson[] => {
      const entry = row?.get(readKey([a]));
      if (entry === undefined) return [];
      return [[symbol, symbols[entry.write[0] as number] as string, entry.moves[0] as Move, entry.next]];
    });
    return entries.length === 0 ? [] : [[state, entries] as const];
  });
  return { name, ...notes, symbols, states, start, halting, missing, table: rows };
}

/** The machine of schema-valid JSON; what is undeclared or listed twice is left for alphabetMachineFault to refuse. */
export function decodeAlphabetSource(json: AlphabetSourceJson): AlphabetMachine {
  const { name, about, source, symbols, states, start, halting, missing, table } = json;
  const indices = new Map(symbols.map((symbol, a) => [symbol, a]));
  const index = (symbol: string): number => indices.get(symbol) ?? -1;
  const rows = table.map(([state, entries]) => {
    const row = entries.map(([symbol, write, move, next]): [string, AlphabetEntry] => [
      readKey([index(symbol)]),
      { write: [index(write)], moves: [move], next },
    ]);
    return [state, new Map(row)] as const;
  });
  const notes = { ...(about === undefined ? {} : { about }), ...(source === undefined ? {} : { source }) };
  return {
    name,
    format: "certificate",
    tapes: 1,
    symbols,
    states,
    start,
    halting,
    accepting: [],
    rejecting: [],
    table: new Map(rows),
    missing,
    notes,
    expected: {},
  };
}
