/**
 * Machines as JSON: the source as written and the normal form that the filter computes; see FORMAT.md. What a machine's file
 * expects of it (steps, halting) is left out: a certificate holds nothing that its checker does not decide, but for the
 * name and the two notes that say what the machine is and where it comes from.
 */
import {
  TAPE_SYMBOLS,
  type Move,
  type NormalMachine,
  type SourceMachine,
  type SourceTransition,
  type TapeSymbol,
  type Transition,
} from "../spec/machines/machine.js";

/** [symbol, write, move, next state's name] */
export type SourceEntryJson = readonly [TapeSymbol, TapeSymbol, Move, string];

/** A source machine in a certificate: names and table as written, and the two notes (see FORMAT.md). */
export interface SourceMachineJson {
  readonly name: string;
  readonly about?: string;
  readonly source?: string;
  readonly states: readonly string[];
  readonly start: string;
  readonly halting: readonly string[];
  /** For each state with entries, in the order of `states`: its name, then its entries in the order blank, +1, -1. */
  readonly table: readonly (readonly [state: string, entries: readonly SourceEntryJson[]])[];
}

/** [write, move, next state's index] for blank, +1 and -1. */
export type EntryJson = readonly [TapeSymbol, Move, number];

/** A normal machine in a certificate: states by index, one row of three entries per state (see FORMAT.md). */
export interface NormalMachineJson {
  readonly name: string;
  readonly states: readonly string[];
  /** Indices of the halting states, rising. */
  readonly halting: readonly number[];
  readonly table: readonly (readonly [blank: EntryJson, plus: EntryJson, minus: EntryJson])[];
}

/** The JSON of a source machine, which leaves out the results that its file expects. */
export function encodeSourceMachine(machine: SourceMachine): SourceMachineJson {
  const table = machine.states.flatMap((state) => {
    const row = machine.table.get(state);
    const entries = TAPE_SYMBOLS.flatMap((symbol): SourceEntryJson[] => {
      const entry = row?.get(symbol);
      return entry === undefined ? [] : [[symbol, entry.write, entry.move, entry.next]];
    });
    return entries.length === 0 ? [] : [[state, entries] as const];
  });
  const { name, states, start, halting, notes } = machine;
  return {
    name,
    ...notes,
    states,
    start,
    halting,
    table,
  };
}

/** The machine of schema-valid JSON; entries of undeclared states are left for normalForm to refuse. */
export function decodeSourceMachine(json: SourceMachineJson): SourceMachine {
  const { name, about, source, states, start, halting, table } = json;
  const rows = table.map(([state, entries]) => {
    const row = entries.map(([symbol, write, move, next]): [TapeSymbol, SourceTransition] => [
      symbol,
      { write, move, next },
    ]);
    return [state, new Map(row)] as const;
  });
  const notes = { ...(about === undefined ? {} : { about }), ...(source === undefined ? {} : { source }) };
  return { name, states, start, halting, table: new Map(rows), notes, expected: {} };
}

/** The JSON of a normal machine. Entries are in the order blank, +1, -1. */
export function encodeNormalMachine(machine: NormalMachine): NormalMachineJson {
  const entry = ({ write, move, next }: Transition): EntryJson => [write, move, next];
  return {
    name: machine.name,
    states: machine.states,
    halting: machine.halting.flatMap((halts, q) => (halts ? [q] : [])),
    table: machine.table.map((row) => [entry(row[0]), entry(row[1]), entry(row[-1])]),
  };
}
