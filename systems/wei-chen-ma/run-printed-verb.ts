/** weightproof run MACHINE --system wei-chen-ma --reading printed: the decoder by the letter, and where it is wrong. */
import { isRight, runAsPrinted, type PrintedRun } from "../../execution/wei-chen-ma/run-as-printed.js";
import { InputError, listInput, quoteInput } from "../../inputs/input-error.js";
import { PRINTED_CHOICES, type PrintedChoice } from "../../spec/wei-chen-ma/decoder-reading.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { counted, grouped, labelled, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { decoderTask, type DecoderOptions } from "./decoder-task.js";

/** Options of run for the print. */
export interface RunPrintedOptions extends DecoderOptions {
  readonly amend?: readonly string[];
}

/** Most steps of a run. */
const MOST_STEPS = 1000;

/** Builds the decoder with the amendments that are asked for, and runs it. @throws {InputError} */
export function runPrintedVerb(io: Io, argument: string, options: RunPrintedOptions): ExitCode {
  const { steps, amend = [] } = options;
  if (steps === undefined || steps < 1 || steps > MOST_STEPS)
    throw new InputError(`--reading printed needs --steps: T, from 1 to ${MOST_STEPS}`);
  const amended = amend.includes("all") ? PRINTED_CHOICES : amend.map(choiceOf);
  const { source, machine, tape, input } = decoderTask(argument, options, steps);
  const run = runAsPrinted({ machine, steps, input, tape, amended });
  if (io.json) printJson(io, { name: source.name, reading: "printed", amended, steps, ...run });
  else io.print(`${isRight(run) ? "right" : "differs"}: ${source.name}, by the letter\n${textOf(run, amended, steps)}`);
  return isRight(run) ? EXIT.accepted : EXIT.rejected;
}

function choiceOf(id: string): PrintedChoice {
  const choice = PRINTED_CHOICES.find((one) => one === id);
  if (choice === undefined)
    throw new InputError(`--amend ${quoteInput(id)}: expected all, or some of ${listInput(PRINTED_CHOICES)}`);
  return choice;
}

function textOf(
  { passes, layers, width, deviation, label, expectedLabel }: PrintedRun,
  amended: readonly PrintedChoice[],
  steps: number,
): string {
  const first =
    deviation === null
      ? "every output encodes the machine's configuration"
      : `pass ${deviation.pass} is wrong: coordinate ${deviation.coordinate} is ${deviation.found}, and after ${counted(deviation.steps, "step")} it is to be ${deviation.expected}`;
  const truth = expectedLabel === 1 ? "the machine has halted" : "the machine has not halted";
  return labelled([
    ["amended", amended.length === 0 ? "nothing" : amended.join(", ")],
    ["decoder", `${grouped(steps)} steps in ${grouped(passes)} passes of ${layers} layers, width ${width}`],
    ["outputs", first],
    ["label", `${label}; ${truth}, so ${expectedLabel}`],
  ]);
}
