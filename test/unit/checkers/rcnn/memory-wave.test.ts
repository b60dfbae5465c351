import { describe, expect, it } from "vitest";
import { nextRow, replayWave, rowsAfter, rowWindows } from "../../../../checkers/rcnn/memory-wave.js";

/** All words of S*Z+ and S*M+Z* of a length. */
function words(length: number): string[] {
  const all: string[] = [];
  for (let s = 0; s <= length; s++) {
    for (let m = 0; s + m <= length; m++) {
      const word = "S".repeat(s) + "M".repeat(m) + "Z".repeat(length - s - m);
      if (word !== "S".repeat(length)) all.push(word);
    }
  }
  return all;
}

/** Every three letters that follow one another in words that have p beyond both ends. */
function windowsOf(list: readonly string[]): string[] {
  const windows = list.flatMap((word) => Array.from({ length: word.length }, (_, i) => `O${word}O`.slice(i, i + 3)));
  return [...new Set(windows)].toSorted();
}

describe("rowWindows", () => {
  it("should be every window of every grid, each once, and no other", () => {
    const found = rowWindows().map(({ above, row, below }) => above + row + below);
    const grids = Array.from({ length: 9 }, (_, k) => words(k + 1)).flat();
    expect(found.toSorted()).toEqual(windowsOf(grids));
    // Longer grids show nothing else.
    expect(windowsOf([...words(10), ...words(11), ...words(12), ...grids])).toEqual(windowsOf(grids));
  });

  it("should say of each row what it is a layer later, and where a derivative stays", () => {
    const known = new Map(rowWindows().map((window) => [window.above + window.row + window.below, window]));
    for (let rows = 1; rows <= 12; rows++) {
      for (let tau = 1; tau <= rows; tau++) {
        const slopes = Array.from({ length: rows }, () => 1);
        for (let layer = 0; layer <= rows; layer++) {
          const word = `O${rowsAfter(rows, tau, layer).join("")}O`;
          const next = rowsAfter(rows, tau, layer + 1);
          for (let i = 0; i < rows; i++) {
            const window = known.get(word.slice(i, i + 3));
            expect(window?.next).toBe(next[i]);
            slopes[i] = (slopes[i] as number) * (window?.slope ?? Number.NaN);
          }
        }
        expect(slopes).toEqual(Array.from({ length: rows }, (_, i) => (i + 1 === tau ? 1 : 0)));
      }
    }
  });
});

describe("replayWave", () => {
  it("should not agree with rules that are wrong in one respect, at any row and step", () => {
    const wrong: readonly (typeof nextRow)[] = [
      // Nothing starts; all that is zero starts.
      (above, row, below) =>
        row === "Z" && above !== "M" && below !== "M" ? { next: "Z", slope: 0 } : nextRow(above, row, below),
      (above, row, below) => (row === "Z" ? { next: "M", slope: 1 } : nextRow(above, row, below)),
      // The memory phase spreads in one direction alone.
      (above, row, below) => (row === "S" && below === "M" ? { next: "S", slope: 0 } : nextRow(above, row, below)),
      (above, row, below) => (row === "Z" && above === "M" ? { next: "Z", slope: 0 } : nextRow(above, row, below)),
      // Derivatives stay where they should not, or are lost.
      (above, row, below) => ({ ...nextRow(above, row, below), slope: 1 }),
      (above, row, below) => ({ ...nextRow(above, row, below), slope: 0 }),
      // All at once.
      () => ({ next: "M", slope: 1 }),
    ];
    for (const rule of wrong) expect(replayWave(5, 3, rule).agrees).toBe(false);
    expect(replayWave(5, 3).agrees).toBe(true);
    // Only what is met matters: in one row there is nothing to spread to.
    expect(wrong.map((rule) => replayWave(1, 1, rule).agrees)).toEqual([false, true, true, true, true, false, true]);
  });

  it("should end after as many layers as there are rows, and one, where a rule does not", () => {
    const still: typeof nextRow = (_above, row) => ({ next: row, slope: 1 });
    for (const rows of [1, 4]) expect(replayWave(rows, 1, still)).toEqual({ agrees: false, layers: rows + 1 });
  });

  it("should compare every layer, not only the last", () => {
    // One row too many starts at once, in the middle of five; the end is the same.
    const early: typeof nextRow = (above, row, below) =>
      row === "Z" && above === "Z" && below === "O" ? { next: "M", slope: 0 } : nextRow(above, row, below);
    expect(replayWave(5, 2, early)).toMatchObject({ agrees: false });
  });
});
