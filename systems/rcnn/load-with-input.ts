/** A machine of any kind, and the tapes that the options or its file ask for. */
import { InputError, listInput, quoteInput, showPath } from "../../inputs/input-error.js";
import { readInput } from "../../inputs/machines/input-word.js";
import { loadAnyMachine, type LoadOptions } from "../../inputs/machines/load-machine.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import type { AlphabetMachine, TapeStart } from "../../spec/machines/alphabet-machine.js";
import type { SourceMachine } from "../../spec/machines/machine.js";

/** Options that say what is on the tape, and what a halt means. */
export interface TapeOptions extends LoadOptions {
  /** Words; each is an input of its own. */
  readonly input?: readonly string[];
  readonly inputFile?: string;
  readonly head?: readonly [row: number, column: number];
  readonly accept?: readonly string[];
  readonly reject?: readonly string[];
}

/** A tape to begin with, and who asked for it. */
export interface GivenInput {
  readonly from: "command line" | "file" | "nothing";
  /** Shape: tapes; blank ones if undefined. */
  readonly starts: readonly TapeStart[] | undefined;
}

/** A machine with its inputs: at least one. */
export interface LoadedMachine {
  readonly machine: AlphabetMachine;
  readonly source: SourceMachine | undefined;
  readonly inputs: readonly GivenInput[];
}

/** @throws {InputError} if there is no such machine, or an input or a state is none of the machine's */
export function loadWithInput(argument: string, options: TapeOptions): LoadedMachine {
  const { input: words = [], inputFile, head, format, entry } = options;
  if (words.length > 0 && inputFile !== undefined)
    throw new InputError("--input and --input-file: expected one of them");
  const grid = inputFile === undefined ? undefined : { text: readTextFile(inputFile), name: showPath(inputFile) };
  // Rules for any symbol are for those of the input, too.
  const symbols = [...new Set([...words.join(""), ...(grid?.text ?? "").replaceAll(/[\r\n]/g, "")])];
  const { machine: read, source } = loadAnyMachine(argument, {
    format,
    entry,
    symbols: symbols.filter((symbol) => symbol !== " "),
  });
  const machine = withDecisions(read, options);
  if (words.length === 0) return { machine, source, inputs: [inputOf(machine, { grid, head })] };
  return { machine, source, inputs: words.map((input) => inputOf(machine, { input, head })) };
}

function inputOf(machine: AlphabetMachine, options: Parameters<typeof readInput>[1]): GivenInput {
  const starts = readInput(machine, options);
  if (starts !== undefined) return { from: "command line", starts };
  return machine.input === undefined ? { from: "nothing", starts: undefined } : { from: "file", starts: machine.input };
}

/** The machine with the states that options call accepting or rejecting. */
function withDecisions(machine: AlphabetMachine, { accept, reject }: TapeOptions): AlphabetMachine {
  if (accept === undefined && reject === undefined) return machine;
  for (const [flag, names] of [["--accept", accept ?? []] as const, ["--reject", reject ?? []] as const]) {
    const stranger = names.find((name) => !machine.halting.includes(name));
    if (stranger === undefined) continue;
    const known =
      machine.halting.length === 0 ? "there is none" : `there are ${listInput(machine.halting.slice(0, 20))}`;
    throw new InputError(`${flag}: ${quoteInput(stranger)} is not a halting state; ${known}`);
  }
  const both = accept?.find((name) => reject?.includes(name) === true);
  if (both !== undefined) throw new InputError(`--accept and --reject: state ${quoteInput(both)} is in both`);
  return { ...machine, accepting: accept ?? [], rejecting: reject ?? [] };
}
