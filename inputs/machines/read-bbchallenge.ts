/**
 * Reads the standard text format of bbchallenge: rows joined by "_", row k for state 'A' + k; a row is a sequence of
 * three-character cells, one for each symbol: symbol to write, L or R, next state, or "---" where nothing is defined.
 *
 * Listings have a machine on each line, and behind it what else is known of it, or a comment; an older spelling has spaces
 * between cells and two between rows.
 */
import { readKey, type AlphabetEntry, type AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import { chooseEntry } from "./choose-entry.js";
import { decisionsByName, nameOfFile } from "./foreign-machine.js";
import { InputError, quoteInput } from "../input-error.js";
import { MAX_FILE_BYTES, MAX_NAME_LENGTH } from "../input-limits.js";

/** States are single letters. */
export const BBCHALLENGE_MAX_STATES: number = 26;

/** Symbols are single digits. */
export const BBCHALLENGE_MAX_SYMBOLS: number = 10;

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const UNDEFINED_CELL = "---";
/** A name for a text that is not in a file. */
const TYPED = "machine text";
const CELL = "(?:---|[0-9][A-Za-z][A-Za-z])";
/** The older spelling, up to what follows. */
const SPACED = new RegExp(`^${CELL}(?: {1,2}${CELL})+(?=\\s|$)`);

/**
 * Whether a text is meant as a machine in bbchallenge's format, well-formed or not: it starts with a cell, and it has
 * only characters of the format.
 */
export function looksLikeBbchallenge(text: string): boolean {
  return /^(?:---|[0-9][A-Za-z][A-Za-z])[0-9A-Za-z_-]*$/.test(text.trim());
}

/** Whether every line of a text that is not empty and no comment begins with a machine. */
export function looksLikeListing(text: string): boolean {
  const lines = linesOf(text);
  return lines.length > 0 && lines.every((line) => machineOf(line) !== undefined);
}

/** The lines that hold machines; # and // begin comments. */
function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(?:#|\/\/)/.test(line));
}

/** The machine at the beginning of a line of a listing, in the standard spelling. */
function machineOf(line: string): string | undefined {
  const spaced = SPACED.exec(line)?.[0];
  if (spaced !== undefined) return spaced.replaceAll("  ", "_").replaceAll(" ", "");
  const [, word = "", rest = ""] = /^([^\s,;|#]*)[\s,;|#]*(.*)$/.exec(line) ?? [];
  // A second machine on the line is no comment.
  return looksLikeBbchallenge(word) && !looksLikeBbchallenge(rest.split(/[\s,;|]/, 1)[0] ?? "") ? word : undefined;
}

/**
 * The machine of a bbchallenge text with up to ten symbols, or of a listing. "---" is an absent entry; letters beyond the table
 * are halting states. The start state is A. The machine is called by its text, or if that is too long by its file.
 *
 * @param place what to call the text in messages
 * @param entry which line of a listing, from 1
 * @throws {InputError} "place: row, symbol: ..." if the text is not in the format
 */
export function readBbchallenge(text: string, place: string = TYPED, entry?: number): AlphabetMachine {
  if (text.length > MAX_FILE_BYTES) throw new InputError(`${place}: expected at most ${MAX_FILE_BYTES} characters`);
  const bare = machineTextOf(text, place, entry);
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
  const table = new Map<string, ReadonlyMap<string, AlphabetEntry>>();
  for (const [k, row] of rows.entries()) {
    const entries = new Map<string, AlphabetEntry>();
    for (let digit = 0; digit < symbolCount; digit++) {
      const cell = row.slice(3 * digit, 3 * digit + 3);
      if (cell === UNDEFINED_CELL) continue;
      const cellEntry = readCell(
        cell,
        symbolCount,
        `${place}: row ${k + 1} (state ${LETTERS.charAt(k)}), symbol ${digit}`,
      );
      if (!working.includes(cellEntry.next)) halting.add(cellEntry.next);
      entries.set(readKey([digit]), cellEntry);
    }
    table.set(LETTERS.charAt(k), entries);
  }
  const halts = [...halting].toSorted();
  return {
    name: bare.length <= MAX_NAME_LENGTH ? bare : place === TYPED ? "bbchallenge machine" : nameOfFile(place),
    format: "a bbchallenge text",
    tapes: 1,
    symbols: Array.from({ length: symbolCount }, (_, digit) => String(digit)),
    states: [...working, ...halts],
    start: "A",
    halting: halts,
    ...decisionsByName(halts),
    table,
    missing: "step",
    notes: {},
    expected: {},
  };
}

function machineTextOf(text: string, place: string, entry: number | undefined): string {
  if (!looksLikeListing(text)) return text.trim();
  const lines = linesOf(text);
  return machineOf(chooseEntry(lines, entry, { file: place, what: "machine" })) ?? "";
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
  if (count < 2 || count > BBCHALLENGE_MAX_SYMBOLS) {
    throw new InputError(`${place}: expected two to ten symbols (0 to 9), got rows of ${count} cells`);
  }
  return count;
}

function readCell(cell: string, symbolCount: number, label: string): AlphabetEntry {
  const [digit, direction, next] = [cell.charAt(0), cell.charAt(1), cell.charAt(2)];
  if (!/^[0-9]$/.test(digit) || Number(digit) >= symbolCount) {
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
  return { write: [Number(digit)], moves: [direction === "L" ? "left" : "right"], next };
}
