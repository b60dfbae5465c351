/**
 * Amendments to f-bar_msg and f-bar_TM (B.2), tried on patches and small grids against the reference simulator and
 * against what B.3 says about the start.
 */
import { gridName, gridShapes } from "./grid-shapes.js";
import { formatRational, ONE, type Rational } from "../../spec/exact/rational.js";
import { MOVE_OFFSETS, type Move } from "../../spec/machines/machine.js";
import { blankConfiguration, step, type Configuration } from "../../spec/machines/simulate.js";
import { wellFormedCells } from "../../spec/rcnn/alphabet.js";
import { cellCode, cellFromValue, symbolValue, type CellCode } from "../../spec/rcnn/cell-code.js";
import { encodeConfiguration, tapeCell } from "../../spec/rcnn/configuration-code.js";
import { cellRuleAsPrinted, startsByFormula, startsByWords } from "../../spec/rcnn/cell-rule-as-printed.js";
import { cellRule, cellFeatures, outcomeValue } from "../../spec/rcnn/cell-rule.js";
import type { ConcretePatch } from "../../spec/rcnn/patch.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";
import { applyLayer, patchAt, type Grid } from "../../spec/rcnn/grid.js";
import { IDLE_MACHINE, walkingMachines } from "./small-machines.js";

/** In the order of the paper. */
export const CELL_RULE_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "padding-has-no-digits",
    place: "B.2, f-bar_msg and f-bar_TM, every val of a neighbour; val in B.1.1",
    printed: "val of a neighbour is compared with a digit; val(p, i) is undefined.",
    amended:
      "A comparison with a value that is not a string of digits is false, and so p is in no phase and carries no head.",
    reason:
      "Nearly every cell at an edge asks val(p, 2) or val(p, 3), and must have a value in the next layer. The starting cell is one.",
    order: "a 1 x 1 grid and its padding column, s = 1, the cell by the number of digits other than 0, then by value",
    instances: paddingHasNoDigits,
  }),
  amendment({
    id: "start-corner",
    place: "B.2, f-bar_msg, words under the third line; Figure 3 (right)",
    printed: "The computation starts at the bottom-left cell.",
    amended: "It starts at the bottom-right one, (m + 1, d + 1).",
    reason: "The condition above those words asks for a padding column to the right, and B.3 says (m + 1, d + 1).",
    order: "memorized grids with one padding column, by number of cells, then by number of rows, up to 6 cells",
    instances: startCorner,
  }),
  amendment({
    id: "border-stays",
    place: "B.2, f-bar_TM, first line",
    printed: "A head that moves leaves its cell; beyond the edge, no cell takes it up.",
    amended: "A head whose move leads to p stays in its cell, with the new state and the new symbol.",
    reason:
      "The grid has no blank cells above, left of or below the data: the head would be lost, and no machine could find the top row. Sipser's one-way tape has the same rule.",
    order: "a 1 x 1 grid; machines of one and two states, then the state under the head",
    instances: borderStays,
  }),
  amendment({
    id: "head-right-state",
    place: "B.2, f-bar_TM, fourth line",
    printed: "A head that comes from the right brings the new state of the cell above.",
    amended: "It brings the new state of the cell on the right.",
    reason: "The cell above has no head; its digits read as the start state, or as no state if it is p.",
    order: "a blank 3 x 3 grid with the head right of the centre; machines of one and two states, then the state",
    instances: () => sidewaysState("right"),
  }),
  amendment({
    id: "head-left-state",
    place: "B.2, f-bar_TM, fifth line",
    printed: "A head that comes from the left brings the new state of the cell above.",
    amended: "It brings the new state of the cell on the left.",
    reason: "As for head-right-state.",
    order: "a blank 3 x 3 grid with the head left of the centre; machines of one and two states, then the state",
    instances: () => sidewaysState("left"),
  }),
];

function* paddingHasNoDigits(): Generator<Instance> {
  const code = cellCode(1);
  const weight = (value: Rational): number =>
    (cellFromValue(code, value).digits ?? []).filter((digit) => digit !== 0).length;
  const values = wellFormedCells(code).map(({ value }) => value);
  for (const value of values.toSorted((a, b) => weight(a) - weight(b) || a.compare(b))) {
    const patch = patchAt(code, { rows: 1, columns: 2, values: [value, ONE] }, 0, 0);
    const questions = cellFeatures(code, IDLE_MACHINE);
    yield {
      text: `the grid [${formatRational(value)} | 1], s = 1, its first cell`,
      printed: () => printedFinding(code, patch, () => true),
      amended: () => {
        const next = outcomeValue(cellRule(code, questions, patch), cellFromValue(code, value));
        return { holds: cellFromValue(code, next).digits !== undefined, found: `f-bar is ${formatRational(next)}` };
      },
    };
  }
}

