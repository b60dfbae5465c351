/**
 * Counterexamples to f-bar as patches: the nine cells, and what either reading makes of the centre. Values come from the
 * two definitions; a test holds them against the text of the replays.
 */
import { formatRational, ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import {
  TAPE_SYMBOLS,
  type Move,
  type NormalMachine,
  type TapeSymbol,
  type Transition,
} from "../../spec/machines/machine.js";
import { cellCode, cellFromValue, headValue, PADDING, PHASE_VALUE } from "../../spec/rcnn/cell-code.js";
import { cellRuleAsPrinted, startsByFormula, startsByWords } from "../../spec/rcnn/cell-rule-as-printed.js";
import { cellRule, cellFeatures, outcomeValue } from "../../spec/rcnn/cell-rule.js";
import { patchOf } from "../../spec/rcnn/patch.js";
import type { DrawnCell, Drawing } from "../drawing.js";

/** A machine of two states: state 0 passes, state 1 keeps its symbol, moves and enters the given state. */
function mover(move: Move, next: number): NormalMachine {
  const row = (entry: (symbol: TapeSymbol) => Transition): Record<TapeSymbol, Transition> => ({
    0: entry(0),
    1: entry(1),
    [-1]: entry(-1),
  });
  return {
    name: `moves ${move}`,
    states: ["first", "mover"],
    halting: TAPE_SYMBOLS.slice(1).map(() => false),
    table: [row((write) => ({ write, move: "stay", next: 0 })), row((write) => ({ write, move, next }))],
  };
}

const CODE = cellCode(2);
const HEAD_IN_ONE = PHASE_VALUE.add(headValue(CODE, 1));

/** A patch: [place, value] for cells that are not blank in the compute phase. */
function patchDrawing(
  amendment: string,
  machine: NormalMachine,
  background: Rational,
  cells: readonly (readonly [place: number, value: Rational])[],
): Drawing {
  const values = Array.from({ length: 9 }, (_, place) => cells.find(([at]) => at === place)?.[1] ?? background);
  const patch = patchOf(values.map((value) => cellFromValue(CODE, value)));
  const outcome = cellRule(CODE, cellFeatures(CODE, machine), patch);
  const amended = outcomeValue(outcome, cellFromValue(CODE, values[4] as Rational));
  const printed = cellRuleAsPrinted(CODE, machine, patch);
  return {
    amendment,
    instance: {
      caption: "the patch",
      rows: [0, 3, 6].map((i) => values.slice(i, i + 3).map((value, k) => draw(value, i + k === 4))),
    },
    printed: {
      caption: "centre, as printed",
      rows: [[printed.defined ? draw(printed.value, true) : { text: "undefined", mark: "centre" }]],
    },
    amended: { caption: "centre, as amended", rows: [[draw(amended, true)]] },
  };
}

function draw(value: Rational, isCentre: boolean): DrawnCell {
  const isPadding = value.equals(PADDING);
  const digits = cellFromValue(CODE, value).digits;
  const mark = isPadding ? "padding" : digits?.[3] === 1 ? "head" : isCentre ? "centre" : undefined;
  const text = isPadding ? "p" : formatRational(value);
  return mark === undefined ? { text } : { text, mark };
}

/** A memorized row of two cells and a padding column: where each reading sets the head. */
function startDrawing(): Drawing {
  const third = rational(1n, 3n);
  const row = [third, third, ONE];
  const at = (column: number): Rational => row[column] ?? PADDING;
  const starts = (reading: typeof startsByWords): DrawnCell[] =>
    row.map((value, column) => {
      const cells = [-1, 0, 1].flatMap((down) =>
        [-1, 0, 1].map((right) => (down === 0 ? at(column + right) : PADDING)),
      );
      const isStart = column < 2 && reading(patchOf(cells.map((cell) => cellFromValue(CODE, cell)))) === true;
      const started = value.add(PHASE_VALUE).add(headValue(CODE, 0));
      return isStart ? { text: formatRational(started), mark: "head" } : draw(value, false);
    });
  return {
    amendment: "start-corner",
    instance: { caption: "memorized, with a padding column", rows: [row.map((value) => draw(value, false))] },
    printed: { caption: "head by the words", rows: [starts(startsByWords)] },
    amended: { caption: "head by the formula", rows: [starts(startsByFormula)] },
  };
}

/** All drawings, in the order of the paper. */
export function drawings(): Drawing[] {
  const around = [0, 1, 2, 3, 5, 6, 7, 8].map((place) => [place, PADDING] as const);
  const third = rational(-1n, 3n);
  return [
    patchDrawing("padding-has-no-digits", mover("stay", 1), PADDING, [
      [4, third],
      [5, ONE],
    ]),
    startDrawing(),
    patchDrawing("head-cell", mover("stay", 1), ZERO, [[4, rational(11n, 81n)]]),
    patchDrawing("border-stays", mover("up", 0), PADDING, [...around, [4, HEAD_IN_ONE]]),
    patchDrawing("head-right-state", mover("left", 1), PHASE_VALUE, [[5, HEAD_IN_ONE]]),
    patchDrawing("head-left-state", mover("right", 1), PHASE_VALUE, [[3, HEAD_IN_ONE]]),
  ];
}
