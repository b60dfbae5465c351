/**
 * The single-feature learner: x_j for the first j such that every example has y = x_j, 1 if there is no such j.
 *
 * Entry (i, j) of the XOR tape is y_i x_ij x_j, and the last row holds x_j: feature j explains all labels iff column j is
 * constant, and the constant is x_j. The label column is constant only if it is all 1, which is the default; so it needs
 * no exception. The machine blanks the columns from the right to the left, each from the bottom to the top, and keeps
 * the last constant in its states. O(d m) steps.
 */
import {
  ifSame,
  leave,
  left,
  loop,
  nothing,
  onRegister,
  onSymbol,
  program,
  remember,
  right,
  sequence,
  set,
  signRegister,
  up,
  whileOn,
  write,
  type Program,
} from "../language/statement.js";
import { walkBlankToBorder } from "./walks.js";

const first = signRegister("first");
const answer = signRegister("answer");

/** The dictator learner. It needs no padding column. */
export const dictator: Program = program(
  "dictator",
  "Answers with the first coordinate of the test point that agrees with the label in every example, or 1",
  set(answer, "+1"),
  loop(
    "column",
    remember(first),
    write(0),
    up,
    loop(
      "compare",
      onSymbol({
        blank: sequence(onRegister(first, { "+1": set(answer, "+1"), "-1": set(answer, "-1") }), leave("compare")),
      }),
      ifSame(first, nothing, sequence(whileOn("marked", "skip", write(0), up), leave("compare"))),
      write(0),
      up,
    ),
    left,
    onSymbol({ blank: leave("column") }),
    right,
    walkBlankToBorder("down"),
    left,
  ),
  write(answer),
);
