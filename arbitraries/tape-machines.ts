/**
 * Arbitraries for fast-check: machines on one tape of any small alphabet, and what a decoder may be asked to follow: such a machine on
 * an input, on either kind of tape, for some passes.
 */
import fc from "fast-check";
import type { TapeKind, TapeMachine, TapeTransition } from "../spec/machines/tape-machine.js";

/**
 * Bounds of tapeMachine.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { tapeMachine, type TapeMachineOptions } from "weightproof/arbitraries";
 *
 * const options: TapeMachineOptions = { maxStates: 2, maxSymbols: 2 };
 * fc.assert(fc.property(tapeMachine(options), ({ symbols }) => symbols.length <= 2));
 * ```
 */
export interface TapeMachineOptions {
  /** Largest number of states that do not halt, at least 1; 3 if absent. */
  readonly maxStates?: number;
  /** Largest number of symbols, at least 1; 3 if absent. */
  readonly maxSymbols?: number;
}

/**
 * A machine on one tape in its total form: working states, then at most two halting ones, which loop in place. Shrinks to one
 * state, one symbol, and entries that write the blank, stay and lead to the first state.
 *
 * @throws {RangeError} if an option is not an integer from 1 on
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { tapeMachine } from "weightproof/arbitraries";
 *
 * fc.assert(fc.property(tapeMachine(), ({ table, states }) => table.length === states.length));
 * ```
 */
export function tapeMachine({ maxStates = 3, maxSymbols = 3 }: TapeMachineOptions = {}): fc.Arbitrary<TapeMachine> {
  for (const [name, value] of Object.entries({ maxStates, maxSymbols })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`tapeMachine: expected an integer ${name} from 1 on, got ${value}`);
  }
  return fc
    .record({
      working: fc.integer({ min: 1, max: maxStates }),
      halting: fc.nat({ max: 2 }),
      symbols: fc.integer({ min: 1, max: maxSymbols }),
    })
    .chain(({ working, halting, symbols }) => {
      const entry: fc.Arbitrary<TapeTransition> = fc.record({
        write: fc.nat({ max: symbols - 1 }),
        move: fc.constantFrom<-1 | 0 | 1>(0, 1, -1),
        next: fc.nat({ max: working + halting - 1 }),
      });
      const rows = fc.array(fc.array(entry, { minLength: symbols, maxLength: symbols }), {
        minLength: working,
        maxLength: working,
      });
      return rows.map((table): TapeMachine => {
        const ends = Array.from({ length: halting }, (_, i) =>
          Array.from({ length: symbols }, (__, write): TapeTransition => ({ write, move: 0, next: working + i })),
        );
        const all = [...table, ...ends];
        return {
          symbols: Array.from({ length: symbols }, (_, a) => String(a)),
          states: all.map((_, z) => (z < working ? `q${z}` : `halt-${z - working + 1}`)),
          halting: all.map((_, z) => z >= working),
          table: all,
        };
      });
    });
}

/**
 * A run for a decoder to follow.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { decoderHistory, type DecoderHistory } from "weightproof/arbitraries";
 *
 * const inRange = ({ machine, input }: DecoderHistory) => input.every((symbol) => symbol < machine.symbols.length);
 * fc.assert(fc.property(decoderHistory(), inRange));
 * ```
 */
export interface DecoderHistory {
  readonly machine: TapeMachine;
  readonly tape: TapeKind;
  /** Indices of symbols. */
  readonly input: readonly number[];
  /** N */
  readonly passes: number;
}

/**
 * Bounds of decoderHistory.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { decoderHistory, type DecoderHistoryOptions } from "weightproof/arbitraries";
 *
 * const options: DecoderHistoryOptions = { maxPasses: 5, maxInput: 2 };
 * fc.assert(fc.property(decoderHistory(options), ({ input, passes }) => input.length <= 2 && passes <= 5));
 * ```
 */
export interface DecoderHistoryOptions extends TapeMachineOptions {
  /** Largest number of passes, at least 1; 12 if absent. */
  readonly maxPasses?: number;
  /** Largest length of an input; 4 if absent. */
  readonly maxInput?: number;
}

/**
 * A machine, a kind of tape, an input and a number of passes. Shrinks to a blank two-way tape and one pass.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { decoderHistory } from "weightproof/arbitraries";
 *
 * fc.assert(fc.property(decoderHistory({ maxPasses: 5 }), ({ passes }) => passes >= 1 && passes <= 5));
 * ```
 */
export function decoderHistory(options: DecoderHistoryOptions = {}): fc.Arbitrary<DecoderHistory> {
  const { maxPasses = 12, maxInput = 4 } = options;
  return tapeMachine(options).chain((machine) =>
    fc.record({
      machine: fc.constant(machine),
      tape: fc.constantFrom<TapeKind>("two-way", "one-way"),
      input: fc.array(fc.nat({ max: machine.symbols.length - 1 }), { maxLength: maxInput }),
      passes: fc.integer({ min: 1, max: maxPasses }),
    }),
  );
}
