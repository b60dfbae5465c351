/**
 * Amendments to B.1.1 and the beginning of B.2: which values the cells of a patch may hold.
 */
import { gridName, gridShapes } from "./grid-shapes.js";
import { formatRational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { allCells, allCellsAsPrinted, alphabet } from "../../spec/rcnn/alphabet.js";
import { cellCode, cellFromDigits, cellFromValue, PADDING, val, type Cell } from "../../spec/rcnn/cell-code.js";
import { cellRuleAsPrinted } from "../../spec/rcnn/cell-rule-as-printed.js";
import { cellRule, cellFeatures, outcomeValue } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf, PLACES } from "../../spec/rcnn/patch.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";
import { patchAt } from "../../spec/rcnn/grid.js";
import { uniformMachine } from "./small-machines.js";

/** In the order of the paper. */
export const ALPHABET_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "digit-zero",
    place: "B.1.1, definition of V_s",
    printed: "The digits of an element of V_s start at index 1.",
    amended: "They start at index 0.",
    reason: "The padding columns hold 1 = 3^0, and index 0 is what marks them; without it no value reaches 1/2.",
    order: "s = 1 ... 4",
    instances: digitZero,
  }),
  amendment({
    id: "alphabet-size",
    place: "B.4.1, after Corollary 3, on the cells of B.1.1",
    printed: "|X_i| = 16 s, with X_i the numbers of the bit precision.",
    amended: "The well-formed cells and p are 10 + 4 s numbers, at most 16 s; V_s is not O(s).",
    reason:
      "A base-3 digit has three values, so V_s grows like s^(log2 3). Only 9 + 4 s cells ever occur. See also C3-3.",
    order: "s = 1, 2, 4, 8",
    instances: alphabetSize,
  }),
  amendment({
    id: "tape-alphabet",
    place: "B.1.2, Definition 6 and the list of modifications",
    printed: "Any finite tape alphabet; the modifications do not restrict it.",
    amended: "The tape symbols are blank, 1 and -1.",
    reason: "Digit 1 of a cell is the only place for a symbol, and it has three values.",
    order: "by the number of symbols, 1 ... 5",
    instances: tapeAlphabet,
  }),
  amendment({
    id: "edges-need-padding",
    place: "B.2, second paragraph",
    printed: "The coordinates at the corners see the padding p.",
    amended: "All coordinates at an edge do, as Definition 5 has it.",
    reason: "A cell in the middle of an edge also has neighbours beyond the grid.",
    order: "grids by number of cells, then by number of rows, up to 6 cells",
    instances: edgesNeedPadding,
  }),
  amendment({
    id: "padding-in-patch",
    place: "B.2, third paragraph",
    printed: "f-bar is asked for at patches all of whose entries are in V_s.",
    amended: "The eight neighbours may also be p.",
    reason: "p was chosen outside of V_s, and every grid has an edge.",
    order: "grids by number of cells, then by number of rows, up to 4 cells",
    instances: paddingInPatch,
  }),
  amendment({
    id: "head-cell",
    place: "B.2, f-bar_TM, the conditions val(x, 3) = 1 and gamma",
    printed: "A head is where digit 3 is 1, whatever the other digits are.",
    amended:
      "A head is where the phase is compute, digit 3 is 1, digits 4 ... K are the code of one of the s states, and the cell is not a padding column with a symbol.",
    reason:
      "gamma has no value at the other digit strings, yet f-bar is asked for at all patches of V_s. Such a cell now counts as one without a head.",
    order: "s = 1, 2; the centre by the number of digits other than 0, then by value; all neighbours 0",
    instances: headCell,
  }),
];

function* upTo(last: number): Generator<number> {
  for (let s = 1; s <= last; s++) yield s;
}

function* digitZero(): Generator<Instance> {
  for (const s of upTo(4)) {
    const code = cellCode(s);
    const finding = (cells: readonly Cell[]): Finding => ({
      holds: cells.some(({ value }) => value.equals(1n)),
      found: `the largest of ${cells.length} values is ${formatRational(largest(cells))}`,
    });
    yield {
      text: `s = ${s}, the value 1 of a padding column`,
      printed: () => finding(allCellsAsPrinted(code)),
      amended: () => finding(allCells(code)),
    };
  }
}

