/**
 * One layer of the network on a whole grid: the grid extractor grid(X, i, j) and f-bar_ConvLayer of B.3, by definition.
 * In x-units and in the amended reading.
 */
import type { Rational } from "../exact/rational.js";
import type { NormalMachine } from "../machines/machine.js";
import { cellFeatures, cellRule, outcomeValue } from "./cell-rule.js";
import { cellFromValue, PADDING_CELL, type CellCode } from "./cell-code.js";
import { patchOf, type ConcretePatch } from "./patch.js";

/** A grid of cell values, row-major; shape: rows x columns. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly Rational[];
}

/** grid(X, i, j) of B.3: the patch around a cell, with p beyond the edge. Rows and columns count from 0. */
export function patchAt(code: CellCode, { columns, values }: Grid, row: number, column: number): ConcretePatch {
  const offsets = [-1, 0, 1];
  return patchOf(
    offsets.flatMap((down) =>
      offsets.map((right) => {
        const [r, c] = [row + down, column + right];
        // Above and below the grid there is no value either.
        const value = c >= 0 && c < columns ? values[r * columns + c] : undefined;
        return value === undefined ? PADDING_CELL : cellFromValue(code, value);
      }),
    ),
  );
}

/** A layer's output and, for each cell, the derivative by the same cell of the input; all other derivatives are 0. */
export interface LayerOutput {
  readonly grid: Grid;
  /** Shape: rows x columns, row-major. */
  readonly slopes: readonly (0 | 1)[];
}

/** f-bar_ConvLayer: f-bar_Conv2D at every cell. */
export function applyLayer(code: CellCode, machine: NormalMachine, grid: Grid): LayerOutput {
  const questions = cellFeatures(code, machine);
  const outcomes = grid.values.map((_, k) => {
    const patch = patchAt(code, grid, Math.floor(k / grid.columns), k % grid.columns);
    const outcome = cellRule(code, questions, patch);
    return { value: outcomeValue(outcome, cellFromValue(code, grid.values[k] as Rational)), slope: outcome.slope };
  });
  return { grid: { ...grid, values: outcomes.map(({ value }) => value) }, slopes: outcomes.map(({ slope }) => slope) };
}

/** The grid after a number of layers. */
export function applyLayers(code: CellCode, machine: NormalMachine, grid: Grid, layers: number): Grid {
  let current = grid;
  for (let l = 0; l < layers; l++) current = applyLayer(code, machine, current).grid;
  return current;
}
