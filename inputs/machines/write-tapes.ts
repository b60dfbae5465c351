/** Writes machine files of machines over any alphabet, on any number of tapes: what read-tapes.ts reads. */
import { symbolsOfKey, type AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import { InputError, quoteInput } from "../input-error.js";
import { showSymbol } from "./foreign-machine.js";
import { spellText } from "./write-machine.js";

/**
 * The machine file of a machine. A blank that is a space is spelled _.
 *
 * @throws {InputError} naming what the format cannot say: a symbol with a space, an input of several rows or with the head
 *   elsewhere than on the first symbol of its words
 */
export function writeTapes(machine: AlphabetMachine): string {
  const { name, tapes, states, start, halting, accepting, rejecting, table, missing, input, notes } = machine;
  const fail = (message: string): InputError => new InputError(`machine ${quoteInput(name)}: ${message}`);
  const symbols = machine.symbols.map((symbol, i) => (i === 0 && /^\s$/.test(symbol) ? "_" : symbol));
  const odd = symbols.find((symbol) => /\s/.test(symbol));
  if (odd !== undefined) throw fail(`a machine file has no symbol with a space, got ${showSymbol(odd)}`);
  if (new Set(symbols).size !== symbols.length)
    throw fail("the blank is a space, which a machine file spells _, and that is a symbol, too");
  const spell = (indices: readonly number[]): string =>
    spellText(indices.map((index) => symbols[index] as string).join(" "));
  const words = input?.map(({ rows, headRow, headColumn }) => {
    if (rows.length > 1 || headRow !== 0 || headColumn !== 0)
      throw fail("a machine file has words for its input, with the head on the first symbol; got another input");
    const between = symbols.every((symbol) => [...symbol].length === 1) ? "" : ",";
    return spellText((rows[0] ?? []).map((symbol) => symbols[symbol] as string).join(between));
  });
  const list = (names: readonly string[]): string => `[${names.map(spellText).join(", ")}]`;
  const lines = [
    `name: ${spellText(name)}`,
    ...(notes.about === undefined ? [] : [`about: ${spellText(notes.about)}`]),
    ...(notes.source === undefined ? [] : [`source: ${spellText(notes.source)}`]),
    `tapes: ${tapes}`,
    `symbols: ${list(symbols)}`,
    `start: ${spellText(start)}`,
    ...(halting.length === 0 ? [] : [`halting: ${list(halting)}`]),
    `accept: ${list(accepting)}`,
    `reject: ${list(rejecting)}`,
    ...(words === undefined ? [] : [`input: [${words.join(", ")}]`]),
    `missing: ${missing}`,
    "table:",
  ];
  for (const state of states.filter((each) => !halting.includes(each))) {
    const row = [...(table.get(state) ?? [])];
    lines.push(row.length === 0 ? `  ${spellText(state)}: {}` : `  ${spellText(state)}:`);
    for (const [key, { write, moves, next }] of row) {
      const fields = [
        ...(write.join() === key ? [] : [`write: ${spell(write)}`]),
        `move: ${moves.join(" ")}`,
        ...(next === state ? [] : [`next: ${spellText(next)}`]),
      ];
      lines.push(`    ${spell(symbolsOfKey(key))}: { ${fields.join(", ")} }`);
    }
  }
  return `${lines.join("\n")}\n`;
}
