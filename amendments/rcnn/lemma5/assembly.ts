/**
 * Amendments to the proof of Lemma 5 (B.4.1), Parts (ii) and (iii): how thresholds of sums of bumps are put together.
 */
import { valueAt } from "../../../spec/exact/piecewise-linear.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import {
  AS_AMENDED,
  bump,
  halfWidth,
  sumOfIndicators,
  threshold,
  type Lemma5Variant,
} from "../../../spec/rcnn/lemma5/functions.js";
import type { Amendment, Replay } from "../../amendment.js";
import { compareWithTable, smallTable } from "./small-tables.js";
import { provenDimensions } from "../../../spec/rcnn/lemma5/weights.js";
import type { TablePoint } from "../../../spec/networks/table.js";

/** Equation (4) as amended, but for the indicators that are added up. */
function readingWith(indicators: Lemma5Variant["indicators"]): Lemma5Variant {
  return { bumpSlope: AS_AMENDED.bumpSlope, indicators };
}

function replayAlwaysOne(): Replay {
  const table = smallTable([["0", "0"], ["0"], [["1", "0"]]]);
  return {
    instance: "X = {(0, 0)}, f = 0, g = (1, 0)",
    printed: compareWithTable(table, { bumpSlope: () => 1, indicators: AS_AMENDED.indicators }),
    amended: compareWithTable(table),
  };
}

function replayThreeIndicators(): Replay {
  const origin = [ZERO, ZERO, ZERO, ZERO];
  const units = origin.map((_, i) => origin.map((zero, k) => (k === i ? ONE : zero)));
  // Three univariate functions read at most three coordinates; a point that agrees with the origin there looks the same.
  const triples = [0, 1, 2, 3].map((left) => [0, 1, 2, 3].filter((i) => i !== left));
  const missed = triples.map((triple) => units.findIndex((at) => triple.every((i) => at[i]?.n === 0n)));
  const delta = rational(1n, 10n);
  const sums = [origin, ...units].map((at) => at.reduce((sum, x) => sum.add(valueAt(bump(ZERO, 0, delta), x)), ZERO));
  const full = rational(4n);
  return {
    instance: "X = the origin and the four unit vectors of Q^4; the indicator of the origin",
    printed: {
      holds: missed.every((k) => k < 0),
      found: `without coordinate 0, 1, 2, 3 the origin looks like unit vector ${missed.join(", ")}`,
    },
    amended: {
      holds: sums.every((sum, k) => sum.equals(full) === (k === 0)),
      found: `the sums of 4 indicators at the points are ${sums.map(formatRational).join(", ")}`,
    },
  };
}

/** One piece of a function that may jump: its value at its left end (throughout, if it has none), and its slope. */
interface Piece {
  readonly start: Rational;
  readonly slope: Rational;
}

function replayContinuity(): Replay {
  const delta = rational(1n, 10n);
  const steep = threshold(1, ONE, ZERO, delta).slopes[0] ?? ZERO;
  const flat = (start: Rational): Piece => ({ start, slope: ZERO });
  // Three pieces each: up to 4/5, from there to 9/10, from there on.
  const climbing = { start: ZERO, slope: steep };
  const candidates: (readonly [Piece, Piece, Piece])[] = [
    [flat(ZERO), climbing, flat(ONE)],
    [flat(ZERO), flat(rational(5n)), flat(ONE)],
    [flat(ZERO), flat(ZERO), flat(ONE)],
    [flat(ZERO), flat(ONE), flat(ONE)],
    // None of these meets the conditions: each fails one of them.
    [flat(ONE), climbing, flat(ONE)],
    [{ start: ZERO, slope: steep }, climbing, flat(ONE)],
    [flat(ZERO), climbing, { start: ZERO, slope: steep }],
    [flat(ZERO), climbing, flat(rational(2n))],
  ];
  const end = ({ start, slope }: Piece): Rational => start.add(slope.mul(delta));
  // The conditions: 0 on the left; y at d_in, slope gamma on the right; one slope between, which a piece has by its type.
  const meets = ([left, , right]: readonly [Piece, Piece, Piece]): boolean =>
    left.start.n === 0n && left.slope.n === 0n && right.slope.n === 0n && end(right).equals(ONE);
  const continuous = ([left, middle, right]: readonly [Piece, Piece, Piece]): boolean =>
    middle.start.equals(left.start) && end(middle).equals(right.start);
  const printed = candidates.filter(meets).length;
  const amended = candidates.filter((pieces) => meets(pieces) && continuous(pieces)).length;
  return {
    instance:
      "d_in = 1, y = 1, gamma = 0, Delta = 1/10; between 4/5 and 9/10 one function climbs, others are 5, 0 or 1",
    printed: { holds: printed === 1, found: `${printed} of ${candidates.length} functions meet the conditions` },
    amended: { holds: amended === 1, found: `${amended} of ${candidates.length} meets them and is continuous` },
  };
}

