/** Small machines that the families of this room are made of. Their alphabet is that of the paper, -1 (the blank) and 1. */
import {
  multiTapeForm,
  type MultiTapeEntry,
  type MultiTapeMachine,
  type MultiTapeSource,
} from "../../spec/welper/machine.js";
import type { Move } from "../../spec/machines/machine.js";

const SYMBOLS = ["-1", "1"] as const;

/** An entry for one symbol: [state, symbol, written symbol, move, next state]. */
type Line = readonly [state: string, symbol: string, write: string, move: Move, next: string];

/** A machine on one tape. */
export function machineOf(name: string, lines: readonly Line[], halting: readonly string[]): MultiTapeMachine {
  const table = new Map<string, Map<string, MultiTapeEntry>>();
  for (const [state, symbol, write, move, next] of lines) {
    const row = table.get(state) ?? new Map<string, MultiTapeEntry>();
    table.set(state, row.set(symbol, { write: [write], moves: [move], next }));
  }
  const states = [...table.keys(), ...halting];
  const source: MultiTapeSource = {
    name,
    tapes: 1,
    symbols: SYMBOLS,
    readOnly: [],
    states,
    start: states[0] as string,
    halting,
    table,
  };
  return multiTapeForm(source);
}

/** s0 -> s1 -> ... -> halt, which keeps every symbol. */
export function chain(length: number, move: Move): MultiTapeMachine {
  const name = (i: number): string => (i === length ? "halt" : `s${i}`);
  const lines = Array.from({ length }, (_, i) =>
    SYMBOLS.map((symbol): Line => [name(i), symbol, symbol, move, name(i + 1)]),
  ).flat();
  return machineOf(`a chain of ${length}`, lines, ["halt"]);
}

/** A chain with one more state, which loops and which nothing leads to. */
export function chainAndLoop(length: number): MultiTapeMachine {
  const plain = chain(length, "stay");
  const loop = plain.states.length;
  const row = [0, 1].map((symbol) => ({ write: [symbol], moves: ["stay" as const], next: loop }));
  return {
    ...plain,
    states: [...plain.states, "loop"],
    halting: [...plain.halting, false],
    table: [...plain.table, row],
  };
}
