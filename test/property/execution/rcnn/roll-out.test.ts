import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellGrid, type CellGrid } from "../../../../arbitraries/rcnn/cells.js";
import { configuration, normalMachine } from "../../../../arbitraries/machines.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { FilterTable } from "../../../../execution/rcnn/filter-table.js";
import { gridToValues, valuesToGrid, type LetterGrid } from "../../../../execution/rcnn/letter-grid.js";
import { rollOutDense } from "../../../../execution/rcnn/roll-out-dense.js";
import { RollOut, rollOut } from "../../../../execution/rcnn/roll-out.js";
import type { NormalMachine, TapeSymbol } from "../../../../spec/machines/machine.js";
import { step } from "../../../../spec/machines/simulate.js";
import type { AffineMap, Network } from "../../../../spec/networks/network.js";
import {
  cellCode,
  cellFromDigits,
  cellFromValue,
  headOnCell,
  PADDING_CELL,
  val,
  type Cell,
} from "../../../../spec/rcnn/cell-code.js";
import { encodeConfiguration } from "../../../../spec/rcnn/configuration-code.js";
import { cellRule as specifiedFilter, cellFeatures, outcomeValue } from "../../../../spec/rcnn/cell-rule.js";
import { patchOf, PLACES } from "../../../../spec/rcnn/patch.js";

/** A machine, a grid of its cells in any mixture of phases and heads, a number of layers, and where the nine places go. */
interface Case {
  readonly machine: NormalMachine;
  readonly start: CellGrid;
  readonly layers: number;
  readonly isHashed: boolean;
}

const sizes = { maxRows: 6, maxColumns: 9 };

/** Any well-formed cells at all. */
const anything: fc.Arbitrary<Case> = normalMachine({ maxStates: 5 }).chain((machine) =>
  fc.record({
    machine: fc.constant(machine),
    start: cellGrid(cellCode(machine.states.length), "well-formed", sizes),
    layers: fc.nat({ max: 30 }),
    isHashed: fc.boolean(),
  }),
);

/**
 * The start of Lemma 1: rows of unknown phase, some of them already memorized, beside padding columns of ones. The
 * layers either mark the first row that is still 0, or find the corner, place the head there and start the machine.
 */
const beginning: fc.Arbitrary<Case> = normalMachine({ maxStates: 5 }).chain((machine) => {
  const code = cellCode(machine.states.length);
  const shape = fc.record({ rows: fc.integer({ min: 1, max: 5 }), data: fc.integer({ min: 1, max: 4 }) });
  return shape.chain(({ rows, data }) =>
    fc.record({
      machine: fc.constant(machine),
      start: fc
        .record({
          memorized: fc.constantFrom(rows, rows, 0, rows - 1),
          padding: fc.integer({ min: 1, max: 5 }),
          symbols: fc.array(fc.constantFrom<TapeSymbol[]>(1, -1), { minLength: rows * data, maxLength: rows * data }),
        })
        .map(({ memorized, padding, symbols }): CellGrid => ({
          rows,
          columns: data + padding,
          cells: Array.from({ length: rows }, (_, row) => [
            ...symbols.slice(row * data, (row + 1) * data).map((symbol) => {
              return cellFromDigits(code, [0, row < memorized ? symbol : 0]);
            }),
            ...Array.from({ length: padding }, () => cellFromDigits(code, [1])),
          ]).flat(),
        })),
      layers: fc.nat({ max: 60 }),
      isHashed: fc.boolean(),
    }),
  );
});

function begin({ machine, start, isHashed }: Case, change = (network: Network): Network => network) {
  const code = cellCode(machine.states.length);
  const table = new FilterTable(change(machineToFilter(machine)), code, isHashed ? { denseLimit: 0 } : {});
  const values = start.cells.map(({ value }) => value);
  return { code, table, grid: valuesToGrid(table.letters, start.rows, start.columns, values) };
}

/** f-bar at every cell, from the definition. */
function specifiedRollOut({ machine, start, layers }: Case): Cell[] {
  const code = cellCode(machine.states.length);
  const questions = cellFeatures(code, machine);
  let cells = [...start.cells];
  for (let layer = 0; layer < layers; layer++) {
    cells = cells.map((centre, i) => {
      const around = Array.from({ length: PLACES }, (_, place) => {
        const row = Math.floor(i / start.columns) + Math.floor(place / 3) - 1;
        const column = (i % start.columns) + (place % 3) - 1;
        const isInside = row >= 0 && row < start.rows && column >= 0 && column < start.columns;
        return isInside ? cells[row * start.columns + column]! : PADDING_CELL;
      });
      return cellFromValue(code, outcomeValue(specifiedFilter(code, questions, patchOf(around)), centre));
    });
  }
  return cells;
}

/** The filter with its eight neighbours exchanged: an automaton that reads corners, if not a machine's. */
function exchanged(order: readonly number[]) {
  return (network: Network): Network => {
    const [first, ...rest] = network.layers as [AffineMap, ...AffineMap[]];
    const rows = first.rows.map(({ bias, entries }) => ({
      bias,
      entries: entries.map(
        ([place, weight]) => [place === 4 ? 4 : order[place < 4 ? place : place - 1]!, weight] as const,
      ),
    }));
    return { layers: [{ ...first, rows }, ...rest] };
  };
}

function heads({ start, machine }: Case): number {
  const code = cellCode(machine.states.length);
  return start.cells.filter((cell) => headOnCell(code, cell) !== undefined).length;
}

const letters = ({ letters: numbers }: LetterGrid) => [...numbers];

