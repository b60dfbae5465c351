/** Writes the standard text format of bbchallenge, where a machine fits it. */
import { TAPE_SYMBOLS, type SourceMachine, type SourceTransition } from "../../spec/machines/machine.js";
import { InputError, quoteInput } from "../input-error.js";
import { BBCHALLENGE_MAX_STATES } from "./read-bbchallenge.js";
import { spellSymbol } from "./read-machine.js";

/**
 * The bbchallenge text of a machine that moves only left and right. The start state becomes A, the other states with a
 * row follow in file order; halting states get the last letters of the alphabet. The text has two symbols if -1 neither
 * occurs nor has an entry, three otherwise. Names, notes and expected results are lost.
 *
 * @throws {InputError} if the machine does not fit: another move, too many states, a halting start state
 *
 * @example
 * ```ts
 * import { loadMachine, writeBbchallenge } from "weightproof";
 *
 * writeBbchallenge(loadMachine("bb2")); // => "1RB1LB_1LA1RZ"
 * ```
 */
export function writeBbchallenge(source: SourceMachine): string {
  const fail = (message: string): InputError => new InputError(`machine ${quoteInput(source.name)}: ${message}`);
  const haltingNames = new Set(source.halting);
  if (haltingNames.has(source.start)) throw fail("bbchallenge text has no halting start state");
  const others = source.states.filter((state) => state !== source.start && !haltingNames.has(state));
  const working = [source.start, ...others];
  const entered = new Set([...source.table.values()].flatMap((row) => [...row.values()].map(({ next }) => next)));
  const halting = source.halting.filter((state) => entered.has(state));
  if (working.length + halting.length > BBCHALLENGE_MAX_STATES) {
    const count = working.length + halting.length;
    throw fail(`bbchallenge text has at most ${BBCHALLENGE_MAX_STATES} states, got ${count}`);
  }

  const letters = new Map<string, string>();
  for (const [k, state] of working.entries()) letters.set(state, String.fromCharCode(65 + k));
  for (const [k, state] of halting.entries()) letters.set(state, String.fromCharCode(91 - halting.length + k));
  const cellOf = (entry: SourceTransition): string | undefined => {
    if (entry.move !== "left" && entry.move !== "right") return undefined;
    const direction = entry.move === "left" ? "L" : "R";
    return `${TAPE_SYMBOLS.indexOf(entry.write)}${direction}${letters.get(entry.next) as string}`;
  };
  const symbols = TAPE_SYMBOLS.slice(0, usesMinusOne(source) ? 3 : 2);
  const rows = working.map((state) =>
    symbols.map((symbol) => {
      const entry = source.table.get(state)?.get(symbol);
      if (entry === undefined) return "---";
      const cell = cellOf(entry);
      if (cell !== undefined) return cell;
      const place = `state ${quoteInput(state)}, symbol ${spellSymbol(symbol)}`;
      throw fail(`${place}: bbchallenge text has only the moves left and right, got ${entry.move}`);
    }),
  );
  return rows.map((cells) => cells.join("")).join("_");
}

function usesMinusOne(source: SourceMachine): boolean {
  return [...source.table.values()].some((row) => row.has(-1) || [...row.values()].some(({ write }) => write === -1));
}
