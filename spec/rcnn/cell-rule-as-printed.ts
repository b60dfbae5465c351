/**
 * f-bar_Conv2D, f-bar_msg, f-bar_TM and the Jacobian table of B.2, word by word: what cell-rule.ts amends, as it stands
 * in print. Where the text says nothing that can be computed, the outcome is "undefined" and names the place.
 *
 * How the words are taken:
 *
 * - The lines of a definition are tried in the printed order; the first whose condition is true applies. A condition
 *   that is neither true nor false ends the search: the outcome is undefined.
 * - val and state of a value that is not a digit string, such as p, are undefined, and so is any comparison with them.
 *   "or" is true if one part is true, "and" is false if one part is false, whatever the other parts are; beyond that, one
 *   undefined part makes the whole undefined. This is the most generous reading that invents no answer.
 * - "x = p", "x = 0" and "x = 1" compare values and are always answered.
 * - gamma(x) = delta(state(x), val(x, 1)) is taken at its word for any cell, with or without a head: a cell without a
 *   head has state(x) = 0, which is the code of the start state. It is undefined if state(x) is the code of no state.
 * - 1[...] that is 0 needs no second factor; one whose condition is undefined makes the value undefined.
 * - The definition speaks of patches of V_s. It is applied to all digit strings (index 0 included) and to p as well,
 *   since its own conditions mention 1 and p.
 * - Digits and state codes are those of cell-code.ts, so that both readings speak of the same cells. The slips of the
 *   code itself (state-code, state-digits, state-scale) are replayed by the amendments.
 */
import { formatRational, negativePowerOfThree, ZERO, type Rational } from "../exact/rational.js";
import type { Move, NormalMachine, TapeSymbol, Transition } from "../machines/machine.js";
import { headValue, PADDING, PHASE_VALUE, state, symbolValue, val, type Cell, type CellCode } from "./cell-code.js";
import type { RuleLine } from "./cell-rule.js";
import { CENTRE, placeIndex, PLACES, type ConcretePatch, type Offset } from "./patch.js";

/** The outcome of the print at a patch. */
export type PrintedOutcome =
  | {
      readonly defined: true;
      /** The line that applied; the lines have the names of the amended ones. */
      readonly rule: RuleLine;
      /** f-bar_Conv2D(X), x-units. */
      readonly value: Rational;
      /** The table of B.2 in the order of vec(z); shape: 9. */
      readonly jacobian: readonly (0 | 1)[];
    }
  | Undefined;

/** The text gives no value; `reason` names what it does not say. */
interface Undefined {
  readonly defined: false;
  readonly reason: string;
}

/** A truth value, or why there is none. */
type Truth = boolean | Undefined;

/** A line of a definition by cases. */
interface Line {
  readonly rule: RuleLine;
  readonly condition: Truth;
  readonly value: () => Rational | Undefined;
}

/** A place of the patch and its name in print. */
interface Place {
  readonly name: string;
  readonly cell: Cell;
}

/**
 * f-bar_Conv2D and its Jacobian at a patch, as printed.
 *
 * @param machine its state q is the one whose code is state(x); both are those of cell-code.ts
 */
export function cellRuleAsPrinted(code: CellCode, machine: NormalMachine, patch: ConcretePatch): PrintedOutcome {
  const centre = placeOf(patch, 0, 0);
  const phaseUnknown = valEquals(centre, 2, 0);
  if (isUndefined(phaseUnknown)) return phaseUnknown;
  const outcome = firstLine(
    phaseUnknown
      ? messageLines(patch)
      : valEquals(centre, 2, 1) === true
        ? machineLines(code, machine, patch)
        : [{ rule: "otherwise-keep", condition: true, value: () => centre.cell.value }],
  );
  if (isUndefined(outcome)) return outcome;
  // Where f-bar is defined, so is the table: both ask for the phase of the centre, then whether it is memorized.
  const slope = centreSlopeAsPrinted(patch) === true;
  const jacobian = Array.from({ length: PLACES }, (_, i): 0 | 1 => (i === CENTRE && slope ? 1 : 0));
  return { defined: true, ...outcome, jacobian };
}

