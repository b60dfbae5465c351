/** The small grids of the amendments, in order, and their names. */
import { formatRational, type Rational } from "../../spec/exact/rational.js";
import type { Example } from "../../spec/rcnn/training-set.js";

/** The shapes of grids, by number of cells, then by number of rows. */
export function* gridShapes(maxCells: number): Generator<readonly [rows: number, columns: number]> {
  for (let cells = 1; cells <= maxCells; cells++) {
    for (let rows = 1; rows <= cells; rows++) if (cells % rows === 0) yield [rows, cells / rows];
  }
}

/** "2 x 3 grid" */
export function gridName(rows: number, columns: number): string {
  return `${rows} x ${columns} grid`;
}

/** "(1, -1) -> 1" */
export function exampleName({ x, y }: Example): string {
  return `(${x.join(", ")}) -> ${y}`;
}

/** "[0 1/3; 1 0]" */
export function matrixName(rows: readonly (readonly Rational[])[]): string {
  return `[${rows.map((row) => row.map(formatRational).join(" ")).join("; ")}]`;
}
