/** weightproof run MACHINE --system wei-chen-ma */
import type { DecoderClaim } from "../../checkers/wei-chen-ma/check-step.js";
import { decoderSizesAndNorms } from "../../checkers/wei-chen-ma/decoder-claims.js";
import { isAccepted } from "../../checkers/verdict.js";
import { formulaChanges } from "../../construction/wei-chen-ma/decoder-to-certificate.js";
import { machineToDecoder } from "../../construction/wei-chen-ma/machine-to-decoder.js";
import { BackendUnavailable, type BackendName } from "../../execution/tensors/backends.js";
import {
  attentionSvg,
  MAX_PICTURE_LINES,
  readOf,
  type PictureLine,
} from "../../execution/wei-chen-ma/attention-picture.js";
import { decodeExactly } from "../../execution/wei-chen-ma/decode.js";
import { indexDecoder, runIndexed } from "../../execution/wei-chen-ma/decode-indexed.js";
import { runDecoder } from "../../execution/wei-chen-ma/run-decoder.js";
import { InputError } from "../../inputs/input-error.js";
import { startOfTape, stepTape } from "../../spec/machines/tape-machine.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { decoderTask, type DecoderOptions, type DecoderTaskInput } from "./decoder-task.js";

/** Options of run for machines. */
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

/** Decodes a run, and says what it comes to and whether every entry of every pass was right. */
export async function runDecoderVerb(io: Io, argument: string, options: RunDecoderVerbOptions): Promise<ExitCode> {
  const { attention = "hard", scale } = options;
  if (attention === "softmax" && scale === undefined) throw new InputError("--attention softmax needs --scale");
  if (attention === "hard" && scale !== undefined) throw new InputError("--scale goes with --attention softmax");
  const engine = options.backend ?? (attention === "softmax" ? "cpu" : "indexed");
  if (attention === "softmax" && (engine === "indexed" || engine === "exact"))
    throw new InputError(`--attention softmax is for tensors, and --backend ${engine} has none`);
  const limit = options.steps ?? (engine === "indexed" ? DEFAULT_STEPS : DEFAULT_SLOW_STEPS);
  const task = decoderTask(argument, options, limit);
  const { machine, tape, input, label } = task;
  const passes = limit + 1;
  const built = machineToDecoder({ machine, passes, tape, inputLength: input.length, ...(label && { label }) });
  const claim = { ...built, machine, passes, formulas: formulaChanges(built.functions) };
  if (options.picture !== undefined) io.save(options.picture, drawRun(task, claim));
  const onProgress = (done: number): void => io.progress("passes", done, passes);
  let run: RunResult;
  if (engine === "indexed") {
    const indexed = indexDecoder(claim);
    if (!isAccepted(indexed)) return printFailure(io, indexed, task.source.name);
    const pairs = indexed.result.write.length;
    run = { ...runIndexed(indexed.result, input, { onProgress }), deviation: null, patches: pairs };
  } else {
    const softmax = attention === "softmax" && scale !== undefined ? { attention: scale } : {};
    try {
      const result = await runDecoder(claim, { engine, input, passes, onProgress, ...softmax });
      run = { ...result, patches: result.passes };
    } catch (error) {
      if (error instanceof BackendUnavailable) throw new InputError(error.message);
      throw error;
    }
  }
  print(io, task, claim, run, { engine, attention, scale: scale ?? null });
  if (run.deviation !== null) return EXIT.rejected;
  return run.haltsAt !== null || options.steps !== undefined ? EXIT.accepted : EXIT.undecided;
}

interface RunResult {
  readonly passes: number;
  readonly haltsAt: number | null;
  readonly nonblank: number;
  readonly left: number;
  readonly right: number;
  readonly deviation: { readonly pass: number; readonly coordinate: number; readonly largest: number } | null;
  readonly patches: number;
}

function print(
  io: Io,
  { source }: DecoderTaskInput,
  { decoder }: DecoderClaim,
  run: RunResult,
  how: { readonly engine: string; readonly attention: string; readonly scale: number | null },
): void {
  const { layers, width, parameters } = decoderSizesAndNorms(decoder);
  const { passes, nonblank, left, right, deviation, patches } = run;
  const halted = run.haltsAt !== null;
  // A pass more than steps: the first one comes from outside.
  const steps = passes - 1;
  if (io.json) {
    const sizes = { layers, rows: 1, columns: right - left + 1, patches, width, parameters };
    printJson(io, {
      name: source.name,
      halted,
      steps,
      nonblank,
      ...sizes,
      bitExact: how.engine === "indexed" ? null : deviation === null,
      deviation,
      ...how,
    });
    return;
  }
  const end = deviation !== null ? "differs" : halted ? "halted" : "not halted";
  const exact =
    deviation === null
      ? how.engine === "indexed"
        ? "attention as a look-up, which the checker's acceptance allows"
        : "every entry of every pass is right"
      : `pass ${deviation.pass}, coordinate ${deviation.coordinate}: the largest difference is ${deviation.largest}`;
  const lines = labelled([
    ["steps", `${grouped(steps)} of the machine, in ${grouped(passes)} passes of ${layers} layers`],
    ["tape", `${grouped(nonblank)} cells not blank; the head was at ${left} to ${right}`],
    ["decoder", `width ${width}, ${grouped(parameters)} parameters`],
    ["engine", `${how.engine}${how.scale === null ? "" : `, softmax of scale ${how.scale}`}: ${exact}`],
  ]);
  io.print(`${end}: ${source.name}\n${lines}`);
}

/** The run once more in the exact engine, with what each pass reads. */
function drawRun({ source, machine, tape, input }: DecoderTaskInput, { decoder, passes }: DecoderClaim): string {
  const lines: PictureLine[] = [];
  let configuration = startOfTape(input);
  for (const pass of decodeExactly(decoder, input)) {
    if (lines.length > 0) configuration = stepTape(machine, configuration, tape).after;
    const { cells, head, state } = configuration;
    lines.push({ cells, head, state: machine.states[state] ?? "", reads: readOf(pass) });
    if (lines.length === passes || machine.halting[state] === true) break;
    if (lines.length === MAX_PICTURE_LINES)
      throw new InputError(`--picture: a picture has at most ${MAX_PICTURE_LINES} passes; take fewer with --steps`);
  }
  const title = `${source.name}: which pass each of ${lines.length} passes reads`;
  return attentionSvg({ title, symbols: machine.symbols, lines });
}
