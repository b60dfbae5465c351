/**
 * Amendments to Lemma 5 (B.4.1): its dimensions and Part (i) of its proof, the half-width and the univariate indicators.
 */
import { slopeAt, type PiecewiseLinear, valueAt } from "../../../spec/exact/piecewise-linear.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import { bump, halfWidth, threshold } from "../../../spec/rcnn/lemma5/functions.js";
import type { Amendment, Finding, Replay } from "../../amendment.js";
import { atMost, compareWithTable, smallTable } from "./small-tables.js";
import { printedDimensions, provenDimensions } from "../../../spec/rcnn/lemma5/weights.js";
import { coordinateValues, inputValues, type Table } from "../../../spec/networks/table.js";

/** The minimum of Part (i) to the letter: x and x' range over all of X, i over all coordinates. */
function printedHalfWidth({ points }: Table): Rational {
  let least = ONE;
  for (const a of points) {
    for (const b of points) {
      a.at.forEach((x, i) => {
        const distance = x.sub(b.at[i] ?? ZERO).abs();
        if (distance.lt(least)) least = distance;
      });
    }
  }
  return least.div(rational(10n));
}

function replayHalfWidth(): Replay {
  const table = smallTable([["0", "0"], ["1"], [["0", "1"]]], [["0", "1"], ["2"], [["1", "0"]]]);
  const printed = printedHalfWidth(table);
  const amended = halfWidth(table);
  const network = compareWithTable(table);
  return {
    instance: "X = {(0, 0), (0, 1)}",
    printed: { holds: printed.n > 0n, found: `Delta = ${formatRational(printed)}, so psi would have to jump` },
    amended: { holds: amended.n > 0n && network.holds, found: `Delta = ${formatRational(amended)}; ${network.found}` },
  };
}

/** Whether psi around each value is 1 there, with its slope, and 0 with slope 0 at all the other values. */
function indicates(values: readonly Rational[], delta: Rational): Finding {
  for (const centre of values) {
    for (const slope of [0, 1] as const) {
      const psi = bump(centre, slope, delta);
      for (const x of values) {
        const isCentre = x.equals(centre);
        const value = valueAt(psi, x);
        const rise = slopeAt(psi, x);
        if (!value.equals(isCentre ? ONE : ZERO) || rise?.equals(isCentre && slope === 1 ? ONE : ZERO) !== true) {
          const place = `psi around ${formatRational(centre)} at ${formatRational(x)}`;
          return { holds: false, found: `${place}: value ${formatRational(value)}` };
        }
      }
    }
  }
  return { holds: true, found: "each psi is 1 at its own value and 0 at the others" };
}

function replayUnion(): Replay {
  const table = smallTable([["0", "1/20"], ["0"], [["0", "0"]]]);
  const delta = halfWidth(table);
  const each = coordinateValues(table).map((values) => indicates(values, delta));
  return {
    instance: `X = {(0, 1/20)}, Delta = ${formatRational(delta)}`,
    printed: indicates(inputValues(table), delta),
    amended: each.find(({ holds }) => !holds) ?? {
      holds: true,
      found: "within X_1 and within X_2 each psi is an indicator",
    },
  };
}

function replayTwoDomains(): Replay {
  const table = smallTable([["0", "1"], ["0"], [["0", "0"]]]);
  const limit = printedDimensions(table).bumps;
  const printed = 2 * table.inputs * inputValues(table).length;
  const amended = provenDimensions(table).bumps;
  return {
    instance: `X = {(0, 1)}, 2 d_in |X| = ${limit}`,
    printed: atMost(printed, limit, `${printed} indicators`),
    amended: atMost(amended, limit, `${amended} indicators`),
  };
}

function replayEqualities(): Replay {
  const table = smallTable([["0", "0"], ["0"], [["0", "0"]]], [["0", "1"], ["0"], [["0", "0"]]]);
  const { d1, d2 } = printedDimensions(table);
  const built = provenDimensions(table);
  const excess = Math.max(built.d1 - d1, built.d2 - d2);
  const found = `d1 = ${built.d1} where (3) says ${d1}, d2 = ${built.d2} where (3) says ${d2}`;
  return {
    instance: "X = {(0, 0), (0, 1)}, f = 0",
    printed: { holds: built.d1 === d1 && built.d2 === d2, found },
    amended: atMost(excess, 0, found),
  };
}

