/**
 * At which patches a gate is on, from a checker's tables: how many there are, which cells allow it, and one of them.
 *
 * A gate's pre-activation is its bias and one summand a place, so patches are counted by adding up distributions of summands,
 * and no patch is ever visited.
 */
import { gateTables, type GateTables } from "../../../checkers/rcnn/gate-tables.js";
import { placeCells, placeUnits } from "../../../checkers/rcnn/letters.js";
import { OutOfWork, Work } from "../../../checkers/work.js";
import { rational, type Rational } from "../../../spec/exact/rational.js";
import type { Network } from "../../../spec/networks/network.js";
import type { Alphabet } from "../../../spec/rcnn/alphabet.js";
import { PHASE, type Cell, type CellCode } from "../../../spec/rcnn/cell-code.js";

/** Most different sums that are kept while patches are counted. */
const MAX_SUMS = 2 ** 18;

/** A patch as the indices of its nine cells in the alphabets of their places. */
export type PatchLetters = readonly number[];

/** A filter's gates as tables over the cells of each place. */
export class GateUse {
  /** The cells of each place (9), in rising order of value. */
  readonly cells: readonly (readonly Cell[])[];
  readonly #tables: GateTables;
  /** The class of each letter of each place; shape: 9 x letters. */
  readonly #classOf: readonly Int32Array[];

  private constructor(cells: readonly (readonly Cell[])[], tables: GateTables) {
    this.cells = cells;
    this.#tables = tables;
    this.#classOf = tables.places.map((classes, place) => {
      const classOf = new Int32Array(cells[place]?.length ?? 0);
      for (const [c, { letters }] of classes.entries()) for (const letter of letters) classOf[letter] = c;
      return classOf;
    });
  }

  /** The tables of a filter, or why there are none. */
  static of(filter: Network, code: CellCode, alphabet: Alphabet): GateUse | string {
    const cells = placeCells(alphabet);
    try {
      const tables = gateTables(filter, placeUnits(code, cells), new Work());
      return "verdict" in tables ? tables.message : new GateUse(cells, tables);
    } catch (error) {
      if (!(error instanceof OutOfWork)) throw error;
      return error.message;
    }
  }

  /** What a letter at a place adds to the pre-activation of a gate, in 1 / unit. */
  #summand(gate: number, place: number, letter: number): number {
    const c = this.#classOf[place]?.[letter] as number;
    return this.#tables.places[place]?.[c]?.value[gate] as number;
  }

  /** The same in u-units. */
  summand(gate: number, place: number, letter: number): Rational {
    return rational(BigInt(this.#summand(gate, place, letter)), this.#tables.unit);
  }

  /** The pre-activation of a gate at a patch. */
  pre(gate: number, patch: PatchLetters): Rational {
    const sum = patch.reduce(
      (total, letter, place) => total + this.#summand(gate, place, letter),
      this.#tables.bias[gate] as number,
    );
    return rational(BigInt(sum), this.#tables.unit);
  }

  /** What one unit of a gate adds to the output, through V4 and V5. */
  outputWeight(gate: number): Rational {
    return rational(BigInt(this.#tables.outputWeight[gate] as number), this.#tables.outputUnit);
  }

  /** How many patches turn a gate on; undefined if there are too many different sums to tell. */
  patchesOn(gate: number): bigint | undefined {
    let sums = new Map([[this.#tables.bias[gate] as number, 1n]]);
    for (const classes of this.#tables.places) {
      const summands = new Map<number, bigint>();
      for (const { value, letters } of classes) {
        const summand = value[gate] as number;
        summands.set(summand, (summands.get(summand) ?? 0n) + BigInt(letters.length));
      }
      if (sums.size * summands.size > MAX_SUMS) return undefined;
      const next = new Map<number, bigint>();
      for (const [sum, count] of sums) {
        for (const [summand, more] of summands) {
          next.set(sum + summand, (next.get(sum + summand) ?? 0n) + count * more);
        }
      }
      sums = next;
    }
    return [...sums].reduce((total, [sum, count]) => (sum > 0 ? total + count : total), 0n);
  }

  /** The letters of a place with which a gate is on at some patch. */
  lettersOn(gate: number, place: number): number[] {
    const others = this.#tables.places.reduce(
      (sum, classes, p) => (p === place ? sum : sum + Math.max(...classes.map(({ value }) => value[gate] as number))),
      this.#tables.bias[gate] as number,
    );
    return [...(this.cells[place] ?? []).keys()].filter((letter) => others + this.#summand(gate, place, letter) > 0);
  }

  /**
   * A patch with as many plain cells as can be (blank, in the compute phase, without a head) at which a gate is on, if there
   * is one; else one at which it comes nearest.
   *
   * @param fixed letters that some places must have
   */
  example(gate: number, fixed: ReadonlyMap<number, number> = new Map()): PatchLetters {
    const patch = this.cells.map((cells, place) => fixed.get(place) ?? plainLetter(cells));
    const gains = this.cells.flatMap((cells, place) => {
      if (fixed.has(place)) return [];
      const own = this.#summand(gate, place, patch[place] as number);
      const best = [...cells.keys()].reduce((a, b) =>
        this.#summand(gate, place, b) > this.#summand(gate, place, a) ? b : a,
      );
      const gain = this.#summand(gate, place, best) - own;
      return gain > 0 ? [{ place, best, gain }] : [];
    });
    for (const { place, best } of gains.toSorted((a, b) => b.gain - a.gain)) {
      if (this.pre(gate, patch).s > 0n && this.pre(gate, patch).n !== 0n) break;
      patch[place] = best;
    }
    return patch;
  }

  /** A patch of plain cells but for some places. */
  plainPatch(fixed: ReadonlyMap<number, number>): PatchLetters {
    return this.cells.map((cells, place) => fixed.get(place) ?? plainLetter(cells));
  }
}

/** The blank in the compute phase. */
function plainLetter(cells: readonly Cell[]): number {
  const found = cells.findIndex(
    ({ digits }) => digits !== undefined && digits.every((digit, i) => digit === (i === 2 ? PHASE.compute : 0)),
  );
  return Math.max(found, 0);
}
