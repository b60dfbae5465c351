/** Finds a machine on one tape by what a user types. */
import { existsSync } from "node:fs";
import { InputError, showPath } from "../../inputs/input-error.js";
import { galleryFiles, loadAnyMachine, type LoadOptions } from "../../inputs/machines/load-machine.js";
import { HOUSE_FORMAT } from "../../inputs/machines/three-symbols.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import type { TapesMachine } from "../../spec/machines/tape-machine.js";
import { readTapesMachine } from "../../construction/language/read-tapes-machine.js";
import { gridToTape } from "../../construction/wei-chen-ma/one-row.js";
import { alphabetToTape } from "../../construction/wei-chen-ma/one-tape.js";

/**
 * The machine of an argument: a file of a machine on tapes (it has the key `tapes`), or of any other format, in its own symbols,
 * if it keeps to one row.
 *
 * @throws {InputError} if there is no such machine, it has two tapes, or needs more than one row
 */
export function loadTapeMachine(argument: string, options: LoadOptions = {}): TapesMachine {
  if (options.format === undefined && !galleryFiles().has(argument) && existsSync(argument)) {
    const text = readTextFile(argument);
    if (/^tapes\s*:/m.test(text)) {
      const machine = readTapesMachine(text, showPath(argument));
      if (machine.tapes === 1) return machine;
      throw new InputError(`${showPath(argument)}: the machine has two tapes; a decoder follows machines on one`);
    }
  }
  const { machine, source } = loadAnyMachine(argument, options);
  // In the symbols of its file, even where three of the house would do: an input is read in them.
  return source === undefined || machine.format !== HOUSE_FORMAT ? alphabetToTape(machine) : gridToTape(source);
}

/** Whether an argument is such a machine; the reason if it is a machine of another kind, false if it is none. */
export function takesTapeMachine(argument: string, format: unknown): boolean | string {
  const options = { format: format as LoadOptions["format"] };
  try {
    loadTapeMachine(argument, options);
    return true;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return isMachine(argument, options) ? error.message : false;
  }
}

function isMachine(argument: string, options: LoadOptions): boolean {
  try {
    loadAnyMachine(argument, options);
    return true;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return /two tapes/.test(error.message);
  }
}

/**
 * The word that the machine's file asks for, as indices of symbols; empty for a blank tape.
 *
 * @throws {InputError} if the head does not begin on the first symbol of one row
 */
export function inputOfTapeFile(argument: string, options: LoadOptions = {}): readonly number[] {
  const { name, input } = loadAnyMachine(argument, options).machine;
  const [start] = input ?? [];
  if (start === undefined || start.rows.length === 0) return [];
  if (start.rows.length > 1 || start.headRow !== 0 || start.headColumn !== 0)
    throw new InputError(`${name}: its file begins elsewhere than on the first symbol of a word; give --input`);
  return start.rows[0] ?? [];
}
