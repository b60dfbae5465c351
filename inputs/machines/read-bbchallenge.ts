/**
 * Reads the standard text format of bbchallenge: rows joined by "_", row k for state 'A' + k; a row is a sequence of
 * three-character cells, one for each symbol: symbol to write, L or R, next state, or "---" where nothing is defined.
 */
import type { SourceMachine, SourceTransition, TapeSymbol } from "../../spec/machines/machine.js";
import { nameOfFile } from "./foreign-machine.js";
import { InputError, quoteInput } from "../input-error.js";
import { MAX_FILE_BYTES, MAX_NAME_LENGTH } from "../input-limits.js";

/** The symbol of each digit of the text: 0 is blank, 1 is +1, 2 is -1. */
export const BBCHALLENGE_SYMBOLS: readonly TapeSymbol[] = [0, 1, -1];

/** States are single letters. */
export const BBCHALLENGE_MAX_STATES: number = 26;

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const UNDEFINED_CELL = "---";
/** A name for a text that is not in a file. */
const TYPED = "machine text";

/**
 * Whether a text is meant as a machine in bbchallenge's format, well-formed or not: it starts with a cell, and it has
 * only characters of the format.
 */
export function looksLikeBbchallenge(text: string): boolean {
  return /^(?:---|[0-9][A-Za-z][A-Za-z])[0-9A-Za-z_-]*$/.test(text.trim());
}

/**
 * The machine of a bbchallenge text with two or three symbols. "---" is an absent entry; letters beyond the table are
 * halting states. The start state is A. The machine is called by its text, or if that is too long by its file.
 *
 * @param place what to call the text in messages
 * @throws {InputError} "place: row, symbol: ..." if the text is not in the format or has more than three symbols
 */
export function readBbchallenge(text: string, place: string = TYPED): SourceMachine {
  if (text.length > MAX_FILE_BYTES) throw new InputError(`${place}: expected at most ${MAX_FILE_BYTES} characters`);
  const bare = text.trim();
  if (!looksLikeBbchallenge(bare)) {
    throw new InputError(
      `${place}: expected rows such as 1RB1LB_1LA1RZ, got ${bare === "" ? "nothing" : quoteInput(bare)}`,
    );
  }
  const rows = bare.split("_");
  if (rows.length > BBCHALLENGE_MAX_STATES) {
    throw new InputError(`${place}: expected at most ${BBCHALLENGE_MAX_STATES} rows, got ${rows.length}`);
  }
  const symbolCount = countSymbols(rows, place);
  const working = rows.map((_, k) => LETTERS.charAt(k));
  const halting = new Set<string>();
  const table = new Map<string, ReadonlyMap<TapeSymbol, SourceTransition>>();
  for (const [k, row] of rows.entries()) {
    const entries = new Map<TapeSymbol, SourceTransition>();
    for (let digit = 0; digit < symbolCount; digit++) {
      const cell = row.slice(3 * digit, 3 * digit + 3);
      if (cell === UNDEFINED_CELL) continue;
      const entry = readCell(cell, symbolCount, `${place}: row ${k + 1} (state ${LETTERS.charAt(k)}), symbol ${digit}`);
      if (!working.includes(entry.next)) halting.add(entry.next);
      entries.set(BBCHALLENGE_SYMBOLS[digit] as TapeSymbol, entry);
    }
    table.set(LETTERS.charAt(k), entries);
  }
  const halts = [...halting].toSorted();
  const name = bare.length <= MAX_NAME_LENGTH ? bare : place === TYPED ? "bbchallenge machine" : nameOfFile(place);
  return { name, states: [...working, ...halts], start: "A", halting: halts, table, notes: {}, expected: {} };
}

function countSymbols(rows: readonly string[], place: string): number {
  const length = rows[0]?.length ?? 0;
  for (const [k, row] of rows.entries()) {
    const label = `${place}: row ${k + 1} (state ${LETTERS.charAt(k)})`;
    if (row.length === 0) throw new InputError(`${label}: expected cells of three characters, got an empty row`);
    if (row.length % 3 !== 0) {
      throw new InputError(`${label}: expected cells of three characters, got ${row.length} characters`);
    }
    if (row.length !== length) {
      throw new InputError(`${label}: expected ${length / 3} cells as in row 1, got ${row.length / 3}`);
    }
  }
  const count = length / 3;
  if (count < 2 || count > BBCHALLENGE_SYMBOLS.length) {
    throw new InputError(`${place}: expected two or three symbols (0, 1, 2), got rows of ${count} cells`);
  }
  return count;
}

function readCell(cell: string, symbolCount: number, label: string): SourceTransition {
  const [digit, direction, next] = [cell.charAt(0), cell.charAt(1), cell.charAt(2)];
  const write = BBCHALLENGE_SYMBOLS[/^[0-9]$/.test(digit) && Number(digit) < symbolCount ? Number(digit) : -1];
  if (write === undefined) {
    throw new InputError(
      `${label}: expected to write a digit below ${symbolCount}, got ${quoteInput(digit)} in ${quoteInput(cell)}`,
    );
  }
  if (direction !== "L" && direction !== "R") {
    throw new InputError(
      `${label}: expected the direction L or R, got ${quoteInput(direction)} in ${quoteInput(cell)}`,
    );
  }
  if (!/^[A-Z]$/.test(next)) {
    throw new InputError(`${label}: expected a state from A to Z, got ${quoteInput(next)} in ${quoteInput(cell)}`);
  }
  return { write, move: direction === "L" ? "left" : "right", next };
}
