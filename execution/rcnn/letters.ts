/**
 * Letters: the well-formed cells by number, so that grids are typed arrays of small integers.
 *
 * Letter i is the i-th well-formed cell in rising order of value; the last letter is p, which is beyond the edge of
 * a grid and never in a cell.
 */
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import { wellFormedCells } from "../../spec/rcnn/alphabet.js";
import { fromUnits, PADDING, PADDING_CELL, toUnits, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";

/** The numbering for machines of s states. */
export interface Letters {
  readonly code: CellCode;
  /** The cell of each letter; shape: 10 + 4s, p last. */
  readonly cells: readonly Cell[];
  /** The value of each letter in u-units; shape: 10 + 4s. */
  readonly units: readonly bigint[];
  /** The letter of p: 9 + 4s, which is also the number of letters that a cell of a grid may hold. */
  readonly padding: number;
  /** The letter with a value in u-units, p left out. */
  readonly byUnits: ReadonlyMap<bigint, number>;
}

/** The letters of a code. */
export function lettersOf(code: CellCode): Letters {
  const cells = [...wellFormedCells(code), PADDING_CELL];
  const units = cells.map(({ value }) => toUnits(code, value));
  const padding = cells.length - 1;
  return { code, cells, units, padding, byUnits: new Map(units.slice(0, padding).map((u, letter) => [u, letter])) };
}

/**
 * The letter of a value in x-units.
 *
 * @throws {RangeError} if it is neither a well-formed cell nor p
 */
export function valueToLetter(letters: Letters, value: Rational): number {
  if (value.equals(PADDING)) return letters.padding;
  const units = value.mul(rational(letters.code.scale));
  const letter = units.d === 1n ? letters.byUnits.get(units.s * units.n) : undefined;
  if (letter === undefined) {
    throw new RangeError(`valueToLetter: expected a well-formed cell or p, got ${formatRational(value)}`);
  }
  return letter;
}

/**
 * The value of a letter in x-units.
 *
 * @throws {RangeError} if there is no such letter
 */
export function letterToValue(letters: Letters, letter: number): Rational {
  const units = letters.units[letter];
  if (units === undefined) {
    throw new RangeError(`letterToValue: expected a letter below ${letters.cells.length}, got ${letter}`);
  }
  return fromUnits(letters.code, units);
}