describe("rollOut", () => {
  it("should equal f-bar on random grids of any phases and several heads", () => {
    let several = 0;
    fc.assert(
      fc.property(anything, (sample) => {
        const few = { ...sample, layers: sample.layers % 8 };
        const { table, grid } = begin(few);
        const values = gridToValues(table.letters, rollOut(table, grid, few.layers));
        const expected = specifiedRollOut(few);
        expect(values.map((value) => value.toFraction())).toEqual(expected.map(({ value }) => value.toFraction()));
        if (heads(few) > 1) several++;
      }),
      { numRuns: 50 },
    );
    expect(several).toBeGreaterThan(15);
  });

  it("should equal the dense roll-out on random grids of any phases and several heads", () => {
    fc.assert(
      fc.property(anything, (sample) => {
        const { table, grid } = begin(sample);
        const before = letters(grid);
        expect(letters(rollOut(table, grid, sample.layers))).toEqual(letters(rollOutDense(table, grid, sample.layers)));
        expect(letters(grid)).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it("should equal the dense roll-out from the start of message passing on", () => {
    let computing = 0;
    let memorizing = 0;
    fc.assert(
      fc.property(beginning, (sample) => {
        const { code, table, grid } = begin(sample);
        const end = rollOut(table, grid, sample.layers);
        expect(letters(end)).toEqual(letters(rollOutDense(table, grid, sample.layers)));
        const cells = [...end.letters].map((letter) => table.letters.cells[letter] as Cell);
        if (cells.some((cell) => headOnCell(code, cell) !== undefined)) computing++;
        if (cells.some((cell) => val(cell, 2) === -1)) memorizing++;
      }),
      { numRuns: 300 },
    );
    expect(computing).toBeGreaterThan(50);
    expect(memorizing).toBeGreaterThan(50);
  });

  it("should equal the dense roll-out of filters that read other places", () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 5, 6, 7, 8], { minLength: 8 });
    fc.assert(
      fc.property(anything, order, (sample, places) => {
        const { table, grid } = begin(sample, exchanged(places));
        expect(letters(rollOut(table, grid, sample.layers))).toEqual(letters(rollOutDense(table, grid, sample.layers)));
      }),
      { numRuns: 300 },
    );
  });

  it("should step as the machine does on finite grids, border rule included", () => {
    const runs = normalMachine({ maxStates: 5 }).chain((machine) =>
      fc.record({ machine: fc.constant(machine), start: configuration(machine), layers: fc.nat({ max: 25 }) }),
    );
    fc.assert(
      fc.property(runs, ({ machine, start, layers }) => {
        const code = cellCode(machine.states.length);
        const table = new FilterTable(machineToFilter(machine), code);
        const { rows, columns } = start;
        const grid = valuesToGrid(table.letters, rows, columns, encodeConfiguration(code, start));
        let end = start;
        for (let layer = 0; layer < layers; layer++) end = step(machine, end);
        const expected = valuesToGrid(table.letters, rows, columns, encodeConfiguration(code, end));
        expect(letters(rollOut(table, grid, layers))).toEqual(letters(expected));
      }),
      { numRuns: 200 },
    );
  });
});

describe("RollOut", () => {
  it("should report changes layer by layer, and go on where it stopped", () => {
    fc.assert(
      fc.property(anything, fc.array(fc.nat({ max: 4 }), { maxLength: 6 }), (sample, parts) => {
        const { table, grid } = begin(sample);
        const run = new RollOut(table, grid);
        let expected = grid;
        for (const part of parts) {
          let changing = 0;
          let last = expected;
          for (let layer = 0; layer < part; layer++) {
            const next = rollOutDense(table, expected, 1);
            if (next.letters.some((letter, i) => letter !== expected.letters[i])) {
              changing++;
              last = expected;
            }
            expected = next;
          }
          expect(run.advance(part)).toBe(changing);
          expect(letters(run.grid())).toEqual(letters(expected));
          if (changing > 0 && changing === part) {
            const cells = [...expected.letters.keys()].filter((i) => expected.letters[i] !== last.letters[i]);
            expect(run.changedCells().toSorted((a, b) => a - b)).toEqual(cells);
          }
          if (changing < part) expect(run.isFixed).toBe(true);
          for (const [i, letter] of expected.letters.entries()) {
            expect(run.letterAt(Math.floor(i / grid.columns), i % grid.columns)).toBe(letter);
          }
        }
        if (run.isFixed) expect(letters(rollOutDense(table, expected, 1))).toEqual(letters(expected));
      }),
      { numRuns: 200 },
    );
  });

  it("should evaluate, after the first layer, only cells with a change among the places that the filter reads", () => {
    fc.assert(
      fc.property(anything, (sample) => {
        const { table, grid } = begin(sample);
        const { rows, columns } = grid;
        const run = new RollOut(table, grid);
        let before = grid;
        let allowed = rows * columns;
        for (let layer = 0; layer < sample.layers && !run.isFixed; layer++) {
          const evaluations = run.evaluations;
          run.advance(1);
          expect(run.evaluations - evaluations).toBeLessThanOrEqual(allowed);
          const after = run.grid();
          const isChanged = (row: number, column: number) =>
            row >= 0 &&
            row < rows &&
            column >= 0 &&
            column < columns &&
            after.letters[row * columns + column] !== before.letters[row * columns + column];
          allowed = [...after.letters.keys()].filter((i) => {
            const [row, column] = [Math.floor(i / columns), i % columns];
            return table.places.some((place) => isChanged(row + Math.floor(place / 3) - 1, column + (place % 3) - 1));
          }).length;
          before = after;
        }
      }),
      { numRuns: 100 },
    );
  });
});
