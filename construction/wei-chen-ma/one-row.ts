/** A machine of the house (three symbols, a 2-D tape) that keeps to its row, as a machine on one tape. */
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { TAPE_SYMBOLS, type SourceMachine, type TapeSymbol } from "../../spec/machines/machine.js";
import type { TapeMove, TapesEntry, TapesMachine } from "../../spec/machines/tape-machine.js";

/** How the tape's alphabet spells the three symbols. */
const SPELLING: Readonly<Record<TapeSymbol, string>> = { 0: "0", 1: "1", [-1]: "-1" };

/**
 * The same machine on one tape. Its alphabet has the blank and those of the other two symbols that the table reads or writes.
 *
 * @throws {InputError} if the machine moves up or down: such a machine needs more than one row
 *
 * @example
 * ```ts
 * import { gridToTape, loadMachine } from "weightproof";
 *
 * gridToTape(loadMachine("bb2")).symbols; // => ["0", "1"]
 * gridToTape(loadMachine("parity")); // throws InputError
 * ```
 */
export function gridToTape(source: SourceMachine): TapesMachine {
  const used = new Set<TapeSymbol>([0]);
  const table = new Map<string, ReadonlyMap<string, TapesEntry>>();
  for (const [state, row] of source.table) {
    const entries = new Map<string, TapesEntry>();
    for (const [symbol, { write, move, next }] of row) {
      if (move === "up" || move === "down") {
        const place = `state ${quoteInput(state)}, symbol ${SPELLING[symbol]}`;
        throw new InputError(
          `${source.name}: ${place} moves ${move}; a decoder follows machines that keep to one row of their tape`,
        );
      }
      used.add(symbol).add(write);
      entries.set(SPELLING[symbol], { write: [SPELLING[write]], moves: [move as TapeMove], next });
    }
    table.set(state, entries);
  }
  const symbols = TAPE_SYMBOLS.filter((symbol) => used.has(symbol)).map((symbol) => SPELLING[symbol]);
  const { name, states, start, halting } = source;
  return { name, tapes: 1, symbols, states, start, halting, table };
}

/**
 * The indices of an input's symbols: one character each if that spells symbols, else separated by commas.
 *
 * @throws {InputError} at the first symbol that the machine's alphabet lacks
 */
export function readInputWord(word: string, symbols: readonly string[]): number[] {
  if (word === "") return [];
  const parts = word.includes(",") ? word.split(",").map((part) => part.trim()) : [...word];
  return parts.map((part, i) => {
    const index = symbols.indexOf(part);
    if (index >= 0) return index;
    const choices = symbols.map((symbol) => quoteInput(symbol)).join(", ");
    throw new InputError(`--input: symbol ${i + 1} is ${quoteInput(part)}; the alphabet is ${choices}`);
  });
}
