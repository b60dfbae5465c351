/**
 * Majority: the label that most examples have, 1 if there are as many of one as of the other.
 *
 * Only the label column counts. The machine keeps a stack in the first padding column, growing upwards from the last
 * row: at the bottom a 1 that is never taken away, above it the excess of one label over the other among the labels
 * read so far, as that many equal symbols. The labels are read and blanked from the bottom to the top. A label like the
 * top of the stack is pushed, and the opposite one takes the top away; where the top is the 1 at the bottom, -1 is
 * pushed. In the end the top of the stack is the answer. O(m^2 + d m) steps.
 */
import {
  down,
  expectSymbol,
  ifSame,
  leave,
  left,
  loop,
  onRegister,
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
import { clearUpwards } from "./walks.js";

const label = signRegister("label");
const answer = signRegister("answer");

const push: Statement = sequence(up, expectSymbol("blank", "this is above the stack"), write(label));

/** From the top of the stack: pushes the label, or takes the opposite one away; ends in the stack's column. */
const count: Statement = ifSame(
  label,
  push,
  onRegister(label, {
    "+1": write(0),
    // The top is a 1: the bottom of the stack if the head cannot go below it.
    "-1": sequence(write(0), down, onSymbol({ blank: sequence(write(1), push) })),
  }),
);

/** The majority label. It needs one padding column. */
export const majority: Program = program(
  "majority",
  "Answers with the label that most examples have, or 1 in a tie",
  write(0),
  right,
  write(1),
  left,
  up,
  loop(
    "labels",
    onSymbol({ blank: leave("labels") }),
    remember(label),
    right,
    whileOn("blank", "to-stack", down),
    count,
    left,
    whileOn("blank", "back", up),
    write(0),
    up,
  ),
  right,
  whileOn("blank", "to-stack", down),
  remember(answer),
  whileOn("marked", "clear-stack", write(0), down),
  left,
  left,
  clearUpwards(answer),
);
