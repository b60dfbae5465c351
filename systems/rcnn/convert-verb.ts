/** weightproof convert MACHINE --to FORMAT */
import type { WrittenFormat } from "../../inputs/machines/format-names.js";
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { loadMachine, type LoadOptions } from "../../inputs/machines/load-machine.js";
import { writeBbchallenge } from "../../inputs/machines/write-bbchallenge.js";
import { writeMachine } from "../../inputs/machines/write-machine.js";
import { writeTuringmachineIo } from "../../inputs/machines/write-turingmachine-io.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";

/** The options of convert. */
export interface ConvertOptions extends LoadOptions {
  readonly to: WrittenFormat;
  readonly out: string;
}

/** Writes a machine in another format. @throws {InputError} if the format cannot express it */
export function convertVerb(io: Io, argument: string, options: ConvertOptions): ExitCode {
  io.save(options.out, writeFormat(loadMachine(argument, options), options.to));
  return EXIT.accepted;
}

function writeFormat(source: SourceMachine, to: WrittenFormat): string {
  if (to === "bbchallenge") return `${writeBbchallenge(source)}\n`;
  if (to === "turingmachine.io") return writeTuringmachineIo(source);
  if (source.halting.length === source.states.length) {
    throw new InputError(
      `machine ${quoteInput(source.name)}: a machine file has at least one state that does not halt`,
    );
  }
  return writeMachine(source);
}
