/** Readers of option values; commander prints their messages. */
import { InputError } from "../inputs/input-error.js";
import type { OptionSpec } from "./system.js";

/** What is on the tape, or at the inputs of a circuit; the same for all systems. */
export const INPUT: OptionSpec = {
  flags: "--input <WORD>",
  about:
    "input, in the symbols of the source: one character each, or separated by commas; with several tapes words with spaces between them; may be given several times",
  parse: (text, before) => collectWords(text, before),
};

/** Reads a whole number of at least 0 in decimal digits. @throws {Error} for anything else */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^[0-9]+$/.test(text) || !Number.isSafeInteger(value)) throw new Error("Expected a whole number.");
  return value;
}

/** Adds a whole number to those that the same option gave before. @throws {Error} for anything else */
export function collectNumbers(text: string, before: unknown): number[] {
  return [...((before as readonly number[] | undefined) ?? []), wholeNumber(text)];
}

/** Reads "ROWSxCOLUMNS". @throws {Error} unless both are from 1 to 999 */
export function gridSize(text: string): [rows: number, columns: number] {
  const match = /^([1-9][0-9]{0,2})x([1-9][0-9]{0,2})$/.exec(text);
  if (match === null) throw new Error("Expected ROWSxCOLUMNS, each from 1 to 999.");
  return [Number(match[1]), Number(match[2])];
}

/** Reads a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!/^[0-9]+(\.[0-9]+)?$/.test(text) || !Number.isFinite(value) || value <= 0)
    throw new Error("Expected a number above 0.");
  return value;
}

/** Adds a word to those that the same option gave before. */
export function collectWords(text: string, before: unknown): string[] {
  return [...((before as readonly string[] | undefined) ?? []), text];
}

/** Reads "COLUMN" or "ROW,COLUMN", from 0. @throws {Error} for anything else */
export function cellPlace(text: string): [row: number, column: number] {
  const match = /^(?:(\d{1,6}),)?(\d{1,6})$/.exec(text);
  if (match === null) throw new Error("Expected COLUMN or ROW,COLUMN, from 0.");
  return [Number(match[1] ?? 0), Number(match[2])];
}

/** The one input of those that were given; undefined if there is none. @throws {InputError} if there are several */
export function oneInput(words: readonly string[] | undefined): string | undefined {
  if (words !== undefined && words.length > 1) throw new InputError(`--input: expected one, got ${words.length}`);
  return words?.[0];
}
