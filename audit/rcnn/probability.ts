/**
 * How likely random initialization is to hit a filter (Theorem 1; B, after Lemma 2): exact numbers of good draws among all
 * draws, and their logarithms.
 *
 * Every entry is drawn uniformly from U_s, so a draw of N entries has probability |U_s|^-N. Two ways to count what is good:
 *
 * - *one draw*: all N entries as planned, unused ones 0. This is what the paper counts.
 * - *any draw with the filter in it*: hidden units may stand in any order, and the incoming weights of a unit that nothing
 *   reads are free.
 *
 * Used rows of a layer differ from one another, and so a network has no symmetry but the identity: two placements of
 * the used units have no draw in common, and their numbers add up.
 */
import { decimal, logarithm, type Decimal } from "../decimal.js";
import { gatedWidths, parametersOf, printedWidths, weightSetSize, type Widths } from "./sizes.js";

/** ln of the probability of drawing `count` entries as planned, uniformly from |U_s| numbers. */
export function logOfOneDraw(states: number, count: bigint): Decimal {
  return logarithm(weightSetSize(states)).times((-count).toString());
}

/** ln Pr for one draw, with the widths of Algorithm 1 (100 s, 100). */
export function logPrinted(states: number): Decimal {
  return logOfOneDraw(states, parametersOf(printedWidths(BigInt(states))));
}

/** ln Pr for one draw, with widths that just suffice for every machine of s states. */
export function logActual(states: number): Decimal {
  return logOfOneDraw(states, parametersOf(gatedWidths(BigInt(states))));
}

/** Entries that a draw must have as planned if unused units may have any incoming weights. */
export function boundEntries(room: Widths, used: Widths): bigint {
  const count = (widths: readonly bigint[], rows: readonly bigint[], inputs: bigint): bigint => {
    let before = inputs;
    let sum = 0n;
    for (const [i, width] of widths.entries()) {
      sum += (rows[i] as bigint) * (before + 1n);
      before = width;
    }
    return sum;
  };
  return count(room.filter, used.filter, 9n) + count(room.head, used.head, 1n);
}

/** In how many ways the used hidden units can stand among the units there are, layer by layer. */
export function placements(room: Widths, used: Widths): bigint {
  let ways = 1n;
  for (const factor of placementFactors(room, used)) ways *= factor;
  return ways;
}

/**
 * ln Pr of any draw with the filter in it, in the widths of Algorithm 1; a lower bound for "computes the filter".
 *
 * @param used rows that the filter uses, at most the widths there are
 */
export function logAnyDraw(states: number, used: Widths): Decimal {
  const room = printedWidths(BigInt(states));
  return logOfOneDraw(states, boundEntries(room, used)).plus(logOfProduct(room, used));
}

/** ln of the number of placements; factors are multiplied in groups before their logarithm is taken. */
function logOfProduct(room: Widths, used: Widths): Decimal {
  let sum = decimal(0n);
  let product = 1n;
  for (const factor of placementFactors(room, used)) {
    product *= factor;
    if (product > GROUP_LIMIT) {
      sum = sum.plus(logarithm(product));
      product = 1n;
    }
  }
  return sum.plus(logarithm(product));
}

const GROUP_LIMIT = 2n ** 1024n;

function* placementFactors(room: Widths, used: Widths): Generator<bigint> {
  for (const part of ["filter", "head"] as const) {
    for (const [i, width] of room[part].slice(0, -1).entries()) {
      for (let k = 0n; k < (used[part][i] as bigint); k++) yield width - k;
    }
  }
}

/**
 * The smallest c with Pr >= s^(-c s^2), that is, -ln Pr / (s^2 ln s).
 *
 * @throws {RangeError} for s < 2, where s^(-c s^2) is 1
 */
export function exponentFor(states: number, logProbability: Decimal): Decimal {
  if (states < 2) throw new RangeError(`exponentFor: expected at least 2 states, got ${states}`);
  const s = BigInt(states);
  return logProbability.times(-1).div(logarithm(s).times((s * s).toString()));
}
