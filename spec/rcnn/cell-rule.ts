/**
 * What one layer of the network must compute at a 3x3 patch, and its partial derivatives: f-bar_Conv2D, f-bar_msg,
 * f-bar_TM and the Jacobian table of B.2, in the amended reading. Compare cell-rule-as-printed.ts, which follows the words;
 * amendments/rcnn/ lists every difference with a counterexample.
 */
import { ZERO, type Rational } from "../exact/rational.js";
import { MOVE_OFFSETS, type Move, type NormalMachine, type TapeSymbol } from "../machines/machine.js";
import {
  headOnCell,
  headValue,
  PADDING,
  PHASE,
  PHASE_VALUE,
  symbolValue,
  val,
  type Cell,
  type CellCode,
  type Digit,
} from "./cell-code.js";
import type { AskableCell, Offset, Patch, CellFeature } from "./patch.js";

/** Everything that f-bar asks of a cell; a checker may rely on this list being complete. */
export interface CellFeatures {
  readonly isPadding: CellFeature<boolean>;
  readonly isZero: CellFeature<boolean>;
  readonly isOne: CellFeature<boolean>;
  /** val(x, 1) */
  readonly symbol: CellFeature<Digit | undefined>;
  /** val(x, 2) */
  readonly phase: CellFeature<Digit | undefined>;
  /** gamma(x)[2], or undefined where no head is */
  readonly headMove: CellFeature<Move | undefined>;
  /** gamma(x)[0], or undefined where no head is */
  readonly headNext: CellFeature<number | undefined>;
  /** gamma(x)[1], or undefined where no head is */
  readonly headWrite: CellFeature<TapeSymbol | undefined>;
}

/**
 * The questions for one machine; gamma(x) = delta(state(x), val(x, 1)) where x carries a head.
 *
 * @example
 * ```ts
 * import { cellCode, cellFeatures, cellFromDigits, loadMachine, normalForm } from "weightproof";
 *
 * const machine = normalForm(loadMachine("bb2"));
 * const code = cellCode(machine.states.length);
 * const { headMove, headWrite } = cellFeatures(code, machine);
 * // A head in state 1, which is A, on a blank: bb2 writes +1 and goes to the right.
 * const head = cellFromDigits(code, [0, 0, 1, 1, 0, 1]);
 * [headWrite.of(head), headMove.of(head)]; // => [1, "right"]
 * ```
 */
export function cellFeatures(code: CellCode, machine: NormalMachine): CellFeatures {
  const gamma = (cell: Cell) => {
    const head = headOnCell(code, cell);
    return head === undefined ? undefined : machine.table[head.state]?.[head.symbol];
  };
  return {
    isPadding: { name: "x = p", of: (cell) => cell.value.equals(PADDING) },
    isZero: { name: "x = 0", of: (cell) => cell.value.equals(0n) },
    isOne: { name: "x = 1", of: (cell) => cell.value.equals(1n) },
    symbol: { name: "val(x, 1)", of: (cell) => val(cell, 1) },
    phase: { name: "val(x, 2)", of: (cell) => val(cell, 2) },
    headMove: { name: "gamma(x)[2]", of: (cell) => gamma(cell)?.move },
    headNext: { name: "gamma(x)[0]", of: (cell) => gamma(cell)?.next },
    headWrite: { name: "gamma(x)[1]", of: (cell) => gamma(cell)?.write },
  };
}

/** Which line of the definition applied; its counts are part of a certificate. */
export type RuleLine =
  | "msg-1-memorize"
  | "msg-2-spread-memory"
  | "msg-3-start"
  | "msg-4-spread-compute"
  | "msg-5-keep"
  | "tm-1-head-here"
  | "tm-2-head-below"
  | "tm-3-head-above"
  | "tm-4-head-right"
  | "tm-5-head-left"
  | "tm-6-keep"
  | "otherwise-keep";

/** All lines of the cell rule, in the order in which they are tried. */
export const RULE_LINES: readonly RuleLine[] = [
  "msg-1-memorize",
  "msg-2-spread-memory",
  "msg-3-start",
  "msg-4-spread-compute",
  "msg-5-keep",
  "tm-1-head-here",
  "tm-2-head-below",
  "tm-3-head-above",
  "tm-4-head-right",
  "tm-5-head-left",
  "tm-6-keep",
  "otherwise-keep",
];

/**
 * f-bar at a patch: the value is (keepsCentre ? x_{0,0} : 0) + offset, in x-units.
 *
 * @example
 * ```ts
 * import { cellCode, cellFeatures, cellFromDigits, cellRule, loadMachine, normalForm, patchOf } from "weightproof";
 * import type { CellOutcome } from "weightproof";
 *
 * const machine = normalForm(loadMachine("bb2"));
 * const code = cellCode(machine.states.length);
 * const blank = cellFromDigits(code, [0, 0, 1]);
 * const nine = Array.from({ length: 9 }, () => blank);
 * const outcome: CellOutcome = cellRule(code, cellFeatures(code, machine), patchOf(nine));
 * [outcome.rule, outcome.keepsCentre, outcome.slope]; // => ["tm-6-keep", true, 0]
 * ```
 */
export interface CellOutcome {
  readonly rule: RuleLine;
  readonly keepsCentre: boolean;
  readonly offset: Rational;
  /** The partial derivative by x_{0,0}; those by the other eight places are 0 everywhere. */
  readonly slope: 0 | 1;
}

const keep = (rule: RuleLine, slope: 0 | 1 = 0): CellOutcome => ({ rule, keepsCentre: true, offset: ZERO, slope });

