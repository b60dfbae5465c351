/** What the verbs about decoders have in common: the machine, its tape, its input, its label. */
import { inputOfTapeFile, loadTapeMachine } from "./load-tape-machine.js";
import { readInputWord } from "../../construction/wei-chen-ma/one-row.js";
import { InputError, listInput, quoteInput } from "../../inputs/input-error.js";
import type { LoadOptions } from "../../inputs/machines/load-machine.js";
import {
  startOfTape,
  stepTape,
  symbolUnderHead,
  tapeNormalForm,
  type TapeKind,
  type TapeMachine,
  type TapesMachine,
} from "../../spec/machines/tape-machine.js";
import { oneInput } from "../parse-options.js";
import type { DecoderLabel } from "../../spec/wei-chen-ma/decoder-step.js";

/** Options that say what a decoder is to follow. */
export interface DecoderOptions extends LoadOptions {
  readonly steps?: number;
  readonly input?: readonly string[];
  readonly tape?: TapeKind;
  readonly accept?: readonly string[];
  readonly reject?: readonly string[];
}

/** What a decoder is to follow. */
export interface DecoderTaskInput {
  readonly source: TapesMachine;
  readonly machine: TapeMachine;
  readonly tape: TapeKind;
  /** Indices of symbols; empty for the blank tape. */
  readonly input: readonly number[];
  readonly label?: DecoderLabel;
}

/** Most steps of a decoder: its positions have at most 40 bits, which leaves as much room for the input. */
export const MAX_DECODER_STEPS: number = 2 ** 39;

/** Steps of a one-way run that are watched for a move off its end. */
const WATCHED_STEPS = 1_000_000;

/**
 * The machine and what is asked of it.
 *
 * @param steps T
 * @throws {InputError} if there is no such machine, symbol or state, too many steps, or the head leaves a one-way tape
 */
export function decoderTask(argument: string, options: DecoderOptions, steps: number): DecoderTaskInput {
  const source = loadTapeMachine(argument, options);
  if (steps > MAX_DECODER_STEPS)
    throw new InputError(`--steps: expected at most ${MAX_DECODER_STEPS} steps, got ${steps}`);
  const machine = tapeNormalForm(source);
  const tape = options.tape ?? "two-way";
  const word = oneInput(options.input);
  const input = word === undefined ? inputOfTapeFile(argument, options) : readInputWord(word, source.symbols);
  if (input.length > 0 && steps === 0)
    throw new InputError("--steps: expected at least one step to read the input with");
  if (tape === "one-way") refuseEnd(source.name, machine, input, steps);
  const label = labelOf(machine, options);
  return { source, machine, tape, input, ...(label && { label }) };
}

/** Refuses a run whose head moves left at the first position of a one-way tape. @throws {InputError} with the step */
export function refuseEnd(name: string, machine: TapeMachine, input: readonly number[], steps: number): void {
  let configuration = startOfTape(input);
  for (let i = 1; i <= Math.min(steps, WATCHED_STEPS) && machine.halting[configuration.state] !== true; i++) {
    const symbol = symbolUnderHead(configuration);
    const { after, move } = stepTape(machine, configuration, "one-way");
    if (move === -1 && configuration.head === 1) {
      const place = `state ${quoteInput(machine.states[configuration.state] ?? "")}, symbol ${quoteInput(machine.symbols[symbol] ?? "")}`;
      throw new InputError(`${name}: step ${i} moves left off the end of the one-way tape (${place})`);
    }
    configuration = after;
  }
}

function labelOf(machine: TapeMachine, { accept, reject }: DecoderOptions): DecoderLabel | undefined {
  if (accept === undefined && reject === undefined) return undefined;
  const indices = (flag: string, names: readonly string[]): number[] =>
    names
      .map((name) => {
        const index = machine.states.indexOf(name);
        if (index >= 0) return index;
        throw new InputError(
          `${flag}: ${quoteInput(name)} is not a state; there are ${listInput(machine.states.slice(0, 20))}`,
        );
      })
      .toSorted((a, b) => a - b);
  const label = { accept: indices("--accept", accept ?? []), reject: indices("--reject", reject ?? []) };
  for (const [name, states] of Object.entries(label)) {
    if (new Set(states).size !== states.length) throw new InputError(`--${name}: expected each state once`);
  }
  const both = label.accept.find((state) => label.reject.includes(state));
  if (both !== undefined)
    throw new InputError(`--accept and --reject: state ${quoteInput(machine.states[both] ?? "")} is in both`);
  return label;
}
