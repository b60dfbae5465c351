/** A machine of another format, over any alphabet, as a machine on one tape. */
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { symbolsOfKey, type AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { TapeMove, TapesEntry, TapesMachine } from "../../spec/machines/tape-machine.js";

/**
 * The same machine on one tape, in its own symbols; a blank that is a space is spelled _. Where the format stops without a rule,
 * there is a last step into an added state, no-rule.
 *
 * @throws {InputError} if the machine has several tapes, moves up or down, or has another symbol with a space
 */
export function alphabetToTape(machine: AlphabetMachine): TapesMachine {
  const { name, tapes, states, start, halting } = machine;
  if (tapes !== 1) throw new InputError(`${name}: the machine has ${tapes} tapes; a decoder follows machines on one`);
  const symbols = machine.symbols.map((symbol, i) => (i === 0 && /^\s$/.test(symbol) ? "_" : symbol));
  const odd = symbols.find((symbol, i) => /\s/.test(symbol) || symbols.indexOf(symbol) !== i);
  if (odd !== undefined)
    throw new InputError(`${name}: symbol ${quoteInput(odd)} is a space, or what a blank space is spelled as`);
  const spell = (index: number): string => symbols[index] as string;
  const table = new Map<string, Map<string, TapesEntry>>();
  for (const state of states) {
    if (halting.includes(state)) continue;
    const row = new Map<string, TapesEntry>();
    for (const [key, { write, moves, next }] of machine.table.get(state) ?? []) {
      const [read = 0] = symbolsOfKey(key);
      const [move] = moves;
      if (move === "up" || move === "down") {
        const place = `state ${quoteInput(state)}, symbol ${quoteInput(spell(read))}`;
        throw new InputError(
          `${name}: ${place} moves ${move}; a decoder follows machines that keep to one row of their tape`,
        );
      }
      row.set(spell(read), { write: write.map(spell), moves: [move as TapeMove], next });
    }
    table.set(state, row);
  }
  const plain: TapesMachine = { name, tapes: 1, symbols, states, start, halting, table };
  return machine.missing === "step" ? plain : withStops(plain);
}

/** Where an entry is missing, a last step into a state of its own. */
function withStops(machine: TapesMachine): TapesMachine {
  const { symbols, states, halting, table } = machine;
  let own = "no-rule";
  for (let suffix = 2; states.includes(own); suffix++) own = `no-rule-${suffix}`;
  let isUsed = false;
  const filled = new Map<string, ReadonlyMap<string, TapesEntry>>();
  for (const [state, row] of table) {
    const entries = new Map(row);
    for (const symbol of symbols) {
      if (row.has(symbol)) continue;
      isUsed = true;
      entries.set(symbol, { write: [symbol], moves: ["stay"], next: own });
    }
    filled.set(state, entries);
  }
  if (!isUsed) return machine;
  return { ...machine, states: [...states, own], halting: [...halting, own], table: filled };
}
