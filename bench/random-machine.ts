/** Machines to measure with: tables that no structure makes easy, the same in every run. */
import {
  MOVES,
  TAPE_SYMBOLS,
  type SourceMachine,
  type SourceTransition,
  type TapeSymbol,
} from "../spec/machines/machine.js";

/** A machine of s states in normal form (s - 1 written ones), all entries pseudo-random from a fixed seed. */
export function randomMachine(s: number): SourceMachine {
  let state = s;
  const below = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const states = Array.from({ length: s - 1 }, (_, q) => `q${q}`);
  const table = new Map(
    states.map((name) => {
      const row = TAPE_SYMBOLS.map((symbol): [TapeSymbol, SourceTransition] => [
        symbol,
        {
          write: TAPE_SYMBOLS[below(3)] as TapeSymbol,
          move: MOVES[below(5)] as SourceTransition["move"],
          next: states[below(s - 1)] as string,
        },
      ]);
      return [name, new Map(row)] as const;
    }),
  );
  return { name: `random-${s}`, states, start: "q0", halting: [], table, notes: {}, expected: {} };
}
