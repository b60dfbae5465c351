/**
 * Runs the target of a recoding in every situation: a listed state, a symbol in the head's block and, where the source leaves it,
 * one in the block to which it goes.
 */
import type { Move, TapeSymbol } from "../../spec/machines/machine.js";
import {
  blockOffset,
  sourceSteps,
  type RecodedState,
  type RecodedStep,
  type Recoding,
} from "../../spec/machines/recoding.js";
import { accepted, rejected, undecided, type Rejected, type Verdict } from "../verdict.js";
import { TargetStepper } from "./recoding-target.js";

/** Why a recoding is wrong in some situation. */
export type SituationFault = "recoding-step";

/** How much was looked at: situations, and steps of the target in one of them. */
export interface SituationCounts {
  readonly situations: number;
  readonly shortest: number;
  readonly longest: number;
}

/** Most steps of targets in all situations together, as counted before they are run. */
export const MAX_SITUATION_STEPS = 2_000_000;

interface Situation {
  readonly index: number;
  readonly place: RecodedState;
  readonly symbol: number;
  /** Of the block to which the source's move leads; undefined if it stays. */
  readonly neighbour: number | undefined;
  readonly step: RecodedStep;
}

/** Decides all situations; one that takes more than `longest` steps is wrong. */
export function decideSituations(recoding: Recoding, longest: number): Verdict<SituationFault, SituationCounts> {
  // There are at least as many as pairs of an entry and a symbol, which may be too many to be counted one by one.
  const halts = new Set(recoding.source.halting);
  const pairs = recoding.states.filter(({ state }) => !halts.has(state)).length * recoding.source.symbols.length;
  const count = pairs > MAX_SITUATION_STEPS ? pairs : countSituations(recoding);
  if (count * Math.max(1, longest) > MAX_SITUATION_STEPS) {
    const message = `${count} situations of up to ${longest} steps are more than ${MAX_SITUATION_STEPS} steps`;
    return undecided("situations", message);
  }
  const runner = new Runner(recoding, longest);
  let [least, most, situations] = [Infinity, 0, 0];
  for (const situation of listSituations(recoding)) {
    const steps = runner.run(situation);
    if (typeof steps !== "number") return steps;
    situations += 1;
    least = Math.min(least, steps);
    most = Math.max(most, steps);
  }
  return accepted({ situations, shortest: situations === 0 ? 0 : least, longest: most });
}

function* stepsOf({ source, states }: Recoding): Generator<Omit<Situation, "neighbour">> {
  const halts = new Set(source.halting);
  const stepOf = sourceSteps(source);
  for (const [index, place] of states.entries()) {
    if (halts.has(place.state)) continue;
    for (const symbol of source.symbols.keys()) {
      yield { index, place, symbol, step: stepOf(place.state, symbol) };
    }
  }
}

function countSituations(recoding: Recoding): number {
  const k = recoding.source.symbols.length;
  let count = 0;
  for (const { step } of stepsOf(recoding)) count += step.move === "stay" ? 1 : k;
  return count;
}

function* listSituations(recoding: Recoding): Generator<Situation> {
  for (const one of stepsOf(recoding)) {
    if (one.step.move === "stay") yield { ...one, neighbour: undefined };
    else for (const neighbour of recoding.source.symbols.keys()) yield { ...one, neighbour };
  }
}

class Runner {
  readonly #recoding: Recoding;
  readonly #longest: number;
  readonly #stepper: TargetStepper;

  constructor(recoding: Recoding, longest: number) {
    this.#recoding = recoding;
    this.#longest = longest;
    this.#stepper = new TargetStepper(recoding);
  }

  /** The steps that the target takes until the source's step is done. */
  run(situation: Situation): number | Rejected<SituationFault> {
    const { place, symbol, neighbour, step } = situation;
    const { rows, columns, codes, source } = this.#recoding;
    const [down, right] = blockOffset(this.#recoding, step.move);
    const own = [...(codes[symbol] as readonly TapeSymbol[])];
    const other = neighbour === undefined ? undefined : [...(codes[neighbour] as readonly TapeSymbol[])];
    /** The cells of the block that a place is in, and its index there; undefined elsewhere. */
    const cellAt = (r: number, c: number): readonly [cells: TapeSymbol[], index: number] | undefined => {
      if (r >= 0 && r < rows && c >= 0 && c < columns) return [own, r * columns + c];
      const [y, x] = [r - down, c - right];
      if (other === undefined || y < 0 || y >= rows || x < 0 || x >= columns) return undefined;
      return [other, y * columns + x];
    };
    const fail = (message: string): Rejected<SituationFault> =>
      rejected("recoding-step", `states[${situation.index}]`, message, {
        state: place.state,
        symbol: source.symbols[symbol] as string,
        neighbour: neighbour === undefined ? null : (source.symbols[neighbour] as string),
        move: step.move satisfies Move,
        write: source.symbols[step.write] as string,
        next: step.next,
        stops: step.stops,
      });

    let [state, r, c] = [place.target, place.row, place.column];
    for (let taken = 1; taken <= this.#longest; taken++) {
      const [cells, index] = cellAt(r, c) as readonly [TapeSymbol[], number];
      const entry = this.#stepper.entry(state, cells[index] as TapeSymbol);
      if (entry === undefined)
        return fail(`the target has no entry in ${JSON.stringify(state)} after ${taken - 1} steps`);
      cells[index] = entry.write;
      [r, c, state] = [r + entry.down, c + entry.right, entry.next];
      if (cellAt(r, c) === undefined) return fail(`the head leaves the two blocks after ${taken} steps`);
      const end = this.#stepper.listed(state);
      if (end === undefined) continue;
      if (end.stops !== step.stops || end.place.state !== step.next)
        return fail(`the target ends in ${JSON.stringify(state)}, which is another state's`);
      if (r !== down + end.place.row || c !== right + end.place.column)
        return fail(`the head ends at ${r}, ${c} from the block, which is another place`);
      if (!sameCells(own, codes[step.write])) return fail("the block does not hold the symbol that is written");
      if (neighbour !== undefined && !sameCells(other, codes[neighbour])) return fail("the next block is changed");
      return taken;
    }
    return fail(`the target is not in a listed state after ${this.#longest} steps`);
  }
}

function sameCells(cells: readonly TapeSymbol[] | undefined, code: readonly TapeSymbol[] | undefined): boolean {
  return cells !== undefined && code !== undefined && code.every((digit, i) => digit === cells[i]);
}