function replayHeight(): Replay {
  const table = smallTable([["0", "0"], ["1"], [["0", "0"]]]);
  const delta = halfWidth(table);
  const full = rational(BigInt(table.inputs));
  const outputs = table.points.flatMap((point) =>
    AS_AMENDED.indicators(point, 0).map(({ height, slope }) => ({
      height,
      got: valueAt(threshold(table.inputs, height, slope, delta), full),
      target: point.value[0] ?? ZERO,
    })),
  );
  const found = `the indicators put out ${outputs.map(({ got }) => formatRational(got)).join(" and ")}`;
  return {
    instance: "X = {(0, 0)}, f = 1, g = 0: two indicators, y = 1 and y = 0",
    printed: { holds: outputs.every(({ got, target }) => got.equals(target)), found },
    amended: { holds: outputs.every(({ got, height }) => got.equals(height)), found },
  };
}

function replayIndexOrder(): Replay {
  const table = smallTable([
    ["0", "0"],
    ["0", "0"],
    [
      ["0", "1"],
      ["0", "0"],
    ],
  ]);
  const printed = readingWith((point, j) =>
    AS_AMENDED.indicators(point, j).map((indicator) => ({
      ...indicator,
      slope: point.jacobian[indicator.summand]?.[j] ?? ZERO,
    })),
  );
  return {
    instance: "X = {(0, 0)}, f = (0, 0), g(x, 1, 2) = 1, the rest of g is 0",
    printed: compareWithTable(table, printed),
    amended: compareWithTable(table),
  };
}

function replayComposition(): Replay {
  const { d1, bumps, d2, thresholds } = provenDimensions(smallTable([["0"], ["1"], [["0"]]]));
  const shapes = { "W1'": [d1, bumps], "W1+": [bumps, d2], "W2'": [d2, thresholds], "W2+": [thresholds, 1] } as const;
  type Name = keyof typeof shapes;
  const fits = (outer: Name, inner: Name): boolean => shapes[inner][1] === shapes[outer][0];
  const tell = (outer: Name, inner: Name): string =>
    `${outer} o ${inner} ${fits(outer, inner) ? "exists" : "does not"}`;
  const sizes = Object.entries(shapes).map(([name, [columns, rows]]) => `${name} from ${columns} to ${rows}`);
  return {
    instance: `X = {0}, f = 1: ${sizes.join(", ")}`,
    printed: {
      holds: fits("W1'", "W2'") || fits("W2'", "W1'"),
      found: `${tell("W1'", "W2'")}, ${tell("W2'", "W1'")}`,
    },
    amended: {
      holds: fits("W1+", "W1'") && fits("W2+", "W2'"),
      found: `${tell("W1+", "W1'")}, ${tell("W2+", "W2'")}`,
    },
  };
}

function replayAllIndicators(): Replay {
  const table = smallTable([["0"], ["1"], [["1"]]]);
  const printed = readingWith((point, j) =>
    AS_AMENDED.indicators(point, j).flatMap((indicator) => {
      const height = point.value[j] ?? ZERO;
      return (height.n === 0n ? [ZERO] : [ZERO, height]).map((y) => ({ ...indicator, height: y }));
    }),
  );
  return {
    instance: "X = {0}, f = 1, g = 1",
    printed: compareWithTable(table, printed),
    amended: compareWithTable(table),
  };
}

