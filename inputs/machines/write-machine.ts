/** Writes machine files: the canonical form of docs/machine-format.md. */
import { TAPE_SYMBOLS, type SourceMachine } from "../../spec/machines/machine.js";
import { spellSymbol } from "./read-machine.js";

/**
 * The canonical machine file. readMachine reads it back to the same machine, states listed in the order of files: those
 * with a row first, halting ones last.
 *
 * @throws {RangeError} if no state has a row: the format has no such machine
 *
 * @example
 * ```ts
 * import { loadMachine, readMachine, writeMachine } from "weightproof";
 *
 * const machine = loadMachine("bb2");
 * readMachine(writeMachine(machine), "bb2.yaml").table; // => machine.table
 * ```
 */
export function writeMachine(source: SourceMachine): string {
  const halts = new Set(source.halting);
  const working = source.states.filter((state) => !halts.has(state));
  // In the order of states: the first one is where absent entries lead.
  const halting = source.states.filter((state) => halts.has(state));
  if (working.length === 0) throw new RangeError("writeMachine: expected a state that is not halting, got none");
  const { about, source: published } = source.notes;
  const expected = Object.entries(source.expected).map(([key, value]) => `${key}: ${String(value)}`);
  const lines = [
    `name: ${spellText(source.name)}`,
    ...(about === undefined ? [] : [`about: ${spellText(about)}`]),
    ...(published === undefined ? [] : [`source: ${spellText(published)}`]),
    `start: ${spellText(source.start)}`,
    ...(halting.length === 0 ? [] : [`halting: [${halting.map(spellText).join(", ")}]`]),
    ...(expected.length === 0 ? [] : [`expected: { ${expected.join(", ")} }`]),
    "table:",
  ];
  for (const state of working) {
    const row = source.table.get(state);
    lines.push(row === undefined || row.size === 0 ? `  ${spellText(state)}: {}` : `  ${spellText(state)}:`);
    for (const symbol of TAPE_SYMBOLS) {
      const entry = row?.get(symbol);
      if (entry === undefined) continue;
      const fields = [
        ...(entry.write === symbol ? [] : [`write: ${spellSymbol(entry.write)}`]),
        `move: ${entry.move}`,
        ...(entry.next === state ? [] : [`next: ${spellText(entry.next)}`]),
      ];
      lines.push(`    ${spellSymbol(symbol)}: { ${fields.join(", ")} }`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Words that some YAML reader, of version 1.1 or 1.2, takes for a truth value or for nothing. */
const RESERVED = /^(?:yes|no|on|off|true|false|null)$/i;

/** Words of letters, digits and a few signs are written as they are, everything else in double quotes. */
export function spellText(text: string): string {
  const plain = /^[A-Za-z][A-Za-z0-9_.+-]*(?: [A-Za-z0-9_.+-]+)*$/;
  return plain.test(text) && !RESERVED.test(text) ? text : JSON.stringify(text);
}
