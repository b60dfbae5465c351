/**
 * What a pass of the decoder is to do: the machine that it follows, configurations as (C.2) and (C.3) encode them, and labels.
 *
 * Pass 1 is not a step of the machine. o_0 is a parameter and cannot hold x_1, so the head begins at position 0, outside the
 * input, in one more state, which moves it right onto position 1 (amendments `first-symbol`, `first-step-outside`, `extra-step`).
 * After N passes the machine has made N - 1 steps.
 */
import type { TapeMachine, TapeTransition } from "../machines/tape-machine.js";
import { bin, decoderGroups, type DecoderSizes } from "./decoder-layout.js";

/** The index of the state that begins outside: one after the machine's own. */
export function outsideState({ states }: Pick<TapeMachine, "states">): number {
  return states.length;
}

/** The entry of the machine that the decoder follows: the source's, and for the state outside, to the right and into state 0. */
export function decoderTransition(machine: TapeMachine, state: number, symbol: number): TapeTransition {
  if (state === outsideState(machine)) return { write: symbol, move: 1, next: 0 };
  return machine.table[state]?.[symbol] as TapeTransition;
}

/** Sizes of a decoder for a machine. */
export function decoderSizes(machine: TapeMachine, bits: number): DecoderSizes {
  return { states: machine.states.length + 1, symbols: machine.symbols.length, bits };
}

/** What o_i encodes: z_i, a_i, and l_i, of which Bin keeps the residue. */
export interface EncodedConfiguration {
  readonly state: number;
  readonly symbol: number;
  readonly position: number;
}

/** (C.2): o_i, 1 at z_i in st and at a_i in sym1, Bin(l_i) in pos2, 0 elsewhere. */
export function encodeOutput(sizes: DecoderSizes, width: number, configuration: EncodedConfiguration): number[] {
  const vector = Array.from({ length: width }, () => 0);
  const groups = decoderGroups(sizes);
  vector[groups.state + configuration.state] = 1;
  vector[groups.symbol + configuration.symbol] = 1;
  for (const [j, bit] of bin(configuration.position, sizes.bits).entries()) vector[groups.position + j] = bit;
  return vector;
}

/** (C.3): the input of pass i + 1, with Bin(i + 1) in pos1. The print has Bin(i), and adds beta(i + 1) (amendment `c3-pos1`). */
export function encodeInput(
  sizes: DecoderSizes,
  width: number,
  configuration: EncodedConfiguration,
  pass: number,
): number[] {
  const vector = encodeOutput(sizes, width, configuration);
  const { step } = decoderGroups(sizes);
  for (const [j, bit] of bin(pass, sizes.bits).entries()) vector[step + j] = bit;
  return vector;
}

/** Which states the label calls accepting (+1) and rejecting (-1); the theorem speaks of machines that end in one of these. */
export interface DecoderLabel {
  readonly accept: readonly number[];
  readonly reject: readonly number[];
}

/** The label "+1 if halted within T steps, -1 if not", the state outside among the latter. */
export function haltingLabel(machine: TapeMachine): DecoderLabel {
  const states = [...machine.states.keys(), outsideState(machine)];
  const halts = (state: number): boolean => machine.halting[state] === true;
  return { accept: states.filter(halts), reject: states.filter((state) => !halts(state)) };
}

/** theta_cls for a label: 1 for accepting states, -1 for rejecting ones, 0 elsewhere. */
export function classifierOf(sizes: DecoderSizes, width: number, label: DecoderLabel): number[] {
  const vector = Array.from({ length: width }, () => 0);
  const { state } = decoderGroups(sizes);
  for (const z of label.accept) vector[state + z] = 1;
  for (const z of label.reject) vector[state + z] = -1;
  return vector;
}
