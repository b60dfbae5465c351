/** Runs from a given tape, by the filter and by the machine. */
import { reject } from "./rcnn-codes.js";
import { layersOf } from "./rcnn-grid.js";
import { entryAt, offset, PLACE_OF, type Cells, type Entry } from "./rcnn-machine.js";
import { giveUp } from "./text.js";

/** With more cells to compare, a certificate is left undecided. */
const MAX_REPLAY_CELLS = 5_000_000;

/** A run as stated: where it starts, and how it ends. */
export interface Run {
  readonly rows: number;
  readonly columns: number;
  readonly headRow: number;
  readonly headColumn: number;
  readonly input?: readonly string[];
  readonly layers: number;
  readonly cells: number;
  readonly haltsAtLayer: number | null;
  readonly tape: readonly string[];
}

/**
 * Runs from a tape that is given, or blank: after each layer, every cell is what a step of the machine leaves there. All cells are well-formed,
 * so the filter is f-bar at each patch, which has been decided.
 */
export function decideReplay(cells: Cells, runs: readonly Run[]): Run[] {
  const { machine, unit, head } = cells;
  const { letters, numberOf, cellAfter } = layersOf(cells);
  const outside = letters.length - 1;
  const halting = new Set(machine.halting);
  const plain = [-1n, 0n, 1n].map((written) => numberOf(written * unit(1) + unit(2)));
  const withHead = (written: number, q: number): number => numberOf(BigInt(written) * unit(1) + unit(2) + head(q));
  let budget = MAX_REPLAY_CELLS;
  return runs.map(({ rows, columns, headRow, headColumn, input, layers }, k) => {
    const path = `verdicts.replay[${k}]`;
    if (headRow >= rows || headColumn >= columns) reject("replay-run", path, "expected a grid with the head on it");
    if (input !== undefined) {
      if (input.length !== rows || input.some((line) => line.length !== columns))
        reject("replay-run", `${path}.input`, "expected a symbol for each cell of the grid");
      if (!/[-+]/.test(input.join(""))) reject("replay-run", `${path}.input`, "expected a cell that is not blank");
    }
    budget -= rows * columns * Math.max(1, layers);
    if (budget < 0) giveUp("replay-cells", `more than ${MAX_REPLAY_CELLS} cells are to be compared`);
    const tape = Int8Array.from({ length: rows * columns }, (_, cell) => {
      const sign = input?.[Math.floor(cell / columns)]?.charAt(cell % columns) ?? ".";
      return "-.+".indexOf(sign) - 1;
    });
    let [row, column, q] = [headRow, headColumn, 0];
    let grid = Int32Array.from(tape, (written) => plain[written + 1] as number);
    grid[row * columns + column] = withHead(tape[row * columns + column] as number, q);
    const wanted = grid.slice();
    let haltsAtLayer: number | null = null;
    for (let layer = 1; layer <= layers; layer++) {
      const here = row * columns + column;
      const [write, direction, next] = entryAt(machine, q, tape[here] as Entry[0]);
      tape[here] = write;
      const [i, j] = [row + offset(PLACE_OF[direction])[0], column + offset(PLACE_OF[direction])[1]];
      if (i >= 0 && i < rows && j >= 0 && j < columns) [row, column] = [i, j];
      q = next;
      wanted[here] = plain[write + 1] as number;
      wanted[row * columns + column] = withHead(tape[row * columns + column] as number, q);
      for (let cell = 0; cell < grid.length; cell++) {
        const x = cell % columns;
        const after = cellAfter(
          grid[cell] as number,
          cell + columns < grid.length ? (grid[cell + columns] as number) : outside,
          cell >= columns ? (grid[cell - columns] as number) : outside,
          x + 1 < columns ? (grid[cell + 1] as number) : outside,
          x > 0 ? (grid[cell - 1] as number) : outside,
        );
        if (after >> 1 !== wanted[cell]) reject("replay-cell", path, `layer ${layer}, cell ${cell}`);
      }
      grid = wanted.slice();
      if (haltsAtLayer === null && halting.has(q)) haltsAtLayer = layer;
    }
    const line = (r: number): string => Array.from(tape.subarray(r * columns, (r + 1) * columns), (written) => "-.+"[written + 1]).join(""); // prettier-ignore
    const lines = Array.from({ length: rows }, (_, r) => line(r));
    return {
      rows,
      columns,
      headRow,
      headColumn,
      ...(input && { input }),
      layers,
      cells: rows * columns * layers,
      haltsAtLayer,
      tape: lines,
    };
  });
}
