/** A tape without ends in two dimensions, for fast simulation: symbols by index, 0 is blank. */

/** One row: cells from `first` on. */
interface Line {
  first: number;
  cells: Uint16Array;
}

const FIRST_LENGTH = 64;

/** Rows of symbols that grow where they are written. */
export class SymbolPlane {
  readonly #lines = new Map<number, Line>();

  /** The symbol of a cell. */
  get(row: number, column: number): number {
    const line = this.#lines.get(row);
    return line === undefined ? 0 : (line.cells[column - line.first] ?? 0);
  }

  /** Writes a symbol below 2^16. @throws {RangeError} if a row would be longer than an array can be */
  set(row: number, column: number, symbol: number): void {
    let line = this.#lines.get(row);
    if (line === undefined) {
      if (symbol === 0) return;
      line = { first: column - FIRST_LENGTH / 2, cells: new Uint16Array(FIRST_LENGTH) };
      this.#lines.set(row, line);
    }
    let at = column - line.first;
    if (at < 0 || at >= line.cells.length) {
      if (symbol === 0) return;
      at = widen(line, column);
    }
    line.cells[at] = symbol;
  }

  /** How many cells are not blank. */
  nonblank(): number {
    let count = 0;
    for (const { cells } of this.#lines.values()) for (const symbol of cells) if (symbol !== 0) count += 1;
    return count;
  }
}

/** Doubles a line, or more, on the side of a column; the column's new index. */
function widen(line: Line, column: number): number {
  const end = line.first + line.cells.length;
  const first = column < line.first ? Math.min(column, line.first - line.cells.length) : line.first;
  const last = Math.max(column + 1, end + line.cells.length);
  const cells = new Uint16Array((column < line.first ? end : last) - first);
  cells.set(line.cells, line.first - first);
  line.first = first;
  line.cells = cells;
  return column - first;
}
