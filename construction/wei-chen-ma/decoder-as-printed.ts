/**
 * The decoder of Theorem 4.1 by the letter: the layers in the order and number of appendix C (subtract the move, then add it; C.6, C.7 and
 * the three steps of C.8 in layers of their own), and of the amendments only those that are asked for. With all of them it is right; each
 * one that is left out makes a decoder that some run shows to be wrong.
 */
import type { TapeKind, TapeMachine } from "../../spec/machines/tape-machine.js";
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import type { Decoder } from "../../spec/wei-chen-ma/decoder.js";
import { decoderSizes, encodeOutput, haltingLabel, outsideState } from "../../spec/wei-chen-ma/decoder-step.js";
import type { PrintedChoice } from "../../spec/wei-chen-ma/decoder-reading.js";
import { decoderCoordinates, range } from "./decoder-coordinates.js";
import type { FunctionLayer, PassContext } from "./decoder-passes.js";
import { claimC4, claimC5, leftEnd, lemmaC1 } from "./decoder-passes.js";
import { claimC6, lemmaC2AsPrinted, lemmaC7, lemmaC8AsPrinted } from "./decoder-passes-as-printed.js";
import { positionBits, withCorrections } from "./machine-to-decoder.js";

/** What to build. */
export interface PrintedTask {
  readonly machine: TapeMachine;
  /** T, the machine's steps. */
  readonly steps: number;
  /** Indices of symbols: o_0 encodes the first of them where `first-symbol` is left out. */
  readonly input?: readonly number[];
  readonly tape?: TapeKind;
  /** Amendments in force; none if absent. */
  readonly amended?: readonly PrintedChoice[];
}

/** A decoder by the letter. */
export interface PrintedDecoder {
  readonly decoder: Decoder;
  /** Passes that it makes: T, or T + 1 with `extra-step`. */
  readonly passes: number;
  /** Steps of the machine that pass 1 makes: 1, or 0 with `first-step-outside`. */
  readonly firstSteps: 0 | 1;
  readonly functions: readonly FunctionLayer[];
}

/** Compiles a machine. @throws {RangeError} if there is no step, or more positions than 40 bits hold */
export function decoderAsPrinted(task: PrintedTask): PrintedDecoder {
  const { machine: source, steps, input = [], tape = "two-way", amended = [] } = task;
  const isAmended = (id: PrintedChoice): boolean => amended.includes(id);
  if (!Number.isSafeInteger(steps) || steps < 1)
    throw new RangeError(`decoderAsPrinted: expected at least one step, got ${steps}`);
  const machine = isAmended("halting-loop") ? source : loopsAlong(source);
  const outside = isAmended("first-step-outside");
  const passes = isAmended("extra-step") ? steps + 1 : steps;
  const inputLength = isAmended("long-input") ? input.length : 0;
  const bits = isAmended("position-bits")
    ? positionBits(steps + 1, inputLength, tape)
    : Math.max(1, Math.ceil(Math.log2(steps)));
  const states = machine.states.length + Number(outside);
  const sizes = { ...decoderSizes(machine, bits), states };
  const at = decoderCoordinates(sizes);
  const context: PassContext = { machine, sizes, at, tape };
  const functions = [
    ...lemmaC1(context),
    ...(isAmended("left-end") ? leftEnd(context) : []),
    ...lemmaC2AsPrinted(context, isAmended("left-end") && tape === "one-way"),
    ...claimC4(context).map((one) => (isAmended("i-prime") ? one : swapped(one, at.found))),
    ...claimC5(context),
    ...claimC6(context).map((one) => (isAmended("c3-cites") ? one : { ...one, self: null })),
    ...lemmaC7(context).map((one) => (isAmended("c7-query") ? one : { ...one, cross: plainBits(one.cross) })),
    ...lemmaC8AsPrinted(context),
  ].map((one) => (isAmended("affine") ? one : { ...one, self: linear(one.self), cross: linear(one.cross) }));
  const symbol = isAmended("first-symbol") ? 0 : (input[0] ?? 0);
  const first = outside ? { state: outsideState(machine), symbol, position: 0 } : { state: 0, symbol, position: 1 };
  const { accept, reject } = haltingLabel(machine);
  const decoder: Decoder = {
    sizes,
    width: at.width,
    embedding: range(sizes.symbols).map((a) => range(at.width).map((c) => Number(c === at.symbol(a)))),
    start: encodeOutput(sizes, at.width, first),
    layers: withCorrections(functions, at.width),
    classifier: range(at.width).map((c) => {
      if (accept.includes(c)) return 1;
      return isAmended("halting-label") && c < states && reject.includes(c) ? -1 : 0;
    }),
  };
  return { decoder, passes, firstSteps: outside ? 0 : 1, functions };
}

/** Moves are -1 and +1 in the print, so a halting state that loops in itself moves on. */
function loopsAlong(machine: TapeMachine): TapeMachine {
  const table = machine.table.map((row, z) =>
    machine.halting[z] === true ? row.map((entry) => ({ ...entry, move: 1 as const })) : row,
  );
  return { ...machine, table };
}

/** `i-prime`: what is to be found is that no such step is there. */
function swapped(one: FunctionLayer, found: number): FunctionLayer {
  if (one.self === null) return one;
  const { value, nullValue } = one.self;
  const rows = value.rows.map((row) => ({ ...row, bias: 0 }));
  return {
    ...one,
    self: { ...one.self, value: { ...value, rows }, nullValue: nullValue.map((_, c) => Number(c === found)) },
  };
}

/** `affine`: no biases in queries and keys. */
function linear(module: Attention | null): Attention | null {
  if (module === null) return null;
  return { ...module, query: withoutBias(module.query), key: withoutBias(module.key) };
}

function withoutBias(map: AffineMap): AffineMap {
  return { ...map, rows: map.rows.map((row) => ({ ...row, bias: 0 })) };
}

/** `c7-query`: bits instead of 2 bits - 1. The constant of the query, in the last row, stays. */
function plainBits(module: Attention | null): Attention | null {
  if (module === null) return null;
  const bits = (map: AffineMap): AffineMap => ({
    ...map,
    rows: map.rows.map((row) =>
      row.entries.length === 0 ? row : { bias: 0, entries: row.entries.map(([column]) => [column, 1] as const) },
    ),
  });
  return { ...module, query: bits(module.query), key: bits(module.key) };
}
