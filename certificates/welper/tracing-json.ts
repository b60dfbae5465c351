/** Machines on d tapes and tracing networks as JSON; TRACING.md. Integers are strings, indices are numbers. */
import type { Move } from "../../spec/machines/machine.js";
import type { MultiTapeEntry, MultiTapeMachine, MultiTapeSource } from "../../spec/welper/machine.js";
import type { ReluUnit } from "../../spec/welper/relu-loss.js";
import type { ReadOut, TracingNetwork } from "../../spec/welper/tracing.js";

/** [symbols read, symbols written, moves, next state], one symbol and one move for each tape. */
export type MultiTapeEntryJson = readonly [readonly string[], readonly string[], readonly Move[], string];

/** A machine as written. */
export interface MultiTapeSourceJson {
  readonly name: string;
  readonly tapes: number;
  readonly symbols: readonly string[];
  readonly readOnly: readonly number[];
  readonly states: readonly string[];
  readonly start: string;
  readonly halting: readonly string[];
  /** For each state with entries, in the order of `states`: its name, then its entries in the order of readings. */
  readonly table: readonly (readonly [state: string, entries: readonly MultiTapeEntryJson[]])[];
}

/** The machine of the vertices, total. */
export interface MultiTapeMachineJson {
  readonly states: readonly string[];
  /** Indices, rising. */
  readonly halting: readonly number[];
  /** table[state][reading] = [written symbols, moves, next state], by index. */
  readonly table: readonly (readonly (readonly [readonly number[], readonly Move[], number])[])[];
}

/** [column, "weight"]; columns rise, no weight is "0". */
export type SparseEntryJson = readonly [column: number, weight: string];

/** ["out", "bias", [vertex, "weight"], ...] */
export type ReluUnitJson = readonly [out: string, bias: string, ...entries: SparseEntryJson[]];

/** The loss; TRACING.md, "The network". */
export interface TracingNetworkJson {
  readonly constant: string;
  readonly units: readonly ReluUnitJson[];
  readonly codes: readonly (readonly string[])[];
  readonly read: readonly (readonly SparseEntryJson[])[];
  readonly write: readonly (readonly SparseEntryJson[])[];
  readonly move: readonly (readonly SparseEntryJson[])[];
  readonly factors: { readonly write: string; readonly read: string; readonly move: string };
}

/** Largest absolute value of an integer of a network. */
const MAX_TRACING_INTEGER = 2_147_483_647;

/** Most ReLUs. */
const MAX_TRACING_UNITS = 1_000_000;

/** Most entries of ReLUs and read-outs together. */
const MAX_TRACING_ENTRIES = 8_000_000;

/** Numbers that are not a network: the first condition that fails, and where. */
export class TracingJsonError extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.name = "TracingJsonError";
    this.path = path;
  }
}

/** The JSON form of a machine. */
export function encodeMultiTapeSource(source: MultiTapeSource): MultiTapeSourceJson {
  const { name, tapes, symbols, readOnly, states, start, halting, table } = source;
  const rank = new Map(symbols.map((symbol, i) => [symbol, i]));
  const order = (read: string): number =>
    read.split(" ").reduce((sum, symbol) => sum * symbols.length + (rank.get(symbol) ?? 0), 0);
  const rows = states.flatMap((state) => {
    const row = [...(table.get(state) ?? [])].toSorted(([a], [b]) => order(a) - order(b));
    const entries = row.map(([read, { write, moves, next }]): MultiTapeEntryJson => [
      read.split(" "),
      write,
      moves,
      next,
    ]);
    return entries.length === 0 ? [] : [[state, entries] as const];
  });
  return { name, tapes, symbols, readOnly, states, start, halting, table: rows };
}

/** The machine of schema-valid JSON; what is undeclared is left for multiTapeForm to refuse. */
export function decodeMultiTapeSource(json: MultiTapeSourceJson): MultiTapeSource {
  const table = json.table.map(([state, entries]) => {
    const row = entries.map(([read, write, moves, next]): [string, MultiTapeEntry] => [
      read.join(" "),
      { write, moves, next },
    ]);
    return [state, new Map(row)] as const;
  });
  return { ...json, table: new Map(table) };
}

/** The JSON form of a total machine. */
export function encodeMultiTapeMachine({ states, halting, table }: MultiTapeMachine): MultiTapeMachineJson {
  return {
    states,
    halting: halting.flatMap((halts, q) => (halts ? [q] : [])),
    table: table.map((row) => row.map(({ write, moves, next }) => [write, moves, next] as const)),
  };
}

