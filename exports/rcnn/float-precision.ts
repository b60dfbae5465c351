/**
 * Whether floating point computes a filter without rounding: the bounds of checkers/rcnn/float-bounds.ts, for the
 * filter alone, for the letters of its certificate, and for either precision.
 *
 * The argument is the one of docs/exactness.md. If all terms of a sum are multiples of some 2^-k and their absolute
 * values add up to less than 2^24 (2^53) such units, then no order of summation rounds in float32 (float64).
 */
import { exactNumber } from "../../checkers/rcnn/dyadic-sum.js";
import { filterBackward, filterForward, type Worst } from "../../checkers/rcnn/float-sums.js";
import { univariateTables } from "../../checkers/rcnn/univariate-tables.js";
import { formatRational, type Rational } from "../../spec/exact/rational.js";
import type { Network } from "../../spec/networks/network.js";
import type { Precision } from "../export-formats.js";
import { ExportRefused } from "../export-refused.js";
import type { ExportedFilter } from "./exported-filter.js";
import { plainBackward, plainForward } from "./plain-sums.js";

/** Integers below this are exact: 2^24 for float32, 2^53 for float64. */
const EXACT_BELOW: Readonly<Record<Precision, number>> = { float32: 2 ** 24, float64: 2 ** 53 };

/**
 * Asserts that a precision computes the filter exactly at every patch of its alphabet, whatever the order of summation.
 *
 * @param backward bound the sums of the gradient by the nine inputs as well
 * @throws {ExportRefused} if a weight, a bias or a letter is not a number of that precision, or if a sum may pass
 *   the limit
 */
export function assertExactIn(exported: ExportedFilter, precision: Precision, backward: boolean): void {
  const { filter, letters } = exported;
  assertRepresentable(filter, precision);
  const limit = EXACT_BELOW[precision];
  const units = letters.map((ofPlace) => ofPlace.map(Number));
  for (const u of units.flat()) {
    if (Math.abs(u) < limit) continue;
    throw new ExportRefused(`the cell value ${u} is out of the range of exact ${precision} integers`);
  }
  for (const { name, grid, size } of sumsOf(filter, units, backward)) {
    if (size < limit) continue;
    const unit = grid >= 1 ? grid : `1/${1 / grid}`;
    const hint = precision === "float32" ? "; try float64" : "";
    throw new ExportRefused(
      `sums of ${name} may reach ${size} units of ${unit}, and ${precision} is exact below ${limit} units only${hint}`,
    );
  }
}

/** By letters where the filter is of the kind for which that is possible, as those for the well-formed alphabet are. */
function sumsOf(filter: Network, letters: readonly (readonly number[])[], backward: boolean): readonly Worst[] {
  const tables = univariateTables(filter, letters);
  if ("verdict" in tables) {
    const sizes = letters.map((ofPlace) => Math.max(...ofPlace.map(Math.abs)));
    return [...plainForward(filter, sizes), ...(backward ? plainBackward(filter) : [])];
  }
  return [...filterForward(filter, tables), ...(backward ? filterBackward(filter, tables, "dense") : [])];
}

/**
 * Asserts that every weight and bias is a number of that precision.
 *
 * @throws {ExportRefused} naming the first that is not
 */
export function assertRepresentable({ layers }: Network, precision: Precision): void {
  for (const layer of layers) {
    for (const [r, { bias, entries }] of layer.rows.entries()) {
      for (const number of [bias, ...entries.map(([, weight]) => weight)]) {
        if (isRepresentable(number, precision)) continue;
        throw new ExportRefused(`${layer.name}, row ${r}: ${formatRational(number)} is no ${precision} number`);
      }
    }
  }
}

/** Whether a rational is exactly a number of that precision, with an integer numerator below the limit. */
function isRepresentable(value: Rational, precision: Precision): boolean {
  const { n, d } = value;
  if ((d & (d - 1n)) !== 0n || n > BigInt(Number.MAX_SAFE_INTEGER) || d > 2n ** 100n) return false;
  const number = exactNumber(value);
  return precision === "float64" || Math.fround(number) === number;
}
