/**
 * A filter at single patches, from its gate tables: value and all nine partial derivatives, in exact integers.
 */
import { PLACES } from "../../spec/rcnn/patch.js";
import { Work } from "../work.js";
import type { GateTables } from "./gate-tables.js";

/** u-units; the gradient has one entry for each place, in the order of vec(z). */
export interface PatchOutcome {
  readonly value: bigint;
  readonly gradient: readonly bigint[];
}

/** Why a filter has no outcome at a patch. */
export type NoOutcome = "not-in-alphabet" | "not-an-integer" | "kink";

interface Summand {
  readonly value: Float64Array;
  readonly slope: readonly (readonly [gate: number, slope: number])[];
}

/** To make a key of a patch and look it up. */
const STEPS_TO_LOOK_UP = 128;

/** Outcomes that are remembered at most; the rest is calculated each time. */
const REMEMBERED_OUTCOMES = 2 ** 17;

/** A filter as a function of one patch. Outcomes are remembered, up to a bound. */
export class PatchEvaluator {
  /** The cell values of all places, in u-units, rising; a *letter* is an index into them. */
  readonly letters: readonly bigint[];
  readonly #tables: GateTables;
  readonly #work: Work;
  readonly #letterOf: ReadonlyMap<bigint, number>;
  /** Shape: 9 x letters; absent where the letter is not one of the place. */
  readonly #summands: readonly (readonly (Summand | undefined)[])[];
  readonly #known = new Map<string, PatchOutcome | NoOutcome>();

  /** @param units cell values of each place in u-units, as the tables were made of; shape: 9 x letters */
  constructor(tables: GateTables, units: readonly (readonly bigint[])[], work: Work = new Work()) {
    this.#tables = tables;
    this.#work = work;
    this.letters = [...new Set(units.flat())].sort((a, b) => (a < b ? -1 : 1));
    this.#letterOf = new Map(this.letters.map((u, letter) => [u, letter]));
    this.#summands = tables.places.map((classes, place) => {
      const byLetter: (Summand | undefined)[] = this.letters.map(() => undefined);
      const ofPlace = units[place] as readonly bigint[];
      for (const summand of classes) {
        for (const member of summand.letters) byLetter[this.letterOf(ofPlace[member] as bigint)] = summand;
      }
      return byLetter;
    });
  }

  /** The letter of a cell value in u-units, or -1 if it is in no place's alphabet. */
  letterOf(u: bigint): number {
    return this.#letterOf.get(u) ?? -1;
  }

  /**
   * The filter's value and gradient at a patch.
   *
   * @param patch u-units, shape: 9
   */
  at(patch: readonly bigint[]): PatchOutcome | NoOutcome {
    const letters = patch.map((u) => this.letterOf(u));
    return letters.includes(-1) ? "not-in-alphabet" : this.atLetters(letters);
  }

  /** The same at a patch of letters; shape: 9. */
  atLetters(patch: readonly number[]): PatchOutcome | NoOutcome {
    // There are 10 + 4 s letters with s at most 4096, so each has a character of its own.
    const key = String.fromCharCode(...patch);
    const known = this.#known.get(key);
    this.#work.spend(STEPS_TO_LOOK_UP);
    if (known !== undefined) return known;
    this.#work.spend(STEPS_TO_LOOK_UP + (PLACES + 1) * this.#tables.gates);
    const outcome = this.#evaluate(patch);
    if (this.#known.size < REMEMBERED_OUTCOMES) this.#known.set(key, outcome);
    return outcome;
  }

  #evaluate(patch: readonly number[]): PatchOutcome | NoOutcome {
    const { bias, outputBias, outputWeight, unit, outputUnit } = this.#tables;
    const summands: Summand[] = [];
    for (const [place, byLetter] of this.#summands.entries()) {
      const summand = byLetter[patch[place] as number];
      if (summand === undefined) return "not-in-alphabet";
      summands.push(summand);
    }
    const pre = bias.slice();
    for (const summand of summands) {
      for (let gate = 0; gate < pre.length; gate++) {
        pre[gate] = (pre[gate] as number) + (summand.value[gate] as number);
      }
    }
    let output = outputBias;
    for (let gate = 0; gate < pre.length; gate++) {
      output += (outputWeight[gate] as number) * Math.max(0, pre[gate] as number);
    }
    const gradient = new Float64Array(PLACES);
    for (const [place, summand] of summands.entries()) {
      for (const [gate, slope] of summand.slope) {
        if (pre[gate] === 0) return "kink";
        if ((pre[gate] as number) > 0) {
          gradient[place] = (gradient[place] as number) + (outputWeight[gate] as number) * slope;
        }
      }
    }
    const scale = unit * outputUnit;
    const scaled = [BigInt(output), ...Array.from(gradient, BigInt)];
    if (scaled.some((number) => number % scale !== 0n)) return "not-an-integer";
    const [value, ...slopes] = scaled.map((number) => number / scale) as [bigint, ...bigint[]];
    return { value, gradient: slopes };
  }
}
