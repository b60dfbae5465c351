/** Finds a machine on one tape by what a user types. */
import { existsSync } from "node:fs";
import { InputError, showPath } from "../../inputs/input-error.js";
import { galleryFiles, loadMachine, type LoadOptions } from "../../inputs/machines/load-machine.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import type { TapesMachine } from "../../spec/machines/tape-machine.js";
import { readTapesMachine } from "../../construction/language/read-tapes-machine.js";
import { gridToTape } from "../../construction/wei-chen-ma/one-row.js";

/**
 * The machine of an argument: a file of a machine on tapes (it has the key `tapes`), or whatever loadMachine takes, if it keeps to
 * one row.
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
  return gridToTape(loadMachine(argument, options));
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
    loadMachine(argument, options);
    return true;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return /two tapes/.test(error.message);
  }
}
