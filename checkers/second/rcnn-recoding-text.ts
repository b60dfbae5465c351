/** What the text of a recoding's certificate says (RECODING.md), and whether source, target and correspondence are well-formed. */
import { normalForm, sourceShape, type Source } from "./rcnn-machine.js";
import {
  count,
  digest,
  list,
  name,
  oneOf,
  record,
  reject as rejectText,
  string,
  tuple,
  whole,
  type Reject,
  type Shape,
  type TextCode,
} from "./text.js";

/** Why a recoding's certificate is rejected. */
// prettier-ignore
export type RecodingCode = TextCode
  | "source-machine" | "recoding-code" | "recoding-states" | "recoding-step" | "replay-run" | "replay-step" | "counts";

/** Ends the check with a rejection of a recoding. */
export const reject: Reject<RecodingCode> = rejectText;

/** A run of both machines, as stated. */
export interface Run {
  readonly input: readonly (readonly string[])[];
  readonly headRow: number;
  readonly headColumn: number;
  readonly limit: number;
  readonly steps: number;
  readonly targetSteps: number;
  readonly end: "running" | "halted" | "stopped";
  readonly state: string;
  readonly row: number;
  readonly column: number;
  readonly top: number;
  readonly left: number;
  readonly tape: readonly (readonly string[])[];
}

/** [source state, target state, row, column] */
export type Place = readonly [state: string, target: string, row: number, column: number];

/** How many situations there are, and steps of the target in one. */
export interface StepCounts {
  readonly situations: number;
  readonly shortest: number;
  readonly longest: number;
}

interface AlphabetSource extends Pick<Source, "name" | "about" | "source" | "states" | "start" | "halting"> {
  readonly symbols: readonly string[];
  readonly missing: "step" | "stop";
  readonly table: readonly (readonly [
    state: string,
    entries: readonly (readonly [read: string, write: string, move: string, next: string])[],
  ])[];
}

/** The certificate. */
export interface Certificate {
  readonly source: AlphabetSource;
  readonly target: Source;
  readonly digests: { readonly source: string; readonly target: string };
  readonly block: { readonly rows: number; readonly columns: number; readonly codes: readonly string[] };
  readonly states: readonly Place[];
  readonly stopped: readonly Place[];
  readonly verdicts: { readonly steps: StepCounts; readonly replay: readonly Run[] };
}

const MOST = 4096;
const names = list(name, MOST);
const note = string(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r]){0,4000}$/u);
const move = oneOf("up", "down", "left", "right", "stay");
const size = whole(16, 1);
const places = list(tuple(name, name, count, count), MOST);
// prettier-ignore
const alphabetSource = record(
  {
    name,
    about: note,
    source: note,
    symbols: list(name, MOST, 1),
    states: names,
    start: name,
    halting: names,
    missing: oneOf("step", "stop"),
    table: list(tuple(name, list(tuple(name, name, move, name), MOST, 1)), MOST),
  },
  ["about", "source"],
);

const coordinate = whole(1_000_000_000, -1_000_000_000);
const tape = list(list(name, 100_000), 10_000);
// prettier-ignore
const run = record({
  input: tape, headRow: coordinate, headColumn: coordinate, limit: count,
  steps: count, targetSteps: count, end: oneOf("running", "halted", "stopped"), state: name, row: coordinate,
  column: coordinate, top: coordinate, left: coordinate, tape,
});

/** The shape of a certificate. */
// prettier-ignore
export const certificateShape: Shape<Certificate> = record({
  format: oneOf("weightproof-certificate"),
  version: oneOf(1),
  system: oneOf("rcnn"),
  statement: oneOf("recoding"),
  source: alphabetSource,
  target: sourceShape,
  digests: record({ source: digest, target: digest }),
  block: record({ rows: size, columns: size, codes: list(string(/^[-.+]{1,256}$/), MOST) }),
  states: places,
  stopped: places,
  verdicts: record({ steps: record({ situations: count, shortest: count, longest: count }), replay: list(run, 64) }),
});

/** Row and column of a move. */
export const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  up: [-1, 0],
  down: [1, 0],
  left: [0, -1],
  right: [0, 1],
  stay: [0, 0],
};

/** What the source does in a state on a symbol, by its index. */
export interface Act {
  readonly write: number;
  readonly by: readonly [down: number, right: number];
  readonly next: string;
  /** It is over, without a step. */
  readonly stops: boolean;
}

/** Both machines and how they correspond, as the decisions need them. */
export interface Pair {
  readonly certificate: Certificate;
  readonly symbolIndex: ReadonlyMap<string, number>;
  readonly halts: ReadonlySet<string>;
  readonly act: (state: string, symbol: number) => Act;
  /** -1, 0 or 1 of a symbol's block, row by row. */
  readonly digits: readonly (readonly number[])[];
  /** [what is written, move, next state] of the target. */
  readonly entry: (state: string, read: number) => readonly [number, readonly [number, number], string] | undefined;
  /** By the target's state: the source's state, the place, whether the source has stopped. */
  readonly listed: ReadonlyMap<string, Listed>;
}

/** A listed state of the target. */
export interface Listed {
  readonly state: string;
  readonly row: number;
  readonly column: number;
  readonly stops: boolean;
}

