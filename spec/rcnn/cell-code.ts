/**
 * The code of a cell (B.1.1): one rational holds padding flag, tape symbol, phase, head and state as base-3 digits.
 *
 * Digit i has weight 3^-i and lies in {-1, 0, 1}, so a sum of digits has exactly one reading:
 *
 *   index 0        1 in a padding column, 0 elsewhere
 *   index 1        tape symbol
 *   index 2        phase: -1 memorization, 0 unknown, 1 computation
 *   index 3        1 if the head is here
 *   index 4 ... K  state, in {0, 1}, most significant digit first; only where the head is
 *
 * Units: x-units are the paper's rationals. u-units are u = 2 * 3^K * x: every cell value becomes an even integer, the
 * padding p = 1/6 becomes the odd integer 3^(K-1), and different cell values are at least 1 apart.
 */
import { negativePowerOfThree, rational, ZERO, type Rational } from "../exact/rational.js";
import type { TapeSymbol } from "../machines/machine.js";

/** A digit of the balanced base-3 code (B.1.1). */
export type Digit = -1 | 0 | 1;

/** Digit 2 of a cell. */
export const PHASE: { readonly memory: -1; readonly unknown: 0; readonly compute: 1 } = {
  memory: -1,
  unknown: 0,
  compute: 1,
};

/** p = 1/6, the value beyond the edge of the grid (B.2); no digit string has it. */
export const PADDING: Rational = rational(1n, 6n);

/**
 * The constants of the code for machines of s states.
 *
 * @example
 * ```ts
 * import { cellCode, type CellCode } from "weightproof";
 *
 * const code: CellCode = cellCode(29);
 * code; // => { states: 29, stateDigits: 5, lastIndex: 8, scale: 13122n }
 * ```
 */
export interface CellCode {
  /** s */
  readonly states: number;
  /** ceil(log2 s): how many base-3 digits hold a state (amendment state-digits). */
  readonly stateDigits: number;
  /** K = 3 + stateDigits: the last index. */
  readonly lastIndex: number;
  /** 2 * 3^K: u-units in one x-unit. */
  readonly scale: bigint;
}

/** Most states that the code is offered for; a filter of 4096 states still fits in memory, a float32 run does not. */
export const MAX_STATES = 4096;

/**
 * The code for machines of s states.
 *
 * @throws {RangeError} unless s is an integer in 1 ... MAX_STATES
 *
 * @example
 * ```ts
 * import { cellCode } from "weightproof";
 *
 * cellCode(4); // => { states: 4, stateDigits: 2, lastIndex: 5, scale: 486n }
 * cellCode(0); // throws RangeError
 * ```
 */
export function cellCode(states: number): CellCode {
  if (!Number.isInteger(states) || states < 1 || states > MAX_STATES) {
    throw new RangeError(`cellCode: expected an integer number of states in 1 ... ${MAX_STATES}, got ${states}`);
  }
  let stateDigits = 0;
  while (2 ** stateDigits < states) stateDigits++;
  const lastIndex = 3 + stateDigits;
  return { states, stateDigits, lastIndex, scale: 2n * 3n ** BigInt(lastIndex) };
}

/**
 * A value that a cell may hold, with its digits, or with none if it is not a string of digits (such as p).
 *
 * @example
 * ```ts
 * import { cellCode, cellFromDigits, formatRational, type Cell } from "weightproof";
 *
 * // +1 in the compute phase: 1/3 + 1/9
 * const cell: Cell = cellFromDigits(cellCode(4), [0, 1, 1]);
 * formatRational(cell.value); // => "4/9"
 * cell.digits; // => [0, 1, 1, 0, 0, 0]
 * ```
 */
export interface Cell {
  /** x-units. */
  readonly value: Rational;
  /** digits[i] is the digit of index i, 0 <= i <= K; undefined if the value is not a string of digits. */
  readonly digits: readonly Digit[] | undefined;
}

/** The cell beyond the edge. */
export const PADDING_CELL: Cell = { value: PADDING, digits: undefined };

/**
 * The cell with the given digits.
 *
 * @param digits index 0 first; indices left out are 0
 * @throws {RangeError} if there are more than K + 1 of them
 *
 * @example
 * ```ts
 * import { cellCode, cellFromDigits, formatRational } from "weightproof";
 *
 * // A blank of the compute phase under a head in state 2 of 4: 1/9 + 1/27 + 1/81
 * formatRational(cellFromDigits(cellCode(4), [0, 0, 1, 1, 1, 0]).value); // => "13/81"
 * ```
 */
export function cellFromDigits(code: CellCode, digits: readonly Digit[]): Cell {
  if (digits.length > code.lastIndex + 1) {
    throw new RangeError(`cellFromDigits: expected at most ${code.lastIndex + 1} digits, got ${digits.length}`);
  }
  const all: Digit[] = Array.from({ length: code.lastIndex + 1 }, (_, i) => digits[i] ?? 0);
  let units = 0n;
  for (const digit of all) units = 3n * units + BigInt(digit);
  return { value: rational(units, 3n ** BigInt(code.lastIndex)), digits: all };
}

