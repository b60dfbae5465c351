/**
 * Ways across the tape that the learners share. There is no blank above, left of or below the data, and a move off the
 * grid leaves the head where it is; so a border is felt by changing the cell under the head and seeing whether the change
 * is still there after a move.
 */
import type { Move } from "../../spec/machines/machine.js";
import {
  expectSymbol,
  leave,
  left,
  loop,
  move,
  nothing,
  onSymbol,
  remember,
  right,
  sequence,
  signRegister,
  up,
  whileOn,
  write,
  type Register,
  type Statement,
} from "../language/statement.js";

/** A move that changes the place of the head. */
export type Direction = Exclude<Move, "stay">;

const OPPOSITE: Readonly<Record<Direction, Direction>> = { up: "down", down: "up", left: "right", right: "left" };

const held = signRegister("held");

/** What to do on the way of walkToBorder. */
export interface OnTheWay {
  /** Applied to every cell, the first and the last included, without a move; it must leave the cell marked. */
  readonly change?: Statement;
  /** Done on every cell but the first; it must come back to the cell and leave it marked. */
  readonly visit?: Statement;
}

/**
 * Goes over marked cells to the border and changes none: each cell is blanked and put back after a look ahead, which
 * shows a blank only at the border. Three steps a cell; ends on the border cell.
 */
export function walkToBorder(direction: Direction, { change = nothing, visit = nothing }: OnTheWay = {}): Statement {
  const name = `to-${direction}-border`;
  return loop(
    name,
    change,
    remember(held),
    write(0),
    move(direction),
    onSymbol({ blank: sequence(write(held), leave(name)) }),
    move(OPPOSITE[direction]),
    expectSymbol("blank", "this cell was blanked to look ahead"),
    write(held),
    move(direction),
    visit,
  );
}

/**
 * Goes over blank cells to the border and leaves them blank: each cell is marked and wiped after a look ahead, which
 * shows a mark only at the border. Three steps a cell; ends on the border cell.
 */
export function walkBlankToBorder(direction: Direction): Statement {
  const name = `blank-to-${direction}-border`;
  return loop(
    name,
    expectSymbol("blank", "the way is blank"),
    write(1),
    move(direction),
    onSymbol({ plus: sequence(write(0), leave(name)) }),
    move(OPPOSITE[direction]),
    expectSymbol("plus", "this cell was marked to look ahead"),
    write(0),
    move(direction),
  );
}

/**
 * From a data cell: blanks the row to the left of the head, then all rows above it, each from its first blank on the
 * right, and ends on the top left cell with the answer there. The cells to blank are marked.
 */
export function clearUpwards(answer: Register): Statement {
  return sequence(
    loop(
      "clear",
      whileOn("marked", "clear-row", write(0), left),
      up,
      onSymbol({ blank: leave("clear") }),
      whileOn("marked", "to-row-end", right),
      left,
    ),
    write(answer),
  );
}
