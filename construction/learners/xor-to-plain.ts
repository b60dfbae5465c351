/**
 * The reduction that B.1.2 leaves to the reader: a machine that is written for plain rows, made to work on the XOR
 * tape.
 *
 * In front of it runs a routine that turns the XOR tape into plain rows in place. It goes up the label column and
 * negates every row whose label is -1; it comes down again, goes left along the last row and negates what is above
 * every -1 there. Then it returns to the bottom right data cell, where the plain machine takes over as if it began
 * there. O(d m) steps; it needs one padding column, and leaves all padding blank.
 */
import type { SourceMachine, SourceTransition, TapeSymbol } from "../../spec/machines/machine.js";
import { compileProgram } from "../language/compile.js";
import {
  left,
  negate,
  onSymbol,
  program,
  right,
  sequence,
  up,
  whileOn,
  type Program,
  type Statement,
} from "../language/statement.js";
import { walkToBorder } from "./walks.js";

const negateRow: Statement = sequence(
  left,
  walkToBorder("left", { change: negate }),
  whileOn("marked", "to-row-end", right),
  left,
);

const negateColumn: Statement = sequence(up, walkToBorder("up", { change: negate }), walkToBorder("down"));

/** Turns the XOR tape into plain rows; begins and ends on the bottom right data cell. */
export const xorToPlain: Program = program(
  "xor-to-plain",
  "Turns the XOR tape of a training set and a test point into plain rows, in place",
  walkToBorder("up", { visit: onSymbol({ minus: negateRow }) }),
  walkToBorder("down"),
  walkToBorder("left", { visit: onSymbol({ minus: negateColumn }) }),
  whileOn("marked", "to-row-end", right),
  left,
);

/**
 * The machine that does on the XOR tape what the given one does on plain rows, from the bottom right data cell.
 *
 * Its states are those of the routine, named "xor-to-plain ...", and those of the machine under their own names.
 *
 * @throws {RangeError} if the machine has a state of such a name
 */
export function withXorInput(machine: SourceMachine): SourceMachine {
  return inSequence(compileProgram(xorToPlain).machine, machine);
}

/** One machine after the other: where the first one halts, the second one starts. */
function inSequence(first: SourceMachine, second: SourceMachine): SourceMachine {
  const rename = (state: string): string => (first.halting.includes(state) ? second.start : `${first.name} ${state}`);
  const working = first.states.filter((state) => !first.halting.includes(state));
  const clash = working.map(rename).find((state) => second.states.includes(state));
  if (clash !== undefined) throw new RangeError(`withXorInput: expected no state "${clash}", got one`);
  const table = new Map<string, ReadonlyMap<TapeSymbol, SourceTransition>>(
    working.map((state) => {
      const row = [...(first.table.get(state) ?? [])];
      return [rename(state), new Map(row.map(([symbol, entry]) => [symbol, { ...entry, next: rename(entry.next) }]))];
    }),
  );
  return {
    ...second,
    states: [...working.map(rename), ...second.states],
    start: rename(first.start),
    table: new Map([...table, ...second.table]),
    expected: {},
  };
}
