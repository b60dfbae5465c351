import { expect, it } from "vitest";
import { rational } from "../../../../spec/exact/rational.js";
import { exampleName } from "../../../../amendments/rcnn/grid-shapes.js";
import { patchAt } from "../../../../spec/rcnn/grid.js";
import { cellCode, PADDING } from "../../../../spec/rcnn/cell-code.js";

it("should cut patches out of a grid, with p beyond each of its borders", () => {
  const [a, b, c, d, e, f] = [0n, 1n, -1n, 2n, -2n, 3n].map((n) => rational(n, 9n));
  const grid = { rows: 2, columns: 3, values: [a, b, c, d, e, f] as (typeof PADDING)[] };
  const p = PADDING;
  const cellsAt = (row: number, column: number) =>
    patchAt(cellCode(1), grid, row, column).cells.map(({ value }) => value);
  expect(cellsAt(0, 0)).toEqual([p, p, p, p, a, b, p, d, e]);
  expect(cellsAt(0, 2)).toEqual([p, p, p, b, c, p, e, f, p]);
  expect(cellsAt(1, 1)).toEqual([a, b, c, d, e, f, p, p, p]);
});

it("should name examples", () => {
  expect(exampleName({ x: [1, -1], y: 1 })).toBe("(1, -1) -> 1");
});
