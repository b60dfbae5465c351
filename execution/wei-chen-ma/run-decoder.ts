/** Runs a decoder on a tape, in one of the engines, beside the machine: what it comes to, and where it first differs. */
import { startOfTape, stepTape, symbolUnderHead, type TapeConfiguration } from "../../spec/machines/tape-machine.js";
import { encodeOutput } from "../../spec/wei-chen-ma/decoder-step.js";
import type { DecoderClaim } from "../../checkers/wei-chen-ma/check-step.js";
import { loadBackend, type BackendName } from "../tensors/backends.js";
import { decodeExactly } from "./decode.js";
import { TensorDecoder, type TensorDecodeOptions } from "./tensor-decode.js";

/** What a run comes to. */
export interface DecoderRun {
  readonly passes: number;
  readonly haltsAt: number | null;
  readonly nonblank: number;
  /** Leftmost and rightmost position of the head. */
  readonly left: number;
  readonly right: number;
  /** The first pass whose output differs from the machine's configuration in some entry, or null. */
  readonly deviation: { readonly pass: number; readonly coordinate: number; readonly largest: number } | null;
}

/** What to run, and in which engine. */
export interface RunDecoderOptions extends TensorDecodeOptions {
  readonly engine: "exact" | BackendName;
  readonly input: readonly number[];
  readonly passes: number;
  readonly onProgress?: (passes: number) => void;
}

/** Runs passes until the machine halts, the output differs, or all are made. @throws {BackendUnavailable} */
export async function runDecoder(claim: DecoderClaim, options: RunDecoderOptions): Promise<DecoderRun> {
  const { machine, tape, decoder } = claim;
  const { engine, input, passes, onProgress } = options;
  const next = await outputsOf(claim, options);
  let configuration: TapeConfiguration = startOfTape(input);
  let [left, right] = [1, 1];
  try {
    for (let i = 1; i <= passes; i++) {
      if (i > 1) configuration = stepTape(machine, configuration, tape).after;
      const { state, head, cells } = configuration;
      [left, right] = [Math.min(left, head), Math.max(right, head)];
      const symbol = symbolUnderHead(configuration);
      const expected = encodeOutput(decoder.sizes, decoder.width, { state, symbol, position: head });
      const output = await next.take();
      const deviation = deviationOf(output, expected, i);
      const haltsAt = machine.halting[state] === true ? i : null;
      if (deviation !== null || haltsAt !== null || i === passes)
        return {
          passes: i,
          haltsAt: deviation === null ? haltsAt : null,
          nonblank: cells.size,
          left,
          right,
          deviation,
        };
      onProgress?.(i);
    }
  } finally {
    next.end();
  }
  throw new RangeError(`runDecoder: expected at least one pass, got ${passes} on ${engine}`);
}

function deviationOf(output: ArrayLike<number>, expected: readonly number[], pass: number): DecoderRun["deviation"] {
  const coordinate = expected.findIndex((entry, c) => output[c] !== entry);
  if (coordinate < 0) return null;
  const largest = expected.reduce((most, entry, c) => Math.max(most, Math.abs((output[c] as number) - entry)), 0);
  return { pass, coordinate, largest };
}

async function outputsOf(
  { decoder }: DecoderClaim,
  { engine, input, ...options }: RunDecoderOptions,
): Promise<{ readonly take: () => Promise<ArrayLike<number>>; readonly end: () => void }> {
  if (engine === "exact") {
    const passes = decodeExactly(decoder, input);
    const take = (): Promise<number[]> => {
      const { output } = passes.next().value as { readonly output: readonly (number | { valueOf(): number })[] };
      return Promise.resolve(output.map(Number));
    };
    return { take, end: () => undefined };
  }
  const { tf } = await loadBackend(engine);
  const tensors = new TensorDecoder(tf, decoder, input, options);
  return { take: () => tensors.next(), end: () => tensors.dispose() };
}
