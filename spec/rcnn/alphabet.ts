/**
 * The alphabets over which claims about a filter are decided: which values the nine cells of a patch range over.
 *
 * `full` is V_s with index 0 (amendment digit-zero) and p, in all nine places: everything that the paper's bit
 * precision allows, reached or not. `well-formed` holds only what ever occurs: 9 + 4s values and p.
 */
import {
  cellFromDigits,
  PADDING_CELL,
  PHASE,
  stateDigits,
  val,
  type Cell,
  type CellCode,
  type Digit,
} from "./cell-code.js";

/**
 * The name of an alphabet; the comment above says what each holds.
 *
 * @example
 * ```ts
 * import { alphabet, cellCode, type AlphabetName } from "weightproof";
 *
 * const names: readonly AlphabetName[] = ["well-formed", "full"];
 * names.map((name) => alphabet(cellCode(4), name).centre.length); // => [25, 730]
 * ```
 */
export type AlphabetName = "well-formed" | "full";

/** All alphabets, in the order in which help texts list them. */
export const ALPHABET_NAMES: readonly AlphabetName[] = ["well-formed", "full"];

/**
 * The cells that the centre of a patch, and each of its eight neighbours, may hold; each in rising order of value.
 *
 * @example
 * ```ts
 * import { alphabet, cellCode, type Alphabet } from "weightproof";
 *
 * const { centre, neighbour }: Alphabet = alphabet(cellCode(4), "well-formed");
 * // A neighbour may also be p.
 * neighbour.length - centre.length; // => 1
 * ```
 */
export interface Alphabet {
  readonly name: AlphabetName;
  readonly centre: readonly Cell[];
  readonly neighbour: readonly Cell[];
}

function byValue(cells: Cell[]): Cell[] {
  return cells.sort((a, b) => a.value.compare(b.value));
}

/** The digits of a data or padding cell beside phase, head and state: (digit 0, digit 1). */
const TAPE_DIGITS: readonly (readonly [Digit, Digit])[] = [
  [0, -1],
  [0, 0],
  [0, 1],
  [1, 0],
];

/** The 4 cells in the compute phase without head: t/3 + 3^-2 and, in a padding column, 1 + 3^-2. */
export function computeCells(code: CellCode): Cell[] {
  return TAPE_DIGITS.map(([padding, symbol]) => cellFromDigits(code, [padding, symbol, PHASE.compute]));
}

/** The 4s cells that carry a head: a cell of computeCells plus 3^-3 and the code of a state. */
export function headCells(code: CellCode): Cell[] {
  return TAPE_DIGITS.flatMap(([padding, symbol]) =>
    Array.from({ length: code.states }, (_, q) =>
      cellFromDigits(code, [padding, symbol, PHASE.compute, 1, ...stateDigits(code, q)]),
    ),
  );
}

/**
 * The 9 + 4s well-formed cells, in rising order: unknown phase, memory phase, compute phase without and with head.
 *
 * @example
 * ```ts
 * import { cellCode, wellFormedCells } from "weightproof";
 *
 * [1, 2, 4, 29].map((s) => wellFormedCells(cellCode(s)).length); // => [13, 17, 25, 125]
 * ```
 */
export function wellFormedCells(code: CellCode): Cell[] {
  const unknown = TAPE_DIGITS.map(([padding, symbol]) => cellFromDigits(code, [padding, symbol]));
  const memory = cellFromDigits(code, [0, 0, PHASE.memory]);
  return byValue([...unknown, memory, ...computeCells(code), ...headCells(code)]);
}

/** V_s with index 0: all 3^(K+1) digit strings, in rising order. */
export function allCells(code: CellCode): Cell[] {
  const count = 3 ** (code.lastIndex + 1);
  return Array.from({ length: count }, (_, k) => {
    const digits: Digit[] = [];
    let rest = k;
    for (let i = code.lastIndex; i >= 0; i--) {
      digits[i] = ((rest % 3) - 1) as Digit;
      rest = Math.floor(rest / 3);
    }
    return cellFromDigits(code, digits);
  });
}

/**
 * V_s exactly as B.1.1 prints it: digits from index 1 on only. The value 1 of the padding columns is not in it.
 */
export function allCellsAsPrinted(code: CellCode): Cell[] {
  return allCells(code).filter((cell) => val(cell, 0) === 0);
}

/**
 * The alphabet of the given name. In the well-formed one the centre is a cell of the grid, so never p.
 *
 * @example
 * ```ts
 * import { alphabet, cellCode, formatRational } from "weightproof";
 *
 * const { centre } = alphabet(cellCode(4), "well-formed");
 * formatRational(centre[0]!.value); // => "-1/3"
 * ```
 */
export function alphabet(code: CellCode, name: AlphabetName): Alphabet {
  if (name === "well-formed") {
    const cells = wellFormedCells(code);
    return { name, centre: cells, neighbour: byValue([...cells, PADDING_CELL]) };
  }
  const cells = byValue([...allCells(code), PADDING_CELL]);
  return { name, centre: cells, neighbour: cells };
}

/** How many patches the alphabet has: |centre| * |neighbour|^8. */
export function patchCount(letters: Alphabet): bigint {
  return BigInt(letters.centre.length) * BigInt(letters.neighbour.length) ** 8n;
}
