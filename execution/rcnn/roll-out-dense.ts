/** The plain roll-out: every cell in every layer, patch by patch; the event-driven one is compared with it. */
import { PLACES } from "../../spec/rcnn/patch.js";
import type { FilterTable } from "./filter-table.js";
import { assertLayers, assertLetterGrid, placeOffset, type LetterGrid } from "./letter-grid.js";

/**
 * Rolls a grid out for a number of layers (Definition 5), with p beyond the edge.
 *
 * @returns the last grid; the given one is not changed
 * @throws {RangeError} if the grid or the number is malformed, or if the filter's output at some cell is not a letter
 */
export function rollOutDense(table: FilterTable, grid: LetterGrid, layers: number): LetterGrid {
  assertLayers(layers, "rollOutDense");
  assertLetterGrid(table.letters, grid, "rollOutDense");
  const { rows, columns } = grid;
  const { padding } = table.letters;
  const offsets = Array.from({ length: PLACES }, (_, place) => placeOffset(place));
  const patch = new Uint16Array(PLACES);
  let current = grid.letters.slice();
  let next = new Uint16Array(current.length);
  for (let layer = 0; layer < layers; layer++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (let place = 0; place < PLACES; place++) {
          const [rowOffset, columnOffset] = offsets[place] as readonly [number, number];
          const y = row + rowOffset;
          const x = column + columnOffset;
          const isOnGrid = y >= 0 && y < rows && x >= 0 && x < columns;
          patch[place] = isOnGrid ? (current[y * columns + x] as number) : padding;
        }
        next[row * columns + column] = table.next(patch);
      }
    }
    [current, next] = [next, current];
  }
  return { rows, columns, letters: current };
}
