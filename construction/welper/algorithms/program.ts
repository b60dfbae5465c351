/**
 * Training algorithms as machines on tapes over {-1, 1}: a program is a function of a state, which is any JSON data, and of what is under the
 * heads; the machine has the states that can be reached. Tape 0 holds the data and is read-only, tape 1 the weights.
 *
 * The data tape for points of M coordinates has groups of M + 2 cells: a group of blanks, then for each example 1, its coordinates, its label,
 * then blanks. All heads start on cell 0, which is blank whatever the data are (amendment `fixed-start`).
 */
import type { Move } from "../../../spec/machines/machine.js";
import { readingAt, type MultiTapeEntry, type MultiTapeSource } from "../../../spec/welper/machine.js";
import type { Example, Sign } from "../../../spec/rcnn/training-set.js";

/** What a program does: symbols and moves of tapes that are not named stay as they are; no next state halts. */
export interface Action<State> {
  readonly write?: Readonly<Partial<Record<number, Sign>>>;
  readonly move?: Readonly<Partial<Record<number, Move>>>;
  readonly next?: State;
}

/** A program on some tapes. */
export interface Program<State> {
  readonly name: string;
  readonly tapes: number;
  readonly start: State;
  readonly step: (state: State, reading: readonly Sign[]) => Action<State>;
}

const SYMBOLS = ["-1", "1"] as const;

/** The machine of a program: its states are those that some data lead to, in the order in which they are found. */
export function programToMachine<State>({ name, tapes, start, step }: Program<State>): MultiTapeSource {
  const names = new Map<string, string>();
  const queue: State[] = [];
  const nameOf = (state: State): string => {
    const key = JSON.stringify(state);
    const known = names.get(key);
    if (known !== undefined) return known;
    const fresh = `q${names.size}`;
    names.set(key, fresh);
    queue.push(state);
    return fresh;
  };
  nameOf(start);
  const table = new Map<string, Map<string, MultiTapeEntry>>();
  for (const state of queue) {
    const row = new Map<string, MultiTapeEntry>();
    for (let index = 0; index < 2 ** tapes; index++) {
      const reading = readingAt(2, tapes, index).map((symbol): Sign => (symbol === 1 ? 1 : -1));
      const { write = {}, move = {}, next } = step(state, reading);
      row.set(reading.join(" "), {
        write: reading.map((symbol, i) => String(write[i] ?? symbol)),
        moves: reading.map((_, i): Move => move[i] ?? "stay"),
        next: next === undefined ? "halt" : nameOf(next),
      });
    }
    table.set(nameOf(state), row);
  }
  const states = [...names.values(), "halt"];
  return { name, tapes, symbols: SYMBOLS, readOnly: [0], states, start: "q0", halting: ["halt"], table };
}

/** The numbers on the data tape: -1 and 1. */
export function dataTape(examples: readonly Example[]): Sign[] {
  const group = (examples[0]?.x.length ?? 0) + 2;
  const blanks = Array.from({ length: group }, (): Sign => -1);
  return [...blanks, ...examples.flatMap(({ x, y }): Sign[] => [1, ...x, y]), ...blanks];
}

/** The cells of the data tape that hold labels. */
export function labelCells(examples: readonly Example[]): number[] {
  const group = (examples[0]?.x.length ?? 0) + 2;
  return examples.map((_, i) => group * (i + 2) - 1);
}

/** An algorithm that reads the examples one after the other, as often as it wants, keeping a memory; then it writes weights. */
export interface Streaming<Memory> {
  readonly memory: Memory;
  readonly example: (memory: Memory, x: readonly Sign[], y: Sign) => Memory;
  /** After a pass: the memory of another one, or the cells to write. */
  readonly end: (memory: Memory) => { readonly again: Memory } | { readonly cells: readonly Sign[] };
}

type StreamState<Memory> =
  | { readonly at: "skip"; readonly left: number; readonly memory: Memory }
  | { readonly at: "back"; readonly left: number; readonly memory: Memory }
  | { readonly at: "read"; readonly values: readonly Sign[]; readonly memory: Memory }
  | { readonly at: "write"; readonly cells: readonly Sign[] };

/** Its program. @param coordinates M */
export function streamingProgram<Memory>(
  name: string,
  coordinates: number,
  { memory: start, example, end }: Streaming<Memory>,
): Program<StreamState<Memory>> {
  const group = coordinates + 2;
  const right = { 0: "right" } as const;
  const finish = (memory: Memory): Action<StreamState<Memory>> => {
    const after = end(memory);
    return "again" in after
      ? { move: { 0: "left" }, next: { at: "back", left: group - 1, memory: after.again } }
      : writing(after.cells);
  };
  return {
    name,
    tapes: 2,
    start: { at: "skip", left: group, memory: start },
    step: (state, [symbol = -1]) => {
      if (state.at === "write") return writing(state.cells);
      if (state.at === "back") {
        const { left, memory } = state;
        if (left > 0) return { move: { 0: "left" }, next: { at: "back", left: left - 1, memory } };
        // On a group's first cell: 1 if it is an example.
        if (symbol === 1) return { move: { 0: "left" }, next: { at: "back", left: group - 1, memory } };
        return { next: { at: "skip", left: group, memory } };
      }
      if (state.at === "skip") {
        const { left, memory } = state;
        if (left > 0) return { move: right, next: { at: "skip", left: left - 1, memory } };
        return symbol === 1 ? { move: right, next: { at: "read", values: [], memory } } : finish(memory);
      }
      const values = [...state.values, symbol];
      const next: StreamState<Memory> =
        values.length <= coordinates
          ? { at: "read", values, memory: state.memory }
          : { at: "skip", left: 0, memory: example(state.memory, values.slice(0, -1), symbol) };
      return { move: right, next };
    },
  };
}

function writing<Memory>([cell, ...rest]: readonly Sign[]): Action<StreamState<Memory>> {
  if (cell === undefined) return {};
  return {
    write: { 1: cell },
    move: { 1: "right" },
    ...(rest.length === 0 ? {} : { next: { at: "write", cells: rest } }),
  };
}
