/** How wide filters are: the bounds of docs/construction.md, for random machines and for those that attain them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import type { Move, NormalMachine, TapeSymbol, Transition } from "../../../../spec/machines/machine.js";
import { rational, type Rational } from "../../../../spec/exact/rational.js";
import { alphabet, type AlphabetName } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, headOnCell, MAX_STATES, toUnits } from "../../../../spec/rcnn/cell-code.js";

/** Rows of V1 ... V5 that no filter of s states exceeds; those of V3 ... V5 it has, if it moves in so many directions. */
function widthBounds(s: number, name: AlphabetName, directions: number = 4): number[] {
  const digits = cellCode(s).lastIndex + 1;
  const [teeth, size] = [3 ** Math.ceil(digits / 2), 3 ** Math.floor(digits / 2)];
  const more = 2 * directions;
  // A tooth of the sawtooth spans the phases for K = 3 alone, and then cells of unknown phase have no use for its last third.
  const zigzags = 4 * size - (s === 1 ? 6 : 0);
  if (name === "full") return [48 * s + 247 + 2 * teeth, 24 * s + 144, zigzags + 14 + more, 9 + more, 1];
  return [s === 1 ? 94 : 24 * s + 92, s === 1 ? 37 : 12 * s + 36, 13 + more, 7 + more, 1];
}

/** In how many of the four directions a machine ever moves. */
function directionsOf({ table }: NormalMachine): number {
  const moves = new Set(table.flatMap((row) => [row[0].move, row[1].move, row[-1].move]));
  moves.delete("stay");
  return moves.size;
}

const widthsOf = (machine: NormalMachine, name: AlphabetName): number[] =>
  machineToFilter(machine, name).layers.map(({ rows }) => rows.length);

/** A machine whose states behind the first move as told, and leave ever other heads and symbols behind. */
function mover(s: number, moveOf: (q: number, symbol: TapeSymbol) => Move): NormalMachine {
  const row = (q: number): Record<TapeSymbol, Transition> => {
    const entry = (symbol: TapeSymbol): Transition =>
      q === 0
        ? { write: symbol, move: "stay", next: 0 }
        : { write: ((q % 3) - 1) as TapeSymbol, move: moveOf(q, symbol), next: q };
    return { 0: entry(0), 1: entry(1), [-1]: entry(-1) };
  };
  const states = Array.from({ length: s }, (_, q) => q);
  return {
    name: `mover ${s}`,
    states: states.map((q) => `q${q}`),
    halting: states.map(() => false),
    table: states.map(row),
  };
}

const around = (q: number, symbol: TapeSymbol): Move =>
  (["up", "right", "down", "left"] as const)[(q + symbol + 4) % 4] as Move;
const right = (): Move => "right";

describe("the widths of filters", () => {
  for (const [name, maxStates, numRuns] of [
    ["well-formed", 40, 40],
    ["full", 8, 12],
  ] as const) {
    it(`should be within the bounds for any machine (${name})`, () => {
      fc.assert(
        fc.property(normalMachine({ maxStates }), (machine) => {
          const widths = widthsOf(machine, name);
          const bounds = widthBounds(machine.states.length, name, directionsOf(machine));
          for (const [l, width] of widths.entries()) expect(width).toBeLessThanOrEqual(bounds[l] as number);
          // The last three layers depend on nothing else.
          expect(widths.slice(2)).toEqual(bounds.slice(2));
        }),
        { numRuns },
      );
    });
  }

  it("should attain the bounds of the well-formed alphabet from s = 3 on, with heads that go around", () => {
    for (const s of [3, 4, 5, 8, 16, 33]) {
      expect(widthsOf(mover(s, around), "well-formed")).toEqual(widthBounds(s, "well-formed"));
    }
  });

  it("should be 94 and 37 for the one machine of a single state", () => {
    expect(widthsOf(mover(1, around), "well-formed")).toEqual([94, 37, 13, 7, 1]);
    expect(widthsOf(mover(1, around), "full")).toEqual([263, 100, 44, 9, 1]);
  });

  it("should attain the bound on V1 of the full alphabet with heads that all go right but one, for odd s from 5 on", () => {
    const nearlyAll = (q: number, symbol: TapeSymbol): Move => (q === 2 && symbol === 1 ? "left" : "right");
    for (const s of [5, 7, 9]) {
      expect(widthsOf(mover(s, nearlyAll), "full")[0]).toBe(widthBounds(s, "full")[0]);
    }
  });
});

describe("the edges apart from those between heads", () => {
  /** Kinks of V1 at each place (left, right, below, above, centre) that do not lie between two cells with a head. */
  function kinksAt(machine: NormalMachine): number[] {
    const code = cellCode(machine.states.length);
    const cells = alphabet(code, "well-formed").neighbour;
    const isBetweenHeads = (kink: Rational): boolean => {
      const next = cells.findIndex(({ value }) => rational(toUnits(code, value)).gt(kink));
      const [before, after] = [cells[next - 1], cells[next]].map((cell) => cell && headOnCell(code, cell));
      return before !== undefined && after !== undefined;
    };
    const [v1] = machineToFilter(machine).layers;
    return [3, 5, 7, 1, 4].map((place) => {
      const ofPlace = v1?.rows.filter(({ entries }) => entries[0]?.[0] === place) ?? [];
      return ofPlace.filter(({ bias }) => !isBetweenHeads(bias.neg())).length;
    });
  }

  it("should be 8, 12, 13, 14 and 13 where a machine goes around, and two bumps with two ReLUs of their own", () => {
    const expected = [8, 12, 13, 14, 13].map((edges, i) => 2 * edges + (i === 4 ? 4 : 0));
    for (const s of [3, 4, 7, 16]) expect(kinksAt(mover(s, around))).toEqual(expected);
  });

  it("should be fewer where it moves in one direction", () => {
    expect(kinksAt(mover(7, right))).toEqual([14, 24, 26, 26, 30]);
    expect(kinksAt(mover(1, right))).toEqual([14, 14, 18, 18, 30]);
  });
});

describe("the width 100 s of Definition 5", () => {
  it("should hold every filter of the well-formed alphabet", () => {
    for (let s = 1; s <= MAX_STATES; s++)
      expect(Math.max(...widthBounds(s, "well-formed"))).toBeLessThanOrEqual(100 * s);
  });

  it("should hold every filter of the full alphabet from s = 8 on", () => {
    // For a power of two, each of the 32 ends of the last head coincides with the end of its block: 64 rows less.
    for (let s = 8; s <= MAX_STATES; s++) {
      const saved = Number.isInteger(Math.log2(s)) ? 64 : 0;
      const [v1 = 0, ...others] = widthBounds(s, "full");
      expect(v1 - saved).toBeLessThanOrEqual(100 * s);
      expect(Math.max(...others)).toBeLessThanOrEqual(100 * s);
    }
    for (const move of [around, right]) {
      expect(Math.max(...widthsOf(mover(8, move), "full"))).toBeLessThanOrEqual(
        (widthBounds(8, "full")[0] as number) - 64,
      );
    }
  });

  it("should not hold every filter of the full alphabet for any smaller s", () => {
    const widths = [1, 2, 3, 4, 5, 6, 7].map((s) => widthsOf(mover(s, right), "full")[0] as number);
    expect(widths).toEqual([263, 323, 443, 419, 647, 663, 743]);
    for (const [i, width] of widths.entries()) expect(width).toBeGreaterThan(100 * (i + 1));
  });
});
