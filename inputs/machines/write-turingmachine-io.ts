/** Writes the YAML of turingmachine.io, where a machine fits it. */
import { symbolsOfKey, type AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { Move, SourceMachine, SourceTransition, TapeSymbol } from "../../spec/machines/machine.js";
import { TAPE_SYMBOLS } from "../../spec/machines/machine.js";
import { InputError, quoteInput } from "../input-error.js";
import { isSymbol, showSymbol } from "./foreign-machine.js";
import { spellSymbol } from "./read-machine.js";
import { spellText } from "./write-machine.js";

/** The digits that bbchallenge uses for the same symbols; reading them back gives the same symbols. */
function digitOf(symbol: TapeSymbol): string {
  return symbol === 0 ? "0" : symbol === 1 ? "1" : "2";
}

/**
 * The text for turingmachine.io of a machine that moves only left and right: blank is 0, +1 is 1, -1 is 2, halting states
 * have an empty entry. The name is kept as a comment; notes and expected results are lost.
 *
 * @throws {InputError} if the machine has another move: "machine: state, symbol: ..."
 *
 * @example
 * ```ts
 * import { loadMachine, writeTuringmachineIo } from "weightproof";
 *
 * writeTuringmachineIo(loadMachine("bb2")).includes("start state: A"); // => true
 * ```
 */
export function writeTuringmachineIo(source: SourceMachine): string {
  const halting = new Set(source.halting);
  const lines = [`# ${source.name}`, "blank: 0", `start state: ${spellText(source.start)}`, "table:"];
  for (const state of source.states) {
    const row = source.table.get(state);
    if (halting.has(state)) lines.push(`  ${spellText(state)}:`);
    else if (row === undefined || row.size === 0) lines.push(`  ${spellText(state)}: {}`);
    else {
      lines.push(`  ${spellText(state)}:`);
      for (const symbol of TAPE_SYMBOLS) {
        const entry = row.get(symbol);
        if (entry === undefined) continue;
        lines.push(`    ${digitOf(symbol)}: ${instruction(source, state, symbol, entry)}`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/**
 * The text for turingmachine.io of a machine over any alphabet of single characters, with its input; N is no move, which later
 * versions of the site have.
 *
 * @throws {InputError} naming what the site has not: several tapes, moves up and down, longer symbols, a head elsewhere
 */
export function writeAlphabetTuringmachineIo(machine: AlphabetMachine): string {
  const { name, tapes, symbols, states, start, halting, table, input } = machine;
  const fail = (message: string): InputError => new InputError(`machine ${quoteInput(name)}: ${message}`);
  if (tapes !== 1) throw fail(`turingmachine.io has one tape, got ${tapes} of them`);
  const long = symbols.find((symbol) => !isSymbol(symbol));
  if (long !== undefined) throw fail(`turingmachine.io has symbols of one character, got ${showSymbol(long)}`);
  const [given] = input ?? [];
  if (given !== undefined && (given.rows.length > 1 || given.headRow !== 0 || given.headColumn !== 0))
    throw fail("turingmachine.io has a word for its input, with the head on its first symbol; got another input");
  const spell = (index: number | undefined): string => JSON.stringify(symbols[index ?? 0] as string);
  const lines = [
    `name: ${spellText(name)}`,
    ...(given === undefined ? [] : [`input: ${JSON.stringify((given.rows[0] ?? []).map((s) => symbols[s]).join(""))}`]),
    `blank: ${spell(0)}`,
    `start state: ${spellText(start)}`,
    "table:",
  ];
  for (const state of states) {
    const row = [...(table.get(state) ?? [])];
    const isEmpty = row.length === 0 && !halting.includes(state);
    lines.push(`  ${spellText(state)}:${isEmpty ? " {}" : ""}`);
    for (const [key, { write, moves, next }] of row) {
      const direction = { left: "L", right: "R", stay: "N", up: undefined, down: undefined }[moves[0] as Move];
      const read = symbolsOfKey(key)[0];
      const place = `state ${quoteInput(state)}, symbol ${showSymbol(symbols[read ?? 0] as string)}`;
      if (direction === undefined) throw fail(`${place}: turingmachine.io has no move ${moves[0]}`);
      const written = write[0] === read ? "" : `write: ${spell(write[0])}, `;
      lines.push(`    ${spell(read)}: { ${written}${direction}: ${spellText(next)} }`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function instruction(source: SourceMachine, state: string, symbol: TapeSymbol, entry: SourceTransition): string {
  const { write, move, next } = entry;
  if (move !== "left" && move !== "right") {
    const place = `machine ${quoteInput(source.name)}: state ${quoteInput(state)}, symbol ${spellSymbol(symbol)}`;
    throw new InputError(`${place}: turingmachine.io has only the moves left and right, got ${move}`);
  }
  const direction = move === "left" ? "L" : "R";
  if (write === symbol && next === state) return direction;
  const written = write === symbol ? "" : `write: ${digitOf(write)}, `;
  return `{ ${written}${direction}: ${spellText(next)} }`;
}