/**
 * The cell with the given value (x-units): its digits if it has some, by balanced base-3 division.
 *
 * @example
 * ```ts
 * import { cellCode, cellFromValue, rational } from "weightproof";
 *
 * cellFromValue(cellCode(4), rational(4n, 9n)).digits; // => [0, 1, 1, 0, 0, 0]
 * // p = 1/6 has no digits.
 * cellFromValue(cellCode(4), rational(1n, 6n)).digits; // => undefined
 * ```
 */
export function cellFromValue(code: CellCode, value: Rational): Cell {
  const power = 3n ** BigInt(code.lastIndex);
  const scaled = value.mul(rational(power));
  if (scaled.d !== 1n) return { value, digits: undefined };
  let rest = scaled.s * scaled.n;
  const digits: Digit[] = [];
  for (let i = code.lastIndex; i >= 0; i--) {
    const remainder = ((rest % 3n) + 3n) % 3n;
    const digit: Digit = remainder === 2n ? -1 : remainder === 1n ? 1 : 0;
    digits[i] = digit;
    rest = (rest - BigInt(digit)) / 3n;
  }
  return rest === 0n ? { value, digits } : { value, digits: undefined };
}

/**
 * val(a, i): digit i of a cell, or undefined where the cell is not a string of digits.
 *
 * @example
 * ```ts
 * import { cellCode, cellFromDigits, val } from "weightproof";
 *
 * const cell = cellFromDigits(cellCode(4), [0, -1, 1]);
 * [val(cell, 1), val(cell, 2)]; // => [-1, 1]
 * ```
 */
export function val(cell: Cell, index: number): Digit | undefined {
  return cell.digits?.[index];
}

/**
 * state(a) = sum over i >= 4 of a(i) 3^(4-i) (x-units times 3^4), or undefined where the cell is not a string of
 * digits.
 *
 * @example
 * ```ts
 * import { cellCode, cellFromDigits, formatRational, state } from "weightproof";
 *
 * const head = cellFromDigits(cellCode(4), [0, 0, 1, 1, 1, 0]);
 * formatRational(state(head)!); // => "1"
 * ```
 */
export function state(cell: Cell): Rational | undefined {
  if (cell.digits === undefined) return undefined;
  let sum = ZERO;
  for (let i = 4; i < cell.digits.length; i++) {
    sum = sum.add(rational(BigInt(cell.digits[i] ?? 0)).mul(negativePowerOfThree(i - 4)));
  }
  return sum;
}

/** The digits of index 4 ... K that stand for state q: q in binary, most significant first; q = 0 is all zeros. */
export function stateDigits(code: CellCode, q: number): Digit[] {
  return Array.from({ length: code.stateDigits }, (_, k) => ((q >> (code.stateDigits - 1 - k)) & 1) as Digit);
}

/** The summand of a head in a cell: 3^-3 and the code of its state q (x-units). */
export function headValue(code: CellCode, q: number): Rational {
  return cellFromDigits(code, [0, 0, 0, 1, ...stateDigits(code, q)]).value;
}

/** t/3, what a tape symbol contributes to a cell (x-units). */
export function symbolValue(symbol: TapeSymbol): Rational {
  return rational(BigInt(symbol), 3n);
}

/** 3^-2, what the compute phase contributes to a cell (x-units); its negative is the memory phase. */
export const PHASE_VALUE: Rational = rational(1n, 9n);

/** The state and the symbol under a head. */
export interface HeadOnCell {
  readonly state: number;
  readonly symbol: TapeSymbol;
}

/**
 * The head that a cell carries, if it is a well-formed head cell (amendment head-cell): compute phase, head digit 1,
 * the code of one of the s states, and either a symbol or, in a padding column, a blank.
 */
export function headOnCell(code: CellCode, cell: Cell): HeadOnCell | undefined {
  const digits = cell.digits;
  if (digits === undefined || digits[2] !== 1 || digits[3] !== 1) return undefined;
  const isPaddingColumn = digits[0] === 1 && digits[1] === 0;
  if (digits[0] !== 0 && !isPaddingColumn) return undefined;
  let q = 0;
  for (let i = 4; i <= code.lastIndex; i++) {
    const digit = digits[i] ?? 0;
    if (digit === -1) return undefined;
    q = 2 * q + digit;
  }
  return q < code.states ? { state: q, symbol: digits[1] ?? 0 } : undefined;
}

/**
 * The integer u = 2 * 3^K * x of a value in x-units.
 *
 * @throws {RangeError} if it is not an integer
 */
export function toUnits(code: CellCode, value: Rational): bigint {
  const units = value.mul(rational(code.scale));
  if (units.d !== 1n)
    throw new RangeError(`toUnits: expected a multiple of 1/${code.scale}, got ${value.toFraction()}`);
  return units.s * units.n;
}

/** The value x = u / (2 * 3^K) of an integer in u-units. */
export function fromUnits(code: CellCode, units: bigint): Rational {
  return rational(units, code.scale);
}
