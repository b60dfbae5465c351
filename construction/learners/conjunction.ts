/**
 * Conjunctions of literals by elimination: 1 iff no literal that all positive examples satisfy is false at x.
 *
 * In a row of the XOR tape with label 1, entry j is -1 iff the example differs from x in coordinate j. So the answer is
 * -1 iff some column j <= d has -1 in every row whose label is 1, the last row not counted; without a positive example
 * every column is like that. The machine takes the columns from the right to the left and carries the labels along: the
 * column right of the one at hand holds the labels, and while an entry is tested it is replaced by its row's label. The
 * last row is kept out by giving it the label -1. O(d m) steps.
 */
import {
  expectSymbol,
  leave,
  left,
  loop,
  onRegister,
  onSymbol,
  program,
  register,
  remember,
  right,
  set,
  signRegister,
  up,
  whileOn,
  write,
  type Program,
} from "../language/statement.js";
import { walkBlankToBorder } from "./walks.js";

const label = signRegister("label");
const answer = signRegister("answer");
/** Whether a positive example agrees with x in the column at hand. */
const agreed = register("agreed", ["no", "yes"]);

/** Conjunctions by elimination. It needs no padding column. */
export const conjunction: Program = program(
  "conjunction",
  "Learns a conjunction of literals by striking out those that a positive example falsifies",
  set(answer, "+1"),
  loop(
    "column",
    // The head is on the label of the last row, which counts as -1; the column left of it is next.
    write(0),
    left,
    onSymbol({ blank: leave("column") }),
    write(-1),
    set(agreed, "no"),
    loop(
      "test",
      up,
      right,
      onSymbol({ blank: leave("test") }),
      remember(label),
      write(0),
      left,
      expectSymbol("marked", "labels have an entry on the left"),
      onRegister(label, { "+1": onSymbol({ plus: set(agreed, "yes") }) }),
      write(label),
    ),
    onRegister(agreed, { no: set(answer, "-1") }),
    walkBlankToBorder("down"),
    left,
  ),
  up,
  whileOn("marked", "clear", write(0), up),
  write(answer),
);
