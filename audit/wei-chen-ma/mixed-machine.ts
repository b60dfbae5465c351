/** Small machines for counts over sizes. */
import type { TapeMachine, TapeTransition } from "../../spec/machines/tape-machine.js";

/** Machines of Z states and A symbols with every move in their tables. */
export function mixedMachine(states: number, symbols: number): TapeMachine {
  const entry = (z: number, a: number): TapeTransition => ({
    write: (z + a) % symbols,
    move: (((z + 2 * a) % 3) - 1) as -1 | 0 | 1,
    next: (z * symbols + a + 1) % states,
  });
  return {
    symbols: Array.from({ length: symbols }, (_, a) => String(a)),
    states: Array.from({ length: states }, (_, z) => `q${z}`),
    halting: Array.from({ length: states }, () => false),
    table: Array.from({ length: states }, (_, z) => Array.from({ length: symbols }, (__, a) => entry(z, a))),
  };
}
