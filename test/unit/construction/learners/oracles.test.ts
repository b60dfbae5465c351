import { describe, expect, it } from "vitest";
import {
  conjunctionOracle,
  dictatorOracle,
  exactMatchOracle,
  majorityOracle,
  nearestExampleOracle,
  parityOracle,
} from "../../../../construction/learners/oracles.js";
import type { Example, Sign } from "../../../../construction/learners/xor-tape.js";
import { instances } from "./training-sets.js";

/** "++-" as a point. */
function point(text: string): Sign[] {
  return [...text].map((character) => (character === "-" ? -1 : 1));
}

/** "++- -" as an example. */
function examples(...texts: string[]): Example[] {
  return texts.map((text) => {
    const [x = "", y = ""] = text.split(" ");
    return { x: point(x), y: y === "-" ? -1 : 1 };
  });
}

describe("parityOracle", () => {
  it("should say what all parities that fit agree on, 1 where they differ, and -1 where none fits", () => {
    for (const [d, m] of [
      [1, 2],
      [2, 2],
      [3, 2],
      [2, 3],
    ] as const) {
      for (const { examples: set, x } of instances(d, m)) {
        const parities = Array.from({ length: 2 ** d }, (_, subset) => (z: readonly Sign[]): number => {
          return z.reduce((product: number, entry, j) => (((subset >> j) & 1) === 1 ? product * entry : product), 1);
        });
        const fitting = parities.filter((parity) => set.every((example) => parity(example.x) === example.y));
        const answers = new Set(fitting.map((parity) => parity(x)));
        const expected = answers.size === 0 ? -1 : answers.size === 2 ? 1 : [...answers][0];
        expect(parityOracle(set, x)).toBe(expected);
      }
    }
  });
});

describe("majorityOracle", () => {
  it.each([
    [["+ +", "+ -", "- +"], 1],
    [["+ -", "+ -", "- +"], -1],
    [["+ -", "- +"], 1],
    [["+ -"], -1],
  ])("should say of %j that it is %d", (texts, answer) => {
    expect(majorityOracle(examples(...texts), point("+"))).toBe(answer);
  });
});

describe("exactMatchOracle and nearestExampleOracle", () => {
  const set = examples("++- -", "+-- +", "++- +", "--- -");

  it.each([
    ["++-", -1, -1],
    ["+--", 1, 1],
    ["---", -1, -1],
    ["+++", 1, -1],
    ["--+", 1, -1],
    ["+-+", 1, 1],
  ])("should answer for %s: %d and %d", (x, exact, nearest) => {
    expect(exactMatchOracle(set, point(x))).toBe(exact);
    expect(nearestExampleOracle(set, point(x))).toBe(nearest);
  });
});

describe("dictatorOracle", () => {
  it.each([
    [["+- -", "-+ +"], "+-", -1],
    [["++ +", "-- -"], "-+", -1],
    [["++ +", "-- -"], "+-", 1],
    [["++ -"], "--", 1],
  ])("should learn from %j and answer for %s: %d", (texts, x, answer) => {
    expect(dictatorOracle(examples(...texts), point(x))).toBe(answer);
  });
});

describe("conjunctionOracle", () => {
  it.each([
    [["+-+ +", "+-- +", "--- -"], "+-+", 1],
    [["+-+ +", "+-- +", "--- -"], "+--", 1],
    [["+-+ +", "+-- +", "--- -"], "++-", -1],
    [["+-+ +", "+-- +", "--- -"], "--+", -1],
    [["+-+ -"], "+-+", -1],
    [["+-+ +", "-+- +"], "+++", 1],
  ])("should learn from %j and answer for %s: %d", (texts, x, answer) => {
    expect(conjunctionOracle(examples(...texts), point(x))).toBe(answer);
  });

  it("should find a conjunction that explains all examples wherever there is one", () => {
    // Each coordinate: 1, -1 or free.
    const conjunctions = Array.from({ length: 9 }, (_, i) => [(i % 3) - 1, Math.floor(i / 3) - 1]);
    let explained = 0;
    for (const { examples: set } of instances(2, 3)) {
      const fits = conjunctions.some((literals) =>
        set.every(({ x, y }) => literals.every((sign, j) => sign === 0 || x[j] === sign) === (y === 1)),
      );
      if (!fits) continue;
      explained += 1;
      for (const { x, y } of set) expect(conjunctionOracle(set, x)).toBe(y);
    }
    expect(explained).toBeGreaterThan(500);
  });
});