function* alphabetSize(): Generator<Instance> {
  for (const s of [1, 2, 4, 8]) {
    const finding = (size: number): Finding => ({
      holds: size <= 16 * s,
      found: `${size} values, and 16 s is ${16 * s}`,
    });
    yield {
      text: `s = ${s}`,
      printed: () => finding(allCellsAsPrinted(cellCode(s)).length + 1),
      amended: () => finding(alphabet(cellCode(s), "well-formed").neighbour.length),
    };
  }
}

function* tapeAlphabet(): Generator<Instance> {
  const contents = new Set(allCells(cellCode(1)).map((cell) => val(cell, 1))).size;
  for (let letters = 1; letters <= 5; letters++) {
    const fits = letters <= contents;
    yield {
      text: `a machine with ${letters} tape symbols`,
      printed: () => ({ holds: fits, found: `digit 1 tells ${contents} symbols apart` }),
      amended: () => ({ holds: true, found: fits ? "admitted" : "not admitted: it must be recoded first" }),
    };
  }
}

function* edgesNeedPadding(): Generator<Instance> {
  for (const [rows, columns] of gridShapes(6)) {
    const cells = Array.from({ length: rows * columns }, (_, k) => [Math.floor(k / columns), k % columns] as const);
    const isFirstOrLast = (index: number, count: number): boolean => index === 0 || index === count - 1;
    const finding = (hasPadding: (row: number, column: number) => boolean): Finding => {
      const lacking = cells.find(([row, column]) => {
        const onEdge = isFirstOrLast(row, rows) || isFirstOrLast(column, columns);
        return onEdge && !hasPadding(row, column);
      });
      return {
        holds: lacking === undefined,
        found:
          lacking === undefined
            ? "every patch has nine values"
            : `the patch around (${lacking.map((index) => index + 1).join(", ")}) has places with no value`,
      };
    };
    yield {
      text: gridName(rows, columns),
      printed: () => finding((row, column) => isFirstOrLast(row, rows) && isFirstOrLast(column, columns)),
      amended: () => finding(() => true),
    };
  }
}

function* paddingInPatch(): Generator<Instance> {
  const code = cellCode(1);
  const digitStrings = allCells(code).map(({ value }) => value);
  for (const [rows, columns] of gridShapes(4)) {
    const values = Array.from({ length: rows * columns }, () => ZERO);
    const entries = values.flatMap((_, k) =>
      patchAt(code, { rows, columns, values }, Math.floor(k / columns), k % columns).cells.map(({ value }) => value),
    );
    const finding = (domain: readonly Rational[]): Finding => {
      const outside = entries.find((entry) => !domain.some((value) => value.equals(entry)));
      return {
        holds: outside === undefined,
        found: outside === undefined ? "all entries belong" : `${formatRational(outside)} is an entry of a patch`,
      };
    };
    yield {
      text: `the patches of a ${gridName(rows, columns)} of zeros, s = 1`,
      printed: () => finding(digitStrings),
      amended: () => finding([...digitStrings, PADDING]),
    };
  }
}

function* headCell(): Generator<Instance> {
  for (const s of upTo(2)) {
    const code = cellCode(s);
    const machine = uniformMachine(Array.from({ length: s }, () => ({ move: "stay", next: 0 })));
    const questions = cellFeatures(code, machine);
    const blank = cellFromDigits(code, []);
    for (const cell of allCells(code).toSorted(byWeight)) {
      const cells = Array.from({ length: PLACES }, (_, i) => (i === CENTRE ? cell : blank));
      const patch = patchOf(cells);
      yield {
        text: `s = ${s}, the cell ${formatRational(cell.value)} (digits ${(cell.digits ?? []).join(" ")}) among zeros`,
        printed: () => {
          const outcome = cellRuleAsPrinted(code, machine, patch);
          return outcome.defined
            ? { holds: true, found: `f-bar is ${formatRational(outcome.value)}` }
            : { holds: false, found: outcome.reason };
        },
        amended: () => {
          const value = outcomeValue(cellRule(code, questions, patch), cell);
          return { holds: cellFromValue(code, value).digits !== undefined, found: `f-bar is ${formatRational(value)}` };
        },
      };
    }
  }
}

function largest(cells: readonly Cell[]): Rational {
  return cells.reduce((most, { value }) => (value.gt(most) ? value : most), ZERO);
}

/** Few digits other than 0 first, then by value. */
function byWeight(a: Cell, b: Cell): number {
  const weight = ({ digits }: Cell): number => (digits ?? []).filter((digit) => digit !== 0).length;
  return weight(a) - weight(b) || a.value.compare(b.value);
}