function replayBoundVariable(): Replay {
  const table = smallTable([["0"], ["1"], [["0"]]], [["1"], ["2"], [["0"]]]);
  const onlyFor = (centre: TablePoint): Lemma5Variant =>
    readingWith((point, j) => (point === centre ? AS_AMENDED.indicators(point, j) : []));
  // To the letter: x is summed away and x_0 is free, so for each x_0 the network is one constant.
  const constants = table.points.map((centre) =>
    table.points.reduce((sum, { at }) => sum.add(sumOfIndicators(table, at, onlyFor(centre)).value[0] ?? ZERO), ZERO),
  );
  const fits = (constant: Rational): boolean => table.points.every(({ value }) => value[0]?.equals(constant) === true);
  return {
    instance: "X = {0, 1}, f(0) = 1, f(1) = 2",
    printed: { holds: constants.some(fits), found: `the constant ${constants.map(formatRational).join(" or ")}` },
    amended: compareWithTable(table),
  };
}

/** Amendments L5-7 ... L5-14. */
export const ASSEMBLY_AMENDMENTS: readonly Amendment[] = [
  {
    id: "L5-7",
    place: "B.4.1, proof of Lemma 5, summary of step (i)",
    printed: "The gradient of a univariate indicator is always 1 in its bump.",
    amended: "It is gamma, 0 or 1: both kinds are built for each value.",
    reason: "With slope 1 in all coordinates, every partial derivative is the sum of all of them.",
    replay: replayAlwaysOne,
  },
  {
    id: "L5-8",
    place: "B.4.1, proof of Lemma 5, summary of step (ii)",
    printed: "A multivariate indicator is a linear combination of 3 univariate indicators.",
    amended: "It is a linear combination of 3 ReLUs of a sum of d_in univariate indicators.",
    reason: "Three univariate functions do not see a fourth coordinate.",
    replay: replayThreeIndicators,
  },
  {
    id: "L5-9",
    place: "B.4.1, proof of Lemma 5, Part (ii), definition of tau",
    printed: "tau is the unique piecewise linear function that meets three conditions.",
    amended: "tau is the unique continuous one.",
    reason: "Functions that jump meet the conditions too, and ReLUs cannot make them.",
    replay: replayContinuity,
  },
  {
    id: "L5-10",
    place: "B.4.1, proof of Lemma 5, Part (ii), after the definition of tau",
    printed: "Where every summand is 1, tau puts out f(x_0).",
    amended: "Where every summand is 1, tau puts out y: f(x_0)_j for one of the d_in summands i', 0 for the others.",
    reason: "Equation (4) counts the value once among d_in indicators.",
    replay: replayHeight,
  },
  {
    id: "L5-11",
    place: "B.4.1, proof of Lemma 5, Part (ii), list of indicators, and Part (iii), Equation (4)",
    printed: "g(x_0, i, j) with i in [d_in] and j in [d_out]; the value f(x_0)_i for output j.",
    amended: "g(x_0, j, i) with j in [d_out] and i in [d_in], as the lemma declares g; the value f(x_0)_j.",
    reason: "With the printed order the network has the transposed Jacobian.",
    replay: replayIndexOrder,
  },
  {
    id: "L5-12",
    place: "B.4.1, proof of Lemma 5, before Part (i); both splits before Lemma 6",
    printed: "W2 is W1' composed with W2'; some compositions run left to right, the lemma's right to left.",
    amended: "Right to left throughout: W2 = W1+ o W1', W3 = W2+ o W2'; W1+ makes the sums, W2' the thresholds.",
    reason: "W2' stands for two matrices, and W1' and W2' fit in neither order.",
    replay: replayComposition,
  },
  {
    id: "L5-13",
    place: "B.4.1, proof of Lemma 5, Part (iii), construction of W3; proof of Lemma 6, last item",
    printed: "W3 adds up all indicators of Part (ii), that is, for every y in {0, f(x_0)_j}.",
    amended: "W2+ adds up those of Equation (4): y = f(x_0)_j for the first summand, y = 0 for the others.",
    reason: "With all of them, each value is counted d_in times, and each derivative twice unless the value is 0.",
    replay: replayAllIndicators,
  },
  {
    id: "L5-14",
    place: "B.4.1, proof of Lemma 5, last display of Part (iii)",
    printed: "f_net(x)_j is the sum over x in X of Psi for x_0 at x.",
    amended: "It is the sum over x_0 in X.",
    reason: "As printed, x is summed away, x_0 is free, and the network is constant.",
    replay: replayBoundVariable,
  },
];