/** Names, rows and entries of the source. */
export function decideSource({ source: { symbols, states, start, halting, table, missing } }: Certificate): void {
  const fail = (message: string): never => reject("source-machine", "source", message);
  for (const [what, all] of Object.entries({ symbols, states, halting }))
    if (new Set(all).size < all.length) fail(`${what} has a name twice`);
  const rank = new Map(states.map((state, i) => [state, i]));
  const order = new Map(symbols.map((symbol, i) => [symbol, i]));
  const halts = new Set(halting);
  for (const state of [start, ...halting]) if (!rank.has(state)) fail(`${state} is not a state`);
  let complete = 0;
  let last = -1;
  for (const [state, entries] of table) {
    const at = rank.get(state) ?? fail(`${state} is not a state`);
    if (at <= last) fail(`the row of ${state} is out of order`);
    last = at;
    if (halts.has(state)) fail(`the halting state ${state} has a row`);
    if (entries.length === symbols.length) complete++;
    let before = -1;
    for (const [read, write, , next] of entries) {
      const place = order.get(read) ?? fail(`${read} is not a symbol`);
      if (place <= before) fail(`the row of ${state} is not in order at ${read}`);
      before = place;
      if (!order.has(write)) fail(`${write} is not a symbol`);
      if (!rank.has(next)) fail(`${next} is not a state`);
    }
  }
  if (missing === "step" && halting.length === 0 && complete < states.length)
    fail("no state halts where an entry is missing");
}

/** The target is malformed where its normal form is. */
export function decideTarget(target: Source): void {
  normalForm(target, "target");
}

/** The codes of the symbols. */
export function decideCodes({ source, block: { rows, columns, codes } }: Certificate): void {
  const fail = (path: string, message: string): never => reject("recoding-code", path, message);
  if (codes.length !== source.symbols.length) fail("block.codes", "not as many codes as symbols");
  const before = new Set<string>();
  for (const [i, code] of codes.entries()) {
    if (code.length !== rows * columns) fail(`block.codes[${i}]`, `expected ${rows * columns} cells`);
    if (i === 0 && code !== ".".repeat(rows * columns)) fail("block.codes[0]", "the blank is not blank");
    if (before.size === before.add(code).size) fail(`block.codes[${i}]`, "the code of another symbol");
  }
}

/** The listed states. */
export function decideStates({ source, target, block, states, stopped }: Certificate): void {
  const fail = (path: string, message: string): never => reject("recoding-states", path, message);
  const isState = new Set(source.states);
  const isTarget = new Set(target.states);
  const halts = new Set(source.halting);
  const ends = new Set(target.halting);
  const used = new Set<string>();
  const one = (path: string, [q, p, row, column]: Certificate["states"][number], isOver: boolean): void => {
    if (!isState.has(q)) fail(path, `${q} is not a state of the source`);
    if (!isTarget.has(p)) fail(path, `${p} is not a state of the target`);
    if (row >= block.rows || column >= block.columns) fail(path, "the place is not in the block");
    if (used.has(p)) fail(path, `${p} is there twice`);
    used.add(p);
    if (isOver && source.missing === "step") fail(path, "the source does not stop");
    if (isOver && halts.has(q)) fail(path, `${q} halts`);
    if (ends.has(p) !== (isOver || halts.has(q))) fail(path, `only one of ${q} and ${p} is an end`);
  };
  for (const [i, entry] of states.entries()) one(`states[${i}]`, entry, false);
  for (const [i, entry] of stopped.entries()) one(`stopped[${i}]`, entry, true);
  const found = new Set(states.map(([q]) => q));
  for (const q of source.states) if (!found.has(q)) fail("states", `${q} is not there`);
  if (!states.some(([q, p]) => q === source.start && p === target.start))
    fail("states", "the starts do not correspond");
}

/** Both machines in the form in which they are followed. */
export function pairOf(certificate: Certificate): Pair {
  const { source, target, block, states, stopped } = certificate;
  const symbolIndex = new Map(source.symbols.map((symbol, i) => [symbol, i]));
  const halts = new Set(source.halting);
  const sink = source.states.find((state) => halts.has(state)) ?? "";
  const acts = new Map<string, Map<number, Act>>();
  for (const [state, entries] of source.table) {
    const row = entries.map(([read, write, to, next]): [number, Act] => [
      symbolIndex.get(read) as number,
      { write: symbolIndex.get(write) as number, by: MOVES[to] as readonly [number, number], next, stops: false },
    ]);
    acts.set(state, new Map(row));
  }
  const stops = source.missing === "stop";
  const act = (state: string, symbol: number): Act =>
    acts.get(state)?.get(symbol) ?? { write: symbol, by: [0, 0], next: stops ? state : sink, stops };
  const entries = new Map<string, readonly [number, readonly [number, number], string]>();
  for (const [state, row] of target.table)
    for (const [read, write, to, next] of row)
      entries.set(`${read} ${state}`, [write, MOVES[to] as readonly [number, number], next]);
  const listed = new Map<string, Listed>();
  for (const [state, to, row, column] of states) listed.set(to, { state, row, column, stops: false });
  for (const [state, to, row, column] of stopped) listed.set(to, { state, row, column, stops: true });
  return {
    certificate,
    symbolIndex,
    halts,
    act,
    listed,
    digits: block.codes.map((code) => Array.from(code, (cell) => "-.+".indexOf(cell) - 1)),
    entry: (state, read) => entries.get(`${read} ${state}`),
  };
}
