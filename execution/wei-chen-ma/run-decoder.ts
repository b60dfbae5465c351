/**
 * Runs a decoder on a tape in several engines at once, beside the machine: the exact engine, tensors after every layer of every pass,
 * and the look-up. What differs first is named, with its place.
 */
import { rational, type Rational } from "../../spec/exact/rational.js";
import { startOfTape, stepTape, symbolUnderHead, type TapeConfiguration } from "../../spec/machines/tape-machine.js";
import { encodeOutput, type EncodedConfiguration } from "../../spec/wei-chen-ma/decoder-step.js";
import type { DecoderClaim } from "../../checkers/wei-chen-ma/check-step.js";
import { loadBackend, loadBestBackend, type Backend, type BackendName } from "../tensors/backends.js";
import { decodeExactly, type DecodedPass } from "./decode.js";
import { runIndexed, type IndexedDecoder } from "./decode-indexed.js";
import { TensorDecoder, type TensorDecodeOptions } from "./tensor-decode.js";

/** An engine by the name that people see. */
export type DecoderEngineName = "exact" | "indexed" | BackendName;

/** The first entry that differs, and in which engine. */
export interface DecoderDeviation {
  /** What has another entry: "exact" and "indexed" than the machine, tensors than the exact engine. */
  readonly engine: DecoderEngineName;
  readonly pass: number;
  /** From 1; the output is that of the last. */
  readonly layer: number;
  readonly coordinate: number;
  /** The largest difference of an entry of this layer. */
  readonly largest: number;
}

/** What a run comes to. */
export interface DecoderRun {
  /** What ran, in the order in which it is compared. */
  readonly engines: readonly DecoderEngineName[];
  readonly passes: number;
  readonly haltsAt: number | null;
  readonly nonblank: number;
  /** Leftmost and rightmost position of the head. */
  readonly left: number;
  readonly right: number;
  readonly deviation: DecoderDeviation | null;
}

/** What to run, and in which engines beside the exact one. */
export interface RunDecoderOptions extends TensorDecodeOptions {
  /** Tensors: a backend, "best" for the best that is here, or absent for none. */
  readonly tensors?: BackendName | "best";
  /** The look-up of this decoder, if it is to be compared. */
  readonly indexed?: IndexedDecoder;
  readonly input: readonly number[];
  readonly passes: number;
  readonly onProgress?: (passes: number) => void;
}

/**
 * Runs passes until the machine halts, an entry differs, or all are made.
 *
 * @throws {BackendUnavailable} if a backend that is named cannot be used here
 * @throws {TensorLimit} if the decoder does not fit on tensors
 */
export async function runDecoder(claim: DecoderClaim, options: RunDecoderOptions): Promise<DecoderRun> {
  const { machine, tape, decoder } = claim;
  const { input, passes, onProgress } = options;
  if (!Number.isSafeInteger(passes) || passes < 1)
    throw new RangeError(`runDecoder: expected at least one pass, got ${passes}`);
  const lookedUp = lookUps(options);
  const backend = await backendOf(options.tensors);
  const tensors = backend && new TensorDecoder(backend.tf, decoder, input, options);
  const engines = ["exact", ...(backend ? [backend.name] : []), ...(lookedUp ? ["indexed" as const] : [])] as const;
  const exact = decodeExactly(decoder, input);
  let configuration: TapeConfiguration = startOfTape(input);
  let [left, right] = [1, 1];
  try {
    for (let pass = 1; ; pass++) {
      if (pass > 1) configuration = stepTape(machine, configuration, tape).after;
      const { state, head, cells } = configuration;
      [left, right] = [Math.min(left, head), Math.max(right, head)];
      const encoded = (it: EncodedConfiguration): number[] => encodeOutput(decoder.sizes, decoder.width, it);
      const expected = encoded({ state, symbol: symbolUnderHead(configuration), position: head });
      const { layers } = exact.next().value as DecodedPass<Entry>;
      const found = tensors && (await tensors.nextLayers());
      const looked = lookedUp?.[pass - 1];
      const deviation =
        differenceOf("exact", pass, layers.slice(-1), [expected], layers.length) ??
        (found && differenceOf(backend.name, pass, found, layers, 1)) ??
        (looked && differenceOf("indexed", pass, [encoded(looked)], [expected], layers.length)) ??
        null;
      const haltsAt = deviation === null && machine.halting[state] === true ? pass : null;
      if (deviation !== null || haltsAt !== null || pass === passes)
        return { engines, passes: pass, haltsAt, nonblank: cells.size, left, right, deviation };
      onProgress?.(pass);
    }
  } finally {
    tensors?.dispose();
  }
}

/** An entry of a hidden vector: an integer or a rational. */
type Entry = number | Rational;

/** What the look-up encodes after each pass. */
function lookUps({ indexed, input, passes }: RunDecoderOptions): EncodedConfiguration[] | undefined {
  if (indexed === undefined) return undefined;
  const list: EncodedConfiguration[] = [];
  runIndexed(indexed, input, { passes, onPass: (configuration) => list.push(configuration) });
  return list;
}

async function backendOf(tensors: RunDecoderOptions["tensors"]): Promise<Backend | undefined> {
  if (tensors === undefined) return undefined;
  return tensors === "best" ? loadBestBackend() : loadBackend(tensors);
}

/** Where vectors first differ. Rationals that are no doubles differ from every float. @param first the number of the first layer */
function differenceOf(
  engine: DecoderEngineName,
  pass: number,
  found: readonly ArrayLike<Entry>[],
  expected: readonly (readonly Entry[])[],
  first: number,
): DecoderDeviation | undefined {
  for (const [j, right] of expected.entries()) {
    const left = found[j] as ArrayLike<Entry>;
    const coordinate = right.findIndex((entry, c) => !isSame(entry, left[c] as Entry));
    if (coordinate < 0) continue;
    const largest = right.reduce<number>(
      (most, entry, c) => Math.max(most, Math.abs(Number(left[c]) - Number(entry))),
      0,
    );
    return { engine, pass, layer: first + j, coordinate, largest };
  }
  return undefined;
}

function isSame(a: Entry, b: Entry): boolean {
  if (typeof a === "number" && typeof b === "number") return a === b;
  const [one, other] = [exactly(a), exactly(b)];
  return one !== undefined && other !== undefined && one.equals(other);
}

/** A float as the dyadic rational that it is; undefined if it is none. */
function exactly(entry: Entry): Rational | undefined {
  if (typeof entry !== "number") return entry;
  if (!Number.isFinite(entry)) return undefined;
  let [scaled, denominator] = [entry, 1n];
  for (; !Number.isInteger(scaled); denominator *= 2n) scaled *= 2;
  return rational(BigInt(scaled), denominator);
}
