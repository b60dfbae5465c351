/** The grid of tiles against a roll-out of one rectangle, cell by cell, for rules that spread and cross windows. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FilterTable } from "../../../../execution/rcnn/filter-table.js";
import { GridLimitError, GrowingGrid } from "../../../../execution/rcnn/growing-grid.js";
import { lettersOf, valueToLetter } from "../../../../execution/rcnn/letters.js";
import { RollOut } from "../../../../execution/rcnn/roll-out.js";
import type { Move, NormalMachine } from "../../../../spec/machines/machine.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { encodeTapeCell } from "../../../../spec/rcnn/configuration-code.js";
import { CENTRE, PLACES } from "../../../../spec/rcnn/patch.js";

const LETTERS = lettersOf(cellCode(1));
const letterOf = (symbol: 0 | 1 | -1, state?: number): number =>
  valueToLetter(LETTERS, encodeTapeCell(LETTERS.code, { symbol, state }));
const BLANK = letterOf(0);
const HEAD = letterOf(0, 0);

type Rule = (patch: ArrayLike<number>) => number;

/** A table whose answers are a rule's: what the engines ask of a table, without a network. */
function tableOf(rule: Rule, places: readonly number[] = Array.from({ length: PLACES }, (_, i) => i)): FilterTable {
  const answers = new Map<string, number>();
  const keyParts = Int32Array.from({ length: LETTERS.cells.length * places.length }, (_, i) => i);
  const keyOf = (patch: ArrayLike<number>): string => places.map((place) => patch[place]).join(" ");
  return {
    letters: LETTERS,
    places,
    keyParts,
    isDense: false,
    answers: new Uint16Array(0),
    next: rule,
    find: (_: number, patch: ArrayLike<number>) => answers.get(keyOf(patch)) ?? 0,
    learn: (_: number, patch: ArrayLike<number>) => {
      answers.set(keyOf(patch), rule(patch) + 1);
      return rule(patch) + 1;
    },
  } as unknown as FilterTable;
}

/** A machine that moves in the given ways; what it does is left to the rule. */
const moving = (...moves: readonly [Move, Move, Move]): NormalMachine => ({
  name: "moving",
  states: ["first"],
  halting: [false],
  table: [
    {
      0: { write: 0, move: moves[0], next: 0 },
      1: { write: 0, move: moves[1], next: 0 },
      [-1]: { write: 0, move: moves[2], next: 0 },
    },
  ],
});

const PLANE = moving("up", "right", "left");
const ROW = moving("right", "left", "right");
const COLUMN = moving("up", "up", "down");

/** A rule drawn from a seed: quiet where all is blank, otherwise one of four letters, blank more often than not. */
function drawnRule(seed: number, chance: number): Rule {
  const choices = [HEAD, letterOf(1), letterOf(-1)];
  return (patch) => {
    let bits = seed;
    let isQuiet = true;
    for (let place = 0; place < PLACES; place++) {
      const letter = patch[place] as number;
      if (letter !== BLANK && letter !== LETTERS.padding) isQuiet = false;
      bits = Math.imul(bits ^ (letter + 1), 0x9e3779b1);
      bits ^= bits >>> 15;
    }
    if (isQuiet) return BLANK;
    const drawn = bits >>> 0;
    return drawn % 100 < chance ? (choices[(drawn >>> 8) % 3] as number) : BLANK;
  };
}

/** The same start on one rectangle whose border lies beyond the reach of `layers` layers. */
function rectangle(machine: NormalMachine, table: FilterTable, layers: number): { run: RollOut; middle: number[] } {
  const side = 2 * layers + 5;
  const [rows, columns] = [machine === ROW ? 1 : side, machine === COLUMN ? 1 : side];
  const middle = [rows >> 1, columns >> 1];
  const letters = new Uint16Array(rows * columns).fill(BLANK);
  letters[(rows >> 1) * columns + (columns >> 1)] = HEAD;
  return { run: new RollOut(table, { rows, columns, letters }), middle };
}

