/** Writes the YAML of turingmachine.io, where a machine fits it. */
import type { SourceMachine, SourceTransition, TapeSymbol } from "../../spec/machines/machine.js";
import { TAPE_SYMBOLS } from "../../spec/machines/machine.js";
import { InputError, quoteInput } from "../input-error.js";
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
