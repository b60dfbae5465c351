/** Layers of f-bar on a grid of well-formed cells; only cells near a change are evaluated. */
import { aimAt, NEIGHBOURS, valueOf, type Aim, type Outcome } from "./rcnn-definition.js";
import { alphabetOf, type Cells, type Letter } from "./rcnn-machine.js";
import { giveUp } from "./text.js";

/** With more cells to evaluate, the certificate of a learning run is left undecided. */
const MAX_LEARNING_CELLS = 50_000_000;

/** Counts evaluated cells, before they are. */
export interface CellCount {
  cells: number;
}

/** Cells are numbers of letters here: those of the centre, and after them p. */
export interface Layers {
  readonly letters: readonly Letter[];
  /** The number of the letter with a value in u-units. */
  readonly numberOf: (u: bigint) => number;
  /** 2 * (number of the letter that f-bar gives) + (its derivative by the centre). */
  readonly cellAfter: (centre: number, below: number, above: number, right: number, left: number) => number;
}

/** f-bar as a table that grows with the patches that are seen. */
export function layersOf(cells: Cells): Layers {
  const { centre, neighbour } = alphabetOf(cells, "well-formed");
  const letters = [...centre, ...neighbour.filter(({ digits }) => digits === undefined)];
  const numbers = new Map(centre.map(({ u }, i) => [u, i]));
  const sights = new Map<string, number>();
  const sightOf = letters.map(({ key }) => {
    const sight = sights.get(key) ?? sights.size;
    sights.set(key, sight);
    return sight;
  });
  const shown = [...sights].map(([key]) => (letters.find((letter) => letter.key === key) as Letter).sight);
  const aims: Aim[] = [];
  const aimNumbers = new Map<string, number>();
  const numberOfAim = (aim: Aim): number => {
    const known = aimNumbers.get(aim.key) ?? aims.push(aim) - 1;
    aimNumbers.set(aim.key, known);
    return known;
  };
  const starts = centre.map((letter) => numberOfAim(aimAt(letter)));
  /** Of an aim and the k-th neighbour: the aim after each sight, less than 0 where it has not been asked for. */
  const steps: Int32Array[] = [];
  const results = new Map<number, number>();
  const aimAfter = (aim: number, k: number, letter: number): number => {
    const sight = sightOf[letter] as number;
    const row = (steps[4 * aim + k] ??= new Int32Array(shown.length).fill(-1));
    if ((row[sight] as number) < 0)
      row[sight] = numberOfAim((aims[aim] as Aim).after(NEIGHBOURS[k] as number, shown[sight] as Letter["sight"]));
    return row[sight] as number;
  };
  const isOpen = (aim: number): boolean => (aims[aim] as Aim).outcome === undefined;
  const cellAfter = (at: number, below: number, above: number, right: number, left: number): number => {
    let aim = starts[at] as number;
    if (isOpen(aim)) aim = aimAfter(aim, 0, below);
    if (isOpen(aim)) aim = aimAfter(aim, 1, above);
    if (isOpen(aim)) aim = aimAfter(aim, 2, right);
    if (isOpen(aim)) aim = aimAfter(aim, 3, left);
    const key = aim * letters.length + at;
    let result = results.get(key);
    if (result === undefined) {
      const { outcome } = aims[aim] as { outcome: Outcome };
      const value = numbers.get(valueOf(cells, outcome, letters[at] as Letter)) as number;
      result = 2 * value + outcome.slope;
      results.set(key, result);
    }
    return result;
  };
  return { letters, numberOf: (u) => numbers.get(u) as number, cellAfter };
}

/** What some layers made of a grid. */
export interface Rolled {
  /** Row by row. */
  readonly grid: Int32Array;
  /** The last layer that changed the grid; 0 if none did. */
  readonly lastChange: number;
  /**
   * The number of layers after which a further one would change nothing, if that was seen within `layers`; else null.
   */
  readonly settles: number | null;
  /** Of each cell, the last layer whose derivative by the centre is 0 there; 0 if there is none. */
  readonly lastFlat: Float64Array;
}

/**
 * Applies `layers` layers to a grid, with p around it. Where all derivatives of f-bar are 0 but that by the centre,
 * which is 0 or 1, the output has a derivative by a cell after layer l just if no later layer is flat there.
 */
export function rollOut(from: Layers, start: Int32Array, columns: number, layers: number, count: CellCount): Rolled {
  const { letters, cellAfter } = from;
  const outside = letters.length - 1;
  const grid = start.slice();
  const lastFlat = new Float64Array(grid.length);
  const isFlat = new Uint8Array(grid.length);
  /** The last layer for which a cell was put on the list. */
  const listed = new Float64Array(grid.length);
  /** The cells to look at in a layer, and those that it changes, with their new letters; the first few of each. */
  const [list, changed, letter] = [grid, grid, grid].map(() => new Int32Array(grid.length)) as [Int32Array, Int32Array, Int32Array]; // prettier-ignore
  let [listLength, lastChange, settles]: [number, number, number | null] = [grid.length, 0, null];
  for (const cell of list.keys()) list[cell] = cell;
  for (let layer = 1; layer <= layers; layer++) {
    count.cells += listLength;
    if (count.cells > MAX_LEARNING_CELLS) giveUp("learning-cells", `more than ${MAX_LEARNING_CELLS} cells`);
    let changes = 0;
    for (let k = 0; k < listLength; k++) {
      const cell = list[k] as number;
      const column = cell % columns;
      const after = cellAfter(
        grid[cell] as number,
        cell + columns < grid.length ? (grid[cell + columns] as number) : outside,
        cell >= columns ? (grid[cell - columns] as number) : outside,
        column + 1 < columns ? (grid[cell + 1] as number) : outside,
        column > 0 ? (grid[cell - 1] as number) : outside,
      );
      if (after % 2 === 0) isFlat[cell] = 1;
      else if (isFlat[cell] === 1) {
        isFlat[cell] = 0;
        lastFlat[cell] = layer - 1;
      }
      if (after >> 1 === grid[cell]) continue;
      changed[changes] = cell;
      letter[changes++] = after >> 1;
    }
    if (changes === 0) {
      settles = layer - 1;
      break;
    }
    lastChange = layer;
    listLength = 0;
    for (let k = 0; k < changes; k++) {
      const cell = changed[k] as number;
      grid[cell] = letter[k] as number;
      const column = cell % columns;
      const [least, most] = [column > 0 ? -1 : 0, column + 1 < columns ? 1 : 0];
      for (let row = cell - columns; row <= cell + columns; row += columns) {
        if (row < 0 || row >= grid.length) continue;
        for (let near = row + least; near <= row + most; near++) {
          if (listed[near] === layer) continue;
          listed[near] = layer;
          list[listLength++] = near;
        }
      }
    }
  }
  for (const [cell, flat] of isFlat.entries()) if (flat === 1) lastFlat[cell] = layers;
  return { grid, lastChange, settles, lastFlat };
}
