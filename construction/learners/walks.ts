/** Ways across a tape whose data cells are all marked (+1 or -1): macros that the learners share. */
import {
  expectSymbol,
  leave,
  left,
  loop,
  onSymbol,
  remember,
  right,
  sequence,
  signRegister,
  write,
  type Statement,
} from "../language/statement.js";

const held = signRegister("held");

/**
 * Goes left to the border over marked cells and changes none. There is no blank left of the data, so the border is felt
 * by blanking a cell and looking to the left: if a blank is seen, the head has not moved.
 */
export function walkToLeftBorder(): Statement {
  return loop(
    "to-left-border",
    remember(held),
    write(0),
    left,
    onSymbol({ blank: sequence(write(held), leave("to-left-border")) }),
    right,
    expectSymbol("blank", "this cell was blanked to look"),
    write(held),
    left,
  );
}
