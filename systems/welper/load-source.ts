/** Finds a machine on d tapes by what a user types. */
import { existsSync } from "node:fs";
import { gridToMultiTape } from "../../construction/welper/sources.js";
import { InputError, showPath } from "../../inputs/input-error.js";
import { galleryFiles, loadMachine, type LoadOptions } from "../../inputs/machines/load-machine.js";
import { readMultiTape } from "../../inputs/machines/read-multi-tape.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import { multiTapeFault, type MultiTapeSource } from "../../spec/welper/machine.js";

/**
 * The machine of an argument: a file of a machine on tapes (it has the key `tapes`), or whatever loadMachine takes.
 *
 * @throws {InputError} if there is no such machine, or it is too large
 */
export function loadMultiTape(argument: string, options: LoadOptions = {}): MultiTapeSource {
  const source = find(argument, options);
  const fault = multiTapeFault(source);
  if (fault !== undefined) throw new InputError(`${source.name}: ${fault}`);
  return source;
}

function find(argument: string, options: LoadOptions): MultiTapeSource {
  if (options.format === undefined && !galleryFiles().has(argument) && existsSync(argument)) {
    const text = readTextFile(argument);
    if (/^tapes\s*:/m.test(text)) return readMultiTape(text, showPath(argument));
  }
  return gridToMultiTape(loadMachine(argument, options));
}

/** Whether an argument is such a machine; the reason if it is one of another kind, false if it is none. */
export function takesMultiTape(argument: string, format: unknown): boolean | string {
  try {
    loadMultiTape(argument, { format: format as LoadOptions["format"] });
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
