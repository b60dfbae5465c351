/** What docs/divergences.md lists as suspected, and right. */
import { describe, expect, it } from "vitest";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import type { NormalMachine } from "../../../../spec/machines/machine.js";
import { gridShapes } from "../../../../amendments/rcnn/grid-shapes.js";
import { trainByDefinition } from "../../../../spec/rcnn/algorithm-1.js";
import { memoryGrid, withOne } from "../../../../spec/rcnn/definition-5.js";
import { applyLayer, applyLayers, type Grid } from "../../../../spec/rcnn/grid.js";
import {
  IDLE_MACHINE,
  SMALL_MOVES,
  uniformMachine,
  walkingMachines,
} from "../../../../amendments/rcnn/small-machines.js";
import type { Example, Point } from "../../../../spec/rcnn/training-set.js";
import { cellCode, cellFromValue, headOnCell, val } from "../../../../spec/rcnn/cell-code.js";

/** A memorized grid, all symbols 1, with padding columns to the right. */
function memorized(rows: number, columns: number, paddingColumns: number): Grid {
  const weights = Array.from({ length: rows }, () => Array.from({ length: columns }, () => rational(1n, 3n)));
  const ones: Rational[] = Array.from({ length: columns }, () => ONE);
  return memoryGrid(weights, ones, paddingColumns);
}

function heads(machine: NormalMachine, { values }: Grid): number[] {
  const code = cellCode(machine.states.length);
  return [...values.keys()].filter((k) => headOnCell(code, cellFromValue(code, values[k] as Rational)) !== undefined);
}

/** A machine that breaks the rule of the first step: it moves at once. */
function hasty(move: (typeof SMALL_MOVES)[number]): NormalMachine {
  return uniformMachine([
    { move, next: 1 },
    { move: "stay", next: 1 },
  ]);
}

describe("the first step", () => {
  it.each(["up", "left", "right"] as const)("should lose the head if it goes %s at once", (move) => {
    const machine = hasty(move);
    const code = cellCode(2);
    const grid = memorized(2, 2, 1);
    expect(heads(machine, applyLayers(code, machine, grid, 1))).toHaveLength(1);
    expect(heads(machine, applyLayers(code, machine, grid, 2))).toHaveLength(0);
  });

  it("should keep exactly one head with every machine that rests at first", () => {
    for (const { machine } of walkingMachines()) {
      const code = cellCode(machine.states.length);
      for (const [rows, columns] of gridShapes(4)) {
        let grid = memorized(rows, columns, 2);
        for (let l = 1; l <= rows + columns + 4; l++) {
          grid = applyLayer(code, machine, grid).grid;
          expect(heads(machine, grid)).toHaveLength(1);
        }
      }
    }
  });
});

describe("the compute phase", () => {
  it("should have reached the head's neighbours whenever it is past its first layer", () => {
    for (const { machine } of walkingMachines()) {
      const code = cellCode(machine.states.length);
      let grid = memorized(3, 3, 3);
      for (let l = 1; l <= 10; l++) {
        grid = applyLayer(code, machine, grid).grid;
        if (l === 1) continue;
        const head = heads(machine, grid)[0] as number;
        const [row, column] = [Math.floor(head / grid.columns), head % grid.columns];
        for (const [down, right] of [
          [-1, 0],
          [1, 0],
          [0, -1],
          [0, 1],
        ] as const) {
          const [r, c] = [row + down, column + right];
          if (r < 0 || r >= grid.rows || c < 0 || c >= grid.columns) continue;
          expect(val(cellFromValue(code, grid.values[r * grid.columns + c] as Rational), 2)).toBe(1);
        }
      }
    }
  });

  it("should start once, in the first layer, at the bottom-right data cell", () => {
    const code = cellCode(1);
    for (const [rows, columns] of gridShapes(6)) {
      for (const padding of [1, 2]) {
        const first = applyLayer(code, IDLE_MACHINE, memorized(rows, columns, padding)).grid;
        const corner = (rows - 1) * (columns + padding) + columns - 1;
        expect(heads(IDLE_MACHINE, first)).toEqual([corner]);
        expect(heads(IDLE_MACHINE, applyLayers(code, IDLE_MACHINE, first, 5))).toEqual([corner]);
      }
    }
  });
});

describe("training by definition", () => {
  const examples: readonly Example[] = ([1, -1] as const).flatMap((y) =>
    [
      [1, 1],
      [1, -1],
      [-1, 1],
    ].map((x): Example => ({ x: x as Point, y })),
  );

  it("should memorize a third of y [x 1] in its own row with each example", () => {
    for (const first of examples) {
      for (const second of examples) {
        const iterates = trainByDefinition(cellCode(1), IDLE_MACHINE, [first, second]);
        const rows = [first, second, { x: [1, 1], y: 1 } as Example].map(({ x, y }) =>
          withOne(x).map((entry) => entry.mul(rational(BigInt(y), 3n))),
        );
        const zeros = [ZERO, ZERO, ZERO];
        for (const [i, weights] of iterates.entries()) {
          expect(weights.map((row) => row.map(formatRational))).toEqual(
            rows.map((row, a) => (a < i ? row : zeros).map(formatRational)),
          );
        }
        expect(iterates).toHaveLength(4);
      }
    }
  });

  it("should not let two data sets share a tape, as the printed XOR input does", () => {
    const tape = ({ x, y }: Example, last: (y: 1 | -1) => number): string =>
      [...x.map((entry) => y * entry), y * last(y)].join();
    const count = (last: (y: 1 | -1) => number): number => new Set(examples.map((one) => tape(one, last))).size;
    expect(count(() => 1)).toBe(examples.length);
    expect(count((y) => y)).toBeLessThan(examples.length);
  });
});
