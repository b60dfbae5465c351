/** weightproof trace MACHINE --system wei-chen-ma: what a decoder's passes hold and read, by name. */
import { machineToDecoder } from "../../construction/wei-chen-ma/machine-to-decoder.js";
import { decodeExactly } from "../../execution/wei-chen-ma/decode.js";
import { readOf } from "../../execution/wei-chen-ma/attention-picture.js";
import { decode } from "../../spec/wei-chen-ma/decoder.js";
import { InputError } from "../../inputs/input-error.js";
import { startOfTape, stepTape, symbolUnderHead } from "../../spec/machines/tape-machine.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { decoderTask, type DecoderOptions } from "./decoder-task.js";

/** Options of trace for machines. */
export interface TraceDecoderOptions extends DecoderOptions {
  readonly at?: readonly number[];
  readonly steps: number;
  readonly layers?: boolean;
}

/** Passes whose layers are shown: each costs as much as all passes before it. */
const MOST_LAYERED = 64;

interface TracedLayer {
  readonly layer: number;
  readonly lemma: string;
  readonly self: readonly number[];
  readonly cross: readonly number[];
  /** Names of the coordinates that are 1. */
  readonly ones: readonly string[];
}

interface TracedPass {
  readonly step: number;
  readonly pass: number;
  readonly state: string;
  readonly symbol: string;
  readonly position: number;
  /** The pass that it reads, or null. */
  readonly reads: number | null;
  /** Whether it reads the input's symbol instead. */
  readonly readsInput: boolean;
  readonly why: string;
  /** With --layers, else null. */
  readonly layers: readonly TracedLayer[] | null;
}

/** Shows passes: all up to --steps, or those after the steps of --at. */
export function traceDecoderVerb(io: Io, argument: string, options: TraceDecoderOptions): ExitCode {
  const wanted = options.at === undefined ? undefined : new Set(options.at);
  const last = wanted === undefined ? options.steps : Math.max(...wanted);
  const task = decoderTask(argument, options, last);
  const { machine, tape, input } = task;
  const built = machineToDecoder({ machine, passes: last + 1, tape, inputLength: input.length });
  if (options.layers === true && last >= MOST_LAYERED && wanted === undefined)
    throw new InputError(`--layers shows at most ${MOST_LAYERED} passes; choose some with --at`);
  let configuration = startOfTape(input);
  const shown: TracedPass[] = [];
  let pass = 0;
  for (const decoded of decodeExactly(built.decoder, input)) {
    if (++pass > 1) configuration = stepTape(machine, configuration, tape).after;
    const step = pass - 1;
    if (wanted === undefined || wanted.has(step)) {
      const reads = readOf(decoded);
      const { state, head } = configuration;
      const why =
        reads === "input"
          ? `no pass wrote at ${head}; the input has a symbol there`
          : reads === 0
            ? `no pass wrote at ${head}, and the input has no symbol there`
            : `pass ${reads} is the last that wrote at ${head}`;
      const symbol = machine.symbols[symbolUnderHead(configuration)] ?? "";
      const entry = {
        step,
        pass,
        state: machine.states[state] ?? "",
        symbol,
        position: head,
        reads: reads === 0 || reads === "input" ? null : reads,
        readsInput: reads === "input",
        why,
      };
      shown.push({ ...entry, layers: options.layers === true ? layersOf(built, input, pass) : null });
    }
    if (pass > last) break;
  }
  if (io.json) printJson(io, shown);
  else for (const entry of shown) io.print(textOf(entry));
  return EXIT.accepted;
}

/** What every layer of a pass holds, from the definition. */
function layersOf(built: ReturnType<typeof machineToDecoder>, input: readonly number[], wanted: number): TracedLayer[] {
  const { decoder, functions } = built;
  let pass = 0;
  for (const { hidden, self, cross } of decode(decoder, input)) {
    if (++pass < wanted) continue;
    return functions.map(({ lemma, labels }, j) => {
      const values = hidden[j + 1] ?? [];
      const ones = [...labels].filter(([c]) => values[c]?.equals(1) === true).map(([, label]) => label);
      return { layer: j + 1, lemma, self: self[j] ?? [], cross: cross[j] ?? [], ones };
    });
  }
  return [];
}

function textOf({ step, pass, state, symbol, position, why, layers }: TracedPass): string {
  const head = `step ${step} (pass ${pass}): state ${state}, symbol ${symbol}, position ${position}; ${why}\n`;
  if (layers === null) return head;
  const lines = layers.map(({ layer, lemma, self, cross, ones }) => {
    const reads = [self.length > 0 ? `self ${listed(self)}` : "", cross.length > 0 ? `input ${listed(cross)}` : ""];
    const read = reads.filter((text) => text !== "").join(", ");
    return `  ${String(layer).padStart(3)}  ${lemma.padEnd(14)} ${read === "" ? "" : `[reads ${read}] `}${ones.join(" ")}\n`;
  });
  return head + lines.join("");
}

/** Positions that are read; null is 0. */
function listed(positions: readonly number[]): string {
  const shown = positions.slice(0, 12).map((t) => (t === 0 ? "null" : String(t)));
  return shown.join(" ") + (positions.length > 12 ? ` and ${positions.length - 12} more` : "");
}
