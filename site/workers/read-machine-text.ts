/** Machines from the page: a text in one of the formats that are read. */
import { InputError, listInput } from "../../inputs/input-error.js";
import { MACHINE_FORMATS, type MachineFormat } from "../../inputs/machines/format-names.js";
import { formatOfFile, readFormat } from "../../inputs/machines/machine-formats.js";
import { toSourceMachine } from "../../inputs/machines/three-symbols.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import type { MachineText } from "./protocol.js";

/** Most characters of a machine's text that the page reads. */
const MAX_CHARACTERS = 2 ** 20;

/** Reads a machine. @throws {InputError} in one line that begins "name:line:column" where the place is known */
export function readMachineText({ text, name, format }: MachineText): SourceMachine {
  if (text.length > MAX_CHARACTERS) {
    throw new InputError(`${name}: expected at most ${MAX_CHARACTERS} characters, got ${text.length}`);
  }
  if (text.trim() === "") throw new InputError(`${name}:1:1: expected a machine, got an empty text`);
  const known: readonly string[] = MACHINE_FORMATS;
  if (format !== undefined && !known.includes(format)) {
    throw new InputError(`${name}: there is no format ${format}; expected ${listInput(known)}`);
  }
  const { machine, source } = readFormat(
    text,
    name,
    (format as MachineFormat | undefined) ?? formatOfFile(text, name, name),
  );
  // What has more symbols or tapes is refused there, in words.
  return source ?? toSourceMachine(machine);
}
