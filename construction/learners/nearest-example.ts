/**
 * Nearest stored example: the label of the example that differs from the test point in the fewest coordinates, of the
 * first one among equals.
 *
 * In row i <= m of the XOR tape, entry j differs from the label y_i iff the example differs from x in coordinate j. The rows
 * race: in each round, from the first row to the last, every row turns one differing entry into its label; the first
 * row that has none left wins. The last row is blanked at once, and its blanks end every round. O(d^2 m) steps.
 */
import {
  again,
  down,
  expectSymbol,
  ifSame,
  label,
  leave,
  left,
  loop,
  negate,
  onSymbol,
  program,
  remember,
  right,
  sequence,
  signRegister,
  up,
  whileOn,
  write,
  type Program,
  type Statement,
} from "../language/statement.js";
import { clearUpwards, walkBlankToBorder } from "./walks.js";

const answer = signRegister("answer");

/** From the label to the left: turns the first differing entry into the label, or leaves the race at the border. */
const improveRow: Statement = loop(
  "improve",
  // The cell under the head equals the label.
  write(0),
  left,
  onSymbol({ blank: sequence(write(answer), leave("race")) }),
  right,
  expectSymbol("blank", "this cell was blanked to look ahead"),
  write(answer),
  left,
  expectSymbol("marked", "this cell was seen"),
  ifSame(answer, again("improve"), sequence(negate, leave("improve"))),
);

/** The nearest stored example. It needs one padding column. */
export const nearestExample: Program = program(
  "nearest-example",
  "Answers with the label of the stored example that differs from the test point in the fewest coordinates",
  whileOn("marked", "drop-test-row", write(0), left),
  up,
  whileOn("marked", "to-row-end", right),
  loop(
    "race",
    // The head is in the first padding column.
    walkBlankToBorder("up"),
    left,
    loop(
      "rows",
      onSymbol({ blank: leave("rows") }),
      remember(answer),
      improveRow,
      whileOn("marked", "to-row-end", right),
      left,
      down,
    ),
    right,
  ),
  label("finish", whileOn("marked", "to-last-row", down), up),
  whileOn("marked", "to-row-end", right),
  left,
  clearUpwards(answer),
);
