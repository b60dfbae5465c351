/**
 * How a grid of cells stands for a configuration of the machine: the encoding of B.1.1 applied to every cell, in the
 * compute phase. A cell of a padding column shows 1 + 3^-2 until the head first writes on it; it reads as blank.
 */
import type { Rational } from "../exact/rational.js";
import type { TapeSymbol } from "../machines/machine.js";
import type { Configuration } from "../machines/simulate.js";
import { cellFromDigits, headOnCell, headValue, PHASE, type Cell, type CellCode } from "./cell-code.js";

/** The information in a cell of the grid about the tape. */
export interface TapeCell {
  readonly symbol: TapeSymbol;
  /** The machine's state if the head is here. */
  readonly state: number | undefined;
}

/** The tape content of a well-formed cell in the compute phase; undefined for any other cell. */
export function tapeCell(code: CellCode, cell: Cell): TapeCell | undefined {
  const head = headOnCell(code, cell);
  if (head !== undefined) return { symbol: head.symbol, state: head.state };
  const { digits } = cell;
  if (digits === undefined || digits[2] !== PHASE.compute || digits.slice(3).some((digit) => digit !== 0))
    return undefined;
  const [padding, symbol] = digits;
  if (padding === 0) return { symbol: symbol ?? 0, state: undefined };
  return padding === 1 && symbol === 0 ? { symbol: 0, state: undefined } : undefined;
}

/**
 * The value (x-units) of a data cell in the compute phase: t/3 + 3^-2, plus 3^-3 and the state's code under the head.
 */
export function encodeTapeCell(code: CellCode, { symbol, state }: TapeCell): Rational {
  const { value } = cellFromDigits(code, [0, symbol, PHASE.compute]);
  return state === undefined ? value : value.add(headValue(code, state));
}

/** The cells of a configuration, all of them data cells; shape: rows x columns, row-major, x-units. */
export function encodeConfiguration(code: CellCode, configuration: Configuration): Rational[] {
  const { tape, columns, headRow, headColumn, state } = configuration;
  return tape.map((symbol, i) =>
    encodeTapeCell(code, { symbol, state: i === headRow * columns + headColumn ? state : undefined }),
  );
}
