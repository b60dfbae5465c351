/**
 * Exact match with a default: the label of the first example whose point is the test point, 1 if there is none.
 *
 * Row i <= m of the XOR tape is y_i [x o x_i, 1]: the example is a match iff the row is constant, and the constant is the
 * label. The last row is constant only if it is all 1, which is the default; so it needs no exception. The machine
 * blanks the rows from the bottom to the top, each from the right to the left, and keeps the last match in its states.
 * Every cell is visited twice: 2 (m+1)(d+1) steps and a few.
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

const label = signRegister("label");
const answer = signRegister("answer");

/** Exact match with the default 1. It needs one padding column. */
export const exactMatch: Program = program(
  "exact-match",
  "Answers with the label of the first example that equals the test point, or 1",
  set(answer, "+1"),
  loop(
    "row",
    remember(label),
    write(0),
    left,
    loop(
      "compare",
      onSymbol({
        blank: sequence(onRegister(label, { "+1": set(answer, "+1"), "-1": set(answer, "-1") }), leave("compare")),
      }),
      ifSame(label, nothing, sequence(whileOn("marked", "skip", write(0), left), leave("compare"))),
      write(0),
      left,
    ),
    up,
    onSymbol({ blank: leave("row") }),
    whileOn("marked", "to-row-end", right),
    left,
  ),
  write(answer),
);
