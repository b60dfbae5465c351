/** The different patches of a run's first layers: what the filter has been asked there. */
import type { RunHistory } from "../../execution/rcnn/run-history.js";
import type { Cell } from "../../spec/rcnn/cell-code.js";

/** Layers that are looked through. */
const MOST_LAYERS = 200;
/** Cells that are looked at in all. */
const MOST_CELLS = 200_000;

/**
 * Each patch once, in the order in which the run meets them.
 *
 * @param isBeyond whether a place (0 ... 8) always lies beyond the edge
 */
export function metPatches(history: RunHistory, isBeyond: (place: number) => boolean): readonly (readonly Cell[])[] {
  const { cells, padding } = history.table.letters;
  const { top, left, rows, columns } = history.extent;
  const extent = { top: top - 2, left: left - 2, rows: rows + 4, columns: columns + 4 };
  const width = extent.columns;
  const layers = Math.min(MOST_LAYERS, history.layers, Math.ceil(MOST_CELLS / (width * extent.rows)));
  const met = new Map<string, readonly Cell[]>();
  for (let layer = 0; layer < layers; layer++) {
    const { letters } = history.at(layer, extent);
    for (let centre = 0; centre < letters.length; centre++) {
      const [row, column] = [Math.floor(centre / width), centre % width];
      if (row === 0 || row === extent.rows - 1 || column === 0 || column === width - 1) continue;
      const patch = Array.from({ length: 9 }, (_, place) => {
        if (isBeyond(place)) return padding;
        return letters[centre + (Math.floor(place / 3) - 1) * width + (place % 3) - 1] as number;
      });
      const key = patch.join(" ");
      if (!met.has(key))
        met.set(
          key,
          patch.map((letter) => cells[letter] as Cell),
        );
    }
  }
  return [...met.values()];
}
