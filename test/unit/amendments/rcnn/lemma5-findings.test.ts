/** The evidence for each amendment to B.4.1, number by number. */
import { describe, expect, it } from "vitest";
import { findAmendment } from "../../../../amendments/amendment.js";
import { LEMMA5_AMENDMENTS } from "../../../../amendments/rcnn/lemma5/index.js";

/** Each counterexample, and what the printed and the amended reading come to on it: small enough to follow by hand. */
const FINDINGS: readonly (readonly [id: string, instance: string, printed: string, amended: string])[] = [
  [
    "L5-1",
    "X = {(0, 0), (0, 1)}",
    "Delta = 0, so psi would have to jump",
    "Delta = 1/10; at (0, 0): value (1), Jacobian [(0, 1)]; at (0, 1): value (2), Jacobian [(1, 0)]",
  ],
  [
    "L5-2",
    "X = {(0, 1/20)}, Delta = 1/10",
    "psi around 0 at 1/20: value 1",
    "within X_1 and within X_2 each psi is an indicator",
  ],
  ["L5-3", "X = {(0, 1)}, 2 d_in |X| = 4", "8 indicators", "4 indicators"],
  [
    "L5-4",
    "X = {(0, 0), (0, 1)}, f = 0",
    "d1 = 30 where (3) says 40, d2 = 12 where (3) says 24",
    "d1 = 30 where (3) says 40, d2 = 12 where (3) says 24",
  ],
  [
    "L5-5",
    "psi around 0 with slope 0 and tau with y = 1, gamma = 0; d_in = 1, Delta = 1/10",
    "at ends of the closed intervals: psi'(-1/10) is undefined, tau'(9/10) is undefined",
    "0 kinks inside the open intervals",
  ],
  [
    "L5-6",
    "psi around 0 with slope 1, Delta = 1/10: 5 linear regions",
    "0 discontinuities, so at most 2 regions",
    "4 kinks, so up to 6 regions",
  ],
  [
    "L5-7",
    "X = {(0, 0)}, f = 0, g = (1, 0)",
    "at (0, 0): value (0), Jacobian [(1, 1)], asked for value (0), Jacobian [(1, 0)]",
    "at (0, 0): value (0), Jacobian [(1, 0)]",
  ],
  [
    "L5-8",
    "X = the origin and the four unit vectors of Q^4; the indicator of the origin",
    "without coordinate 0, 1, 2, 3 the origin looks like unit vector 0, 1, 2, 3",
    "the sums of 4 indicators at the points are 4, 3, 3, 3, 3",
  ],
  [
    "L5-9",
    "d_in = 1, y = 1, gamma = 0, Delta = 1/10; between 4/5 and 9/10 one function climbs, others are 5, 0 or 1",
    "4 of 8 functions meet the conditions",
    "1 of 8 meets them and is continuous",
  ],
  [
    "L5-10",
    "X = {(0, 0)}, f = 1, g = 0: two indicators, y = 1 and y = 0",
    "the indicators put out 1 and 0",
    "the indicators put out 1 and 0",
  ],
  [
    "L5-11",
    "X = {(0, 0)}, f = (0, 0), g(x, 1, 2) = 1, the rest of g is 0",
    "at (0, 0): value (0, 0), Jacobian [(0, 0), (1, 0)], asked for value (0, 0), Jacobian [(0, 1), (0, 0)]",
    "at (0, 0): value (0, 0), Jacobian [(0, 1), (0, 0)]",
  ],
  [
    "L5-12",
    "X = {0}, f = 1: W1' from 10 to 2, W1+ from 2 to 6, W2' from 6 to 2, W2+ from 2 to 1",
    "W1' o W2' does not, W2' o W1' does not",
    "W1+ o W1' exists, W2+ o W2' exists",
  ],
  [
    "L5-13",
    "X = {0}, f = 1, g = 1",
    "at (0): value (1), Jacobian [(2)], asked for value (1), Jacobian [(1)]",
    "at (0): value (1), Jacobian [(1)]",
  ],
  [
    "L5-14",
    "X = {0, 1}, f(0) = 1, f(1) = 2",
    "the constant 1 or 2",
    "at (0): value (1), Jacobian [(0)]; at (1): value (2), Jacobian [(0)]",
  ],
  [
    "L6-1",
    "X = {0, 1}, Delta = 1/10, zeta_0 below all kinks as footnote 10 says",
    "zeta_0 = -1; the biases are {-6/5, -11/10, -9/10, -4/5, -1/5, -1/10, 1/10, 1/5, 1}",
    "zeta_0 = -1; the biases are {-6/5, -11/10, -9/10, -4/5, -1/5, -1/10, 1/10, 1/5, 1}",
  ],
  [
    "L6-2",
    "X = {0, 3}, Delta = 1/10; the bound 4 |X_i| + 2 is 10",
    "a zeta_0 for each x_0: 11 weights",
    "one zeta_0 for all: 9 weights",
  ],
  [
    "L6-3",
    "X = {(0, 0)}, Y_i = {1}, G = {1}: W2' holds {-8, -1, 2, 9}",
    "gamma in G and y in Y_i give {-8, 9}",
    "gamma in G and y in Y_i or 0 give {-8, -1, 2, 9}",
  ],
  ["L6-4", "X = {0}, f = 1, g = 1, Delta = 1/10", "at 0: value 0, derivative 0", "at 0: value 1, derivative 1"],
  [
    "C3-1",
    "|X_i| = |Y_i| = 1, G = {0, 1}: the bound 24 |X_i| + 5 is 29",
    "the bounds of Lemma 6 and {0} add up to 32",
    "with 1 and -zeta_0 counted once they add up to 29",
  ],
  [
    "C3-2",
    "X = {0, p}, Y = {0}, p = 1/6: |X_i| = 2, |Y_i| = 1",
    "p has no base-3 spelling of 64 digits, so X_i holds more than Y_i",
    "Y_i is part of X_i and |U| = 20 is at most 53",
  ],
  ["C3-3", "s = 4", "V_s has 729 elements, 16 s is 64", "V_s has 729 elements, 3^(log2 s + 4) is 729"],
];

describe("the counterexamples", () => {
  it.each(FINDINGS)("should come to these numbers on the counterexample of %s", (id, instance, printed, amended) => {
    const replay = findAmendment(LEMMA5_AMENDMENTS, id).replay();
    expect([replay.instance, replay.printed.found, replay.amended.found]).toEqual([instance, printed, amended]);
  });

  it("should have been followed for every amendment", () => {
    expect(FINDINGS.map(([id]) => id)).toEqual(LEMMA5_AMENDMENTS.map(({ id }) => id));
  });
});
