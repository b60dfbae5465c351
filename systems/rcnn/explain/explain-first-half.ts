/** Explains rows of V1 and V2: ReLUs and functions of one cell. */
import { formatRational, rational, type Rational } from "../../../spec/exact/rational.js";
import type { AffineMap, AffineRow } from "../../../spec/networks/network.js";
import { toUnits, type Cell } from "../../../spec/rcnn/cell-code.js";
import { CENTRE } from "../../../spec/rcnn/patch.js";
import type { Example, Reading } from "./explanation.js";
import {
  cellsOf,
  exampleAt,
  gatesThatRead,
  onAt,
  servedBy,
  shapeInWords,
  spansOf,
  words,
  type Parts,
  type RowOfFilter,
} from "./row-of-filter.js";
import { cellsOn, functionAt, functionTable, placeOfFunction, readPlace } from "./univariate-use.js";
import { cellInWords, inX, PLACE_NAMES } from "./words.js";

/** V1: a ReLU of one coordinate. */
export function explainRelu(at: RowOfFilter, own: AffineRow): Parts {
  const read = readPlace(own);
  if (read === undefined) {
    const reads = own.entries.length === 0 ? "reads no cell" : "does not read a single cell";
    return { what: `a ReLU of V1 that ${reads}`, notes: ["only ReLUs of one cell can be told more about"] };
  }
  const { subject } = at;
  const [place, weight] = read;
  const cells = cellsOf(at, place);
  const kink = own.bias.neg().div(weight);
  const on = cellsOn(subject.code, own, cells);
  const where = kinkInWords(at, cells, kink);
  const what = `a ReLU of the cell ${placeInWords(place)}, with its kink at u = ${formatRational(kink)} (x = ${inX(subject.code, kink)}), ${where}`;
  return {
    what,
    serves: servedBy(at, gatesThatRead(at)),
    spans:
      on.length === 0
        ? []
        : [
            {
              place: PLACE_NAMES[place] as string,
              cells: words(at, place, on),
              count: on.length,
              value: lineInWords(weight, own.bias),
            },
          ],
    on: onAt(at, place, on),
    example: univariateExample(at, place, on, (x) => own.bias.add(weight.mul(x))),
    notes: [],
  };
}

/** Where a kink lies among the cell values of its place. */
function kinkInWords({ subject }: RowOfFilter, cells: readonly Cell[], kink: Rational): string {
  const name = (cell: Cell): string => cellInWords(subject.code, subject.machine, cell);
  const isBeyond = ({ value }: Cell): boolean => rational(toUnits(subject.code, value)).gt(kink);
  const next = cells.findIndex(isBeyond);
  const [before, after] = next < 0 ? [cells.at(-1), undefined] : [cells[next - 1], cells[next]];
  if (before !== undefined && kink.equals(rational(toUnits(subject.code, before.value)))) {
    return `at the cell value ${name(before)}`;
  }
  if (before === undefined) return `before the first cell value (${name(after as Cell)})`;
  if (after === undefined) return `behind the last cell value (${name(before)})`;
  return `between the cell values ${name(before)} and ${name(after)}`;
}

function placeInWords(place: number): string {
  if (place === CENTRE) return "at the centre";
  return `${place === 3 || place === 5 ? "on the " : ""}${PLACE_NAMES[place]}`;
}

/** weight u + bias. */
function lineInWords(weight: Rational, bias: Rational): string {
  const factor = weight.equals(1n) ? "" : weight.equals(-1n) ? "-" : `${formatRational(weight)} `;
  if (bias.n === 0n) return `${factor}u`;
  return `${factor}u ${bias.s < 0n ? "-" : "+"} ${formatRational(bias.abs())}`;
}

/** V2: a function of one cell. */
export function explainFunction(at: RowOfFilter, own: AffineRow): Parts {
  const { subject, row } = at;
  const described = subject.described?.functions[row];
  const [v1] = subject.filter.layers as readonly [AffineMap];
  const place = placeOfFunction(v1, own);
  const serves = servedBy(at, gatesThatRead(at));
  if (place === undefined) {
    return {
      what: "a row of V2 that does not read a single cell",
      serves,
      notes: ["only functions of one cell can be told more about"],
    };
  }
  const cells = cellsOf(at, place);
  const table = functionTable(subject.code, v1, own, cells);
  const what = `${described === undefined ? "a function" : shapeInWords(at, described.shape)} of the cell ${placeInWords(place)}`;
  const readings = (described?.heights ?? []).map(([feature, height]): Reading => ({
    place: PLACE_NAMES[place] as string,
    reading: feature.name,
    weight: formatRational(height),
  }));
  const value = (x: Rational): Rational => functionAt(v1, own, x).value;
  if (table === undefined) {
    const notes = [`${cells.length} cell values and ${own.entries.length} ReLUs are too many to tabulate`];
    return { what, serves, readings, example: univariateExample(at, place, [0], value), notes };
  }
  const nonzero = [...table.keys()].filter((i) => table[i]?.value.n !== 0n || table[i]?.slope.n !== 0n);
  const spans = spansOf(at, place, (i) => {
    const { value: height, slope } = table[i] as (typeof table)[number];
    if (slope.n === 0n) return height.n === 0n ? undefined : formatRational(height);
    return `${formatRational(height)} with slope ${formatRational(slope)}`;
  });
  return {
    what,
    serves,
    readings,
    spans: spans.spans,
    on: onAt(at, place, nonzero),
    example: univariateExample(at, place, nonzero, value),
    notes: spans.notes,
  };
}

/** A patch at which a function of one cell is on, with plain cells elsewhere. */
function univariateExample(
  at: RowOfFilter,
  place: number,
  on: readonly number[],
  valueAt: (x: Rational) => Rational,
): Example | null {
  const [letter] = on;
  if (letter === undefined || typeof at.use === "string") return null;
  const patch = at.use.plainPatch(new Map([[place, letter]]));
  const value = valueAt(rational(toUnits(at.subject.code, (cellsOf(at, place)[letter] as Cell).value)));
  return exampleAt(at, at.use, patch, value, null);
}
