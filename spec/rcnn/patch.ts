/**
 * 3x3 patches, seen through questions.
 *
 * The filter's definition never looks at a cell's value directly; it asks questions of cells, such as "is it p?" or
 * "which phase?". A patch is therefore anything that can answer for its nine places: nine concrete cells (here), or, in
 * a checker, nine sets of cells whose members all give the same answer. One text of the definition serves both, and
 * what it depends on is visible.
 */
import type { Cell } from "./cell-code.js";

/** A property of a cell. Answers are compared with ===. */
export interface CellFeature<Answer extends Primitive> {
  readonly name: string;
  readonly of: (cell: Cell) => Answer;
}

/** The possible answers to a question. */
export type Primitive = string | number | boolean | undefined;

/** A place of a patch. */
export interface AskableCell {
  /** The answer that holds for whatever the place stands for. */
  ask<Answer extends Primitive>(question: CellFeature<Answer>): Answer;
}

/** Offset from the centre; rows grow downwards, so x_{-1,0} is the cell above. */
export type Offset = -1 | 0 | 1;

/**
 * Nine places around a centre, which answer questions.
 *
 * @example
 * ```ts
 * import { cellCode, cellFeatures, cellFromDigits, loadMachine, normalForm, patchOf, type Patch } from "weightproof";
 *
 * const machine = normalForm(loadMachine("bb2"));
 * const code = cellCode(machine.states.length);
 * const cells = Array.from({ length: 9 }, (_, place) => cellFromDigits(code, [0, place === 1 ? 1 : 0]));
 * const patch: Patch = patchOf(cells);
 * // Row -1 is above the centre.
 * patch.at(-1, 0).ask(cellFeatures(code, machine).symbol); // => 1
 * ```
 */
export interface Patch {
  /** The place at an offset from the centre. */
  at(row: Offset, column: Offset): AskableCell;
}

/** Where place (row, column) is in vec(z): 0 ... 8 row by row, the centre is 4. */
export function placeIndex(row: Offset, column: Offset): number {
  return 3 * (row + 1) + (column + 1);
}

/** Places of a patch. */
export const PLACES = 9;

/** Index of the centre in vec(z). */
export const CENTRE = 4;

/** A patch of nine concrete cells in the order of vec(z). */
export interface ConcretePatch extends Patch {
  readonly cells: readonly Cell[];
}

/**
 * The patch with the given nine cells.
 *
 * @param cells shape: 9, row by row
 * @throws {RangeError} if there are not nine
 *
 * @example
 * ```ts
 * import { cellCode, cellFromDigits, patchOf } from "weightproof";
 *
 * const blank = cellFromDigits(cellCode(4), []);
 * patchOf(Array.from({ length: 9 }, () => blank)).cells.length; // => 9
 * patchOf([blank]); // throws RangeError
 * ```
 */
export function patchOf(cells: readonly Cell[]): ConcretePatch {
  if (cells.length !== PLACES) throw new RangeError(`patchOf: expected 9 cells, got ${cells.length}`);
  return {
    cells,
    at(row, column) {
      const cell = cells[placeIndex(row, column)] as Cell;
      return { ask: (question) => question.of(cell) };
    },
  };
}
