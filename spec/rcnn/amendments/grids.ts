/**
 * Whole layers and whole training runs by definition, for the small grids of the amendments: the grid extractor and
 * f-bar_ConvLayer of B.3, f_mem of Definition 5, and the loop of Algorithm 1 with the exact gradient.
 *
 * Everything is in x-units and in the amended reading.
 */
import { formatRational, ONE, rational, ZERO, type Rational } from "../../exact/rational.js";
import type { NormalMachine } from "../../machines/machine.js";
import { cellFromValue, PADDING_CELL, type CellCode } from "../cell-code.js";
import { filter, filterQuestions, outcomeValue } from "../filter.js";
import { head, headSlope } from "../head.js";
import { patchOf, type ConcretePatch } from "../patch.js";
import type { Example, Point } from "../training-set.js";

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
  const questions = filterQuestions(code, machine);
  const outcomes = grid.values.map((_, k) => {
    const patch = patchAt(code, grid, Math.floor(k / grid.columns), k % grid.columns);
    const outcome = filter(code, questions, patch);
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

/** f_mem: [W diag(z) 1], with the given number of padding columns. */
export function memoryGrid(
  weights: readonly (readonly Rational[])[],
  z: readonly Rational[],
  paddingColumns: number,
): Grid {
  const padding = Array.from({ length: paddingColumns }, () => ONE);
  return {
    rows: weights.length,
    columns: z.length + paddingColumns,
    values: weights.flatMap((row) => [...row.map((weight, b) => weight.mul(z[b] ?? ZERO)), ...padding]),
  };
}

/** "(1, -1) -> 1" */
export function exampleName({ x, y }: Example): string {
  return `(${x.join(", ")}) -> ${y}`;
}

/** [x 1], the input that Algorithm 1 makes of x. */
export function withOne(x: Point): Rational[] {
  return [...x.map((entry) => rational(BigInt(entry))), ONE];
}

/** eta of Lemma 2. */
const LEARNING_RATE = rational(1n, 54n);

/**
 * Algorithm 1 with f-bar_Conv2D and f-bar_head in place of networks, m + 1 layers and one padding column: the weights
 * W^(1) ... W^(m+2), each of shape (m+1) x (d+1). The last example is the dummy sample.
 *
 * @param data at least one example, all of one length
 * @throws {Error} if the head has no derivative at a cell of the last layer
 */
export function trainByDefinition(
  code: CellCode,
  machine: NormalMachine,
  data: readonly Example[],
): readonly (readonly (readonly Rational[])[])[] {
  const dimension = data[0]?.x.length ?? 0;
  const dummy: Example = { x: Array.from({ length: dimension }, () => 1), y: 1 };
  const rows = data.length + 1;
  let weights: Rational[][] = Array.from({ length: rows }, () => Array.from({ length: dimension + 1 }, () => ZERO));
  const iterates = [weights];
  for (const { x, y } of [...data, dummy]) {
    const z = withOne(x);
    let grid = memoryGrid(weights, z, 1);
    let slopes: readonly (0 | 1)[] = grid.values.map(() => 1);
    for (let l = 0; l < rows; l++) {
      const output = applyLayer(code, machine, grid);
      slopes = slopes.map((slope, k) => (slope === 1 && output.slopes[k] === 1 ? 1 : 0));
      grid = output.grid;
    }
    const last = grid;
    const at = (a: number, b: number): number => a * last.columns + b;
    const prediction = weights
      .flatMap((row, a) => row.map((_, b) => head(last.values[at(a, b)] as Rational)))
      .reduce((sum, share) => sum.add(share), ZERO);
    const residual = rational(BigInt(y)).sub(prediction);
    weights = weights.map((row, a) =>
      row.map((weight, b) => {
        if (slopes[at(a, b)] === 0) return weight;
        const slope = headSlope(last.values[at(a, b)] as Rational);
        if (slope === undefined) throw new Error(`trainByDefinition: expected no kink at row ${a}, column ${b}`);
        return weight.add(
          LEARNING_RATE.mul(residual)
            .mul(slope)
            .mul(z[b] ?? ZERO),
        );
      }),
    );
    iterates.push(weights);
  }
  return iterates;
}

/** "[0 1/3; 1 0]" */
export function matrixName(rows: readonly (readonly Rational[])[]): string {
  return `[${rows.map((row) => row.map(formatRational).join(" ")).join("; ")}]`;
}
