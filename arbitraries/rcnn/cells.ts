/**
 * Arbitraries for fast-check: digits, cells, patches and grids of cells that shrink to blank, to few digits and to few
 * cells.
 */
import fc from "fast-check";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import {
  cellFromDigits,
  PADDING_CELL,
  PHASE,
  stateDigits,
  type Cell,
  type CellCode,
  type Digit,
} from "../../spec/rcnn/cell-code.js";
import { CENTRE, patchOf, PLACES, type ConcretePatch } from "../../spec/rcnn/patch.js";

/**
 * Cells in rows; shape: rows x columns, row-major.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { cellCode } from "weightproof";
 * import { cellGrid, type CellGrid } from "weightproof/arbitraries";
 *
 * const hasAllCells = ({ rows, columns, cells }: CellGrid) => cells.length === rows * columns;
 * fc.assert(fc.property(cellGrid(cellCode(3), "well-formed"), hasAllCells));
 * ```
 */
export interface CellGrid {
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly Cell[];
}

/**
 * Bounds of cellGrid.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { cellCode } from "weightproof";
 * import { cellGrid, type CellGridOptions } from "weightproof/arbitraries";
 *
 * const oneRow: CellGridOptions = { maxRows: 1, maxColumns: 9 };
 * fc.assert(fc.property(cellGrid(cellCode(3), "full", oneRow), ({ rows, columns }) => rows === 1 && columns <= 9));
 * ```
 */
export interface CellGridOptions {
  /** Largest number of rows, at least 1; 4 if absent. */
  readonly maxRows?: number;
  /** Largest number of columns, at least 1; 4 if absent. */
  readonly maxColumns?: number;
}

/**
 * A base-3 digit; shrinks to 0.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { digit } from "weightproof/arbitraries";
 *
 * fc.assert(fc.property(digit(), (value) => [-1, 0, 1].includes(value)));
 * ```
 */
export function digit(): fc.Arbitrary<Digit> {
  return fc.constantFrom<Digit[]>(0, 1, -1);
}

/**
 * Any element of V_s with index 0 (amendment digit-zero), all digit strings alike; shrinks digit by digit to 0.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { cellCode, cellFromValue } from "weightproof";
 * import { digitCell } from "weightproof/arbitraries";
 *
 * // Digits survive the way through the value.
 * const code = cellCode(5);
 * fc.assert(
 *   fc.property(digitCell(code), ({ value, digits }) => String(cellFromValue(code, value).digits) === String(digits)),
 * );
 * ```
 */
export function digitCell(code: CellCode): fc.Arbitrary<Cell> {
  const length = code.lastIndex + 1;
  return fc.array(digit(), { minLength: length, maxLength: length }).map((digits) => cellFromDigits(code, digits));
}

/**
 * One of the 9 + 4s well-formed cells, heads neither rare nor dominant; shrinks to the blank of unknown phase: the symbol
 * to blank, the phase to unknown, the head to none and its state to 0.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { cellCode, wellFormedCells } from "weightproof";
 * import { wellFormedCell } from "weightproof/arbitraries";
 *
 * const code = cellCode(5);
 * const all = wellFormedCells(code);
 * fc.assert(fc.property(wellFormedCell(code), (cell) => all.some(({ value }) => value.equals(cell.value))));
 * ```
 */
export function wellFormedCell(code: CellCode): fc.Arbitrary<Cell> {
  const tape = fc.constantFrom<[Digit, Digit][]>([0, 0], [0, 1], [0, -1], [1, 0]);
  const phase = fc.constantFrom<Digit[]>(PHASE.unknown, PHASE.compute, PHASE.compute, PHASE.memory);
  const head = fc.option(fc.nat({ max: code.states - 1 }), { freq: 2 });
  return fc.tuple(tape, phase, head).map(([digits, digit2, state]) => {
    if (digit2 === PHASE.memory) return cellFromDigits(code, [0, 0, PHASE.memory]);
    if (digit2 === PHASE.unknown) return cellFromDigits(code, digits);
    return cellFromDigits(code, [
      ...digits,
      digit2,
      ...(state === null ? [] : [1 as const, ...stateDigits(code, state)]),
    ]);
  });
}

