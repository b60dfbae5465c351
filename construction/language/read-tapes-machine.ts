/**
 * Reads files of machines on one or two one-way infinite tapes, the input of oneWayToGrid and twoTapeToGrid. YAML:
 *
 *   name: palindrome
 *   tapes: 2
 *   symbols: [_, a, b]            # the first one is the blank
 *   start: copy
 *   halting: [accept, reject]
 *   table:
 *     copy:
 *       a _: { write: a a, move: right right }
 *       _ _: { move: left stay, next: rewind }
 *
 * A key of a row names one symbol for each tape, with a space between them; so do `write` and `move`. Without `write` the
 * symbols stay, without `next` the state does. An absent entry halts.
 */
import { quoteInput } from "../../inputs/input-error.js";
import { MAX_STATES, MAX_TAPE_SYMBOLS } from "../../inputs/input-limits.js";
import { suggestion } from "../../inputs/near-names.js";
import { parseYaml, type YamlFile, type YamlMap, type YamlNode, type YamlText } from "../../inputs/yaml-tree.js";
import type { TapeMove, TapesEntry, TapesMachine } from "../../spec/machines/tape-machine.js";
import { assertTapesMachine } from "./tapes-machine.js";

const KEYS = ["name", "tapes", "symbols", "start", "halting", "table"];
const ENTRY_KEYS = ["write", "move", "next"];
const MOVES: readonly string[] = ["left", "right", "stay"];

/**
 * Reads the text of such a file.
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line:column: ..." if the text is not such a file
 */
export function readTapesMachine(text: string, file: string): TapesMachine {
  const yaml = parseYaml(text, file);
  const root = asMap(yaml, yaml.root, "the file", KEYS);
  const tapes = required(yaml, root, "tapes", "the file");
  const count = asText(yaml, tapes, "tapes");
  if (count.text !== "1" && count.text !== "2") {
    throw yaml.errorAt(count.offset, `tapes: expected 1 or 2, got ${quoteInput(count.text)}`);
  }
  const symbolNodes = asNames(yaml, required(yaml, root, "symbols", "the file"), "symbols");
  if (symbolNodes.length > MAX_TAPE_SYMBOLS) {
    const { offset } = symbolNodes[MAX_TAPE_SYMBOLS] as YamlText;
    throw yaml.errorAt(offset, `symbols: expected at most ${MAX_TAPE_SYMBOLS}, got ${symbolNodes.length}`);
  }
  const symbols = symbolNodes.map(({ text: symbol }) => symbol);
  const tableNode = asMap(yaml, required(yaml, root, "table", "the file"), "table");
  const haltingNode = root.entries.get("halting")?.value;
  const halting = haltingNode === undefined ? [] : asNames(yaml, haltingNode, "halting").map((node) => node.text);
  const states = [...tableNode.entries.keys(), ...halting];
  if (states.length > MAX_STATES) {
    throw yaml.errorAt(tableNode.offset, `table: expected at most ${MAX_STATES} states, got ${states.length}`);
  }
  const reader = { yaml, tapes: Number(count.text), symbols: new Set(symbols), states: new Set(states) };
  const table = new Map<string, ReadonlyMap<string, TapesEntry>>();
  for (const [state, { keyOffset, value }] of tableNode.entries) {
    if (halting.includes(state)) {
      throw yaml.errorAt(keyOffset, `state ${quoteInput(state)}: a halting state has no row in the table`);
    }
    table.set(state, readRow(reader, state, value));
  }
  const machine: TapesMachine = {
    name: asText(yaml, required(yaml, root, "name", "the file"), "name").text,
    tapes: count.text === "1" ? 1 : 2,
    symbols,
    states,
    start: declaredState(reader, asText(yaml, required(yaml, root, "start", "the file"), "start"), "start"),
    halting,
    table,
  };
  assertTapesMachine(machine);
  return machine;
}

interface Reader {
  readonly yaml: YamlFile;
  readonly tapes: number;
  readonly symbols: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
}

function readRow(reader: Reader, state: string, node: YamlNode): ReadonlyMap<string, TapesEntry> {
  const { yaml } = reader;
  const row = new Map<string, TapesEntry>();
  for (const [key, { keyOffset, value }] of asMap(yaml, node, `state ${quoteInput(state)}`).entries) {
    const place = `state ${quoteInput(state)}, symbols ${quoteInput(key)}`;
    const read = symbolsIn(reader, { text: key, offset: keyOffset }, place);
    if (row.has(read.join(" "))) throw yaml.errorAt(keyOffset, `${place}: there are two entries for these symbols`);
    const fields = asMap(yaml, value, place, ENTRY_KEYS);
    const write = fields.entries.get("write")?.value;
    const next = fields.entries.get("next")?.value;
    const move = asText(yaml, required(yaml, fields, "move", place), `${place}, move`);
    row.set(read.join(" "), {
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
    throw yaml.errorAt(offset, `${place}: expected ${tapes === 1 ? "one word" : "two words"}, got ${quoteInput(text)}`);
  }
  return words;
}

function symbolsIn(reader: Reader, node: Pick<YamlText, "text" | "offset">, place: string): string[] {
  const words = wordsIn(reader, node, place);
  const stranger = words.find((word) => !reader.symbols.has(word));
  if (stranger === undefined) return words;
  const hint = suggestion(stranger, reader.symbols);
  throw reader.yaml.errorAt(node.offset, `${place}: symbol ${quoteInput(stranger)} is not declared${hint}`);
}

function movesIn(reader: Reader, node: YamlText, place: string): TapeMove[] {
  return wordsIn(reader, node, place).map((word) => {
    if (!MOVES.includes(word)) {
      throw reader.yaml.errorAt(node.offset, `${place}: expected left, right or stay, got ${quoteInput(word)}`);
    }
    return word as TapeMove;
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
