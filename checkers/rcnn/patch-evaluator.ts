/**
 * A filter at single patches, from its gate tables: value and all nine partial derivatives, in exact integers.
 */
import { PLACES } from "../../spec/rcnn/patch.js";
import type { GateTables } from "./gate-tables.js";

/** u-units; the gradient has one entry a place, in the order of vec(z). */
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

export class PatchEvaluator {
  readonly #tables: GateTables;
  readonly #summands: readonly ReadonlyMap<bigint, Summand>[];

  readonly #known = new Map<string, PatchOutcome | NoOutcome>();

  /** @param units cell values of each place in u-units, as the tables were made of; shape: 9 x letters */
  constructor(tables: GateTables, units: readonly (readonly bigint[])[]) {
    this.#tables = tables;
    this.#summands = tables.places.map((classes, place) => {
      const byValue = new Map<bigint, Summand>();
      const ofPlace = units[place] as readonly bigint[];
      for (const summand of classes) {
        for (const letter of summand.letters) byValue.set(ofPlace[letter] as bigint, summand);
      }
      return byValue;
    });
  }

  /**
   * The filter's value and gradient at a patch.
   *
   * @param patch u-units, shape: 9
   */
  at(patch: readonly bigint[]): PatchOutcome | NoOutcome {
    const key = patch.join();
    let outcome = this.#known.get(key);
    if (outcome === undefined) {
      outcome = this.#evaluate(patch);
      this.#known.set(key, outcome);
    }
    return outcome;
  }

  #evaluate(patch: readonly bigint[]): PatchOutcome | NoOutcome {
    const { bias, outputBias, outputWeight, unit, outputUnit } = this.#tables;
    const summands: Summand[] = [];
    for (const [place, byValue] of this.#summands.entries()) {
      const summand = byValue.get(patch[place] as bigint);
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