function printedFinding(code: CellCode, patch: ConcretePatch, isRight: (value: Rational) => boolean): Finding {
  const outcome = cellRuleAsPrinted(code, IDLE_MACHINE, patch);
  if (!outcome.defined) return { holds: false, found: outcome.reason };
  return { holds: isRight(outcome.value), found: `f-bar is ${formatRational(outcome.value)}` };
}

function* startCorner(): Generator<Instance> {
  const code = cellCode(1);
  for (const [rows, columns] of gridShapes(6)) {
    const memorized = [...Array.from({ length: columns }, () => symbolValue(1)), ONE];
    const grid: Grid = {
      rows,
      columns: columns + 1,
      values: Array.from({ length: rows }, () => memorized).flat(),
    };
    const corner = `(${rows}, ${columns})`;
    const finding = (starts: (patch: ConcretePatch) => boolean | undefined): Finding => {
      const found: string[] = [];
      for (let a = 0; a < rows; a++) {
        for (let b = 0; b < columns; b++) {
          if (starts(patchAt(code, grid, a, b)) === true) found.push(`(${a + 1}, ${b + 1})`);
        }
      }
      return { holds: found.length === 1 && found[0] === corner, found: `the head is set at ${found.join(" and ")}` };
    };
    yield {
      text: `memorized ${gridName(rows, columns)}, to start at ${corner}`,
      printed: () => finding(startsByWords),
      amended: () => finding(startsByFormula),
    };
  }
}

function* borderStays(): Generator<Instance> {
  for (const { machine, text } of walkingMachines()) {
    const code = cellCode(machine.states.length);
    for (const state of machine.states.keys()) {
      const before = { ...blankConfiguration(1, 1, 0, 0), state };
      const wanted = spell(encodeConfiguration(code, step(machine, before)));
      const grid: Grid = { rows: 1, columns: 1, values: encodeConfiguration(code, before) };
      const finding = (after: readonly Rational[]): Finding => {
        const heads = after.filter((value) => tapeCell(code, cellFromValue(code, value))?.state !== undefined).length;
        return {
          holds: heads === 1 && spell(after) === wanted,
          found: `the cell becomes ${spell(after)}, with ${heads === 1 ? "a" : "no"} head; wanted ${wanted}`,
        };
      };
      yield {
        text: `${text}; the head in state ${state} on a blank 1 x 1 grid`,
        printed: () => {
          const outcome = cellRuleAsPrinted(code, machine, patchAt(code, grid, 0, 0));
          return outcome.defined ? finding([outcome.value]) : { holds: false, found: outcome.reason };
        },
        amended: () => finding(applyLayer(code, machine, grid).grid.values),
      };
    }
  }
}

/** The head is on one side of the centre of a blank 3 x 3 grid; the question is what the centre holds after a step. */
function* sidewaysState(side: Extract<Move, "left" | "right">): Generator<Instance> {
  for (const { machine, text } of walkingMachines()) {
    const code = cellCode(machine.states.length);
    const [, column] = MOVE_OFFSETS[side];
    for (const state of machine.states.keys()) {
      const before: Configuration = { ...blankConfiguration(3, 3, 1, 1 + column), state };
      const centreAfter = (values: readonly Rational[]): Rational => values[4] as Rational;
      const wanted = centreAfter(encodeConfiguration(code, step(machine, before)));
      const grid: Grid = { rows: 3, columns: 3, values: encodeConfiguration(code, before) };
      const finding = (value: Rational): Finding => ({
        holds: value.equals(wanted),
        found: `the centre becomes ${formatRational(value)}; wanted ${formatRational(wanted)}`,
      });
      yield {
        text: `${text}; the head in state ${state}, ${side} of a blank centre`,
        printed: () => {
          const outcome = cellRuleAsPrinted(code, machine, patchAt(code, grid, 1, 1));
          return outcome.defined ? finding(outcome.value) : { holds: false, found: outcome.reason };
        },
        amended: () => finding(centreAfter(applyLayer(code, machine, grid).grid.values)),
      };
    }
  }
}

function spell(values: readonly Rational[]): string {
  return values.map(formatRational).join(" ");
}
