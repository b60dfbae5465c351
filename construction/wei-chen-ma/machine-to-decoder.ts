/** Theorem 4.1: a machine on one tape as a decoder. */
import type { TapeKind, TapeMachine } from "../../spec/machines/tape-machine.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import type { Decoder, TransformerLayer } from "../../spec/wei-chen-ma/decoder.js";
import { fitsCapacity } from "../../spec/wei-chen-ma/decoder-layout.js";
import {
  classifierOf,
  decoderSizes,
  encodeOutput,
  haltingLabel,
  outsideState,
  type DecoderLabel,
} from "../../spec/wei-chen-ma/decoder-step.js";
import { roundOutput, roundRows } from "../../spec/wei-chen-ma/round.js";
import { decoderCoordinates, range } from "./decoder-coordinates.js";
import {
  claimC4,
  claimC5,
  claimC6WithC7,
  leftEnd,
  lemmaC1,
  lemmaC2,
  lemmaC8,
  type FunctionLayer,
  type PassContext,
} from "./decoder-passes.js";

/** What to build. */
export interface DecoderTask {
  readonly machine: TapeMachine;
  /** N, one more than the machine's steps. */
  readonly passes: number;
  /** Symbols of the longest input that the decoder is to be right on; 0 if absent. */
  readonly inputLength?: number;
  /** "two-way" if absent. */
  readonly tape?: TapeKind;
  /** What the classifier says; "halted or not" if absent. */
  readonly label?: DecoderLabel;
}

/** A decoder and what its layers are. */
export interface BuiltDecoder {
  readonly decoder: Decoder;
  readonly label: DecoderLabel;
  readonly tape: TapeKind;
  readonly functions: readonly FunctionLayer[];
}

/** Most bits of a position. */
export const MAX_POSITION_BITS = 40;

/**
 * Compiles a machine.
 *
 * @throws {RangeError} if there is no pass, or more positions than MAX_POSITION_BITS bits hold
 */
export function machineToDecoder(task: DecoderTask): BuiltDecoder {
  const { machine, passes, inputLength = 0, tape = "two-way", label = haltingLabel(machine) } = task;
  const sizes = decoderSizes(machine, positionBits(passes, inputLength, tape));
  const at = decoderCoordinates(sizes);
  const context: PassContext = { machine, sizes, at, tape };
  const functions = [
    ...lemmaC1(context),
    ...leftEnd(context),
    ...lemmaC2(context),
    ...claimC4(context),
    ...claimC5(context),
    ...claimC6WithC7(context),
    ...lemmaC8(context),
  ];
  const decoder: Decoder = {
    sizes,
    width: at.width,
    embedding: range(sizes.symbols).map((a) => unit(at.width, at.symbol(a))),
    start: encodeOutput(sizes, at.width, { state: outsideState(machine), symbol: 0, position: 0 }),
    layers: withCorrections(functions, at.width),
    classifier: classifierOf(sizes, at.width, label),
  };
  return { decoder, label, tape, functions };
}

/** The least w that fits. @throws {RangeError} as machineToDecoder does */
export function positionBits(passes: number, inputLength: number, tape: TapeKind): number {
  if (!Number.isSafeInteger(passes) || passes < 1)
    throw new RangeError(`machineToDecoder: expected at least one pass, got ${passes}`);
  for (let bits = 1; bits <= MAX_POSITION_BITS; bits++) if (fitsCapacity(bits, passes, inputLength, tape)) return bits;
  throw new RangeError(`machineToDecoder: expected positions of at most ${MAX_POSITION_BITS} bits`);
}

/** Definition D.1: round, two layers of ReLUs, behind every function layer. */
export function withCorrections(functions: readonly FunctionLayer[], width: number): TransformerLayer[] {
  const first: AffineMap = { inputs: width, rows: range(width).flatMap((c) => roundRows(c)) };
  const second: AffineMap = { inputs: 2 * width, rows: range(width).map((c) => roundOutput(2 * c)) };
  return functions.map(({ self, cross, map }) => ({ self, cross, feedForward: [map, first, second] }));
}

function unit(width: number, coordinate: number): number[] {
  return range(width).map((c) => Number(c === coordinate));
}
