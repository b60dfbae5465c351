/** Machines without structure, on which sizes are measured: nothing in their tables lets plateaus merge but chance. */
import {
  MOVES,
  TAPE_SYMBOLS,
  type NormalMachine,
  type TapeSymbol,
  type Transition,
} from "../../spec/machines/machine.js";

/**
 * The scrambled machine of s states: writes, moves and targets of a fixed linear congruential sequence.
 *
 * State 0 is the first state of B.1.2; the last state halts where s is at least 3, so that some state works from s = 2 on.
 */
export function scrambledMachine(s: number): NormalMachine {
  const halting = Array.from({ length: s }, (_, q) => s > 2 && q === s - 1);
  let seed = 12_345;
  const next = (choices: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor(seed / 65_536) % choices;
  };
  const table = halting.map((halts, q) => {
    const entry = (symbol: TapeSymbol): Transition => {
      if (q === 0) return { write: symbol, move: "stay", next: Math.min(1, s - 1) };
      if (halts) return { write: symbol, move: "stay", next: q };
      return { write: TAPE_SYMBOLS[next(3)] ?? 0, move: MOVES[next(5)] ?? "stay", next: next(s) };
    };
    return { 0: entry(0), 1: entry(1), [-1]: entry(-1) };
  });
  return { name: `scrambled-${s}`, states: halting.map((_, q) => `q${q}`), halting, table };
}

/** A machine that only waits: it halts after t >= 1 steps of its normal form, whatever it reads. */
export function waitingMachine(t: number): NormalMachine {
  const halting = Array.from({ length: t + 1 }, (_, q) => q === t);
  const table = halting.map((_, q) => {
    const entry = (symbol: TapeSymbol): Transition => ({ write: symbol, move: "stay", next: Math.min(q + 1, t) });
    return { 0: entry(0), 1: entry(1), [-1]: entry(-1) };
  });
  return { name: `waits-${t}`, states: halting.map((_, q) => `q${q}`), halting, table };
}