function replayClosedIntervals(): Replay {
  const delta = rational(1n, 10n);
  const psi = bump(ZERO, 0, delta);
  const tau = threshold(1, ONE, ZERO, delta);
  const inside = ({ kinks }: PiecewiseLinear, from: Rational, to: Rational): number =>
    kinks.filter((kink) => kink.gt(from) && kink.lt(to)).length;
  const flank = delta.add(delta);
  const kinks =
    inside(psi, flank.neg(), delta.neg()) + inside(psi, delta, flank) + inside(tau, ONE.sub(delta), ONE.add(ONE));
  const atEnds = [slopeAt(psi, delta.neg()), slopeAt(tau, ONE.sub(delta))];
  const [psiSlope, tauSlope] = atEnds.map((slope) => (slope === undefined ? "undefined" : formatRational(slope)));
  return {
    instance: "psi around 0 with slope 0 and tau with y = 1, gamma = 0; d_in = 1, Delta = 1/10",
    printed: {
      holds: atEnds.every((slope) => slope !== undefined),
      found: `at ends of the closed intervals: psi'(-1/10) is ${psiSlope}, tau'(9/10) is ${tauSlope}`,
    },
    amended: { holds: kinks === 0, found: `${kinks} kinks inside the open intervals` },
  };
}

function replayDiscontinuities(): Replay {
  const psi = bump(ZERO, 1, rational(1n, 10n));
  const step = rational(1n, 100n);
  const jumps = psi.kinks.filter((kink, k) => {
    const fromRight = valueAt(psi, kink.add(step)).sub((psi.slopes[k] ?? ZERO).mul(step));
    return !fromRight.equals(valueAt(psi, kink));
  }).length;
  const kinks = psi.kinks.filter((kink) => slopeAt(psi, kink) === undefined).length;
  // n places and zeta_0 give n + 1 ReLUs, and these make at most n + 2 linear regions.
  const regions = kinks + 1;
  return {
    instance: `psi around 0 with slope 1, Delta = 1/10: ${regions} linear regions`,
    printed: atMost(regions, jumps + 2, `${jumps} discontinuities, so at most ${jumps + 2} regions`),
    amended: atMost(regions, kinks + 2, `${kinks} kinks, so up to ${kinks + 2} regions`),
  };
}

/** Amendments L5-1 ... L5-6. */
export const BUMP_AMENDMENTS: readonly Amendment[] = [
  {
    id: "L5-1",
    place: "B.4.1, proof of Lemma 5, Part (i), choice of Delta",
    printed: "Delta is at most 1/10 of the least |x_i - x'_i| over all x, x' in X and all i.",
    amended: "Delta is 1/10 of the smaller of 1 and the least distance between two different values of one coordinate.",
    reason: "With x = x', and with points that share a coordinate, the printed minimum is 0.",
    replay: replayHalfWidth,
  },
  {
    id: "L5-2",
    place: "B.4.1, proof of Lemma 5, Part (i), after the definition of psi",
    printed: "psi around x_0 is an indicator of x_0 among the values of all coordinates together.",
    amended: "psi around x_0 in X_i is an indicator of x_0 among the values of the same coordinate i.",
    reason: "Delta compares values of one coordinate only; the network needs no more.",
    replay: replayUnion,
  },
  {
    id: "L5-3",
    place: "B.4.1, proof of Lemma 5, Part (i), against the definition in Lemma 6",
    printed:
      "X_i, one symbol: the domain of coordinate i in Part (i), the values of all coordinates together in Lemma 6.",
    amended:
      "In Lemma 5, X_i is the set of values of coordinate i; in Lemma 6 and Corollary 3, that of all coordinates.",
    reason: "With Lemma 6's meaning, Part (i) would build more than 2 d_in |X| indicators.",
    replay: replayTwoDomains,
  },
  {
    id: "L5-4",
    place: "B.4.1, Lemma 5, Equation (3), and the counts d'_1 and d'_2",
    printed: "d1 = 10 d_in |X| and d2 = 6 d_in d_out |X|.",
    amended: "d1 is at most 10 d_in |X| and d2 at most 6 d_in d_out |X|.",
    reason: "Points may share the value of a coordinate, and {0, f(x)_j} has one element where f(x)_j is 0.",
    replay: replayEqualities,
  },
  {
    id: "L5-5",
    place: "B.4.1, proof of Lemma 5, third condition on psi, second condition on tau",
    printed: "psi' is constant on closed intervals between kinks, tau' is gamma on a half-line with its end.",
    amended: "The intervals and the half-line are open.",
    reason: "Their ends are kinks, where there is no derivative.",
    replay: replayClosedIntervals,
  },
  {
    id: "L5-6",
    place: "B.4.1, footnote 10",
    printed: "A ReLU is placed at each discontinuity of psi.",
    amended: "A ReLU is placed at each kink of psi, that is, at each discontinuity of its derivative.",
    reason: "psi is continuous and has 4 kinks.",
    replay: replayDiscontinuities,
  },
];
