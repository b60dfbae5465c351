/** The first half of a filter, as functions of one cell: at which cells a ReLU of V1 is on, and what a row of V2 is there. */
import { ZERO, rational, type Rational } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow } from "../../../spec/networks/network.js";
import { toUnits, type Cell, type CellCode } from "../../../spec/rcnn/cell-code.js";

/** Most products that a table of one row of V2 may take. */
const MAX_PRODUCTS = 2_000_000;

/** The place that a row of V1 reads and the weight; undefined if it reads none or several. */
export function readPlace({ entries }: AffineRow): readonly [place: number, weight: Rational] | undefined {
  const [entry] = entries;
  return entries.length === 1 && entry !== undefined && entry[1].n !== 0n ? entry : undefined;
}

/** The place that all ReLUs of a row of V2 read; undefined if there is none or they read several. */
export function placeOfFunction(v1: AffineMap, { entries }: AffineRow): number | undefined {
  const places = new Set(entries.map(([unit]) => readPlace(v1.rows[unit] as AffineRow)?.[0]));
  const [place] = places;
  return places.size === 1 ? place : undefined;
}

/** The indices of the cells at which a ReLU of V1 is on. */
export function cellsOn(code: CellCode, { bias, entries }: AffineRow, cells: readonly Cell[]): number[] {
  const weight = entries[0]?.[1] ?? ZERO;
  return [...cells.keys()].filter((i) => {
    const pre = bias.add(weight.mul(rational(toUnits(code, (cells[i] as Cell).value))));
    return pre.s > 0n && pre.n !== 0n;
  });
}

/** Value and slope of a function of one cell. */
export interface FunctionValue {
  readonly value: Rational;
  readonly slope: Rational;
}

/** A row of V2 at each of the cells; undefined if that is too much. */
export function functionTable(
  code: CellCode,
  v1: AffineMap,
  row: AffineRow,
  cells: readonly Cell[],
): readonly FunctionValue[] | undefined {
  if (row.entries.length * cells.length > MAX_PRODUCTS) return undefined;
  return cells.map((cell) => functionAt(v1, row, rational(toUnits(code, cell.value))));
}

/** A row of V2 that reads one place, at a coordinate. */
export function functionAt(v1: AffineMap, row: AffineRow, x: Rational): FunctionValue {
  let [value, slope] = [row.bias, ZERO];
  for (const [unit, factor] of row.entries) {
    const { bias, entries } = v1.rows[unit] as AffineRow;
    const weight = entries[0]?.[1] ?? ZERO;
    const pre = bias.add(weight.mul(x));
    if (pre.s < 0n || pre.n === 0n) continue;
    value = value.add(factor.mul(pre));
    slope = slope.add(factor.mul(weight));
  }
  return { value, slope };
}