function expectEqual(grid: GrowingGrid, run: RollOut, [row, column]: readonly number[]): void {
  const { start } = grid;
  for (let y = 0; y < run.rows; y++) {
    for (let x = 0; x < run.columns; x++) {
      const letter = grid.letterAt(y - (row as number) + start.row, x - (column as number) + start.column);
      if (letter !== run.letterAt(y, x)) expect([y, x, letter]).toEqual([y, x, run.letterAt(y, x)]);
    }
  }
}

describe("GrowingGrid", () => {
  it.each([
    ["a plane", PLANE],
    ["a row", ROW],
    ["a column", COLUMN],
  ])("should be what a rectangle without border comes to, on %s", (_, machine) => {
    const seen = { far: 0, near: 0, fixed: 0 };
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 10, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (seed, chance, n) => {
          const table = tableOf(drawnRule(seed, chance));
          const grid = new GrowingGrid(machine, table, 2 ** 20);
          const { run, middle } = rectangle(machine, table, n);
          // In two pieces, so that a window is also left in the middle of what it would come to.
          for (const part of [n >> 1, n - (n >> 1)]) expect(grid.advance(part)).toBe(run.advance(part));
          expect(grid.isFixed).toBe(run.isFixed);
          expectEqual(grid, run, middle);
          seen[grid.isFixed ? "fixed" : grid.rows * grid.columns > 32 * 32 ? "far" : "near"]++;
        },
      ),
      { numRuns: 120 },
    );
    expect(seen.fixed).toBeGreaterThan(5);
    expect(seen.near + seen.far).toBeGreaterThan(5);
  });

  it("should repeat from memory what it has seen, for any number of layers at a time", () => {
    // A head that runs to the right over +1 and turns them over, and to the left over -1.
    const right = letterOf(0, 0);
    const rule: Rule = (patch) => {
      const [left, centre] = [patch[CENTRE - 1] as number, patch[CENTRE] as number];
      if (left === right) return right;
      return centre === right ? letterOf(1) : centre;
    };
    const table = tableOf(rule, [CENTRE - 1, CENTRE]);
    const whole = new GrowingGrid(ROW, table, 2 ** 20);
    expect(whole.advance(5000)).toBe(5000);
    const parts = new GrowingGrid(ROW, table, 2 ** 20);
    let done = 0;
    for (let size = 1; done < 5000; size++) done += parts.advance(Math.min(size, 5000 - done));
    expect([...parts.grid().letters]).toEqual([...whole.grid().letters]);
    expect(parts.evaluations).toBe(whole.evaluations);
    expect(whole.grid().letters.filter((letter) => letter === letterOf(1))).toHaveLength(5000);
  });

  it("should count the cells visited, not the rectangle around them", () => {
    const rule: Rule = (patch) => {
      if (patch[0] === HEAD) return HEAD;
      return patch[CENTRE] === HEAD ? BLANK : (patch[CENTRE] as number);
    };
    const grid = new GrowingGrid(PLANE, tableOf(rule, [0, CENTRE]), 40_000);
    expect(grid.advance(600)).toBe(600);
    expect([grid.rows, grid.columns]).toEqual([grid.columns, grid.rows]);
    expect(grid.rows).toBeGreaterThanOrEqual(600);
    expect(grid.letterAt(grid.start.row + 600, grid.start.column + 600)).toBe(HEAD);
    expect(() => grid.grid()).toThrow(GridLimitError);
    expect(() => grid.advance(1000)).toThrow("expected a grid of at most 40000 cells, the machine needs");
  });

  it("should refuse a filter that changes an empty tape", () => {
    expect(
      () =>
        new GrowingGrid(
          PLANE,
          tableOf(() => HEAD),
          1000,
        ),
    ).toThrow("expected the filter to leave an empty tape empty");
  });
});
