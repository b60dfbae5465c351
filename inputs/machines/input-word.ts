/** Words and grids for a machine's tapes, in the symbols of its source. */
import { BLANK_TAPE, wordOnTape, type AlphabetMachine, type TapeStart } from "../../spec/machines/alphabet-machine.js";
import { InputError } from "../input-error.js";
import { errorsIn } from "../text-places.js";
import { isSymbol, showSymbol, type Complaint } from "./foreign-machine.js";

/** Most cells of an input. */
export const MAX_INPUT_CELLS: number = 1_000_000;

/** Other spellings of a symbol, where it is not one itself: blanks are _, and +1 and -1 as people type them. */
const OTHER_SPELLINGS: ReadonlyMap<string, readonly string[]> = new Map([
  [".", ["_", " ", "0"]],
  [" ", ["_"]],
  ["_", [" "]],
  ["\u25A1", ["_", " "]],
  ["0", ["_", " "]],
  ["+", ["1"]],
]);

/**
 * The indices of a word's symbols: one for each character, or, if the alphabet has symbols of several characters or the word has
 * commas that are no symbol, one for each part between commas.
 *
 * @throws {InputError} the complaint, at the first symbol that the alphabet lacks
 */
export function splitWord(word: string, symbols: readonly string[], complain: Complaint): number[] {
  if (word === "") return [];
  const byCommas =
    !symbols.includes(",") && (word.includes(",") || (!symbols.every(isSymbol) && symbols.includes(word)));
  const parts = byCommas ? word.split(",").map((part) => part.trim()) : [...word];
  if (parts.length > MAX_INPUT_CELLS)
    throw complain(`expected at most ${MAX_INPUT_CELLS} symbols, got ${parts.length}`);
  const indices = new Map(symbols.map((symbol, index) => [symbol, index]));
  for (const [symbol, others] of OTHER_SPELLINGS) {
    // Only the blank, and the two signs of machine files, have other spellings.
    const index = symbols.indexOf(symbol);
    if (index < 0 || (symbol === "+" ? symbols[0] !== "." : index !== 0)) continue;
    for (const other of others) if (!indices.has(other)) indices.set(other, index);
  }
  return parts.map((part, i) => {
    const index = indices.get(part);
    if (index !== undefined) return index;
    const [blank = "", ...rest] = symbols.slice(0, SHOWN_SYMBOLS).map(showSymbol);
    const more = symbols.length > SHOWN_SYMBOLS ? ", ..." : "";
    const alphabet = [`${blank} (blank)`, ...rest].join(", ");
    throw complain(`symbol ${i + 1} is ${showSymbol(part)}; the machine's symbols are ${alphabet}${more}`);
  });
}

const SHOWN_SYMBOLS = 30;

/** What the options say of an input. */
export interface InputOptions {
  /** A word; for several tapes one for each, with spaces between them. */
  readonly input?: string | undefined;
  /** The text of a file whose lines are the rows of a grid, and its name. */
  readonly grid?: { readonly text: string; readonly name: string } | undefined;
  /** The cell of the input on which the head begins. */
  readonly head?: readonly [row: number, column: number] | undefined;
}

/**
 * The tapes that options ask for; undefined if they say nothing.
 *
 * @throws {InputError} one line with the option or "file:line:column", if a symbol is unknown or there are too many words
 */
export function readInput(machine: AlphabetMachine, options: InputOptions): readonly TapeStart[] | undefined {
  const { input, grid, head } = options;
  if (input === undefined && grid === undefined) {
    if (head === undefined) return undefined;
    const given = machine.input ?? Array.from({ length: machine.tapes }, () => BLANK_TAPE);
    return withHead(machine, given, head);
  }
  const starts = grid === undefined ? readWords(machine, input ?? "") : [readGrid(machine, grid)];
  return head === undefined ? starts : withHead(machine, starts, head);
}

function withHead(
  { tapes }: AlphabetMachine,
  starts: readonly TapeStart[],
  [headRow, headColumn]: readonly [number, number],
): TapeStart[] {
  if (tapes !== 1) throw new InputError(`--head: expected a machine with one tape, got ${tapes} of them`);
  return starts.map((start) => ({ ...start, headRow, headColumn }));
}

function readWords({ tapes, symbols }: AlphabetMachine, input: string): TapeStart[] {
  const words = tapes === 1 ? [input] : input.split(" ");
  if (words.length > tapes)
    throw new InputError(`--input: expected at most ${tapes} words, one for each tape, got ${words.length}`);
  return Array.from({ length: tapes }, (_, t) => {
    const place = tapes === 1 ? "--input" : `--input: tape ${t + 1}`;
    return wordOnTape(splitWord(words[t] ?? "", symbols, (message) => new InputError(`${place}: ${message}`)));
  });
}

function readGrid(
  { tapes, symbols }: AlphabetMachine,
  { text, name }: { readonly text: string; readonly name: string },
): TapeStart {
  if (tapes !== 1) throw new InputError(`--input-file: expected a machine with one tape, got ${tapes} of them`);
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const errorAt = errorsIn(text, name);
  let offset = 0;
  let cells = 0;
  const rows = lines.map((line) => {
    const row = splitWord(line, symbols, (message) => errorAt(offset, message));
    offset += line.length + 1;
    cells += row.length;
    if (cells > MAX_INPUT_CELLS) throw errorAt(offset, `expected at most ${MAX_INPUT_CELLS} cells`);
    return row;
  });
  return { rows, headRow: 0, headColumn: 0 };
}
