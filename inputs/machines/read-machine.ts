/** Reads machine files: YAML in the format of docs/machine-format.md. */
import type {
  ExpectedResult,
  MachineNotes,
  Move,
  SourceMachine,
  SourceTransition,
  TapeSymbol,
} from "../../spec/machines/machine.js";
import { quoteInput } from "../input-error.js";
import { MAX_STATES } from "../input-limits.js";
import { assertMachineShape } from "./machine-schema.js";
import { suggestion } from "../near-names.js";
import { parseYaml, type YamlFile, type YamlMap, type YamlNode, type YamlText } from "../yaml-tree.js";

const SYMBOL_SPELLINGS: ReadonlyMap<string, TapeSymbol> = new Map([
  ["blank", 0],
  ["_", 0],
  ["0", 0],
  ["+0", 0],
  ["-0", 0],
  ["+1", 1],
  ["1", 1],
  ["-1", -1],
]);

/**
 * Reads the text of a machine file.
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line:column: place: ..." if the text is not a machine file
 *
 * @example
 * ```ts
 * import { readMachine } from "weightproof";
 *
 * const text = `
 * name: writer
 * start: write
 * halting: [done]
 * table:
 *   write:
 *     blank: { write: +1, move: stay, next: done }
 * `;
 * readMachine(text, "writer.yaml").states; // => ["write", "done"]
 * readMachine(text.replace("stay", "sit"), "writer.yaml"); // throws InputError
 * ```
 */
export function readMachine(text: string, file: string): SourceMachine {
  const yaml = parseYaml(text, file);
  assertMachineShape(yaml);
  const root = asMap(yaml.root);
  const halting = readHalting(yaml, root);
  const tableNode = asMap(root.entries.get("table")?.value);
  const states = [...tableNode.entries.keys(), ...halting];
  if (states.length > MAX_STATES) {
    throw yaml.errorAt(tableNode.offset, `expected at most ${MAX_STATES} states, got ${states.length}`);
  }
  const declared = new Set(states);

  const start = asText(root.entries.get("start")?.value);
  if (!declared.has(start.text)) throw undeclared(yaml, start, "start", declared);
  const table = new Map<string, ReadonlyMap<TapeSymbol, SourceTransition>>();
  for (const [state, { keyOffset, value }] of tableNode.entries) {
    if (halting.includes(state)) {
      throw yaml.errorAt(keyOffset, `state ${quoteInput(state)}: a halting state has no row in the table`);
    }
    table.set(state, readRow(yaml, state, asMap(value), declared));
  }
  return {
    name: asText(root.entries.get("name")?.value).text,
    states,
    start: start.text,
    halting,
    table,
    notes: readNotes(root),
    expected: readExpected(yaml, root),
  };
}

function readHalting(yaml: YamlFile, root: YamlMap): string[] {
  const node = root.entries.get("halting")?.value;
  const names = new Set<string>();
  for (const item of node?.kind === "list" ? node.items : []) {
    const { text, offset } = asText(item);
    if (names.has(text)) throw yaml.errorAt(offset, `halting: state ${quoteInput(text)} is named twice`);
    names.add(text);
  }
  return [...names];
}

function readRow(
  yaml: YamlFile,
  state: string,
  row: YamlMap,
  declared: ReadonlySet<string>,
): ReadonlyMap<TapeSymbol, SourceTransition> {
  const entries = new Map<TapeSymbol, SourceTransition>();
  for (const [spelling, { keyOffset, value }] of row.entries) {
    const symbol = symbolOf(spelling);
    if (entries.has(symbol)) {
      const name = spellSymbol(symbol);
      throw yaml.errorAt(
        keyOffset,
        `state ${quoteInput(state)}: symbol ${name} has two entries (${spelling} is ${name})`,
      );
    }
    const fields = asMap(value).entries;
    const write = fields.get("write")?.value;
    const next = fields.get("next")?.value;
    if (next !== undefined && !declared.has(asText(next).text)) {
      throw undeclared(yaml, asText(next), `state ${quoteInput(state)}, symbol ${spelling}, next`, declared);
    }
    entries.set(symbol, {
      write: write === undefined ? symbol : symbolOf(asText(write).text),
      move: asText(fields.get("move")?.value).text as Move,
      next: next === undefined ? state : asText(next).text,
    });
  }
  return entries;
}

function readNotes(root: YamlMap): MachineNotes {
  const note = (key: string): string | undefined => {
    const node = root.entries.get(key)?.value;
    return node === undefined ? undefined : asText(node).text.replaceAll(/\s+/gu, " ").trim();
  };
  const about = note("about");
  const source = note("source");
  return { ...(about === undefined ? {} : { about }), ...(source === undefined ? {} : { source }) };
}

function readExpected(yaml: YamlFile, root: YamlMap): ExpectedResult {
  const node = root.entries.get("expected")?.value;
  if (node === undefined) return {};
  const { entries, offset } = asMap(node);
  const count = (key: string): number | undefined => {
    const value = entries.get(key)?.value;
    return value === undefined ? undefined : Number(asText(value).text);
  };
  const steps = count("steps");
  const nonblank = count("nonblank");
  const haltsText = entries.get("halts")?.value;
  const halts = haltsText === undefined ? undefined : asText(haltsText).text.toLowerCase() === "true";
  if (halts === false && (steps !== undefined || nonblank !== undefined)) {
    throw yaml.errorAt(offset, "expected: a machine that never halts has no steps and no nonblank");
  }
  return {
    ...(steps === undefined ? {} : { steps }),
    ...(nonblank === undefined ? {} : { nonblank }),
    ...(halts === undefined ? {} : { halts }),
  };
}

/** The canonical spelling of a symbol in machine files and messages. */
export function spellSymbol(symbol: TapeSymbol): string {
  return symbol === 0 ? "blank" : symbol === 1 ? "+1" : "-1";
}

function symbolOf(spelling: string): TapeSymbol {
  const symbol = SYMBOL_SPELLINGS.get(spelling);
  if (symbol === undefined)
    throw new TypeError(`readMachine: expected the spelling of a symbol, got ${quoteInput(spelling)}`);
  return symbol;
}

function undeclared(yaml: YamlFile, node: YamlText, place: string, declared: ReadonlySet<string>): Error {
  const hint = suggestion(node.text, declared);
  return yaml.errorAt(
    node.offset,
    `${place}: state ${quoteInput(node.text)} is not declared${hint}; give it a row in the table or list it under halting`,
  );
}

// The schema has vouched for the kinds of all nodes; these two keep the types honest if the two ever part.

function asMap(node: YamlNode | undefined): YamlMap {
  if (node?.kind !== "map") throw new TypeError(`readMachine: expected a mapping, got ${node?.kind}`);
  return node;
}

function asText(node: YamlNode | undefined): YamlText {
  if (node?.kind !== "text") throw new TypeError(`readMachine: expected a text, got ${node?.kind}`);
  return node;
}
