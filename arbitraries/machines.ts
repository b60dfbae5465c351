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

/**
 * Bounds of normalMachine.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { normalMachine, type NormalMachineOptions } from "weightproof/arbitraries";
 *
 * const options: NormalMachineOptions = { minStates: 2, maxStates: 3 };
 * fc.assert(fc.property(normalMachine(options), ({ states }) => states.length === 2 || states.length === 3));
 * ```
 */
export interface NormalMachineOptions {
  /** Least number of states, the first one included; 1 if absent. */
  readonly minStates?: number;
  /** Largest number of states, the first one included; 5 if absent. */
  readonly maxStates?: number;
}

/**
 * Bounds of sourceMachine.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { sourceMachine, type SourceMachineOptions } from "weightproof/arbitraries";
 *
 * // Machines on one row and two symbols, as bbchallenge writes them:
 * const options: SourceMachineOptions = { symbols: [0, 1], moves: ["left", "right"] };
 * const moves = fc.property(sourceMachine(options), ({ table }) =>
 *   [...table.values()].every((row) => [...row.values()].every(({ move }) => move === "left" || move === "right")),
 * );
 * fc.assert(moves);
 * ```
 */
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

/**
 * Bounds of configuration.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { loadMachine, normalForm } from "weightproof";
 * import { configuration, type ConfigurationOptions } from "weightproof/arbitraries";
 *
 * const oneRow: ConfigurationOptions = { maxRows: 1 };
 * fc.assert(fc.property(configuration(normalForm(loadMachine("bb2")), oneRow), ({ rows }) => rows === 1));
 * ```
 */
export interface ConfigurationOptions {
  /** Largest number of rows, at least 1; 4 if absent. */
  readonly maxRows?: number;
  /** Largest number of columns, at least 1; 4 if absent. */
  readonly maxColumns?: number;
}

/**
 * A tape symbol; shrinks to blank.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { tapeSymbol } from "weightproof/arbitraries";
 *
 * fc.assert(fc.property(tapeSymbol(), (symbol) => [0, 1, -1].includes(symbol)));
 * ```
 */
export function tapeSymbol(): fc.Arbitrary<TapeSymbol> {
  return fc.constantFrom(...TAPE_SYMBOLS);
}

/**
 * A move; shrinks to "stay".
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { move } from "weightproof/arbitraries";
 *
 * fc.assert(fc.property(move(), (name) => ["up", "down", "left", "right", "stay"].includes(name)));
 * ```
 */
export function move(): fc.Arbitrary<Move> {
  return fc.constantFrom<Move>("stay", ...MOVES.filter((name) => name !== "stay"));
}

/**
 * A machine in normal form (B.1.2): state 0 does nothing but choose the next state, halting states are fixed points,
 * all else is arbitrary. It need not come from normalForm: state 0 may be entered again, it may lead to different states
 * on different symbols, and halting states stand anywhere behind it. Shrinks to few states that write blank and stay.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { normalMachine } from "weightproof/arbitraries";
 *
 * // State 0 neither moves nor writes.
 * const first = fc.property(normalMachine(), ({ table }) =>
 *   ([0, 1, -1] as const).every((symbol) => table[0]?.[symbol].move === "stay" && table[0][symbol].write === symbol),
 * );
 * fc.assert(first);
 * ```
 */
export function normalMachine(options: NormalMachineOptions = {}): fc.Arbitrary<NormalMachine> {
  const { minStates = 1, maxStates = 5 } = options;
  // A target beyond the last state is taken modulo the number of states: so the length can shrink by itself.
  const target = fc.nat({ max: maxStates - 1 });
  const row = fc.record({
    halts: fc.boolean(),
    entries: triple(fc.record({ write: tapeSymbol(), move: move(), next: target })),
  });
  const rows = fc.array(row, { minLength: minStates - 1, maxLength: maxStates - 1 });
  return fc.tuple(triple(target), rows).map(([begin, behind]): NormalMachine => {
    const count = behind.length + 1;
    const passing = (targets: readonly number[]): Record<TapeSymbol, Transition> =>
      symbolRow((symbol, i) => ({ write: symbol, move: "stay", next: (targets[i] as number) % count }));
    const acting = (entries: readonly Transition[]): Record<TapeSymbol, Transition> =>
      symbolRow((_, i) => {
        const entry = entries[i] as Transition;
        return { ...entry, next: entry.next % count };
      });
    return {
      name: "arbitrary",
      states: ["first", ...behind.map((_, i) => stateName(i))],
      halting: [false, ...behind.map(({ halts }) => halts)],
      table: [
        passing(begin),
        ...behind.map(({ halts, entries }, i) => (halts ? passing([i + 1, i + 1, i + 1]) : acting(entries))),
      ],
    };
  });
}

