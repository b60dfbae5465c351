/** The evidence for each amendment to sections 4.1 and B.1 - B.3, number by number. */
import { describe, expect, it } from "vitest";
import { findAmendment } from "../../../../amendments/amendment.js";
import { FAMILY_AMENDMENTS } from "../../../../amendments/rcnn/index.js";

/** Each counterexample, and what the printed and the amended reading come to on it: small enough to follow by hand. */
const FINDINGS: readonly (readonly [id: string, instance: string, printed: string, amended: string])[] = [
  [
    "digit-zero",
    "s = 1, the value 1 of a padding column",
    "the largest of 27 values is 13/27",
    "the largest of 81 values is 40/27",
  ],
  ["alphabet-size", "s = 1", "28 values, and 16 s is 16", "14 values, and 16 s is 16"],
  [
    "tape-alphabet",
    "a machine with 4 tape symbols",
    "digit 1 tells 3 symbols apart",
    "not admitted: it must be recoded first",
  ],
  [
    "edges-need-padding",
    "1 x 3 grid",
    "the patch around (1, 2) has places with no value",
    "every patch has nine values",
  ],
  [
    "padding-in-patch",
    "the patches of a 1 x 1 grid of zeros, s = 1",
    "1/6 is an entry of a patch",
    "all entries belong",
  ],
  [
    "head-cell",
    "s = 2, the cell 11/81 (digits 0 0 1 1 -1) among zeros",
    "gamma(x_{0,0}) is undefined: 11/81 shows the code of no state, -1",
    "f-bar is 11/81",
  ],
  [
    "state-digits",
    "s = 1, whose bit precision is log(s) + 4 = 4",
    "indices 0 ... 4 are 5 digits, 2 state codes",
    "indices 0 ... 3 are 4 digits, 1 state codes",
  ],
  [
    "power-of-two",
    "s = 3",
    "log2(s) is not an integer, so there is no last index",
    "the last index is 5, with 4 state codes",
  ],
  ["state-code", "s = 2, the code 0 of the start state", "the codes are -1/81, 1/81", "the codes are 0, 1/81"],
  [
    "state-scale",
    "s = 2, a head in state 1 with code 1/81 arrives at the cell 3^-2",
    "the cell holds 973/6561, which shows no state",
    "the cell holds 13/81, which shows state 1",
  ],
  [
    "halting-fixed-point",
    'the halting state writes 0, moves "stay" and enters 0; it stands on a blank',
    "one more layer makes 13/81 to 4/27",
    "one more layer makes 13/81 to 13/81",
  ],
  [
    "output-symbol",
    "the label -1",
    "the output 0 on the tape is predicted as 8/9",
    "the output -1 on the tape is predicted as -1",
  ],
  [
    "halting-position",
    "1 x 2 grid, output 1, head at (1, 2), in state 1 of 2",
    "the data columns add up to 17/9",
    "not admitted: the head is on a blank data cell",
  ],
  [
    "final-cell",
    "s = 1, halted in state 0 with output 1",
    "claimed 4/9; the cell holds 13/27",
    "claimed 13/27; the cell holds 13/27",
  ],
  [
    "layers-until-halt",
    "m = 0, d = 0, a machine that halts after t = 1 steps",
    "no number of layers is enough",
    "layer 2 makes the last change, 2 layers are claimed",
  ],
  [
    "padding-has-no-digits",
    "the grid [-1/3 | 1], s = 1, its first cell",
    "val(x_{-1,0}, 2) is undefined: 1/6 has no digits",
    "f-bar is -5/27",
  ],
  [
    "start-corner",
    "memorized 1 x 2 grid, to start at (1, 2)",
    "the head is set at (1, 1)",
    "the head is set at (1, 2)",
  ],
  [
    "border-stays",
    "s = 2, delta(0, .) = (0, ., stay), delta(1, .) = (0, ., up); the head in state 1 on a blank 1 x 1 grid",
    "the cell becomes 1/9, with no head; wanted 4/27",
    "the cell becomes 4/27, with a head; wanted 4/27",
  ],
  [
    "head-right-state",
    "s = 2, delta(0, .) = (0, ., stay), delta(1, .) = (1, ., left); the head in state 1, right of a blank centre",
    "the centre becomes 4/27; wanted 13/81",
    "the centre becomes 13/81; wanted 13/81",
  ],
  [
    "head-left-state",
    "s = 2, delta(0, .) = (0, ., stay), delta(1, .) = (1, ., right); the head in state 1, left of a blank centre",
    "the centre becomes 4/27; wanted 13/81",
    "the centre becomes 13/81; wanted 13/81",
  ],
  ["head-shapes", "d_head = 2", "U2 z does not exist: 1 x 2 by 1 x 1", "U1 sigma(U2 z) is 1 x 1"],
  ["head-continuous", "x = 0", "limits 2 and 2, value 1", "limits 2 and 2, value 2"],
  [
    "head-blank-cell",
    "final 1 x 2 grid with output 1, head on the corner, all else blank",
    "the cells add up to 2",
    "the cells add up to 1",
  ],
  [
    "lemma-1-iterate",
    "W^(1) for the data (1) -> 1",
    "claimed [1/3 1/3; 0 0], trained [0 0; 0 0]",
    "claimed [0 0; 0 0], trained [0 0; 0 0]",
  ],
  [
    "xor-last-entry",
    "the test input (1) after the data (1) -> -1",
    "claimed [-1 1; 1 1], on the tape [-1 -1; 1 1]",
    "claimed [-1 -1; 1 1], on the tape [-1 -1; 1 1]",
  ],
  [
    "lemma-2-range",
    "the data (1) -> 1",
    "W^(3) is the result; part 1 ends with W^(2)",
    "claimed [1/3 1/3; 1/3 1/3], trained [1/3 1/3; 1/3 1/3]",
  ],
  ["lemma-3-depth", "m = 1, tau = 1, l = 1", "the data cells are -1/9, 0", "nothing is claimed for l < 2"],
  [
    "lemma-3-sign",
    "m = 0, tau = 1, t = 1",
    "claimed 1/9; the layers give -1/9, and row tau has derivative 1",
    "claimed -1/9; the layers give -1/9, and row tau has derivative 1",
  ],
  [
    "lemma-4-iterate",
    "tau = 1, W^(2) for the data (1) -> 1",
    "claimed [0 0; 0 0], trained [1/3 1/3; 0 0]",
    "claimed [1/3 1/3; 0 0], trained [1/3 1/3; 0 0]",
  ],
  [
    "dummy-row",
    "the last row of W^(3) for the data (1) -> 1",
    "claimed [1 1], trained [1/3 1/3]",
    "claimed [1/3 1/3], trained [1/3 1/3]",
  ],
  [
    "one-state",
    "s = 1",
    "the bound is 1; with probability 389^-31702 all weights are 0 and every cell adds 0 to the prediction",
    "nothing is claimed for s = 1",
  ],
  [
    "restarts",
    "M = 1, q = 1/3",
    "claimed 2/3; 1 of 3 outcomes have a success",
    "claimed 1/3; 1 of 3 outcomes have a success",
  ],
];

describe("FAMILY_AMENDMENTS", () => {
  it.each(FINDINGS)("should come to these numbers on the counterexample of %s", (id, instance, printed, amended) => {
    const replay = findAmendment(FAMILY_AMENDMENTS, id).replay();
    expect([replay.instance, replay.printed.found, replay.amended.found]).toEqual([instance, printed, amended]);
  });

  it("should have been followed for every amendment", () => {
    expect(FINDINGS.map(([id]) => id)).toEqual(FAMILY_AMENDMENTS.map(({ id }) => id));
  });
});
