/** Machines of the bases, written line by line. */
import type { Move, SourceMachine, SourceTransition, TapeSymbol } from "../../spec/machines/machine.js";

/** One entry of a machine's table. */
export type Line = readonly [state: string, read: TapeSymbol, write: TapeSymbol, move: Move, next: string];

/** The machine of some lines; it starts in the first of its states. */
export function machine(
  name: string,
  states: readonly string[],
  halting: readonly string[],
  lines: readonly Line[],
): SourceMachine {
  const table = new Map<string, Map<TapeSymbol, SourceTransition>>();
  for (const [state, read, write, move, next] of lines)
    table.set(state, (table.get(state) ?? new Map<TapeSymbol, SourceTransition>()).set(read, { write, move, next }));
  const notes = { about: `The base "${name}" of the corpus`, source: "weightproof" };
  return { name, states, start: states[0] as string, halting, table, notes, expected: {} };
}
