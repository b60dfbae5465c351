/**
 * Parity by Gaussian elimination over GF(2), on the XOR tape itself.
 *
 * Read -1 as the bit 1, so that products of signs are sums of bits. Row i <= m of the XOR tape is x_i + x + y_i (1 ... 1),
 * then y_i; the last row is x, then 0: the row of the example (0 ... 0) with label 0, which every parity gets right. So all
 * m+1 rows are alike. A sum of rows over a set T of examples, with the last row or without it, is the row of all ones iff
 * the labels of T add up to 1 and the examples of T add up to x or to 0. Hence: if the examples have a parity, then x is
 * a sum of examples with label 1 iff the row of all ones is a sum of rows. That is all the machine has to find out; no
 * conversion to plain rows is needed.
 *
 * To find out, take the columns from the left. A row has a *difference* if its two leftmost symbols differ; a pivot is a
 * row with a difference. A sweep from the bottom to the top carries a pivot upwards: it meets a row without difference
 * and swaps places with it, or it meets a row with one and is added to it before they swap. At the top it is wiped out,
 * for it cannot take part in a sum that is constant. Now no row has a difference, the leftmost column is a copy of the
 * next one, and the sweep has blanked it on its way. What is left in the end is one column; the row of all ones is a sum
 * of rows iff there is a -1 in it.
 *
 * d sweeps over m+1 rows, each with at most d+1 columns: O(d^2 m) steps. The top left cells of the finished columns keep a
 * mark, so that the way to the top left corner is found in the end; all else is blank by then.
 */
import {
  again,
  down,
  expectSymbol,
  ifSame,
  leave,
  left,
  loop,
  negate,
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
  type Statement,
} from "../language/statement.js";
import { walkBlankToBorder, walkToBorder } from "./walks.js";

const first = signRegister("first");
const other = signRegister("other");
const answer = signRegister("answer");

/** Row below *= row of the head, from the head to the end of the row; a row and its pivot below swap roles by this. */
const addToRowBelow: Statement = whileOn(
  "marked",
  "add",
  onSymbol({
    minus: sequence(
      down,
      expectSymbol("marked", "rows are equally long"),
      negate,
      up,
      expectSymbol("minus", "this is the cell from where the head went down"),
    ),
  }),
  right,
);

const expectMarked = expectSymbol("marked", "this is the cell from where the head went down");

/** Swaps the row of the head with the row below, from the head to the end of the row. */
const swapWithRowBelow: Statement = whileOn(
  "marked",
  "swap",
  remember(other),
  down,
  expectSymbol("marked", "rows are equally long"),
  ifSame(other, sequence(up, expectMarked), sequence(negate, up, expectMarked, negate)),
  right,
);

const expectFirst = expectSymbol("marked", "this is the cell that was remembered");

/** The search for the first row with a difference, counted from the bottom; leaves the sweep if there is none. */
const searchPivot: Statement = loop(
  "search",
  onSymbol({ blank: leave("sweep") }),
  remember(first),
  right,
  onSymbol({ blank: sequence(left, leave("column")) }),
  ifSame(first, sequence(left, expectFirst, write(0), up, again("search"))),
  left,
  expectFirst,
  write(0),
  up,
  leave("search"),
);

/** Carries the pivot, which is in the row below, to the top row. */
const carryPivot: Statement = loop(
  "carry",
  onSymbol({ blank: leave("carry") }),
  remember(first),
  write(0),
  right,
  expectSymbol("marked", "the last column is not swept"),
  ifSame(first, swapWithRowBelow, addToRowBelow),
  left,
  whileOn("marked", "back", left),
  up,
);

/** Makes the rest of the top row a row of zeros (+1), and comes back. */
const wipePivot: Statement = sequence(
  right,
  whileOn("marked", "wipe", write(1), right),
  left,
  whileOn("marked", "home", left),
);

/** Marks the top cell of the finished column and goes to the bottom of the next one. */
const nextColumn: Statement = sequence(write(1), down, walkBlankToBorder("down"), right);

/** Blanks the last column from the bottom to the top, then the marks in the top row, and leaves the answer. */
const conclude: Statement = sequence(
  set(answer, "+1"),
  loop("collect", onSymbol({ blank: leave("collect"), minus: set(answer, "-1") }), write(0), up),
  left,
  whileOn("marked", "clear", write(0), left),
  write(answer),
);

/** Parity by Gaussian elimination. It needs one padding column. */
export const parity: Program = program(
  "parity",
  "Learns a parity of some coordinates by Gaussian elimination over GF(2) on the XOR tape",
  walkToBorder("left"),
  loop("column", loop("sweep", searchPivot, carryPivot, wipePivot, leave("sweep")), nextColumn),
  conclude,
);
