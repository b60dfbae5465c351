/**
 * The gated filter: a machine of s states becomes five affine layers with two ReLUs (V1, V3), equal to f-bar in value and
 * gradient on a whole alphabet.
 *
 * Output terms, each named after the line of f-bar that it serves, sum to the new cell in u-units. A gate is open where its
 * sum of readings is positive; every threshold lies halfway between the values that the sum can take on the alphabet, so no
 * ReLU ever sits at its kink. Untrusted: check-filter.ts decides from the numbers alone whether this worked.
 */
import { ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { assertNormal } from "../../spec/machines/normal-form.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import type { Network } from "../../spec/networks/network.js";
import { alphabet, type AlphabetName } from "../../spec/rcnn/alphabet.js";
import { cellCode, val, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import { CENTRE, PLACES } from "../../spec/rcnn/patch.js";
import { carryByBumps, carryByRamp } from "./carry.js";
import { gatesToNetwork, type Gate, type OutputTerm, type Reading } from "./gate-layer.js";
import {
  arrivingHead,
  centreReading,
  HALF,
  hasSymbol,
  headUnits,
  indicator,
  isPadding,
  levels,
  NEIGHBOURS,
  transitionAt,
} from "./readings.js";
import { UnivariateLayer } from "./univariate.js";

const int = (n: bigint): Rational => rational(n);
const QUARTER = rational(1n, 4n);
const THREE_QUARTERS = rational(3n, 4n);
const TWO = int(2n);

/** What the gates ask of the four neighbours. */
export interface NeighbourReadings {
  /** Above is p or holds a symbol: the row below it is the one to memorize. */
  readonly aboveSettled: Reading;
  readonly aboveMemory: Reading;
  readonly belowMemory: Reading;
  /** Compute phase: below, above, right, left. */
  readonly compute: readonly Reading[];
  /** Carries a head: below, above, right, left. */
  readonly head: readonly Reading[];
  /** Is p: below, above, right, left. */
  readonly padding: readonly Reading[];
  readonly rightIsOne: Reading;
}

/**
 * The gated filter of a machine over an alphabet, as a network from nine cells to one, in u-units.
 *
 * @param machine in normal form; s = machine.states.length
 * @throws {TypeError} if the machine is not normal
 */
export function machineToFilter(machine: NormalMachine, name: AlphabetName = "well-formed"): Network {
  assertNormal(machine);
  const code = cellCode(machine.states.length);
  const letters = alphabet(code, name);
  const univariate = new UnivariateLayer();
  const neighbours = neighbourReadings(code, machine);
  const terms: OutputTerm[] = [
    ...(name === "well-formed"
      ? carryByBumps(code, machine, letters, neighbours, univariate)
      : carryByRamp(code, machine, letters, neighbours, univariate)),
    ...messageTerms(code, neighbours, univariate),
    ...headTerms(code, machine, neighbours),
  ];
  const cells = Array.from({ length: PLACES }, (_, place): readonly Cell[] =>
    place === CENTRE ? letters.centre : letters.neighbour,
  );
  return gatesToNetwork(code, cells, univariate, terms);
}

function neighbourReadings(code: CellCode, machine: NormalMachine): NeighbourReadings {
  const places = NEIGHBOURS.map(({ place }) => place);
  const [below, above, right] = places as [number, number, number, number];
  const isMemory = (cell: Cell) => val(cell, 2) === -1;
  return {
    aboveSettled: indicator(above, (cell) => isPadding(cell) || hasSymbol(cell)),
    aboveMemory: indicator(above, isMemory),
    belowMemory: indicator(below, isMemory),
    compute: places.map((place) => indicator(place, (cell) => val(cell, 2) === 1)),
    head: places.map((place) => indicator(place, (cell) => transitionAt(code, machine, cell) !== undefined)),
    padding: places.map((place) => indicator(place, isPadding)),
    rightIsOne: indicator(right, (cell) => cell.value.equals(1n)),
  };
}

/**
 * Half the indicator of "inside, at least one of the conditions, none of the exceptions", as a difference of two gates.
 * The sum of readings is at least 1 where that holds and at most 0 elsewhere.
 */
function anyOf(inside: Reading, conditions: readonly Reading[], exceptions: readonly Reading[]): [Gate, Gate] {
  const count = int(BigInt(conditions.length));
  const readings = [
    [inside, count],
    ...conditions.map((r) => [r, ONE] as const),
    ...exceptions.map((r) => [r, count.neg()] as const),
  ] as const;
  return [
    { bias: count.add(QUARTER).neg(), readings },
    { bias: count.add(THREE_QUARTERS).neg(), readings },
  ];
}

/** `value` where the gates of anyOf say so. */
function whereAny(name: string, value: Rational, [low, high]: [Gate, Gate]): OutputTerm {
  return {
    name,
    bias: ZERO,
    gates: [
      [low, value.mul(TWO)],
      [high, value.mul(TWO).neg()],
    ],
  };
}

/** f-bar_msg beyond passing the centre on (which the carrying terms do). */
function messageTerms(code: CellCode, at: NeighbourReadings, univariate: UnivariateLayer): OutputTerm[] {
  const { phase, start } = levels(code);
  const zero = indicator(CENTRE, (cell) => cell.value.n === 0n);
  const unknown = centreReading(code, (kind) => (kind === "unknown" ? ONE : ZERO));
  const settled = indicator(CENTRE, (cell) => val(cell, 2) === 0 && hasSymbol(cell));
  const [belowPadding] = at.padding as [Reading];
  const [, aboveCompute, , leftCompute] = at.compute as [Reading, Reading, Reading, Reading];
  const memory = [at.aboveMemory, at.belowMemory];

  const corner: Gate = {
    bias: rational(-5n, 2n),
    readings: [
      [settled, ONE],
      [at.rightIsOne, ONE],
      [belowPadding, ONE],
      [at.aboveMemory, int(-2n)],
    ],
  };
  const cornerAlone: Gate = {
    ...corner,
    readings: [...corner.readings, [aboveCompute, ONE.neg()], [leftCompute, ONE.neg()]],
  };
  const firstRow = { bias: rational(-3n, 2n), readings: [[at.aboveSettled, ONE]] } as const;
  return [
    whereAny("msg-1 and msg-2 at zero", phase.neg(), anyOf(zero, [at.aboveSettled, ...memory], [])),
    {
      name: "msg-1 slope",
      bias: ZERO,
      gates: [
        [{ ...firstRow, functions: [[univariate.slopedBump(CENTRE, ZERO), ONE]] }, ONE],
        [{ ...firstRow, readings: [...firstRow.readings, [zero, ONE]] }, ONE.neg()],
      ],
    },
    {
      name: "msg-3",
      bias: ZERO,
      gates: [
        [corner, start.mul(TWO)],
        [cornerAlone, phase.mul(TWO)],
      ],
    },
    whereAny("msg-4 at zero", phase, anyOf(zero, at.compute, [at.aboveSettled, ...memory])),
    whereAny("msg-4", phase, anyOf(unknown, at.compute, memory)),
  ];
}

/** Heads that arrive from a neighbour, and heads that the border holds back. */
function headTerms(code: CellCode, machine: NormalMachine, at: NeighbourReadings): OutputTerm[] {
  const { bar } = levels(code);
  const empty = centreReading(code, (kind) => (kind === "compute" ? ONE : ZERO));
  const arrivals = NEIGHBOURS.map(({ name, place, towards }, k): OutputTerm => {
    const gate: Gate = {
      bias: bar.add(HALF).neg(),
      readings: [
        [empty, bar],
        [arrivingHead(code, machine, place, towards), ONE],
        ...at.head.slice(0, k).map((head) => [head, bar.neg()] as const),
      ],
    };
    return { name: `tm-${k + 2} from ${name}`, bias: ZERO, gates: [[gate, ONE]] };
  });
  // A head that moves up wants the cell above, which is NEIGHBOURS[1], whose own heads move "down" to get here.
  const wanted = [1, 0, 3, 2] as const;
  const heldBack = NEIGHBOURS.map(({ towards }, k): OutputTerm => {
    const leaving: Reading = {
      place: CENTRE,
      of: (cell) => {
        const transition = transitionAt(code, machine, cell);
        return transition?.move === towards ? headUnits(code, transition.next).add(HALF) : ZERO;
      },
    };
    const gate: Gate = {
      bias: bar.add(HALF).neg(),
      readings: [
        [leaving, ONE],
        [at.padding[wanted[k] as number] as Reading, bar],
      ],
    };
    return { name: `tm-1 border ${towards}`, bias: ZERO, gates: [[gate, ONE]] };
  });
  return [...arrivals, ...heldBack];
}
