/**
 * How a gated filter passes the centre on: identity in the memory phase (slope 1), a constant at each other cell value
 * (slope 0), what a head leaves behind, and nothing where message passing overwrites an unknown cell.
 *
 * Two ways. On the well-formed alphabet every value to keep has a plateau of its own. The full V_s has 3^(K+1) values, too
 * many for that; there the coordinate itself passes through, and a zigzag takes its slope away at every value: a sawtooth
 * of the coordinate folds V_s onto sqrt(|V_s|) values, and that many gates flatten them all at once.
 */
import { ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import type { Alphabet } from "../../spec/rcnn/alphabet.js";
import { toUnits, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import { RULE_LINES } from "../../spec/rcnn/cell-rule.js";
import { CENTRE } from "../../spec/rcnn/patch.js";
import type { Gate, OutputTerm, PlaceFeature } from "./gates-to-network.js";
import {
  centreClass,
  centreFeature,
  HALF,
  leftBehind,
  levels,
  type CentreClass,
  type NeighbourFeatures,
} from "./features.js";
import type { UnivariateFunctions } from "./univariate.js";

const CARRY = {
  name: "carry",
  about: "the centre's own value, or what its head leaves; -3^-2 where it is of unknown phase and not 0",
  serves: RULE_LINES.filter((line) => line !== "msg-1-memorize"),
} as const satisfies Pick<OutputTerm, "name" | "about" | "serves">;

const KEEP = {
  name: "msg-5",
  about: "gives a centre of unknown phase its value back, unless the cell above or below is in the memory phase",
  serves: ["msg-3-start", "msg-4-spread-compute", "msg-5-keep"],
} as const satisfies Pick<OutputTerm, "name" | "about" | "serves">;

const units = (code: CellCode, cell: Cell): Rational => rational(toUnits(code, cell.value));

/** Unknown cells are kept unless a row above or below is in the memory phase; without that they become -3^-2. */
function overwritten(code: CellCode, at: NeighbourFeatures): (readonly [PlaceFeature, Rational])[] {
  const { bar } = levels(code);
  return [
    [at.aboveMemory, bar.neg()],
    [at.belowMemory, bar.neg()],
  ];
}

/** Carrying on the well-formed alphabet: one plateau a value. */
export function carryByBumps(
  code: CellCode,
  machine: NormalMachine,
  letters: Alphabet,
  at: NeighbourFeatures,
  univariate: UnivariateFunctions,
): OutputTerm[] {
  const { lift, phase } = levels(code);
  const height = (kind: CentreClass, cell: Cell): Rational => {
    if (kind === "head") return leftBehind(code, machine, cell);
    return kind === "unknown" ? phase.neg() : units(code, cell);
  };
  const level: Gate = {
    bias: ZERO,
    features: [
      [centreFeature(code, "has this to pass on, lifted above 0", (kind, cell) => height(kind, cell).add(lift)), ONE],
      [centreFeature(code, "is in the memory phase", (kind) => (kind === "memory" ? ONE : ZERO)), ONE.neg()],
    ],
    functions: letters.centre
      .filter((cell) => centreClass(code, cell) === "memory")
      .map((cell) => [univariate.slopedBump(CENTRE, units(code, cell)), ONE] as const),
  };
  /** sign * (u + 3^-2) for unknown cells where that is positive. */
  const kept = (sign: Rational): Gate => ({
    bias: HALF.neg(),
    features: [
      [
        centreFeature(
          code,
          `is of unknown phase and not 0: ${sign.s > 0n ? "its value + 3^-2" : "-3^-2 - its value"} if positive, and 1/2`,
          (kind, cell) => {
            const excess = units(code, cell).add(phase).mul(sign);
            return kind === "unknown" && excess.s > 0n ? excess.add(HALF) : ZERO;
          },
        ),
        ONE,
      ],
      ...overwritten(code, at),
    ],
  });
  return [
    { ...CARRY, bias: lift.neg(), gates: [[level, ONE]] },
    {
      ...KEEP,
      bias: ZERO,
      gates: [
        [kept(ONE), ONE],
        [kept(ONE.neg()), ONE.neg()],
      ],
    },
  ];
}

/** Carrying on the full V_s: the coordinate itself, flattened by zigzags. */
export function carryByRamp(
  code: CellCode,
  machine: NormalMachine,
  letters: Alphabet,
  at: NeighbourFeatures,
  univariate: UnivariateFunctions,
): OutputTerm[] {
  const { lift, phase, bar } = levels(code);
  const line = univariate.ramp(CENTRE, lift.neg(), ZERO, []);
  const isOutside = (
    inside: (kind: CentreClass, cell: Cell) => boolean,
    name: string,
  ): readonly [PlaceFeature, Rational] => [
    centreFeature(code, name, (kind, cell) => (inside(kind, cell) ? ZERO : ONE)),
    bar.neg(),
  ];
  const carried: Gate = {
    bias: lift,
    features: [
      isOutside(
        (kind) => kind === "memory" || kind === "compute",
        "is neither in the memory phase nor in the compute phase without a head",
      ),
    ],
    functions: [[line, ONE]],
  };
  const level: Gate = {
    bias: HALF.neg(),
    features: [
      [
        centreFeature(code, "has this to pass on, lifted above 0, and 1/2", (kind, cell) => {
          if (kind === "memory" || kind === "compute") return ZERO;
          const left =
            kind === "head" ? leftBehind(code, machine, cell) : kind === "unknown" ? phase.neg() : units(code, cell);
          return left.add(lift).add(HALF);
        }),
        ONE,
      ],
    ],
  };
  const kept = (sign: Rational): Gate => ({
    bias: phase.mul(sign),
    features: [
      isOutside(
        (kind, cell) => kind === "unknown" && units(code, cell).add(phase).mul(sign).s > 0n,
        `is no cell of unknown phase, 0 aside, ${sign.s > 0n ? "above" : "below"} -3^-2`,
      ),
      ...overwritten(code, at),
    ],
    functions: [[line, sign]],
  });
  const teeth = flatteningTeeth(code, letters, univariate);
  return [
    {
      ...CARRY,
      bias: lift.neg(),
      gates: [
        [carried, ONE],
        [level, ONE],
      ],
    },
    {
      name: "carry flat",
      about: "takes the slope of the centre away where it is in the compute phase without a head",
      serves: ["tm-2-head-below", "tm-3-head-above", "tm-4-head-right", "tm-5-head-left", "tm-6-keep"],
      bias: ZERO,
      gates: zigzag(teeth, "compute", [
        isOutside((kind) => kind === "compute", "is not in the compute phase without a head"),
      ]),
    },
    {
      ...KEEP,
      bias: ZERO,
      gates: [
        [kept(ONE), ONE],
        [kept(ONE.neg()), ONE.neg()],
      ],
    },
    {
      name: "msg-5 flat",
      about: "takes the slope of the centre away where it is of unknown phase and keeps its value",
      serves: KEEP.serves,
      bias: ZERO,
      gates: zigzag(teeth, "unknown", [
        isOutside((kind) => kind === "unknown", "is not of unknown phase, or is 0"),
        ...overwritten(code, at),
      ]),
    },
  ];
}

/** A sawtooth of the coordinate that takes the values first, first + 2, ... first + 2 (size - 1) on V_s. */
interface Teeth {
  readonly sawtooth: number;
  readonly first: Rational;
  /** The largest j such that the sawtooth is first + 2 j at some cell of a class. */
  readonly top: ReadonlyMap<CentreClass, number>;
}

function flatteningTeeth(code: CellCode, letters: Alphabet, univariate: UnivariateFunctions): Teeth {
  const cells = letters.centre.filter((cell) => cell.digits !== undefined);
  const values = cells.map((cell) => units(code, cell));
  const first = values[0] as Rational;
  const size = 3 ** Math.floor((code.lastIndex + 1) / 2);
  const cliffs = values.filter((_, i) => i % size === size - 1 && i < values.length - 1);
  const sawtooth = univariate.ramp(CENTRE, first.sub(ONE), rational(2n * BigInt(size)), cliffs);
  const top = new Map<CentreClass, number>();
  for (const [i, cell] of cells.entries()) {
    const kind = centreClass(code, cell);
    top.set(kind, Math.max(top.get(kind) ?? 0, i % size));
  }
  return { sawtooth, first, top };
}

/**
 * Value 0 and slope -1 at every value of the sawtooth that a class of cells takes, as long as no feature bars the gates. For
 * K = 3 a tooth spans the phases, and cells of one phase do not take them all.
 */
function zigzag(
  teeth: Teeth,
  kind: CentreClass,
  bars: readonly (readonly [PlaceFeature, Rational])[],
): (readonly [Gate, Rational])[] {
  const two = rational(2n);
  const kinks: (readonly [Rational, Rational])[] = [
    [ONE.neg(), ONE],
    [HALF.neg(), two.neg()],
  ];
  for (let j = 0; j < (teeth.top.get(kind) ?? 0); j++) {
    const foot = rational(2n * BigInt(j)).add(HALF);
    kinks.push([foot, two], [foot.add(ONE), two.neg()]);
  }
  return kinks.map(([kink, weight]) => [
    { bias: teeth.first.add(kink).neg(), features: bars, functions: [[teeth.sawtooth, ONE]] },
    weight,
  ]);
}
