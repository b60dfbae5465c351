/**
 * Reads machine files of machines over any alphabet, on one tape or several. YAML:
 *
 *   name: palindrome
 *   tapes: 2
 *   symbols: [_, a, b]            # the first one is the blank
 *   start: copy
 *   halting: [accept, reject]
 *   accept: [accept]              # absent: the halting states whose names say so
 *   input: [abba]                 # a word for each tape, from the head on; absent: blank tapes
 *   missing: stop                 # absent: step
 *   table:
 *     copy:
 *       a _: { write: a a, move: right right }
 *       _ _: { move: left stay, next: rewind }
 *
 * A key of a row names one symbol for each tape, with a space between them; so do `write` and `move`. Without `write` the
 * symbols stay, without `next` the state does. An absent entry halts: as a step, or where `missing` says stop without one.
 */
import { readKey, wordOnTape, type AlphabetEntry, type AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import { MOVES, type MachineNotes, type Move } from "../../spec/machines/machine.js";
import { listInput, quoteInput } from "../input-error.js";
import { MAX_STATES, MAX_TAPE_SYMBOLS, MAX_TAPES } from "../input-limits.js";
import { suggestion } from "../near-names.js";
import { parseYaml, type YamlFile, type YamlMap, type YamlNode, type YamlText } from "../yaml-tree.js";
import { assertStateName, decisionsByName } from "./foreign-machine.js";
import { splitWord } from "./input-word.js";

const KEYS = [
  "name",
  "about",
  "source",
  "tapes",
  "symbols",
  "start",
  "halting",
  "accept",
  "reject",
  "input",
  "missing",
  "table",
];
const ENTRY_KEYS = ["write", "move", "next"];
const SIDEWAYS: readonly Move[] = ["left", "right", "stay"];

/** Whether a text is meant as such a file: it says how many tapes there are. */
export function looksLikeTapes(text: string): boolean {
  return /^["']?tapes["']?\s*:/m.test(text);
}

/**
 * Reads the text of such a file.
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line:column: ..." if the text is not such a file
 */
export function readTapes(text: string, file: string): AlphabetMachine {
  const yaml = parseYaml(text, file);
  const root = asMap(yaml, yaml.root, "the file", KEYS);
  const count = asText(yaml, required(yaml, root, "tapes", "the file"), "tapes");
  const tapes = Number(count.text);
  if (!/^[1-9]$/.test(count.text) || tapes > MAX_TAPES)
    throw yaml.errorAt(count.offset, `tapes: expected 1 to ${MAX_TAPES}, got ${quoteInput(count.text)}`);
  const symbols = readSymbols(yaml, root);
  const tableNode = asMap(yaml, required(yaml, root, "table", "the file"), "table");
  const halting = namesAt(yaml, root, "halting") ?? [];
  const states = [...tableNode.entries.keys(), ...halting];
  if (states.length > MAX_STATES) {
    throw yaml.errorAt(tableNode.offset, `table: expected at most ${MAX_STATES} states, got ${states.length}`);
  }
  for (const state of states) assertStateName(state, (message) => yaml.errorAt(tableNode.offset, `table: ${message}`));
  const indices = new Map(symbols.map((symbol, i) => [symbol, i]));
  const reader: Reader = { yaml, tapes, symbols: indices, states: new Set(states) };
  const table = new Map<string, ReadonlyMap<string, AlphabetEntry>>();
  for (const [state, { keyOffset, value }] of tableNode.entries) {
    if (halting.includes(state)) {
      throw yaml.errorAt(keyOffset, `state ${quoteInput(state)}: a halting state has no row in the table`);
    }
    table.set(state, readRow(reader, state, value));
  }
  const input = readInput(reader, root);
  return {
    name: asText(yaml, required(yaml, root, "name", "the file"), "name").text,
    format: "a machine file",
    tapes,
    symbols,
    states,
    start: declaredState(reader, asText(yaml, required(yaml, root, "start", "the file"), "start"), "start"),
    halting,
    ...readDecisions(yaml, root, halting),
    table,
    missing: readMissing(yaml, root),
    ...(input === undefined ? {} : { input }),
    notes: readNotes(yaml, root),
    expected: {},
  };
}

function readSymbols(yaml: YamlFile, root: YamlMap): string[] {
  const node = required(yaml, root, "symbols", "the file");
  const names = asNames(yaml, node, "symbols");
  if (names.length === 0) throw yaml.errorAt(node.offset, "symbols: expected at least one, the blank");
  const extra = names[MAX_TAPE_SYMBOLS];
  if (extra !== undefined)
    throw yaml.errorAt(extra.offset, `symbols: expected at most ${MAX_TAPE_SYMBOLS}, got ${names.length}`);
  const odd = names.find(({ text }) => text === "" || /\s/.test(text));
  if (odd !== undefined)
    throw yaml.errorAt(odd.offset, `symbols: expected symbols without spaces, got ${quoteInput(odd.text)}`);
  return names.map(({ text }) => text);
}

function namesAt(yaml: YamlFile, root: YamlMap, key: string): string[] | undefined {
  const node = root.entries.get(key)?.value;
  return node === undefined ? undefined : asNames(yaml, node, key).map(({ text }) => text);
}

function readDecisions(
  yaml: YamlFile,
  root: YamlMap,
  halting: readonly string[],
): Pick<AlphabetMachine, "accepting" | "rejecting"> {
  const given = { accept: namesAt(yaml, root, "accept"), reject: namesAt(yaml, root, "reject") };
  if (given.accept === undefined && given.reject === undefined) return decisionsByName(halting);
  for (const [key, names] of Object.entries(given)) {
    const stranger = names?.find((name) => !halting.includes(name));
    const both = names?.find((name) => key === "reject" && given.accept?.includes(name) === true);
    const { offset } = root.entries.get(key)?.value ?? root;
    if (stranger !== undefined) throw yaml.errorAt(offset, `${key}: ${quoteInput(stranger)} is not a halting state`);
    if (both !== undefined) throw yaml.errorAt(offset, `reject: ${quoteInput(both)} accepts`);
  }
  return { accepting: given.accept ?? [], rejecting: given.reject ?? [] };
}

function readMissing(yaml: YamlFile, root: YamlMap): "step" | "stop" {
  const node = root.entries.get("missing")?.value;
  if (node === undefined) return "step";
  const { text, offset } = asText(yaml, node, "missing");
  if (text === "step" || text === "stop") return text;
  throw yaml.errorAt(offset, `missing: expected step or stop, got ${quoteInput(text)}`);
}

function readNotes(yaml: YamlFile, root: YamlMap): MachineNotes {
  const [about, source] = ["about", "source"].map((key) => {
    const node = root.entries.get(key)?.value;
    return node === undefined ? undefined : asText(yaml, node, key).text.replaceAll(/\s+/gu, " ").trim();
  });
  return { ...(about === undefined ? {} : { about }), ...(source === undefined ? {} : { source }) };
}

function readInput({ yaml, tapes, symbols }: Reader, root: YamlMap): AlphabetMachine["input"] {
  const node = root.entries.get("input")?.value;
  if (node === undefined) return undefined;
  if (node.kind !== "list") throw yaml.errorAt(node.offset, `input: expected a list, got a ${node.kind}`);
  if (node.items.length > tapes)
    throw yaml.errorAt(
      node.offset,
      `input: expected at most ${tapes} words, one for each tape, got ${node.items.length}`,
    );
  const names = [...symbols.keys()];
  return Array.from({ length: tapes }, (_, t) => {
    const item = node.items[t];
    if (item === undefined) return wordOnTape([]);
    const { text, offset } = asText(yaml, item, "input");
    return wordOnTape(splitWord(text, names, (message) => yaml.errorAt(offset, `input: ${message}`)));
  });
}

interface Reader {
  readonly yaml: YamlFile;
  readonly tapes: number;
  readonly symbols: ReadonlyMap<string, number>;
  readonly states: ReadonlySet<string>;
}

function readRow(reader: Reader, state: string, node: YamlNode): ReadonlyMap<string, AlphabetEntry> {
  const { yaml } = reader;
  const row = new Map<string, AlphabetEntry>();
  for (const [key, { keyOffset, value }] of asMap(yaml, node, `state ${quoteInput(state)}`).entries) {
    const place = `state ${quoteInput(state)}, symbols ${quoteInput(key)}`;
    const read = symbolsIn(reader, { text: key, offset: keyOffset }, place);
    if (row.has(readKey(read))) throw yaml.errorAt(keyOffset, `${place}: there are two entries for these symbols`);
    const fields = asMap(yaml, value, place, ENTRY_KEYS);
    const write = fields.entries.get("write")?.value;
    const next = fields.entries.get("next")?.value;
    const move = asText(yaml, required(yaml, fields, "move", place), `${place}, move`);
    row.set(readKey(read), {
      write: write === undefined ? read : symbolsIn(reader, asText(yaml, write, `${place}, write`), `${place}, write`),
      moves: movesIn(reader, move, `${place}, move`),
      next: next === undefined ? state : declaredState(reader, asText(yaml, next, `${place}, next`), `${place}, next`),
    });
  }
  return row;
}

/** The words of a text, one for each tape. */
function wordsIn(
  { yaml, tapes }: Reader,
  { text, offset }: Pick<YamlText, "text" | "offset">,
  place: string,
): string[] {
  const words = text.trim().split(/\s+/);
  if (words.length !== tapes) {
    const expected = ["one word", "two words", "three words"][tapes - 1];
    throw yaml.errorAt(offset, `${place}: expected ${expected}, got ${quoteInput(text)}`);
  }
  return words;
}

function symbolsIn(reader: Reader, node: Pick<YamlText, "text" | "offset">, place: string): number[] {
  return wordsIn(reader, node, place).map((word) => {
    const index = reader.symbols.get(word);
    if (index !== undefined) return index;
    const hint = suggestion(word, reader.symbols.keys());
    throw reader.yaml.errorAt(node.offset, `${place}: symbol ${quoteInput(word)} is not declared${hint}`);
  });
}

function movesIn(reader: Reader, node: YamlText, place: string): Move[] {
  const known = reader.tapes === 1 ? MOVES : SIDEWAYS;
  return wordsIn(reader, node, place).map((word) => {
    const move = known.find((each) => each === word);
    if (move !== undefined) return move;
    throw reader.yaml.errorAt(node.offset, `${place}: expected ${listInput(known)}, got ${quoteInput(word)}`);
  });
}

function declaredState({ yaml, states }: Reader, { text, offset }: YamlText, place: string): string {
  if (states.has(text)) return text;
  throw yaml.errorAt(offset, `${place}: state ${quoteInput(text)} is not declared${suggestion(text, states)}`);
}

function required({ errorAt }: YamlFile, map: YamlMap, key: string, place: string): YamlNode {
  const entry = map.entries.get(key);
  if (entry === undefined) throw errorAt(map.offset, `${place}: expected the key ${key}`);
  return entry.value;
}

/** A mapping; with `keys`, one that has no others. */
function asMap({ errorAt }: YamlFile, node: YamlNode, place: string, keys?: readonly string[]): YamlMap {
  if (node.kind !== "map") throw errorAt(node.offset, `${place}: expected a mapping, got a ${node.kind}`);
  for (const [key, { keyOffset }] of keys === undefined ? [] : node.entries) {
    if (keys?.includes(key) === true) continue;
    throw errorAt(keyOffset, `${place}: unknown key ${quoteInput(key)}${suggestion(key, keys ?? [])}`);
  }
  return node;
}

function asText({ errorAt }: YamlFile, node: YamlNode, place: string): YamlText {
  if (node.kind !== "text") throw errorAt(node.offset, `${place}: expected a text, got a ${node.kind}`);
  return node;
}

/** A list of different names. */
function asNames(yaml: YamlFile, node: YamlNode, place: string): readonly YamlText[] {
  if (node.kind !== "list") throw yaml.errorAt(node.offset, `${place}: expected a list, got a ${node.kind}`);
  const names = node.items.map((item) => asText(yaml, item, place));
  const seen = new Set<string>();
  for (const { text, offset } of names) {
    if (seen.has(text)) throw yaml.errorAt(offset, `${place}: ${quoteInput(text)} is named twice`);
    seen.add(text);
  }
  return names;
}
