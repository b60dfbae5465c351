/**
 * The gated filter: a machine of s states becomes five affine layers with two ReLUs (V1, V3), equal to f-bar in value and
 * gradient on a whole alphabet.
 *
 * Output terms, each named after the line of f-bar that it serves, sum to the new cell in u-units. A gate is open where its
 * sum of features is positive; every threshold lies halfway between the values that the sum can take on the alphabet, so no
 * ReLU ever sits at its kink. Untrusted: check-function.ts decides from the numbers alone whether this worked.
 */
import { ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { assertNormal } from "../../spec/machines/normal-form.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import type { Network } from "../../spec/networks/network.js";
import { alphabet, type AlphabetName } from "../../spec/rcnn/alphabet.js";
import { cellCode, val, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import type { RuleLine } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, PLACES } from "../../spec/rcnn/patch.js";
import { carryByBumps, carryByRamp } from "./carry.js";
import {
  describedNetwork,
  type DescribedNetwork,
  type Gate,
  type OutputTerm,
  type PlaceFeature,
} from "./gates-to-network.js";
import {
  arrivingHead,
  neighbourFeatures,
  type NeighbourFeatures,
  centreFeature,
  HALF,
  hasSymbol,
  headUnits,
  indicator,
  levels,
  NEIGHBOURS,
  transitionAt,
} from "./features.js";
import { UnivariateFunctions } from "./univariate.js";

const int = (n: bigint): Rational => rational(n);
const QUARTER = rational(1n, 4n);
const THREE_QUARTERS = rational(3n, 4n);
const TWO = int(2n);

/**
 * The gated filter of a machine over an alphabet, as a network from nine cells to one, in u-units.
 *
 * @param machine in normal form; s = machine.states.length
 * @throws {RangeError} if the machine is not in normal form
 *
 * @example
 * ```ts
 * import { evaluate, loadMachine, machineToFilter, normalForm, rational } from "weightproof";
 *
 * const filter = machineToFilter(normalForm(loadMachine("bb2")));
 * filter.layers.length; // => 5
 * // Nine cells of value 0, in u-units: the cell above shows neither p nor a symbol, so the centre is kept.
 * const zeros = Array.from({ length: 9 }, () => rational(0n));
 * evaluate(filter, zeros).map(String); // => ["0"]
 * ```
 */
export function machineToFilter(machine: NormalMachine, name: AlphabetName = "well-formed"): Network {
  return describedFilter(machine, name).network;
}

/** The same network, with what each of its rows is for: names as data beside it, which no checker reads. */
export function describedFilter(machine: NormalMachine, name: AlphabetName): DescribedNetwork {
  assertNormal(machine);
  const code = cellCode(machine.states.length);
  const letters = alphabet(code, name);
  const univariate = new UnivariateFunctions();
  const neighbours = neighbourFeatures(code, machine);
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
  return describedNetwork(code, cells, univariate, terms);
}

/**
 * Half the indicator of "inside, at least one of the conditions, none of the exceptions", as a difference of two gates.
 * The sum of features is at least 1 where that holds and at most 0 elsewhere.
 */
function anyOf(
  inside: PlaceFeature,
  conditions: readonly PlaceFeature[],
  exceptions: readonly PlaceFeature[],
): [Gate, Gate] {
  const count = int(BigInt(conditions.length));
  const features = [
    [inside, count],
    ...conditions.map((r) => [r, ONE] as const),
    ...exceptions.map((r) => [r, count.neg()] as const),
  ] as const;
  return [
    { bias: count.add(QUARTER).neg(), features },
    { bias: count.add(THREE_QUARTERS).neg(), features },
  ];
}

/** What a term is called, in words, and which lines of f-bar need it. */
type Named = Pick<OutputTerm, "name" | "about" | "serves">;

/** `value` where the gates of anyOf say so. */
function whereAny(named: Named, value: Rational, [low, high]: [Gate, Gate]): OutputTerm {
  return {
    ...named,
    bias: ZERO,
    gates: [
      [low, value.mul(TWO)],
      [high, value.mul(TWO).neg()],
    ],
  };
}

/** f-bar_msg beyond passing the centre on (which the carrying terms do). */
function messageTerms(code: CellCode, at: NeighbourFeatures, univariate: UnivariateFunctions): OutputTerm[] {
  const { phase, start } = levels(code);
  const zero = indicator(CENTRE, "is 0", (cell) => cell.value.n === 0n);
  const unknown = centreFeature(code, "is of unknown phase and not 0", (kind) => (kind === "unknown" ? ONE : ZERO));
  const settled = indicator(
    CENTRE,
    "is of unknown phase and holds a symbol",
    (cell) => val(cell, 2) === 0 && hasSymbol(cell),
  );
  const [belowPadding] = at.padding as [PlaceFeature];
  const [, aboveCompute, , leftCompute] = at.compute as [PlaceFeature, PlaceFeature, PlaceFeature, PlaceFeature];
  const memory = [at.aboveMemory, at.belowMemory];

  const corner: Gate = {
    bias: rational(-5n, 2n),
    features: [
      [settled, ONE],
      [at.rightIsOne, ONE],
      [belowPadding, ONE],
      [at.aboveMemory, int(-2n)],
    ],
  };
  const cornerAlone: Gate = {
    ...corner,
    features: [...corner.features, [aboveCompute, ONE.neg()], [leftCompute, ONE.neg()]],
  };
  const firstRow = { bias: rational(-3n, 2n), features: [[at.aboveSettled, ONE]] } as const;
  return [
    whereAny(
      {
        name: "msg-1 and msg-2 at zero",
        about:
          "-3^-2 where the centre is 0 and the row is to be memorized: above is p, holds a symbol, or is memorized",
        serves: ["msg-1-memorize", "msg-2-spread-memory"],
      },
      phase.neg(),
      anyOf(zero, [at.aboveSettled, ...memory], []),
    ),
    {
      name: "msg-1 slope",
      about: "slope 1 and no value where the centre is 0 and the cell above is p or holds a symbol",
      serves: ["msg-1-memorize"],
      bias: ZERO,
      gates: [
        [{ ...firstRow, functions: [[univariate.slopedBump(CENTRE, ZERO), ONE]] }, ONE],
        [{ ...firstRow, features: [...firstRow.features, [zero, ONE]] }, ONE.neg()],
      ],
    },
    {
      name: "msg-3",
      about: "the first head and the compute phase in the corner where the machine starts",
      serves: ["msg-3-start"],
      bias: ZERO,
      gates: [
        [corner, start.mul(TWO)],
        [cornerAlone, phase.mul(TWO)],
      ],
    },
    whereAny(
      {
        name: "msg-4 at zero",
        about: "3^-2 where the centre is 0 and some neighbour computes, unless the row is to be memorized",
        serves: ["msg-4-spread-compute"],
      },
      phase,
      anyOf(zero, at.compute, [at.aboveSettled, ...memory]),
    ),
    whereAny(
      {
        name: "msg-4",
        about: "3^-2 where the centre is of unknown phase and not 0 and some neighbour computes",
        serves: ["msg-3-start", "msg-4-spread-compute"],
      },
      phase,
      anyOf(unknown, at.compute, memory),
    ),
  ];
}

/** The lines of f-bar for a head at each of NEIGHBOURS. */
const ARRIVALS: readonly RuleLine[] = ["tm-2-head-below", "tm-3-head-above", "tm-4-head-right", "tm-5-head-left"];

/** Heads that arrive from a neighbour, and heads that the border holds back. */
function headTerms(code: CellCode, machine: NormalMachine, at: NeighbourFeatures): OutputTerm[] {
  const { bar } = levels(code);
  const empty = centreFeature(code, "is in the compute phase without a head", (kind) =>
    kind === "compute" ? ONE : ZERO,
  );
  const arrivals = NEIGHBOURS.map(({ name, place, towards }, k): OutputTerm => {
    const gate: Gate = {
      bias: bar.add(HALF).neg(),
      features: [
        [empty, bar],
        [arrivingHead(code, machine, place, towards), ONE],
        ...at.head.slice(0, k).map((head) => [head, bar.neg()] as const),
      ],
    };
    return {
      name: `tm-${k + 2} from ${name}`,
      about: `the head that arrives from ${name}, where no head is asked for before it`,
      serves: [ARRIVALS[k] as RuleLine],
      bias: ZERO,
      gates: [[gate, ONE]],
    };
  });
  // A head that moves up wants the cell above, which is NEIGHBOURS[1], whose own heads move "down" to get here.
  const wanted = [1, 0, 3, 2] as const;
  const heldBack = NEIGHBOURS.map(({ towards }, k): OutputTerm => {
    const leaving: PlaceFeature = {
      place: CENTRE,
      name: `has a head that moves ${towards}: what stays if it cannot, and 1/2`,
      of: (cell) => {
        const transition = transitionAt(code, machine, cell);
        return transition?.move === towards ? headUnits(code, transition.next).add(HALF) : ZERO;
      },
    };
    const gate: Gate = {
      bias: bar.add(HALF).neg(),
      features: [
        [leaving, ONE],
        [at.padding[wanted[k] as number] as PlaceFeature, bar],
      ],
    };
    return {
      name: `tm-1 border ${towards}`,
      about: `the head that moves ${towards} off the grid, and so stays`,
      serves: ["tm-1-head-here"],
      bias: ZERO,
      gates: [[gate, ONE]],
    };
  });
  return [...arrivals, ...heldBack];
}
