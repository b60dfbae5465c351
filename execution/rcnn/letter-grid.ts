/** Grids of letters, and the way between them and grids of values. */
import type { Rational } from "../../spec/exact/rational.js";
import { letterToValue, valueToLetter, type Letters } from "./letters.js";

/** Cells by letter. */
export interface LetterGrid {
  readonly rows: number;
  readonly columns: number;
  /** Shape: rows x columns, row-major; p does not occur. */
  readonly letters: Uint16Array;
}

/** Row and column offset of a place of a patch from its centre; rows grow downwards. */
export function placeOffset(place: number): readonly [row: number, column: number] {
  return [Math.floor(place / 3) - 1, (place % 3) - 1];
}

/**
 * The grid with the given values.
 *
 * @param values shape: rows x columns, row-major, x-units
 * @throws {RangeError} if the shape does not fit or a value is not a well-formed cell
 */
export function valuesToGrid(letters: Letters, rows: number, columns: number, values: readonly Rational[]): LetterGrid {
  const grid = { rows, columns, letters: Uint16Array.from(values, (value) => valueToLetter(letters, value)) };
  assertLetterGrid(letters, grid, "valuesToGrid");
  return grid;
}

/** The values (x-units) of a grid's cells; shape: rows x columns, row-major. */
export function gridToValues(letters: Letters, grid: LetterGrid): Rational[] {
  return Array.from(grid.letters, (letter) => letterToValue(letters, letter));
}

/**
 * Asserts that a grid is not empty and holds letters of cells.
 *
 * @param caller the function whose argument this is; it begins the message
 * @throws {RangeError} "caller: ..." with the condition that fails
 */
export function assertLetterGrid({ padding }: Letters, { rows, columns, letters }: LetterGrid, caller: string): void {
  const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 1;
  if (!isCount(rows) || !isCount(columns)) {
    throw new RangeError(`${caller}: expected at least one row and one column, got ${rows} x ${columns}`);
  }
  if (letters.length !== rows * columns) {
    throw new RangeError(`${caller}: expected ${rows * columns} letters, got ${letters.length}`);
  }
  const wrong = letters.findIndex((letter) => letter >= padding);
  if (wrong >= 0) {
    throw new RangeError(`${caller}: expected letters below ${padding}, got ${letters[wrong]} at cell ${wrong}`);
  }
}

/**
 * Asserts a number of layers.
 *
 * @param caller the function whose argument this is; it begins the message
 * @throws {RangeError} if it is not an integer of at least 0
 */
export function assertLayers(layers: number, caller: string): void {
  if (!Number.isSafeInteger(layers) || layers < 0) {
    throw new RangeError(`${caller}: expected a number of layers that is an integer of at least 0, got ${layers}`);
  }
}