/**
 * A machine as people write it: a partial table, states with a row first, then halting states (the order that
 * machine files have). Shrinks to one state with no entries.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { readMachine, writeMachine } from "weightproof";
 * import { sourceMachine } from "weightproof/arbitraries";
 *
 * // Writing a machine and reading it back gives the same states.
 * const roundTrip = fc.property(sourceMachine(), (machine) => {
 *   const { states } = readMachine(writeMachine(machine), "machine.yaml");
 *   return states.join() === machine.states.join();
 * });
 * fc.assert(roundTrip);
 * ```
 */
export function sourceMachine(options: SourceMachineOptions = {}): fc.Arbitrary<SourceMachine> {
  const { maxStates = 4, maxHalting = 2, symbols = TAPE_SYMBOLS, names } = options;
  const moves = options.moves === undefined ? move() : fc.constantFrom(...options.moves);
  const most = maxStates + maxHalting;
  const target = fc.nat({ max: most - 1 });
  const entry = fc.record({ write: fc.constantFrom(...symbols), move: moves, next: target });
  const row = fc.array(fc.option(entry, { freq: 3 }), { minLength: symbols.length, maxLength: symbols.length });
  const letters = Array.from({ length: most }, (_, i) => stateName(i));
  return fc
    .record({
      name: names ?? fc.constant("arbitrary"),
      allNames:
        names === undefined ? fc.constant(letters) : fc.uniqueArray(names, { minLength: most, maxLength: most }),
      rows: fc.array(row, { minLength: 1, maxLength: maxStates }),
      haltingCount: fc.nat({ max: maxHalting }),
      startIndex: target,
      notes: machineNotes(),
      expected: expectedResult(),
    })
    .map(({ name, allNames, rows, haltingCount, startIndex, notes, expected }): SourceMachine => {
      const states = allNames.slice(0, rows.length + haltingCount);
      const nameOf = (index: number): string => states[index % states.length] as string;
      const table = new Map(
        rows.map((entries, i): [string, Map<TapeSymbol, SourceTransition>] => {
          const sourceRow = new Map<TapeSymbol, SourceTransition>();
          for (const [k, cell] of entries.entries()) {
            if (cell !== null) sourceRow.set(symbols[k] as TapeSymbol, { ...cell, next: nameOf(cell.next) });
          }
          return [nameOf(i), sourceRow];
        }),
      );
      return { name, states, start: nameOf(startIndex), halting: states.slice(rows.length), table, notes, expected };
    });
}

/**
 * A configuration of the machine on a small grid, head and state anywhere; shrinks to one blank cell in state 0.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { loadMachine, normalForm, step } from "weightproof";
 * import { configuration } from "weightproof/arbitraries";
 *
 * // A step changes one cell at most.
 * const machine = normalForm(loadMachine("bb2"));
 * const local = fc.property(configuration(machine), (before) => {
 *   const { tape } = step(machine, before);
 *   return tape.filter((symbol, k) => symbol !== before.tape[k]).length <= 1;
 * });
 * fc.assert(local);
 * ```
 */
export function configuration(machine: NormalMachine, options: ConfigurationOptions = {}): fc.Arbitrary<Configuration> {
  const { maxRows = 4, maxColumns = 4 } = options;
  const cells = maxRows * maxColumns;
  return fc
    .record({
      rows: fc.integer({ min: 1, max: maxRows }),
      columns: fc.integer({ min: 1, max: maxColumns }),
      tape: fc.array(tapeSymbol(), { minLength: cells, maxLength: cells }),
      headRow: fc.nat({ max: maxRows - 1 }),
      headColumn: fc.nat({ max: maxColumns - 1 }),
      state: fc.nat({ max: machine.states.length - 1 }),
    })
    .map(({ rows, columns, tape, headRow, headColumn, state }) => ({
      rows,
      columns,
      tape: tape.slice(0, rows * columns),
      headRow: headRow % rows,
      headColumn: headColumn % columns,
      state,
    }));
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

function triple<T>(entry: fc.Arbitrary<T>): fc.Arbitrary<[T, T, T]> {
  return fc.tuple(entry, entry, entry);
}

function symbolRow<T>(entry: (symbol: TapeSymbol, index: number) => T): Record<TapeSymbol, T> {
  return { 0: entry(0, 0), 1: entry(1, 1), [-1]: entry(-1, 2) };
}

/** A, B, ..., Z, A1, B1, ... */
function stateName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}
