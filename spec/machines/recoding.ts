/**
 * Machines over any alphabet on a tape of three symbols: each symbol of the source takes a block of cells, each of its states
 * one or several states of the target. What has to be true of such a recoding is in certificates/RECODING.md.
 */
import { MOVE_OFFSETS, type Move, type SourceMachine, type TapeSymbol } from "./machine.js";
import { readKey, type AlphabetConfiguration, type AlphabetMachine } from "./alphabet-machine.js";

/** "The source is in `state` and its head on a cell" is "the target is in `target`, its head at this place of the cell's block". */
export interface RecodedState {
  readonly state: string;
  readonly target: string;
  /** From 0, in the block. */
  readonly row: number;
  readonly column: number;
}

/** A machine on one tape over any alphabet, a machine of three symbols, and how configurations correspond. */
export interface Recoding {
  readonly source: AlphabetMachine;
  readonly target: SourceMachine;
  /** Size of a block, in cells. */
  readonly rows: number;
  readonly columns: number;
  /** The cells of each symbol, row by row; shape: symbols x (rows * columns). The blank's are blank. */
  readonly codes: readonly (readonly TapeSymbol[])[];
  readonly states: readonly RecodedState[];
  /** The same for a source that has stopped in a state because it has no entry. */
  readonly stopped: readonly RecodedState[];
}

/** What a source does: a step, or, where `stops`, nothing: it keeps symbol, cell and state, and is over. */
export interface RecodedStep {
  readonly write: number;
  readonly move: Move;
  readonly next: string;
  readonly stops: boolean;
}

/** The steps of a source on one tape: for a state that does not halt, and the symbol under the head. */
export function sourceSteps(source: AlphabetMachine): (state: string, symbol: number) => RecodedStep {
  const halts = new Set(source.halting);
  const sink = source.states.find((state) => halts.has(state)) as string;
  return (state, symbol) => {
    const entry = source.table.get(state)?.get(readKey([symbol]));
    if (entry !== undefined) {
      return { write: entry.write[0] as number, move: entry.moves[0] as Move, next: entry.next, stops: false };
    }
    const stops = source.missing === "stop";
    return { write: symbol, move: "stay", next: stops ? state : sink, stops };
  };
}

/** The states that do not halt and lack an entry for some symbol, in their order. */
export function partialStates({ states, halting, symbols, table }: AlphabetMachine): string[] {
  const halts = new Set(halting);
  return states.filter((state) => !halts.has(state) && (table.get(state)?.size ?? 0) < symbols.length);
}

/** A configuration of the target: its state, its head, and its cells that are not blank, by "row,column". */
export interface RecodedConfiguration {
  readonly state: string;
  readonly row: number;
  readonly column: number;
  readonly cells: ReadonlyMap<string, TapeSymbol>;
}

/** The configurations of the target that correspond to one of the source: one for each place of its state. */
export function recodedConfigurations(
  { rows, columns, codes, states, stopped }: Recoding,
  { state, tapes, stopped: isOver }: AlphabetConfiguration,
): RecodedConfiguration[] {
  const [tape] = tapes;
  if (tape === undefined) return [];
  const cells = new Map<string, TapeSymbol>();
  for (const [place, symbol] of tape.cells) {
    const [row, column] = place.split(",").map(Number) as [number, number];
    for (const [i, digit] of (codes[symbol] ?? []).entries()) {
      const [down, right] = [Math.floor(i / columns), i % columns];
      if (digit !== 0) cells.set(`${row * rows + down},${column * columns + right}`, digit);
    }
  }
  return (isOver ? stopped : states)
    .filter((one) => one.state === state)
    .map((one) => ({
      state: one.target,
      row: tape.row * rows + one.row,
      column: tape.column * columns + one.column,
      cells,
    }));
}

/** Row and column of the block to which a move leads, in cells. */
export function blockOffset({ rows, columns }: Recoding, move: Move): readonly [row: number, column: number] {
  const [down, right] = MOVE_OFFSETS[move];
  return [down * rows, right * columns];
}
