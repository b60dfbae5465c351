/** Machines on one tape as JSON: the source as written, and the total form of it that a decoder follows; see DECODER.md. */
import type { TapeMachine, TapeMove, TapesEntry, TapesMachine } from "../../spec/machines/tape-machine.js";

/** [symbol, written symbol, move, next state] */
export type TapeEntryJson = readonly [symbol: string, write: string, move: TapeMove, next: string];

/** A machine as written. */
export interface TapeSourceJson {
  readonly name: string;
  /** The first symbol is the blank. */
  readonly symbols: readonly string[];
  readonly states: readonly string[];
  readonly start: string;
  readonly halting: readonly string[];
  /** For each state with entries, in the order of `states`: its name, then its entries in the order of `symbols`. */
  readonly table: readonly (readonly [state: string, entries: readonly TapeEntryJson[]])[];
}

/** Its total form. */
export interface TapeMachineJson {
  readonly states: readonly string[];
  /** Indices of halting states, rising. */
  readonly halting: readonly number[];
  /** table[state][symbol] = [written symbol, move, next state], by index. */
  readonly table: readonly (readonly (readonly [write: number, move: -1 | 0 | 1, next: number])[])[];
}

/** The JSON form of a machine on one tape. */
export function encodeTapeSource({ name, symbols, states, start, halting, table }: TapesMachine): TapeSourceJson {
  const rows = states.flatMap((state) => {
    const row = table.get(state);
    const entries = symbols.flatMap((symbol): TapeEntryJson[] => {
      const entry = row?.get(symbol);
      if (entry === undefined) return [];
      return [[symbol, entry.write[0] as string, entry.moves[0] as TapeMove, entry.next]];
    });
    return entries.length === 0 ? [] : [[state, entries] as const];
  });
  return { name, symbols, states, start, halting, table: rows };
}

/** The machine of schema-valid JSON; what is undeclared is left for tapeNormalForm to refuse. */
export function decodeTapeSource({ name, symbols, states, start, halting, table }: TapeSourceJson): TapesMachine {
  const rows = table.map(([state, entries]) => {
    const row = entries.map(([symbol, write, move, next]): [string, TapesEntry] => [
      symbol,
      { write: [write], moves: [move], next },
    ]);
    return [state, new Map(row)] as const;
  });
  return { name, tapes: 1, symbols, states, start, halting, table: new Map(rows) };
}

/** The JSON form of a total machine. */
export function encodeTapeMachine({ states, halting, table }: TapeMachine): TapeMachineJson {
  return {
    states,
    halting: halting.flatMap((halts, q) => (halts ? [q] : [])),
    table: table.map((row) => row.map(({ write, move, next }) => [write, move, next] as const)),
  };
}