/**
 * Whether the third line of f-bar_msg sets the head here, by its formula: "val(x_{0,0}, 1) != 0 and x_{0,1} = 1 and
 * x_{1,0} = p". That is a bottom-right cell. Undefined where the print gives no answer.
 */
export function startsByFormula(patch: ConcretePatch): boolean | undefined {
  const truth = and(
    not(valEquals(placeOf(patch, 0, 0), 1, 0)),
    placeOf(patch, 0, 1).cell.value.equals(1n),
    isPadding(placeOf(patch, 1, 0)),
  );
  return isUndefined(truth) ? undefined : truth;
}

/**
 * Whether the same line sets the head here, by the words under it and under Figure 3: the row is memorized and the cell
 * is the bottom-left one, which has nothing but padding to its left and below. Undefined where the print gives no
 * answer.
 */
export function startsByWords(patch: ConcretePatch): boolean | undefined {
  const truth = and(
    not(valEquals(placeOf(patch, 0, 0), 1, 0)),
    isPadding(placeOf(patch, 0, -1)),
    isPadding(placeOf(patch, 1, 0)),
  );
  return isUndefined(truth) ? undefined : truth;
}

/** f-bar_msg; the five lines in print. */
function messageLines(patch: ConcretePatch): Line[] {
  const centre = placeOf(patch, 0, 0);
  const [above, below] = [placeOf(patch, -1, 0), placeOf(patch, 1, 0)];
  const [left, right] = [placeOf(patch, 0, -1), placeOf(patch, 0, 1)];
  const x = centre.cell.value;
  return [
    { rule: "msg-1-memorize", condition: memorizesHere(patch), value: () => PHASE_VALUE.neg() },
    {
      rule: "msg-2-spread-memory",
      condition: or(valEquals(above, 2, -1), valEquals(below, 2, -1)),
      value: () => PHASE_VALUE.neg(),
    },
    {
      rule: "msg-3-start",
      condition: and(not(valEquals(centre, 1, 0)), right.cell.value.equals(1n), isPadding(below)),
      value: () => x.add(PHASE_VALUE).add(negativePowerOfThree(3)),
    },
    {
      rule: "msg-4-spread-compute",
      condition: or(...[above, below, left, right].map((place) => valEquals(place, 2, 1))),
      value: () => x.add(PHASE_VALUE),
    },
    { rule: "msg-5-keep", condition: true, value: () => x },
  ];
}

/** f-bar_TM; the six lines in print. The fourth and the fifth take the new state from the cell above. */
function machineLines(code: CellCode, machine: NormalMachine, patch: ConcretePatch): Line[] {
  const centre = placeOf(patch, 0, 0);
  const [above, below] = [placeOf(patch, -1, 0), placeOf(patch, 1, 0)];
  const [left, right] = [placeOf(patch, 0, -1), placeOf(patch, 0, 1)];
  const x = centre.cell.value;
  const gamma = (place: Place): Transition | Undefined => transitionAt(code, machine, place);
  /** 1[gamma(mover)[2] = towards] (3^-3 + gamma(source)[0] 3^-4) */
  const arrival = (mover: Place, towards: Move, source: Place): Rational | Undefined => {
    const transition = gamma(mover);
    if (isUndefined(transition)) return transition;
    if (transition.move !== towards) return ZERO;
    const entered = gamma(source);
    return isUndefined(entered) ? entered : headValue(code, entered.next);
  };
  const plus = (head: Rational | Undefined): Rational | Undefined => (isUndefined(head) ? head : x.add(head));
  return [
    {
      rule: "tm-1-head-here",
      condition: valEquals(centre, 3, 1),
      value: () => {
        const transition = gamma(centre);
        if (isUndefined(transition)) return transition;
        const head = arrival(centre, "stay", centre);
        return isUndefined(head) ? head : symbolValue(transition.write).add(PHASE_VALUE).add(head);
      },
    },
    {
      rule: "tm-2-head-below",
      condition: valEquals(below, 3, 1),
      value: () => plus(arrival(below, "up", below)),
    },
    {
      rule: "tm-3-head-above",
      condition: valEquals(above, 3, 1),
      value: () => plus(arrival(above, "down", above)),
    },
    {
      rule: "tm-4-head-right",
      condition: valEquals(right, 3, 1),
      value: () => plus(arrival(right, "left", above)),
    },
    {
      rule: "tm-5-head-left",
      condition: valEquals(left, 3, 1),
      value: () => plus(arrival(left, "right", above)),
    },
    { rule: "tm-6-keep", condition: true, value: () => x },
  ];
}

