/** A small set of well-formed patches on which everything that f-bar does to a cell happens at least once. */
import { formatRational } from "../../spec/exact/rational.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { wellFormedCells } from "../../spec/rcnn/alphabet.js";
import { cellFromDigits, PADDING_CELL, PHASE, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, type CellOutcome } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf, placeIndex, PLACES } from "../../spec/rcnn/patch.js";

/** A patch, and what f-bar does there. */
export interface CoveringPatch {
  /** Shape: 9, row by row. */
  readonly cells: readonly Cell[];
  readonly outcome: CellOutcome;
}

const BELOW = placeIndex(1, 0);
const RIGHT = placeIndex(0, 1);
/** The places that f-bar looks at besides the centre. */
const NEIGHBOURS = [placeIndex(-1, 0), placeIndex(0, -1), RIGHT, BELOW];
/** The places that it does not look at. */
const CORNERS = [placeIndex(-1, -1), placeIndex(-1, 1), placeIndex(1, -1), placeIndex(1, 1)];

/**
 * One patch for each different pair of a centre and an outcome (rule, value, derivative) that occurs if at most one neighbour
 * differs from a plain surrounding: all cells 0, all blank in the compute phase, or the bottom right cell of the data. The
 * corners, which f-bar ignores, take all letters in turn.
 */
export function coveringPatches(code: CellCode, machine: NormalMachine): CoveringPatch[] {
  const questions = cellFeatures(code, machine);
  const letters = wellFormedCells(code);
  const neighbours = [...letters, PADDING_CELL];
  const found = new Map<string, CoveringPatch>();
  let turn = 0;
  for (const surrounding of surroundings(code)) {
    for (const centre of letters) {
      for (const [place, letter] of [undefined, ...NEIGHBOURS].flatMap((at) =>
        at === undefined ? [[CENTRE, centre] as const] : neighbours.map((cell) => [at, cell] as const),
      )) {
        const cells = surrounding.with(CENTRE, centre).with(place, letter);
        const outcome = cellRule(code, questions, patchOf(cells));
        const { rule, keepsCentre, offset, slope } = outcome;
        const key = [formatRational(centre.value), rule, keepsCentre, formatRational(offset), slope].join();
        if (found.has(key)) continue;
        for (const corner of CORNERS) cells[corner] = neighbours[turn++ % neighbours.length] as Cell;
        found.set(key, { cells, outcome });
      }
    }
  }
  return [...found.values()];
}

function surroundings(code: CellCode): readonly (readonly Cell[])[] {
  const all = (cell: Cell): Cell[] => Array.from({ length: PLACES }, () => cell);
  const zero = cellFromDigits(code, []);
  const one = cellFromDigits(code, [1]);
  const blank = cellFromDigits(code, [0, 0, PHASE.compute]);
  return [all(zero), all(blank), all(zero).with(RIGHT, one).with(BELOW, PADDING_CELL)];
}
