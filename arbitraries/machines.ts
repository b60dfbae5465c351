/**
 * Arbitraries for fast-check: machines and configurations that shrink to few states, stay and blank.
 */
import fc from "fast-check";
import {
  MOVES,
  TAPE_SYMBOLS,
  type ExpectedResult,
  type MachineNotes,
  type Move,
  type NormalMachine,
  type SourceMachine,
  type SourceTransition,
  type TapeSymbol,
  type Transition,
} from "../spec/machines/machine.js";
import type { Configuration } from "../spec/machines/simulate.js";

/** Bounds of normalMachine. */
export interface NormalMachineOptions {
  /** Least number of states, the first one included; 1 if absent. */
  readonly minStates?: number;
  /** Largest number of states, the first one included; 5 if absent. */
  readonly maxStates?: number;
}

/** Bounds of sourceMachine. */
export interface SourceMachineOptions {
  /** Largest number of states with a row in the table, at least 1; 4 if absent. */
  readonly maxStates?: number;
  /** Largest number of halting states; 2 if absent. */
  readonly maxHalting?: number;
  /** Symbols that are read and written, simplest first; all three if absent. */
  readonly symbols?: readonly TapeSymbol[];
  /** Moves that occur, simplest first; all five if absent. */
  readonly moves?: readonly Move[];
  /** Names of machines and states; short letters if absent. */
  readonly names?: fc.Arbitrary<string>;
}

/** Bounds of configuration. */
export interface ConfigurationOptions {
  /** Largest number of rows, at least 1; 4 if absent. */
  readonly maxRows?: number;
  /** Largest number of columns, at least 1; 4 if absent. */
  readonly maxColumns?: number;
}

/** A tape symbol; shrinks to blank. */
export function tapeSymbol(): fc.Arbitrary<TapeSymbol> {
  return fc.constantFrom(...TAPE_SYMBOLS);
}

/** A move; shrinks to "stay". */
export function move(): fc.Arbitrary<Move> {
  return fc.constantFrom<Move>("stay", ...MOVES.filter((name) => name !== "stay"));
}

/**
 * A machine in normal form (B.1.2): state 0 does nothing but choose the next state, halting states are fixed points,
 * all else is arbitrary. It need not come from normalForm: state 0 may be entered again, it may lead to different states
 * on different symbols, and halting states stand anywhere behind it. Shrinks to few states that write blank and stay.
 */
export function normalMachine(options: NormalMachineOptions = {}): fc.Arbitrary<NormalMachine> {
  const { minStates = 1, maxStates = 5 } = options;
  return fc.integer({ min: minStates, max: maxStates }).chain((count) => {
    const next = fc.nat({ max: count - 1 });
    const triple = <T>(entry: fc.Arbitrary<T>): fc.Arbitrary<[T, T, T]> => fc.tuple(entry, entry, entry);
    const acting = triple(fc.record({ write: tapeSymbol(), move: move(), next }));
    const rest = fc.record({ halts: fc.boolean(), entries: acting });
    const behind = fc.array(rest, { minLength: count - 1, maxLength: count - 1 });
    return fc.tuple(triple(next), behind).map(([begin, rows]): NormalMachine => {
      const fixed = (target: number): Record<TapeSymbol, Transition> =>
        symbolRow((symbol) => ({ write: symbol, move: "stay", next: target }));
      return {
        name: "arbitrary",
        states: ["first", ...rows.map((_, i) => stateName(i))],
        halting: [false, ...rows.map(({ halts }) => halts)],
        table: [
          symbolRow((symbol, i) => ({ write: symbol, move: "stay", next: begin[i] as number })),
          ...rows.map(({ halts, entries }, i) => {
            return halts ? fixed(i + 1) : symbolRow((_, k) => entries[k] as Transition);
          }),
        ],
      };
    });
  });
}

/**
 * A machine as people write it: a partial table, states with a row first, then halting states (the order that
 * machine files have). Shrinks to one state with no entries.
 */
export function sourceMachine(options: SourceMachineOptions = {}): fc.Arbitrary<SourceMachine> {
  const { maxStates = 4, maxHalting = 2, symbols = TAPE_SYMBOLS, names } = options;
  const moves = options.moves === undefined ? move() : fc.constantFrom(...options.moves);
  const symbol = fc.constantFrom(...symbols);
  const counts = fc.record({ working: fc.integer({ min: 1, max: maxStates }), halting: fc.nat({ max: maxHalting }) });
  return counts.chain(({ working, halting }) => {
    const count = working + halting;
    const target = fc.nat({ max: count - 1 });
    const entry = fc.option(fc.record({ write: symbol, move: moves, next: target }), { freq: 3 });
    const row = fc.array(entry, { minLength: symbols.length, maxLength: symbols.length });
    const stateNames =
      names === undefined
        ? fc.constant(Array.from({ length: count }, (_, i) => stateName(i)))
        : fc.uniqueArray(names, { minLength: count, maxLength: count });
    return fc
      .record({
        name: names ?? fc.constant("arbitrary"),
        states: stateNames,
        start: target,
        rows: fc.array(row, { minLength: working, maxLength: working }),
        notes: machineNotes(),
        expected: expectedResult(),
      })
      .map(({ name, states, start, rows, notes, expected }): SourceMachine => {
        const nameOf = (index: number): string => states[index] as string;
        const table = new Map(
          rows.map((entries, i): [string, Map<TapeSymbol, SourceTransition>] => {
            const sourceRow = new Map<TapeSymbol, SourceTransition>();
            for (const [k, cell] of entries.entries()) {
              if (cell === null) continue;
              sourceRow.set(symbols[k] as TapeSymbol, { ...cell, next: nameOf(cell.next) });
            }
            return [nameOf(i), sourceRow];
          }),
        );
        return { name, states, start: nameOf(start), halting: states.slice(working), table, notes, expected };
      });
  });
}

/** A configuration of the machine on a small grid, head and state anywhere; shrinks to one blank cell in state 0. */
export function configuration(machine: NormalMachine, options: ConfigurationOptions = {}): fc.Arbitrary<Configuration> {
  const { maxRows = 4, maxColumns = 4 } = options;
  const side = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
  return fc.tuple(side(maxRows), side(maxColumns)).chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      tape: fc.array(tapeSymbol(), { minLength: rows * columns, maxLength: rows * columns }),
      headRow: fc.nat({ max: rows - 1 }),
      headColumn: fc.nat({ max: columns - 1 }),
      state: fc.nat({ max: machine.states.length - 1 }),
    }),
  );
}

function machineNotes(): fc.Arbitrary<MachineNotes> {
  return fc.record({ about: fc.constant("a machine of a test"), source: fc.constant("a test") }, { requiredKeys: [] });
}

function expectedResult(): fc.Arbitrary<ExpectedResult> {
  const count = fc.nat({ max: 1000 });
  return fc.oneof(
    fc.record({ steps: count, nonblank: count, halts: fc.constant(true) }, { requiredKeys: [] }),
    fc.constant({ halts: false }),
  );
}

function symbolRow<T>(entry: (symbol: TapeSymbol, index: number) => T): Record<TapeSymbol, T> {
  return { 0: entry(0, 0), 1: entry(1, 1), [-1]: entry(-1, 2) };
}

/** A, B, ..., Z, A1, B1, ... */
function stateName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}
