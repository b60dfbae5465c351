/**
 * The smallest machines: the families over which the amendments search.
 */
import {
  TAPE_SYMBOLS,
  type Move,
  type NormalMachine,
  type TapeSymbol,
  type Transition,
} from "../../spec/machines/machine.js";

/** The moves, the one that does nothing first. */
export const SMALL_MOVES: readonly Move[] = ["stay", "up", "down", "left", "right"];

/** What a state does on every symbol; `write` undefined keeps the symbol. */
export interface UniformRow {
  readonly write?: TapeSymbol;
  readonly move: Move;
  readonly next: number;
}

/** A machine whose states act alike on all symbols; shape of rows: s. The states in `halting` are marked as such. */
export function uniformMachine(rows: readonly UniformRow[], halting: readonly number[] = []): NormalMachine {
  return {
    name: "uniform",
    states: rows.map((_, q) => `state ${q}`),
    halting: rows.map((_, q) => halting.includes(q)),
    table: rows.map(({ write, move, next }) => {
      const entry = (symbol: TapeSymbol): Transition => ({ write: write ?? symbol, move, next });
      return { 0: entry(0), 1: entry(1), [-1]: entry(-1) };
    }),
  };
}

/** The machine of one state, which does nothing. */
export const IDLE_MACHINE: NormalMachine = uniformMachine([{ move: "stay", next: 0 }]);

/** The machine whose first state leads to a halting one. */
export const HALTING_MACHINE: NormalMachine = uniformMachine(
  [
    { move: "stay", next: 1 },
    { move: "stay", next: 1 },
  ],
  [1],
);

/**
 * Machines of one and two uniform states that keep all symbols: the idle one, then those whose first state enters 0 or 1
 * and whose second state moves as it likes and enters 0 or 1.
 */
export function* walkingMachines(): Generator<{ readonly machine: NormalMachine; readonly text: string }> {
  yield { machine: IDLE_MACHINE, text: "s = 1" };
  for (const first of [0, 1]) {
    for (const move of SMALL_MOVES) {
      for (const next of [0, 1]) {
        const machine = uniformMachine([
          { move: "stay", next: first },
          { move, next },
        ]);
        yield { machine, text: `s = 2, delta(0, .) = (${first}, ., stay), delta(1, .) = (${next}, ., ${move})` };
      }
    }
  }
}

/** All symbols and moves, blank and "stay" first. */
export function* rowsOfOneState(next: readonly number[]): Generator<Required<UniformRow>> {
  for (const write of TAPE_SYMBOLS)
    for (const move of SMALL_MOVES) for (const q of next) yield { write, move, next: q };
}
