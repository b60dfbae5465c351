/**
 * The features from which the gates of a filter are made: which class a cell belongs to, and the values that a head
 * brings. All values in u-units; all of them integers or half-integers of a set of size O(s) that depends on s alone.
 */
import { rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { Move, NormalMachine, Transition } from "../../spec/machines/machine.js";
import {
  headOnCell,
  headValue,
  PADDING,
  PHASE,
  PHASE_VALUE,
  symbolValue,
  toUnits,
  val,
  type Cell,
  type CellCode,
} from "../../spec/rcnn/cell-code.js";
import { CENTRE } from "../../spec/rcnn/patch.js";
import type { PlaceFeature } from "./gates-to-network.js";

/** 1/2 */
export const HALF: Rational = rational(1n, 2n);
const ONE = rational(1n);

/** The four neighbours that f-bar reads, in the order in which f-bar_TM asks them for a head. */
export const NEIGHBOURS: readonly { readonly name: string; readonly place: number; readonly towards: Move }[] = [
  { name: "below", place: 7, towards: "up" },
  { name: "above", place: 1, towards: "down" },
  { name: "right", place: 5, towards: "left" },
  { name: "left", place: 3, towards: "right" },
];

/** Constants of the gates in u-units. */
export interface Levels {
  /** 2 * 3^K */
  readonly one: Rational;
  /** u of 3^-2 */
  readonly phase: Rational;
  /** u of 3^-3: a head in state 0 */
  readonly start: Rational;
  /** Lifts every cell value above 0; exceeds every |u|. */
  readonly lift: Rational;
  /** Closes a gate whatever else it sums. */
  readonly bar: Rational;
}

/** The levels of a cell code, which depend on s alone. */
export function levels(code: CellCode): Levels {
  const one = rational(code.scale);
  return {
    one,
    phase: rational(toUnits(code, PHASE_VALUE)),
    start: rational(toUnits(code, headValue(code, 0))),
    lift: one.mul(rational(2n)),
    bar: one.mul(rational(4n)),
  };
}

/** The class of a centre cell, as the gates tell them apart. */
export type CentreClass = "zero" | "unknown" | "memory" | "compute" | "head" | "none";

/** "zero" is the unknown-phase cell 0, "unknown" the other ones; "compute" carries no head; "none" is p. */
export function centreClass(code: CellCode, cell: Cell): CentreClass {
  switch (val(cell, 2)) {
    case PHASE.memory:
      return "memory";
    case PHASE.unknown:
      return cell.value.n === 0n ? "zero" : "unknown";
    case PHASE.compute:
      return headOnCell(code, cell) === undefined ? "compute" : "head";
    default:
      return "none";
  }
}

/** 1 where the predicate holds, 0 elsewhere; the name says when: "is p". */
export function indicator(place: number, name: string, holds: (cell: Cell) => boolean): PlaceFeature {
  return { place, name, of: (cell) => (holds(cell) ? ONE : ZERO) };
}

/** Whether a cell is p, the value of the padding around the grid (Definition 5). */
export function isPadding(cell: Cell): boolean {
  return cell.value.equals(PADDING);
}

/** Whether digit 1 of a cell is +1 or -1: its tape symbol is not blank. */
export function hasSymbol(cell: Cell): boolean {
  return val(cell, 1) === 1 || val(cell, 1) === -1;
}

/** gamma of the head that a cell carries. */
export function transitionAt(code: CellCode, machine: NormalMachine, cell: Cell): Transition | undefined {
  const head = headOnCell(code, cell);
  return head === undefined ? undefined : machine.table[head.state]?.[head.symbol];
}

/** u of 3^-3 and the code of a state. */
export function headUnits(code: CellCode, state: number): Rational {
  return rational(toUnits(code, headValue(code, state)));
}

/** Where the head at this place moves `towards`: half a unit more than what it brings; 0 elsewhere. */
export function arrivingHead(code: CellCode, machine: NormalMachine, place: number, towards: Move): PlaceFeature {
  return {
    place,
    name: `has a head that moves ${towards}: what it brings, and 1/2`,
    of: (cell) => {
      const transition = transitionAt(code, machine, cell);
      return transition?.move === towards ? headUnits(code, transition.next).add(HALF) : ZERO;
    },
  };
}

/**
 * u of what a head leaves at the centre if its move succeeds: the written symbol in the compute phase, and, on "stay",
 * itself.
 */
export function leftBehind(code: CellCode, machine: NormalMachine, cell: Cell): Rational {
  const transition = transitionAt(code, machine, cell);
  if (transition === undefined) throw new RangeError("leftBehind: expected a cell that carries a head");
  const written = rational(toUnits(code, symbolValue(transition.write).add(PHASE_VALUE)));
  return transition.move === "stay" ? written.add(headUnits(code, transition.next)) : written;
}

/** A feature of the centre that depends on the class alone, or on class and value. */
export function centreFeature(
  code: CellCode,
  name: string,
  of: (kind: CentreClass, cell: Cell) => Rational,
): PlaceFeature {
  return { place: CENTRE, name, of: (cell) => of(centreClass(code, cell), cell) };
}

/** What the gates ask of the four neighbours. */
export interface NeighbourFeatures {
  /** Above is p or holds a symbol: the row below it is the one to memorize. */
  readonly aboveSettled: PlaceFeature;
  readonly aboveMemory: PlaceFeature;
  readonly belowMemory: PlaceFeature;
  /** Compute phase: below, above, right, left. */
  readonly compute: readonly PlaceFeature[];
  /** Carries a head: below, above, right, left. */
  readonly head: readonly PlaceFeature[];
  /** Is p: below, above, right, left. */
  readonly padding: readonly PlaceFeature[];
  readonly rightIsOne: PlaceFeature;
}

/** What the gates of a machine ask of the four neighbours. */
export function neighbourFeatures(code: CellCode, machine: NormalMachine): NeighbourFeatures {
  const places = NEIGHBOURS.map(({ place }) => place);
  const [below, above, right] = places as [number, number, number, number];
  const isMemory = (cell: Cell) => val(cell, 2) === -1;
  return {
    aboveSettled: indicator(above, "is p or holds a symbol", (cell) => isPadding(cell) || hasSymbol(cell)),
    aboveMemory: indicator(above, "is in the memory phase", isMemory),
    belowMemory: indicator(below, "is in the memory phase", isMemory),
    compute: places.map((place) => indicator(place, "is in the compute phase", (cell) => val(cell, 2) === 1)),
    head: places.map((place) =>
      indicator(place, "has a head", (cell) => transitionAt(code, machine, cell) !== undefined),
    ),
    padding: places.map((place) => indicator(place, "is p", isPadding)),
    rightIsOne: indicator(right, "is 1", (cell) => cell.value.equals(1n)),
  };
}
