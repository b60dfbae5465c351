/**
 * Alphabets of any size on a tape of three symbols: a symbol takes a column of k cells, its index in base 3 with
 * the most significant digit on top, digit 2 written as -1. The blank has index 0, so blank columns are blank symbols.
 */
import type { TapeSymbol } from "../../spec/machines/machine.js";
import { down, never, nothing, onSymbol, sequence, up, write, type Statement } from "./statement.js";

/** The columns of an alphabet. */
export interface SymbolColumns {
  readonly symbols: readonly string[];
  /** k >= 1, the least with 3^k >= the number of symbols. */
  readonly height: number;
}

/** The columns of an alphabet whose first symbol is the blank. */
export function symbolColumns(symbols: readonly string[]): SymbolColumns {
  let height = 1;
  while (3 ** height < symbols.length) height += 1;
  return { symbols, height };
}

/**
 * The cells of a symbol, from top to bottom; shape: height.
 *
 * @throws {RangeError} if the alphabet has no such symbol
 */
export function columnOf({ symbols, height }: SymbolColumns, symbol: string): TapeSymbol[] {
  const index = symbols.indexOf(symbol);
  if (index < 0) throw new RangeError(`columnOf: expected one of ${symbols.join(", ")}, got ${JSON.stringify(symbol)}`);
  return Array.from({ length: height }, (_, i) => {
    const digit = Math.floor(index / 3 ** (height - 1 - i)) % 3;
    return digit === 2 ? -1 : (digit as TapeSymbol);
  });
}

/** The symbol of a column; undefined if none has it. */
export function symbolOfColumn({ symbols }: SymbolColumns, cells: readonly TapeSymbol[]): string | undefined {
  return symbols[cells.reduce<number>((index, cell) => 3 * index + (cell === -1 ? 2 : cell), 0)];
}

/** Reads a column from its bottom cell upwards and continues, on its top cell, with the statement of its symbol. */
export function readColumnUpwards(columns: SymbolColumns, then: (symbol: string) => Statement): Statement {
  const readAbove = (below: readonly TapeSymbol[]): Statement => {
    const known = (cell: TapeSymbol): Statement => {
      const cells = [cell, ...below];
      if (cells.length < columns.height) return sequence(up, readAbove(cells));
      const symbol = symbolOfColumn(columns, cells);
      return symbol === undefined ? never("no symbol has this column") : then(symbol);
    };
    return onSymbol({ blank: known(0), plus: known(1), minus: known(-1) });
  };
  return readAbove([]);
}

/** Writes a symbol from the top cell of a column downwards; ends on its bottom cell. */
export function writeColumnDownwards(columns: SymbolColumns, symbol: string): Statement {
  return sequence(...columnOf(columns, symbol).map((cell, i) => sequence(i === 0 ? nothing : down, write(cell))));
}
