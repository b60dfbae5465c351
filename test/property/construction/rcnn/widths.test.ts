/** How wide filters are: the bounds of docs/construction.md, for random machines and for those that attain them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import type { Move, NormalMachine, TapeSymbol, Transition } from "../../../../spec/machines/machine.js";
import type { AlphabetName } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, MAX_STATES } from "../../../../spec/rcnn/cell-code.js";

/** Rows of V1 ... V5 that no filter of s states exceeds. */
function widthBounds(s: number, name: AlphabetName): number[] {
  const digits = cellCode(s).lastIndex + 1;
  const [teeth, size] = [3 ** Math.ceil(digits / 2), 3 ** Math.floor(digits / 2)];
  if (name === "full") return [48 * s + 257 + 2 * teeth, 24 * s + 144, 4 * size + 22, 17, 1];
  return s === 1 ? [134, 52, 21, 15, 1] : [24 * s + 102, 12 * s + 36, 21, 15, 1];
}

const widthsOf = (machine: NormalMachine, name: AlphabetName): number[] =>
  machineToFilter(machine, name).layers.map(({ rows }) => rows.length);

/** A machine whose states behind the first move as told, and leave ever other heads and symbols behind. */
function mover(s: number, moveOf: (q: number) => Move): NormalMachine {
  const row = (q: number): Record<TapeSymbol, Transition> => {
    const entry = (symbol: TapeSymbol): Transition =>
      q === 0
        ? { write: symbol, move: "stay", next: 0 }
        : { write: ((q % 3) - 1) as TapeSymbol, move: moveOf(q), next: q };
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

const around = (q: number): Move => (["up", "right", "down", "left"] as const)[q % 4] as Move;

describe("the widths of filters", () => {
  for (const [name, maxStates, numRuns] of [
    ["well-formed", 40, 40],
    ["full", 8, 12],
  ] as const) {
    it(`should be within the bounds for any machine (${name})`, () => {
      fc.assert(
        fc.property(normalMachine({ maxStates }), (machine) => {
          const widths = widthsOf(machine, name);
          const bounds = widthBounds(machine.states.length, name);
          for (const [l, width] of widths.entries()) expect(width).toBeLessThanOrEqual(bounds[l] as number);
          // The last three layers do not depend on the machine at all.
          expect(widths.slice(2)).toEqual(bounds.slice(2));
        }),
        { numRuns },
      );
    });
  }

  it("should attain the bounds of the well-formed alphabet with heads that go around", () => {
    for (const s of [1, 2, 3, 4, 5, 8, 16, 33]) {
      expect(widthsOf(mover(s, around), "well-formed")).toEqual(widthBounds(s, "well-formed"));
    }
  });

  it("should attain the bound on V1 of the full alphabet with heads that all go right, where s is odd", () => {
    for (const s of [3, 5, 7, 9])
      expect(
        widthsOf(
          mover(s, () => "right"),
          "full",
        )[0],
      ).toBe(widthBounds(s, "full")[0]);
  });
});

describe("the edges that every machine has", () => {
  const idle = mover(1, around);
  const unitsAt = (name: AlphabetName): number[] => {
    const [v1] = machineToFilter(idle, name).layers;
    return [3, 5, 7, 1, 4].map((place) => v1?.rows.filter(({ entries }) => entries[0]?.[0] === place).length ?? 0);
  };

  it("should be 9, 13, 14, 15 and 14 on the well-formed alphabet, and two bumps with two ReLUs of their own", () => {
    expect(unitsAt("well-formed")).toEqual([9, 13, 14, 15, 14].map((edges, i) => 2 * edges + (i === 4 ? 4 : 0)));
  });

  it("should be 19, 21, 29, 29 and 31 on the full alphabet, heads, teeth and bump apart", () => {
    // For s = 1 each of the four blocks has one head, at its end: one edge more wherever heads are read.
    const heads = [0, 4, 4, 4, 4];
    // Eight cliffs of two ReLUs, of which the edges have nine already; two starts; a bump with two ReLUs of its own.
    const ramps = 2 * 8 - 9 + 2 + 2;
    const edges = [19, 21, 29, 29, 31];
    expect(unitsAt("full")).toEqual(
      edges.map((count, i) => 2 * (count + (heads[i] as number)) + (i === 4 ? ramps : 0)),
    );
  });
});

describe("the width 100 s of Definition 5", () => {
  it("should hold every filter of the well-formed alphabet from s = 2 on, and none for s = 1", () => {
    expect(widthBounds(1, "well-formed")[0]).toBeGreaterThan(100);
    for (let s = 2; s <= MAX_STATES; s++)
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
    for (const move of [around, (): Move => "right"]) {
      expect(Math.max(...widthsOf(mover(8, move), "full"))).toBeLessThanOrEqual(
        (widthBounds(8, "full")[0] as number) - 64,
      );
    }
  });

  it("should not hold every filter of the full alphabet for any smaller s", () => {
    for (let s = 1; s <= 7; s++) {
      expect(
        Math.max(
          ...widthsOf(
            mover(s, () => "right"),
            "full",
          ),
        ),
      ).toBeGreaterThan(100 * s);
    }
  });
});