/** "x_{0,0} = 0 and (x_{-1,0} = p or val(x_{-1,0}, 1) != 0)": in f-bar_msg and, once more, in the Jacobian table. */
function memorizesHere(patch: ConcretePatch): Truth {
  const above = placeOf(patch, -1, 0);
  return and(placeOf(patch, 0, 0).cell.value.equals(0n), or(isPadding(above), not(valEquals(above, 1, 0))));
}

/** Whether the Jacobian table has a 1 at i = j = 0; all its other entries are 0. */
function centreSlopeAsPrinted(patch: ConcretePatch): Truth {
  const centre = placeOf(patch, 0, 0);
  return or(valEquals(centre, 2, -1), and(valEquals(centre, 2, 0), memorizesHere(patch)));
}

/** gamma(x) = delta(state(x), val(x, 1)). */
function transitionAt(code: CellCode, machine: NormalMachine, { name, cell }: Place): Transition | Undefined {
  // Before gamma of a cell is asked for, its digit 3 has been: it has digits.
  const [symbol, found] = [val(cell, 1) as TapeSymbol, state(cell) as Rational];
  const q = Array.from({ length: code.states }, (_, k) => k).findIndex((k) =>
    headValue(code, k)
      .sub(negativePowerOfThree(3))
      .equals(found.mul(negativePowerOfThree(4))),
  );
  return (
    machine.table[q]?.[symbol] ?? unsaid(`gamma(${name})`, cell, `shows the code of no state, ${formatRational(found)}`)
  );
}

function firstLine(lines: readonly Line[]): { readonly rule: RuleLine; readonly value: Rational } | Undefined {
  for (const { rule, condition, value } of lines) {
    if (isUndefined(condition)) return condition;
    if (!condition) continue;
    const result = value();
    return isUndefined(result) ? result : { rule, value: result };
  }
  return { defined: false, reason: "no line of the definition applies" };
}

function placeOf(patch: ConcretePatch, row: Offset, column: Offset): Place {
  return { name: `x_{${row},${column}}`, cell: patch.cells[placeIndex(row, column)] as Cell };
}

function isPadding({ cell }: Place): boolean {
  return cell.value.equals(PADDING);
}

function valEquals({ name, cell }: Place, index: number, expected: -1 | 0 | 1): Truth {
  const digit = val(cell, index);
  return digit === undefined ? unsaid(`val(${name}, ${index})`, cell, "has no digits") : digit === expected;
}

function unsaid(term: string, cell: Cell, why: string): Undefined {
  return { defined: false, reason: `${term} is undefined: ${formatRational(cell.value)} ${why}` };
}

function isUndefined<T>(value: T | Undefined): value is Undefined {
  return value instanceof Object && "reason" in value;
}

function not(truth: Truth): Truth {
  return isUndefined(truth) ? truth : !truth;
}

function and(...truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.find(isUndefined) ?? true;
}

function or(...truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.find(isUndefined) ?? false;
}