/**
 * What a neighbour in a patch over the alphabet may be: a cell or, less often, p. Shrinks to a blank cell.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { alphabet, cellCode } from "weightproof";
 * import { neighbourCell } from "weightproof/arbitraries";
 *
 * const code = cellCode(2);
 * const { neighbour } = alphabet(code, "full");
 * fc.assert(fc.property(neighbourCell(code, "full"), (cell) => neighbour.some(({ value }) => value.equals(cell.value))));
 * ```
 */
export function neighbourCell(code: CellCode, name: AlphabetName): fc.Arbitrary<Cell> {
  const cell = name === "well-formed" ? wellFormedCell(code) : digitCell(code);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 4, arbitrary: cell },
    { weight: 1, arbitrary: fc.constant(PADDING_CELL) },
  );
}

/**
 * What the centre of a patch over the alphabet may be: p only in the full one. Shrinks to a blank cell.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { cellCode } from "weightproof";
 * import { centreCell } from "weightproof/arbitraries";
 *
 * // p, which has no digits, is never at the centre of a well-formed patch.
 * fc.assert(fc.property(centreCell(cellCode(2), "well-formed"), ({ digits }) => digits !== undefined));
 * ```
 */
export function centreCell(code: CellCode, name: AlphabetName): fc.Arbitrary<Cell> {
  return name === "well-formed" ? wellFormedCell(code) : neighbourCell(code, name);
}

/**
 * A patch over the alphabet, its nine places drawn independently; shrinks place by place to blank cells.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { cellCode, cellFeatures, cellRule, loadMachine, normalForm } from "weightproof";
 * import { patch } from "weightproof/arbitraries";
 *
 * // Where the derivative passes, the centre is 0 or in the memory phase.
 * const machine = normalForm(loadMachine("bb2"));
 * const code = cellCode(machine.states.length);
 * const features = cellFeatures(code, machine);
 * fc.assert(
 *   fc.property(patch(code, "well-formed"), (nine) => {
 *     const centre = nine.at(0, 0);
 *     const passes = cellRule(code, features, nine).slope === 1;
 *     return !passes || centre.ask(features.isZero) || centre.ask(features.phase) === -1;
 *   }),
 * );
 * ```
 */
export function patch(code: CellCode, name: AlphabetName): fc.Arbitrary<ConcretePatch> {
  const places = Array.from({ length: PLACES }, (_, i) =>
    i === CENTRE ? centreCell(code, name) : neighbourCell(code, name),
  );
  return fc.tuple(...places).map(patchOf);
}

/**
 * A grid of cells of the alphabet, none of them p, drawn independently: not one that training or a roll-out need ever
 * visit. Shrinks to one blank cell.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { cellCode } from "weightproof";
 * import { cellGrid } from "weightproof/arbitraries";
 *
 * // No cell of a grid is p.
 * const grids = cellGrid(cellCode(2), "well-formed", { maxRows: 3 });
 * fc.assert(fc.property(grids, ({ cells }) => cells.every(({ digits }) => digits !== undefined)));
 * ```
 */
export function cellGrid(code: CellCode, name: AlphabetName, options: CellGridOptions = {}): fc.Arbitrary<CellGrid> {
  const { maxRows = 4, maxColumns = 4 } = options;
  const cell = name === "well-formed" ? wellFormedCell(code) : digitCell(code);
  const side = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
  return fc
    .tuple(side(maxRows), side(maxColumns))
    .chain(([rows, columns]) =>
      fc
        .array(cell, { minLength: rows * columns, maxLength: rows * columns })
        .map((cells): CellGrid => ({ rows, columns, cells })),
    );
}