/**
 * The value of an outcome at a patch whose centre is the given cell (x-units).
 *
 * @example
 * ```ts
 * import { cellCode, cellFeatures, cellFromDigits, cellRule, formatRational } from "weightproof";
 * import { loadMachine, normalForm, outcomeValue, patchOf } from "weightproof";
 *
 * const machine = normalForm(loadMachine("bb2"));
 * const code = cellCode(machine.states.length);
 * const [blank, head] = [[0, 0, 1] as const, [0, 0, 1, 1, 0, 1] as const].map((digits) => cellFromDigits(code, digits));
 * const cells = Array.from({ length: 9 }, (_, place) => (place === 4 ? head! : blank!));
 * // The head in state A leaves +1 in the compute phase: 1/3 + 1/9.
 * formatRational(outcomeValue(cellRule(code, cellFeatures(code, machine), patchOf(cells)), head!)); // => "4/9"
 * ```
 */
export function outcomeValue(outcome: CellOutcome, centre: Cell): Rational {
  return outcome.keepsCentre ? centre.value.add(outcome.offset) : outcome.offset;
}

/**
 * f-bar_Conv2D: message passing, computation or identity, by the phase of the centre.
 *
 * @example
 * ```ts
 * import { cellCode, cellFeatures, cellFromDigits, cellRule, loadMachine, normalForm, patchOf } from "weightproof";
 *
 * const machine = normalForm(loadMachine("bb2"));
 * const code = cellCode(machine.states.length);
 * const [blank, head] = [[0, 0, 1] as const, [0, 0, 1, 1, 0, 1] as const].map((digits) => cellFromDigits(code, digits));
 * // The head, in state A, is on the left of the centre and goes to the right.
 * const cells = Array.from({ length: 9 }, (_, place) => (place === 3 ? head! : blank!));
 * cellRule(code, cellFeatures(code, machine), patchOf(cells)).rule; // => "tm-5-head-left"
 * ```
 */
export function cellRule(code: CellCode, questions: CellFeatures, patch: Patch): CellOutcome {
  const phase = patch.at(0, 0).ask(questions.phase);
  if (phase === PHASE.unknown) return messagePassing(code, questions, patch);
  if (phase === PHASE.compute) return machineStep(code, questions, patch);
  return keep("otherwise-keep", phase === PHASE.memory ? 1 : 0);
}

/** f-bar_msg: find the row to memorize, start the computation, and spread either phase. */
function messagePassing(code: CellCode, questions: CellFeatures, patch: Patch): CellOutcome {
  const { isPadding, isZero, isOne, symbol, phase } = questions;
  const [centre, above, below, left, right] = cross(patch);
  const memorized: CellOutcome = {
    rule: "msg-2-spread-memory",
    keepsCentre: false,
    offset: PHASE_VALUE.neg(),
    slope: 0,
  };
  if (centre.ask(isZero) && (above.ask(isPadding) || isSet(above.ask(symbol)))) {
    return { ...memorized, rule: "msg-1-memorize", slope: 1 };
  }
  if (above.ask(phase) === PHASE.memory || below.ask(phase) === PHASE.memory) return memorized;
  if (isSet(centre.ask(symbol)) && right.ask(isOne) && below.ask(isPadding)) {
    return { rule: "msg-3-start", keepsCentre: true, offset: PHASE_VALUE.add(headValue(code, 0)), slope: 0 };
  }
  if ([above, below, left, right].some((cell) => cell.ask(phase) === PHASE.compute)) {
    return { rule: "msg-4-spread-compute", keepsCentre: true, offset: PHASE_VALUE, slope: 0 };
  }
  return keep("msg-5-keep");
}

/** f-bar_TM: one step of the machine, seen from one cell. */
function machineStep(code: CellCode, questions: CellFeatures, patch: Patch): CellOutcome {
  const { headMove, headNext, headWrite, isPadding } = questions;
  const [centre, above, below, left, right] = cross(patch);

  const move = centre.ask(headMove);
  if (move !== undefined) {
    const [row, column] = MOVE_OFFSETS[move] as readonly [Offset, Offset];
    const stays = move === "stay" || patch.at(row, column).ask(isPadding);
    const written = symbolValue(centre.ask(headWrite) ?? 0).add(PHASE_VALUE);
    const head = stays ? headValue(code, centre.ask(headNext) ?? 0) : ZERO;
    return { rule: "tm-1-head-here", keepsCentre: false, offset: written.add(head), slope: 0 };
  }

  const neighbours: readonly (readonly [RuleLine, AskableCell, Move])[] = [
    ["tm-2-head-below", below, "up"],
    ["tm-3-head-above", above, "down"],
    ["tm-4-head-right", right, "left"],
    ["tm-5-head-left", left, "right"],
  ];
  for (const [rule, cell, towards] of neighbours) {
    const neighbourMove = cell.ask(headMove);
    if (neighbourMove === undefined) continue;
    if (neighbourMove !== towards) return keep(rule);
    return { rule, keepsCentre: true, offset: headValue(code, cell.ask(headNext) ?? 0), slope: 0 };
  }
  return keep("tm-6-keep");
}

function isSet(symbol: Digit | undefined): boolean {
  return symbol === 1 || symbol === -1;
}

function cross(
  patch: Patch,
): [centre: AskableCell, above: AskableCell, below: AskableCell, left: AskableCell, right: AskableCell] {
  return [patch.at(0, 0), patch.at(-1, 0), patch.at(1, 0), patch.at(0, -1), patch.at(0, 1)];
}
