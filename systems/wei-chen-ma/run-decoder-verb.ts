/** weightproof run MACHINE --system wei-chen-ma, and run CERTIFICATE of a decoder. */
import { decoderSizesAndNorms } from "../../checkers/wei-chen-ma/decoder-claims.js";
import { isAccepted } from "../../checkers/verdict.js";
import { BackendUnavailable, type BackendName } from "../../execution/tensors/backends.js";
import { indexDecoder, runIndexed, type IndexedDecoder } from "../../execution/wei-chen-ma/decode-indexed.js";
import { runDecoder, type DecoderRun } from "../../execution/wei-chen-ma/run-decoder.js";
import { TensorLimit } from "../../execution/wei-chen-ma/tensor-feed-forward.js";
import { InputError } from "../../inputs/input-error.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { counted, grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { subjectOfCertificate, subjectOfMachine, type DecoderSubject } from "./decoder-subject.js";
import type { DecoderOptions } from "./decoder-task.js";
import { drawAttention } from "./draw-attention.js";

/** Options of run for decoders. */
export interface RunDecoderVerbOptions extends DecoderOptions {
  readonly backend?: BackendName | "indexed" | "exact";
  readonly attention?: "hard" | "softmax";
  readonly scale?: number;
  readonly picture?: string;
}

/** Steps after which a run without --steps gives up undecided. */
const DEFAULT_STEPS = 100_000_000;
/** The same for engines whose steps cost more the longer the run is. */
const DEFAULT_SLOW_STEPS = 1000;
/** Passes of a run that all engines make without being asked for. */
export const COMPARED_PASSES = 500;

/** Which engines are to run. */
type Plan = Required<Pick<RunDecoderVerbOptions, "attention">> & {
  readonly backend: RunDecoderVerbOptions["backend"];
  readonly scale: number | null;
};

/** A run, and why it was made by the look-up alone. */
interface RunResult extends DecoderRun {
  readonly alone: string | null;
  /** Evaluations of the decoder. */
  readonly patches: number;
}

/** Compiles a machine, and decodes a run. @throws {InputError} */
export async function runDecoderVerb(io: Io, argument: string, options: RunDecoderVerbOptions): Promise<ExitCode> {
  const plan = planOf(options);
  const isSlow = plan.backend !== undefined && plan.backend !== "indexed";
  const limit = options.steps ?? (isSlow ? DEFAULT_SLOW_STEPS : DEFAULT_STEPS);
  return runSubject(io, subjectOfMachine(argument, options, limit), limit, plan, options);
}

/** Decodes a run of the decoder of a certificate. @throws {InputError} */
export async function runDecoderCertificate(io: Io, path: string, options: RunDecoderVerbOptions): Promise<ExitCode> {
  const plan = planOf(options);
  const verdict = subjectOfCertificate(path, options);
  if (!isAccepted(verdict)) return printFailure(io, verdict, path);
  return runSubject(io, verdict.result, options.steps ?? verdict.result.claim.passes - 1, plan, options);
}

function planOf({ attention = "hard", scale, backend }: RunDecoderVerbOptions): Plan {
  if (attention === "softmax" && scale === undefined) throw new InputError("--attention softmax needs --scale");
  if (attention === "hard" && scale !== undefined) throw new InputError("--scale goes with --attention softmax");
  if (attention === "softmax" && (backend === "indexed" || backend === "exact"))
    throw new InputError(`--attention softmax is for tensors, and --backend ${backend} has none`);
  // Softmax is asked for to be seen on tensors, however long the run is.
  return { attention, scale: scale ?? null, backend: backend ?? (attention === "softmax" ? "wasm" : undefined) };
}

async function runSubject(
  io: Io,
  subject: DecoderSubject,
  steps: number,
  plan: Plan,
  { picture, steps: asked }: RunDecoderVerbOptions,
): Promise<ExitCode> {
  const { name, claim } = subject;
  const drawn = picture === undefined ? undefined : drawAttention(subject, steps + 1);
  const indexed = plan.backend === "exact" ? undefined : indexDecoder(claim);
  if (indexed !== undefined && !isAccepted(indexed)) return printFailure(io, indexed, name);
  let run: RunResult;
  try {
    run = await runEngines(io, subject, steps + 1, plan, indexed?.result);
  } catch (error) {
    if (error instanceof BackendUnavailable || error instanceof TensorLimit) throw new InputError(error.message);
    throw error;
  }
  if (picture !== undefined && drawn !== undefined) io.save(picture, drawn);
  if (io.json) printJson(io, jsonOf(subject, run, plan));
  else io.print(textOf(subject, run, plan));
  if (run.deviation !== null) return EXIT.rejected;
  return run.haltsAt !== null || asked !== undefined ? EXIT.accepted : EXIT.undecided;
}

