/** Tapes of finite size, and a machine's step on them: what descent is compared with. A tape of one row is the paper's. */
import { MOVE_OFFSETS, type Move } from "../machines/machine.js";
import { readingIndex, type MultiTapeMachine, type MultiTapeTransition } from "./machine.js";

/** A tape with its head. */
export interface Tape {
  readonly rows: number;
  readonly columns: number;
  /** Indices of symbols, row-major; shape: rows x columns. */
  readonly cells: readonly number[];
  /** Index of the cell under the head. */
  readonly head: number;
}

/** A state and d tapes. */
export interface MultiTapeConfiguration {
  readonly state: number;
  readonly tapes: readonly Tape[];
}

/** The cell that a move leads to; off the tape it leads nowhere (amendment `clamped-shift`). */
export function movedHead({ rows, columns, head }: Omit<Tape, "cells">, move: Move): number {
  const [down, right] = MOVE_OFFSETS[move];
  const row = Math.floor(head / columns) + down;
  const column = (head % columns) + right;
  return row >= 0 && row < rows && column >= 0 && column < columns ? row * columns + column : head;
}

/** The symbols under the heads. */
export function readingOf(tapes: readonly Tape[]): number[] {
  return tapes.map(({ cells, head }) => cells[head] as number);
}

/** The entry that applies. */
export function transitionAt(machine: MultiTapeMachine, { state, tapes }: MultiTapeConfiguration): MultiTapeTransition {
  const index = readingIndex(machine.symbols.length, readingOf(tapes));
  return machine.table[state]?.[index] as MultiTapeTransition;
}

/** A step: all heads write, then move; the state changes. */
export function stepTapes(machine: MultiTapeMachine, configuration: MultiTapeConfiguration): MultiTapeConfiguration {
  const { write, moves, next } = transitionAt(machine, configuration);
  const tapes = configuration.tapes.map((tape, i): Tape => {
    const cells = tape.cells.with(tape.head, write[i] as number);
    return { ...tape, cells, head: movedHead(tape, moves[i] as Move) };
  });
  return { state: next, tapes };
}

/** A blank tape. */
export function blankTape(rows: number, columns: number, head: number): Tape {
  return { rows, columns, head, cells: Array.from({ length: rows * columns }, () => 0) };
}