/** The JSON form of a network. */
export function encodeTracingNetwork(network: TracingNetwork): TracingNetworkJson {
  const sparse = (entries: readonly (readonly [number, number])[]): SparseEntryJson[] =>
    entries.map(([column, weight]) => [column, String(weight)]);
  const { constant, units, codes, read, write, move, factors } = network;
  return {
    constant: String(constant),
    units: units.map(({ out, bias, entries }) => [String(out), String(bias), ...sparse(entries)]),
    codes: codes.map((code) => code.map(String)),
    read: read.map(sparse),
    write: write.map(sparse),
    move: move.map(sparse),
    factors: { write: String(factors.write), read: String(factors.read), move: String(factors.move) },
  };
}

/**
 * The network that JSON of the schema's shape spells.
 *
 * @param machine that of the vertices
 * @throws {TracingJsonError} at the first condition that fails
 */
export function decodeTracingNetwork(
  json: TracingNetworkJson,
  machine: MultiTapeMachine,
  path: string,
): TracingNetwork {
  const vertices = machine.states.length * machine.symbols.length ** machine.tapes;
  if (json.units.length > MAX_TRACING_UNITS)
    throw new TracingJsonError(`${path}.units`, `expected at most ${MAX_TRACING_UNITS} ReLUs`);
  let entriesLeft = MAX_TRACING_ENTRIES;
  const sparse = (entries: readonly SparseEntryJson[], at: string, offset: number): (readonly [number, number])[] => {
    entriesLeft -= entries.length;
    if (entriesLeft < 0) throw new TracingJsonError(at, `expected at most ${MAX_TRACING_ENTRIES} entries in all`);
    let before = -1;
    return entries.map(([column, text], i) => {
      const place = `${at}[${i + offset}]`;
      if (column <= before || column >= vertices)
        throw new TracingJsonError(`${place}[0]`, `expected rising columns below ${vertices}, got ${column}`);
      before = column;
      const weight = integer(text, `${place}[1]`);
      if (weight === 0) throw new TracingJsonError(`${place}[1]`, "expected a weight other than 0");
      return [column, weight] as const;
    });
  };
  const units = json.units.map(([out, bias, ...entries], i): ReluUnit => {
    const at = `${path}.units[${i}]`;
    const weight = integer(out, `${at}[0]`);
    if (weight === 0) throw new TracingJsonError(`${at}[0]`, "expected a weight other than 0");
    return { out: weight, bias: integer(bias, `${at}[1]`), entries: sparse(entries, at, 2) };
  });
  const readOut = (name: "read" | "write" | "move", rows: number): ReadOut => {
    if (json[name].length !== rows)
      throw new TracingJsonError(`${path}.${name}`, `expected ${rows} rows, got ${json[name].length}`);
    return json[name].map((row, r) => sparse(row, `${path}.${name}[${r}]`, 0));
  };
  const codes = json.codes.map((code, a) => code.map((text, j) => integer(text, `${path}.codes[${a}][${j}]`)));
  const size = codes[0]?.length ?? 0;
  if (codes.length !== machine.symbols.length || codes.some((code) => code.length !== size))
    throw new TracingJsonError(`${path}.codes`, `expected ${machine.symbols.length} vectors of one length`);
  const { factors } = json;
  return {
    vertices,
    tapes: machine.tapes,
    readOnly: machine.readOnly,
    constant: integer(json.constant, `${path}.constant`),
    units,
    codes,
    read: readOut("read", machine.tapes * size),
    write: readOut("write", machine.tapes * size),
    move: readOut("move", machine.tapes * 5),
    factors: {
      write: integer(factors.write, `${path}.factors.write`),
      read: integer(factors.read, `${path}.factors.read`),
      move: integer(factors.move, `${path}.factors.move`),
    },
  };
}

/** The integer that a text spells. @throws {TracingJsonError} if it is not spelled as one, or is too large */
export function integer(text: string, path: string): number {
  const value = Number(text);
  if (!/^(?:0|-?[1-9][0-9]{0,9})$/.test(text) || Math.abs(value) > MAX_TRACING_INTEGER)
    throw new TracingJsonError(path, `expected an integer up to ${MAX_TRACING_INTEGER} either way`);
  return value;
}
