/**
 * Reads files of machines on d tapes: the format of one and two tapes with any number of them, moves up and down for tapes that are
 * grids, and read-only tapes. YAML:
 *
 *   name: copy
 *   tapes: 2
 *   read-only: [0]
 *   symbols: [0, 1]               # the first one is the blank
 *   start: copy
 *   halting: [done]
 *   table:
 *     copy:
 *       1 0: { write: 1 1, move: right right }
 *       0 0: { move: stay stay, next: done }
 *
 * Keys of a row, `write` and `move` have one word for each tape. Without `write` the symbols stay, without `next` the state does; an
 * absent entry halts.
 */
import { MOVES, type Move } from "../../spec/machines/machine.js";
import { MAX_TAPES, multiTapeFault, type MultiTapeEntry, type MultiTapeSource } from "../../spec/welper/machine.js";
import { quoteInput } from "../input-error.js";
import { MAX_TAPE_SYMBOLS } from "../input-limits.js";
import { suggestion } from "../near-names.js";
import { parseYaml, type YamlFile, type YamlMap, type YamlNode, type YamlText } from "../yaml-tree.js";

const KEYS = ["name", "tapes", "read-only", "symbols", "start", "halting", "table"];
const ENTRY_KEYS = ["write", "move", "next"];

/**
 * Reads the text of such a file.
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line:column: ..." if the text is not such a file
 */
export function readMultiTape(text: string, file: string): MultiTapeSource {
  const yaml = parseYaml(text, file);
  const root = asMap(yaml, yaml.root, "the file", KEYS);
  const countNode = asText(yaml, required(yaml, root, "tapes", "the file"), "tapes");
  const tapes = Number(countNode.text);
  if (!/^[0-9]{1,2}$/.test(countNode.text) || tapes < 1 || tapes > MAX_TAPES)
    throw yaml.errorAt(countNode.offset, `tapes: expected 1 to ${MAX_TAPES}, got ${quoteInput(countNode.text)}`);
  const symbolsNode = required(yaml, root, "symbols", "the file");
  const symbols = asNames(yaml, symbolsNode, "symbols");
  if (symbols.length > MAX_TAPE_SYMBOLS)
    throw yaml.errorAt(symbolsNode.offset, `expected at most ${MAX_TAPE_SYMBOLS} symbols, got ${symbols.length}`);
  const tableNode = asMap(yaml, required(yaml, root, "table", "the file"), "table");
  const optional = (key: string): string[] => {
    const node = root.entries.get(key)?.value;
    return node === undefined ? [] : asNames(yaml, node, key);
  };
  const halting = optional("halting");
  const reader = { yaml, tapes, symbols: new Set(symbols) };
  const table = new Map(
    [...tableNode.entries].map(([state, { value }]) => [state, readRow(reader, state, value)] as const),
  );
  const machine: MultiTapeSource = {
    name: asText(yaml, required(yaml, root, "name", "the file"), "name").text,
    tapes,
    symbols,
    readOnly: optional("read-only").map(Number),
    states: [...new Set([...table.keys(), ...halting])],
    start: asText(yaml, required(yaml, root, "start", "the file"), "start").text,
    halting,
    table,
  };
  const fault = multiTapeFault(machine);
  if (fault !== undefined) throw yaml.errorAt(root.offset, fault);
  return machine;
}

interface Reader {
  readonly yaml: YamlFile;
  readonly tapes: number;
  readonly symbols: ReadonlySet<string>;
}

function readRow(reader: Reader, state: string, node: YamlNode): ReadonlyMap<string, MultiTapeEntry> {
  const { yaml } = reader;
  const row = new Map<string, MultiTapeEntry>();
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
      next: next === undefined ? state : asText(yaml, next, `${place}, next`).text,
    });
  }
  return row;
}

function wordsIn(
  { yaml, tapes }: Reader,
  { text, offset }: Pick<YamlText, "text" | "offset">,
  place: string,
): string[] {
  const words = text.trim().split(/\s+/);
  if (words.length === tapes) return words;
  throw yaml.errorAt(offset, `${place}: expected ${tapes} words, one for each tape, got ${quoteInput(text)}`);
}

function symbolsIn(reader: Reader, node: Pick<YamlText, "text" | "offset">, place: string): string[] {
  const words = wordsIn(reader, node, place);
  const stranger = words.find((word) => !reader.symbols.has(word));
  if (stranger === undefined) return words;
  const hint = suggestion(stranger, reader.symbols);
  throw reader.yaml.errorAt(node.offset, `${place}: symbol ${quoteInput(stranger)} is not declared${hint}`);
}

function movesIn(reader: Reader, node: YamlText, place: string): Move[] {
  return wordsIn(reader, node, place).map((word) => {
    if (MOVES.includes(word as Move)) return word as Move;
    throw reader.yaml.errorAt(node.offset, `${place}: expected ${MOVES.join(", ")}, got ${quoteInput(word)}`);
  });
}

function required({ errorAt }: YamlFile, map: YamlMap, key: string, place: string): YamlNode {
  const entry = map.entries.get(key);
  if (entry === undefined) throw errorAt(map.offset, `${place}: expected the key ${key}`);
  return entry.value;
}

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

function asNames(yaml: YamlFile, node: YamlNode, place: string): string[] {
  if (node.kind !== "list") throw yaml.errorAt(node.offset, `${place}: expected a list, got a ${node.kind}`);
  return node.items.map((item) => asText(yaml, item, place).text);
}
