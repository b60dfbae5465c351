/**
 * The first half of a gated filter: piecewise linear functions of one coordinate, from ReLUs of that coordinate.
 *
 * Everything is in u-units, where cell values are at least 1 apart. A plateau is 1 at a run of cell values and 0 at all
 * others; its edges are DELTA wide and lie between cell values, so it carries no gradient at any. A sloped bump is 1 at
 * one cell value and rises there with slope 1.
 *
 * V1 holds the ReLUs (one coordinate each, weight 1), V2 the functions (a few ReLUs each).
 */
import { ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { AffineMap, AffineRow } from "../../spec/networks/network.js";
import { PLACES } from "../../spec/rcnn/patch.js";

/** Edges lie between DELTA and 2 DELTA after a cell value; with values 1 apart, they miss the next by 1/2. */
export const DELTA: Rational = rational(1n, 4n);
const STEEPNESS = DELTA.inverse();

/** The number of a function among the rows of V2. */
export type FunctionId = number;

/** What a function is; its values are in u-units. */
export type FunctionShape =
  | {
      readonly kind: "plateau";
      readonly place: number;
      readonly low: Rational;
      /** Absent if it has no upper edge. */
      readonly high: Rational | undefined;
    }
  | { readonly kind: "bump"; readonly place: number; readonly at: Rational }
  | { readonly kind: "ramp"; readonly place: number; readonly start: Rational; readonly cliffs: number };

/** Collects univariate functions and emits V1 and V2; ReLUs with the same place and kink are shared. */
export class UnivariateFunctions {
  readonly #units = new Map<string, number>();
  readonly #unitRows: AffineRow[] = [];
  readonly #functionRows: AffineRow[] = [];
  readonly #shapes: FunctionShape[] = [];

  /**
   * 1 at all cell values in [low, high] (u-units), 0 at all others, with slope 0.
   *
   * @param before the cell value before `low` in the alphabet, if there is one. The edge lies just after it, where the
   *   plateau of `before` also ends if it has one: neighbouring plateaus share the two ReLUs between them.
   * @param high absent if `low` and all cell values above it are inside. The plateau then has no upper edge: its two ReLUs
   *   would be off at every cell value.
   */
  plateau(place: number, before: Rational | undefined, low: Rational, high: Rational | undefined): FunctionId {
    const rise = before === undefined ? low.sub(DELTA).sub(DELTA) : before.add(DELTA);
    const entries: [number, Rational][] = [
      [this.#unit(place, rise), STEEPNESS],
      [this.#unit(place, rise.add(DELTA)), STEEPNESS.neg()],
    ];
    if (high !== undefined) {
      entries.push([this.#unit(place, high.add(DELTA)), STEEPNESS.neg()]);
      entries.push([this.#unit(place, high.add(DELTA).add(DELTA)), STEEPNESS]);
    }
    return this.#function(ZERO, entries, { kind: "plateau", place, low, high });
  }

  /** 1 with slope 1 at the cell value `at` (u-units), 0 with slope 0 at all others. */
  slopedBump(place: number, at: Rational): FunctionId {
    const two = ONE.add(ONE);
    const entries: [number, Rational][] = [
      [this.#unit(place, at.sub(DELTA).sub(DELTA)), STEEPNESS.sub(ONE)],
      [this.#unit(place, at.sub(DELTA)), two.sub(STEEPNESS)],
      [this.#unit(place, at.add(DELTA)), STEEPNESS.add(two).neg()],
      [this.#unit(place, at.add(DELTA).add(DELTA)), STEEPNESS.add(ONE)],
    ];
    return this.#function(ZERO, entries, { kind: "bump", place, at });
  }

  /**
   * The coordinate itself, u >= start, less `drop` for each cliff passed; a cliff lies in the unit-wide middle of the
   * gap after the cell value `after`, so at every cell value the slope is 1.
   */
  ramp(place: number, start: Rational, drop: Rational, cliffsAfter: readonly Rational[]): FunctionId {
    const entries: [number, Rational][] = [[this.#unit(place, start), ONE]];
    const half = rational(1n, 2n);
    for (const after of cliffsAfter) {
      entries.push([this.#unit(place, after.add(half)), drop.neg()]);
      entries.push([this.#unit(place, after.add(half).add(ONE)), drop]);
    }
    return this.#function(start, entries, { kind: "ramp", place, start, cliffs: cliffsAfter.length });
  }

  /** What the functions are, in the order of the rows of V2. */
  get shapes(): readonly FunctionShape[] {
    return this.#shapes;
  }

  /** V1 (followed by ReLU) and V2. */
  layers(): [AffineMap, AffineMap] {
    return [
      { name: "V1", inputs: PLACES, rows: this.#unitRows, relu: true },
      { name: "V2", inputs: this.#unitRows.length, rows: this.#functionRows, relu: false },
    ];
  }

  #unit(place: number, kink: Rational): number {
    const key = `${place}:${kink.toFraction()}`;
    const known = this.#units.get(key);
    if (known !== undefined) return known;
    const id = this.#unitRows.length;
    this.#unitRows.push({ bias: kink.neg(), entries: [[place, ONE]] });
    this.#units.set(key, id);
    return id;
  }

  #function(bias: Rational, entries: [number, Rational][], shape: FunctionShape): FunctionId {
    this.#shapes.push(shape);
    this.#functionRows.push({ bias, entries: entries.toSorted((a, b) => a[0] - b[0]) });
    return this.#functionRows.length - 1;
  }
}