async function runEngines(
  io: Io,
  { claim, input }: DecoderSubject,
  passes: number,
  { backend, scale }: Plan,
  indexed: IndexedDecoder | undefined,
): Promise<RunResult> {
  const onProgress = (done: number): void => io.progress("passes", done, passes);
  if (indexed !== undefined && (backend === undefined || backend === "indexed")) {
    const run = runIndexed(indexed, input, { passes, onProgress });
    const alone = backend === "indexed" ? "asked for" : `more than ${grouped(COMPARED_PASSES)} passes`;
    if (backend === "indexed" || run.passes > COMPARED_PASSES)
      return { ...run, engines: ["indexed"], deviation: null, alone, patches: indexed.write.length };
  }
  const run = await runDecoder(claim, {
    input,
    passes,
    onProgress,
    ...(backend !== "exact" && { tensors: backend === undefined || backend === "indexed" ? "best" : backend }),
    ...(indexed && { indexed }),
    ...(scale !== null && { attention: scale }),
  });
  return { ...run, alone: null, patches: run.passes };
}

/** For programs. A pass more than steps: the first one comes from outside. */
function jsonOf({ name, claim, input }: DecoderSubject, run: RunResult, { attention, scale }: Plan): object {
  const { decoder, machine, label } = claim;
  const { layers, width, parameters } = decoderSizesAndNorms(decoder);
  const { passes, haltsAt, state, nonblank, left, right, deviation, engines, alone, patches } = run;
  const accepts = label.accept.includes(state) ? true : label.reject.includes(state) ? false : null;
  const ended = {
    name,
    halted: haltsAt !== null,
    steps: passes - 1,
    state: machine.states[state] ?? null,
    accepts,
    tape: tapeOf(run, machine.symbols, input.length),
    nonblank,
    input: input.length === 0 ? null : spelled(input, machine.symbols),
  };
  const sizes = { layers, rows: 1, columns: right - left + 1, patches, width, parameters };
  const bitExact = alone === null ? deviation === null : null;
  return { ...ended, ...sizes, engines, bitExact, deviation, attention, scale };
}

/** Most cells of a tape that is printed. */
const MOST_CELLS = 1_000_000;
/** Most characters of a tape that is printed for people. */
const MOST_SHOWN = 64;

/** The tape without outer blanks; null if it is longer than what is printed. */
function tapeOf({ left, right, at }: RunResult, symbols: readonly string[], inputLength: number): string | null {
  let [from, to] = [Math.min(left, 1), Math.max(right, inputLength)];
  while (from <= to && at(from) === 0) from++;
  while (to > from && at(to) === 0) to--;
  if (to - from >= MOST_CELLS) return null;
  return spelled(
    Array.from({ length: to - from + 1 }, (_, i) => at(from + i)),
    symbols,
  );
}

/** Symbols as the source spells them, with spaces between them if some have several characters. */
function spelled(word: readonly number[], symbols: readonly string[]): string {
  return word.map((symbol) => symbols[symbol] ?? "").join(symbols.some((symbol) => symbol.length > 1) ? " " : "");
}

/** For people. */
function textOf({ name, claim, input }: DecoderSubject, run: RunResult, { scale }: Plan): string {
  const { decoder, machine } = claim;
  const { layers, width, parameters } = decoderSizesAndNorms(decoder);
  const { passes, haltsAt, state, nonblank, left, right, deviation } = run;
  const end = deviation !== null ? "differs" : haltsAt !== null ? "halted" : "not halted";
  const tape = tapeOf(run, machine.symbols, input.length);
  const shown = tape !== null && tape !== "" && tape.length <= MOST_SHOWN ? `"${tape}", ` : "";
  const lines = labelled([
    ["input", input.length === 0 ? "none: a blank tape" : `"${spelled(input, machine.symbols)}"`],
    ["steps", `${grouped(passes - 1)} of the machine, in ${grouped(passes)} passes of ${layers} layers`],
    ["state", machine.states[state] ?? "outside"],
    ["tape", `${shown}${counted(nonblank, "cell")} not blank; the head was at ${left} to ${right}`],
    ["decoder", `width ${width}, ${grouped(parameters)} parameters`],
    ["engines", `${run.engines.join(", ")}${scale === null ? "" : `, softmax of scale ${scale}`}: ${equality(run)}`],
  ]);
  return `${end}: ${name}\n${lines}`;
}

function equality({ deviation, alone, engines }: RunResult): string {
  if (alone !== null)
    return `alone (${alone}); attention as a look-up, which the checker's acceptance allows. --backend wasm compares`;
  if (deviation === null)
    return engines.length === 1
      ? "every entry of every pass is the machine's"
      : "equal in every entry after every layer of every pass, which are the machine's";
  const { engine, pass, layer, coordinate, largest } = deviation;
  return `${engine} differs first in pass ${pass}, layer ${layer}, coordinate ${coordinate}; the largest difference there is ${largest}`;
}
