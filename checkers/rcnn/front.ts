/**
 * The front of the compute phase (end of B.3): which nine cells a patch may show while the phase spreads over a memorized grid.
 *
 * The machine starts in the lower right corner of the main columns. A cell's distance from it is a number of steps, up
 * or down, left or right. Before layer k + 2 the compute phase has reached all cells at a distance of at most k: those
 * at a distance of k are on the front ("f"), those nearer are behind it ("b"). Cells ahead of it are still memorized, in
 * a main column ("d", +-1/3) or in a padding column ("n", 1). Before the first layer all cells are ahead (k = -1). Beyond
 * the edges is p ("O").
 */
import { PLACES } from "../../spec/rcnn/patch.js";

/** What a place of a patch shows of the front. */
export type FrontKind = "O" | "d" | "n" | "f" | "b";

/** A patch that some grid shows with a cell ahead of the front in it. */
export interface FrontPatch {
  /** In the order of vec(z). */
  readonly kinds: readonly FrontKind[];
  /** What becomes of the centre: it is behind the front or on it, reached now, or the machine starts there, or neither. */
  readonly centre: "computes" | "reached" | "starts" | "waits";
}

/** Rows, main columns, and padding columns up to which grids are looked at: larger ones show nothing new. */
export const FRONT_GRIDS: { readonly rows: number; readonly main: number; readonly padding: number } = {
  rows: 3,
  main: 3,
  padding: 3,
};

/** Every patch with a cell ahead of the front that occurs in a grid of at most these sizes, before any layer. */
export function frontPatches({
  rows: mostRows,
  main: mostMain,
  padding: mostPadding,
}: typeof FRONT_GRIDS = FRONT_GRIDS): FrontPatch[] {
  const found = new Map<string, FrontPatch>();
  for (let rows = 1; rows <= mostRows; rows++) {
    for (let main = 1; main <= mostMain; main++) {
      for (let padding = 1; padding <= mostPadding; padding++) {
        for (const patch of patchesOf(rows, main, padding)) found.set(patch.kinds.join("") + patch.centre, patch);
      }
    }
  }
  return [...found.values()];
}

/** The patches of one grid, layer by layer, until the phase has reached all cells. */
function* patchesOf(rows: number, main: number, padding: number): Generator<FrontPatch> {
  const distance = (i: number, j: number): number => rows - 1 - i + Math.abs(j - (main - 1));
  const kindAt = (i: number, j: number, k: number): FrontKind => {
    if (i < 0 || i >= rows || j < 0 || j >= main + padding) return "O";
    if (distance(i, j) > k) return j < main ? "d" : "n";
    return distance(i, j) === k ? "f" : "b";
  };
  const farthest = Math.max(distance(0, 0), distance(0, main + padding - 1));
  for (let k = -1; k < farthest; k++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < main + padding; j++) {
        const kinds = Array.from({ length: PLACES }, (_, place) =>
          kindAt(i + Math.floor(place / 3) - 1, j + (place % 3) - 1, k),
        );
        if (!kinds.some((kind) => kind === "d" || kind === "n")) continue;
        const ahead = distance(i, j) - k;
        const reached = k === -1 ? "starts" : "reached";
        yield { kinds, centre: ahead <= 0 ? "computes" : ahead === 1 ? reached : "waits" };
      }
    }
  }
}
