import { describe, expect, it } from "vitest";
import { cellCode, cellFromDigits, type Digit } from "../../../../spec/rcnn/cell-code.js";
import { CENTRE, patchOf, placeIndex, PLACES, type Offset } from "../../../../spec/rcnn/patch.js";

const OFFSETS: readonly Offset[] = [-1, 0, 1];

/** Nine different cells: digits 0 and 1 count from (-1, -1) to (1, 1). */
const CELLS = OFFSETS.flatMap((row) =>
  OFFSETS.map((column) => cellFromDigits(cellCode(1), [row, column] as readonly Digit[])),
);

describe("placeIndex", () => {
  it("should count row by row, the centre in the middle", () => {
    expect(OFFSETS.flatMap((row) => OFFSETS.map((column) => placeIndex(row, column)))).toEqual([...CELLS.keys()]);
    expect(placeIndex(0, 0)).toBe(CENTRE);
    expect(CELLS).toHaveLength(PLACES);
  });
});

describe("patchOf", () => {
  it("should ask the cell at the given place", () => {
    const patch = patchOf(CELLS);
    for (const row of OFFSETS) {
      for (const column of OFFSETS) {
        const answer = patch.at(row, column).ask({ name: "digits", of: ({ digits }) => digits?.slice(0, 2).join() });
        expect(answer).toBe(`${row},${column}`);
      }
    }
    expect(patch.cells).toBe(CELLS);
  });

  it("should refuse any other number of cells", () => {
    for (const cells of [[], CELLS.slice(1), [...CELLS, ...CELLS.slice(0, 1)]]) {
      expect(() => patchOf(cells)).toThrow(RangeError);
    }
  });
});
