/** weightproof convert MACHINE --to FORMAT */
import type { WrittenFormat } from "../../inputs/machines/format-names.js";
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { decisionsByName } from "../../inputs/machines/foreign-machine.js";
import { loadAnyMachine, type LoadOptions } from "../../inputs/machines/load-machine.js";
import type { ReadMachine } from "../../inputs/machines/machine-formats.js";
import { toSourceMachine } from "../../inputs/machines/three-symbols.js";
import { writeBbchallenge } from "../../inputs/machines/write-bbchallenge.js";
import { writeMachine } from "../../inputs/machines/write-machine.js";
import { writeTapes } from "../../inputs/machines/write-tapes.js";
import { writeAlphabetTuringmachineIo, writeTuringmachineIo } from "../../inputs/machines/write-turingmachine-io.js";
import type { AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";

/** The options of convert. */
export interface ConvertOptions extends LoadOptions {
  readonly to: WrittenFormat;
  readonly out: string;
}

/** Writes a machine in another format. @throws {InputError} if the format cannot express it */
export function convertVerb(io: Io, argument: string, options: ConvertOptions): ExitCode {
  io.save(options.out, writeFormat(loadAnyMachine(argument, options), options.to));
  return EXIT.accepted;
}

function writeFormat({ machine, source }: ReadMachine, to: WrittenFormat): string {
  const plain = source !== undefined && isPlain(machine) ? source : undefined;
  if (to === "yaml") {
    if (plain === undefined) return writeTapes(machine);
    if (plain.halting.length === plain.states.length)
      throw new InputError(
        `machine ${quoteInput(plain.name)}: a machine file has at least one state that does not halt`,
      );
    return writeMachine(plain);
  }
  if (to === "turingmachine.io") {
    return plain === undefined ? writeAlphabetTuringmachineIo(machine) : writeTuringmachineIo(plain);
  }
  if (machine.input !== undefined)
    throw new InputError(
      `machine ${quoteInput(machine.name)}: bbchallenge text has no input, and this machine has one`,
    );
  return `${writeBbchallenge(source ?? toSourceMachine(machine))}\n`;
}

/** Whether a machine is no more than its source machine: no input, and nothing but names to say what accepts. */
function isPlain({ input, halting, accepting, rejecting }: AlphabetMachine): boolean {
  const named = decisionsByName(halting);
  return (
    input === undefined && accepting.join() === named.accepting.join() && rejecting.join() === named.rejecting.join()
  );
}
