/**
 * The fast engine: attention as a look-up. An accepted decoder reads the last step that wrote where the head is, or the input's
 * symbol there, or neither (checkers/wei-chen-ma/check-step.ts); so an index from positions to the last step that wrote there gives
 * what its attention gives, and a pass costs the same however many there were. That acceptance is the licence: without it the
 * engine refuses. What a step writes, where it goes and which state follows is asked of the network itself, once for every pair.
 */
import type { Decoder } from "../../spec/wei-chen-ma/decoder.js";
import { encodeOutput, type EncodedConfiguration } from "../../spec/wei-chen-ma/decoder-step.js";
import { decoderGroups } from "../../spec/wei-chen-ma/decoder-layout.js";
import { checkStep, type DecoderClaim, type StepFault } from "../../checkers/wei-chen-ma/check-step.js";
import { accepted, type Verdict } from "../../checkers/verdict.js";
import { integerEngine } from "./decode.js";

/** What the network does in each state on each symbol; index state * symbols + symbol. */
export interface IndexedDecoder {
  readonly symbols: number;
  /** The state outside, from which passes begin. */
  readonly outside: number;
  readonly isHalting: readonly boolean[];
  readonly oneWay: boolean;
  readonly passes: number;
  readonly bits: number;
  readonly write: Uint8Array;
  readonly move: Int8Array;
  readonly next: Int32Array;
}

/** Decides the step, and if it is accepted, reads the table from the network. */
export function indexDecoder(claim: DecoderClaim): Verdict<StepFault, IndexedDecoder> {
  const verdict = checkStep(claim);
  if (verdict.verdict !== "accepted") return verdict;
  const { decoder, machine, tape, passes } = claim;
  const { states, symbols, bits } = decoder.sizes;
  const size = states * symbols;
  const table = { write: new Uint8Array(size), move: new Int8Array(size), next: new Int32Array(size) };
  const place = 2 ** (bits - 1);
  for (let state = 0; state < states; state++) {
    for (let symbol = 0; symbol < symbols; symbol++) {
      const index = state * symbols + symbol;
      const engine = integerEngine(decoder, []);
      engine.replaceOutput(encodeOutput(decoder.sizes, decoder.width, { state, symbol, position: place }));
      const step = readOutput(decoder, engine.next().output);
      table.next[index] = step.state;
      // Positions are residues: a step from the middle goes to one of three that differ for any w from 2 on.
      table.move[index] = bits === 1 ? (machine.table[state]?.[symbol]?.move ?? 1) : step.position - place;
      // What it wrote is what the state outside finds when it comes there from the left.
      const left = { state: states - 1, symbol: 0, position: place - 1 };
      engine.replaceOutput(encodeOutput(decoder.sizes, decoder.width, left));
      table.write[index] = readOutput(decoder, engine.next().output).symbol;
    }
  }
  const isHalting = [...machine.halting, false];
  return accepted({ symbols, outside: states - 1, isHalting, oneWay: tape === "one-way", passes, bits, ...table });
}

function readOutput(
  { sizes }: Decoder,
  output: readonly number[],
): { readonly state: number; readonly symbol: number; readonly position: number } {
  const groups = decoderGroups(sizes);
  let position = 0;
  for (let j = 0; j < sizes.bits; j++) position = 2 * position + (output[groups.position + j] as number);
  return {
    state: output.indexOf(1, groups.state),
    symbol: output.indexOf(1, groups.symbol) - groups.symbol,
    position,
  };
}

/** What a run leaves. */
export interface IndexedRun {
  /** Passes that were made. */
  readonly passes: number;
  /** The first pass after which the state halts, or null. */
  readonly haltsAt: number | null;
  readonly state: number;
  readonly position: number;
  /** Cells that are not blank, of all that were visited or hold input. */
  readonly nonblank: number;
  /** Leftmost and rightmost position that was visited. */
  readonly left: number;
  readonly right: number;
  /** The symbol at a position, as the last read of it would find. */
  readonly at: (position: number) => number;
}

/** How to run. */
export interface IndexedRunOptions {
  /** Passes to make; the decoder's N if absent. */
  readonly passes?: number;
  /** Ends as soon as the state halts; true if absent. */
  readonly untilHalt?: boolean;
  readonly onProgress?: (passes: number) => void;
  /** Told what the output of each pass encodes. */
  readonly onPass?: (configuration: EncodedConfiguration) => void;
}

/** Passes between two reports. */
const REPORT_EVERY = 2 ** 22;

/**
 * Runs passes on an input.
 *
 * @param input indices of symbols
 * @throws {RangeError} if there are more passes or input symbols than the decoder's positions tell apart
 */
export function runIndexed(
  decoder: IndexedDecoder,
  input: readonly number[] = [],
  { passes = decoder.passes, untilHalt = true, onProgress, onPass }: IndexedRunOptions = {},
): IndexedRun {
  const { symbols, write, move, next, isHalting, oneWay } = decoder;
  if (passes > decoder.passes)
    throw new RangeError(`runIndexed: expected at most ${decoder.passes} passes, got ${passes}`);
  const room = 2 ** decoder.bits;
  if (oneWay ? input.length >= room : input.length > room - decoder.passes)
    throw new RangeError(`runIndexed: expected an input within capacity, got ${input.length} symbols`);
  const index = new PositionIndex();
  // The value that attention would read at a step: the symbol written.
  let written = new Uint8Array(1024);
  let [state, symbol, position, i] = [decoder.outside, 0, 0, 0];
  let haltsAt: number | null = null;
  while (i < passes) {
    const entry = state * symbols + symbol;
    if (++i >= written.length) {
      const grown = new Uint8Array(Math.min(2 * written.length, passes + 1));
      grown.set(written);
      written = grown;
    }
    written[i] = write[entry] as number;
    index.put(position, i);
    const step = move[entry] as number;
    if (!(oneWay && step < 0 && position === 1)) position += step;
    state = next[entry] as number;
    const last = index.last(position);
    symbol = last > 0 ? (written[last] as number) : (input[position - 1] ?? 0);
    if (onPass !== undefined) onPass({ state, symbol, position });
    if (isHalting[state] === true && haltsAt === null) {
      haltsAt = i;
      if (untilHalt) break;
    }
    if (onProgress !== undefined && i % REPORT_EVERY === 0) onProgress(i);
  }
  const at = (where: number): number => {
    const last = index.last(where);
    return last > 0 ? (written[last] as number) : (input[where - 1] ?? 0);
  };
  let nonblank = 0;
  const [from, to] = [Math.min(index.left, 1), Math.max(index.right, input.length)];
  for (let where = from; where <= to; where++) if (at(where) !== 0) nonblank++;
  return { passes: i, haltsAt, state, position, nonblank, left: index.left, right: index.right, at };
}

/** The last step that wrote at each position: an array that grows to both sides. */
class PositionIndex {
  #steps = new Int32Array(1024);
  /** The array's place of position 0. */
  #origin = 512;
  left = 0;
  right = 0;

  put(position: number, step: number): void {
    if (position < this.left) this.left = position;
    else if (position > this.right) this.right = position;
    let place = position + this.#origin;
    if (place < 0 || place >= this.#steps.length) {
      const grown = new Int32Array(2 * this.#steps.length);
      const shift = this.#steps.length >> 1;
      grown.set(this.#steps, shift);
      this.#steps = grown;
      this.#origin += shift;
      place += shift;
    }
    this.#steps[place] = step;
  }

  /** 0 where no step wrote. */
  last(position: number): number {
    return this.#steps[position + this.#origin] ?? 0;
  }
}
