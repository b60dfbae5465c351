import { describe, expect, it } from "vitest";
import { GridLimitError, GrowingGrid } from "../../../../execution/rcnn/growing-grid.js";
import { RunHistory } from "../../../../execution/rcnn/run-history.js";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";

const machineOf = (name: string) => normalForm(loadMachine(name));

/** The window of a plain roll-out, cell by cell. */
function plain(history: RunHistory, name: string, layer: number): (row: number, column: number) => number {
  const tape = new GrowingGrid(machineOf(name), history.table, 2 ** 22);
  let done = 0;
  while (done < layer) done += tape.advance(layer - done);
  const { start } = tape;
  const grid = tape.grid();
  const blank = new GrowingGrid(machineOf(name), history.table, 2 ** 22).grid().letters.at(-1) as number;
  return (row, column) => {
    const [y, x] = [row + start.row, column + start.column];
    const isInside = y >= 0 && y < grid.rows && x >= 0 && x < grid.columns;
    return isInside ? (grid.letters[y * grid.columns + x] as number) : blank;
  };
}

describe("RunHistory", () => {
  it.each([
    ["bb4", 1200, 2 ** 25, 1],
    ["bb4", 8, 2 ** 25, 16],
    ["bb5", 16, 2 ** 25, 64],
    ["langtons-ant", 1200, 3000, 64],
  ])("should show the layers of %s as a plain roll-out does, with %d samples of %d letters", (...given) => {
    const [name, maxSamples, maxLetters, stride] = given;
    const history = new RunHistory(machineOf(name), { maxSamples, maxLetters });
    const asked = 1000;
    expect(history.advance(asked)).toBe(history.layers);
    expect(history.isFixed).toBe(name === "bb4");
    expect(history.layers).toBe(name === "bb4" ? 108 : asked);
    expect(history.stride).toBe(stride);
    // Forwards within a segment, backwards, at samples, and the last one.
    const layers = [0, 1, 2, 3, 17, 40, 41, 42, 41, 64, 99, 33, 100, history.layers - 1, history.layers, 5];
    for (const layer of layers) {
      const window = history.at(layer);
      const cell = plain(history, name, layer);
      const expected = Array.from(window.letters, (_, i) =>
        cell(window.top + Math.floor(i / window.columns), window.left + (i % window.columns)),
      );
      expect([...window.letters], `layer ${layer}`).toEqual(expected);
    }
  });

  it("should be blank outside, and continue where it ended", () => {
    const history = new RunHistory(machineOf("bb2"));
    expect(history.at(0)).toEqual({ top: 0, left: 0, rows: 1, columns: 1, letters: history.at(0).letters });
    expect([history.advance(3), history.advance(100), history.advance(1)]).toEqual([3, 4, 0]);
    const { letters } = history.at(7, { top: -1, left: -40, rows: 3, columns: 80 });
    const counts = new Map<number, number>();
    for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    // Blanks; three plus signs beside the head; the head on the fourth.
    expect([...counts.values()].toSorted((a, b) => a - b)).toEqual([1, 3, 236]);
  });

  it("should hold the last layer in its extent, kept or not", () => {
    const history = new RunHistory(machineOf("bb3"), { maxSamples: 2 });
    for (let layer = 1; history.advance(1) > 0; layer++) {
      const { left, columns } = history.extent;
      const wide = { top: 0, left: -60, rows: 1, columns: 120 };
      const blank = history.at(0, wide).letters[0];
      const inside = history.at(layer).letters.filter((letter) => letter !== blank).length;
      expect(history.at(layer, wide).letters.filter((letter) => letter !== blank).length, `layer ${layer}`).toBe(
        inside,
      );
      expect([left, left + columns].every((column) => Math.abs(column) < 60)).toBe(true);
    }
    expect(history.stride).toBeGreaterThan(8);
  });

  it("should refuse layers that are not known, odd options, and grids that are too large", () => {
    const history = new RunHistory(machineOf("bb2"));
    expect(() => history.at(1)).toThrow("RunHistory.at: expected a layer in 0 ... 0, got 1");
    expect(() => history.at(-1)).toThrow(RangeError);
    expect(() => new RunHistory(machineOf("bb2"), { maxSamples: 3 })).toThrow("an even integer");
    const small = new RunHistory(machineOf("bb5"), { maxCells: 64 });
    expect(() => small.advance(10_000)).toThrow(GridLimitError);
  });
});
