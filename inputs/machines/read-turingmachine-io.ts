/**
 * Reads the machines of turingmachine.io: YAML with blank, start state and table, by itself or in the document that the
 * site exports, as the text under "source code".
 */
import type { AlphabetMachine } from "../../spec/machines/alphabet-machine.js";
import type { Move } from "../../spec/machines/machine.js";
import {
  alphabetMachine,
  assertStateName,
  ForeignAlphabet,
  isSymbol,
  nameOfFile,
  toName,
  type ForeignInput,
  type ForeignRule,
} from "./foreign-machine.js";
import { listInput, quoteInput, type InputError } from "../input-error.js";
import { MAX_STATES } from "../input-limits.js";
import { suggestion } from "../near-names.js";
import { parseYamlDocuments } from "../yaml-events-tree.js";
import type { YamlEntry, YamlFile, YamlMap, YamlNode, YamlText } from "../yaml-tree.js";
import { chooseEntry } from "./choose-entry.js";

/** N is not part of the site's first version; later ones have it. */
const MOVES_OF_KEYS: ReadonlyMap<string, Move> = new Map([
  ["L", "left"],
  ["R", "right"],
  ["N", "stay"],
]);

const SPEC_KEYS = ["name", "input", "blank", "start state", "synonyms", "table"];
const DOCUMENT_KEYS = ["name", "source code", "positions", "editor contents"];

/** An instruction; absent parts mean that symbol or state is kept. */
interface Instruction {
  readonly write: YamlText | undefined;
  readonly move: Move;
  readonly next: string | undefined;
}

/**
 * Whether a parsed file is meant for turingmachine.io, well-formed or not: it has one of the keys that our files lack.
 */
export function looksLikeTuringmachineIo({ root }: YamlFile): boolean {
  return root.kind === "map" && ["start state", "source code", "blank"].some((key) => root.entries.has(key));
}

/**
 * The machine of a turingmachine.io text. States without instructions written as null are halting ones; where there is no
 * instruction the machine stops. `input` is the tape from the head's first cell on.
 *
 * @param file what to call the file in messages
 * @param entry which document, from 1, if the text has several
 * @throws {InputError} "file:line:column: ..." if the text is not in the format
 */
export function readTuringmachineIo(text: string, file: string, entry?: number): AlphabetMachine {
  const yaml = oneDocument(text, file, entry);
  const root = expectMap(yaml, yaml.root, "machine");
  const source = root.entries.get("source code");
  if (source === undefined) return readSpec(yaml, root, nameOfFile(file));
  refuseOtherKeys(yaml, root, "document", DOCUMENT_KEYS);
  if (source.value.kind !== "text") throw yaml.errorAt(source.value.offset, "source code: expected a text");
  const name = root.entries.get("name")?.value;
  const inner = oneDocument(source.value.text, `${file}: source code`);
  const called = name?.kind === "text" && name.text !== "" ? toName(name.text) : nameOfFile(file);
  return readSpec(inner, expectMap(inner, inner.root, "machine"), called);
}

function oneDocument(text: string, file: string, entry?: number): YamlFile {
  return chooseEntry(parseYamlDocuments(text, file), entry, { file, what: "document" });
}

function readSpec(yaml: YamlFile, root: YamlMap, nameOfThis: string): AlphabetMachine {
  refuseOtherKeys(yaml, root, "machine", SPEC_KEYS);
  const blank = expectText(yaml, expectKey(yaml, root, "blank").value, "blank");
  if (!isSymbol(blank.text)) throw yaml.errorAt(blank.offset, `blank: expected one character, got ${describe(blank)}`);
  const tableEntry = expectKey(yaml, root, "table");
  const table = expectMap(yaml, tableEntry.value, "table");
  if (table.entries.size > MAX_STATES) {
    throw yaml.errorAt(table.offset, `table: expected at most ${MAX_STATES} states, got ${table.entries.size}`);
  }
  for (const [state, { keyOffset }] of table.entries) {
    assertStateName(state, (message) => yaml.errorAt(keyOffset, `table: ${message}`));
  }
  const start = expectText(yaml, expectKey(yaml, root, "start state").value, "start state");
  if (!table.entries.has(start.text)) throw undeclared(yaml, start, "start state", table);

  const alphabet = new ForeignAlphabet(blank.text);
  const reader: InstructionReader = { yaml, table, synonyms: new Map() };
  const { rules, halting } = readTable({ ...reader, synonyms: readSynonyms(reader, root) }, alphabet);
  const name = root.entries.get("name")?.value;
  return alphabetMachine({
    name: name?.kind === "text" && name.text !== "" ? toName(name.text) : nameOfThis,
    format: "turingmachine.io",
    alphabet,
    working: [...rules.keys()],
    halting,
    start: start.text,
    rules,
    input: readInput(yaml, root, alphabet),
  });
}

function readTable(
  reader: InstructionReader,
  alphabet: ForeignAlphabet,
): { readonly rules: ReadonlyMap<string, ReadonlyMap<string, ForeignRule>>; readonly halting: readonly string[] } {
  const { yaml } = reader;
  const rules = new Map<string, ReadonlyMap<string, ForeignRule>>();
  const halting: string[] = [];
  for (const [state, { value }] of reader.table.entries) {
    if (isNull(value)) {
      halting.push(state);
      continue;
    }
    const row = new Map<string, ForeignRule>();
    for (const [key, { keyOffset, value: node }] of expectMap(yaml, value, `state ${quoteInput(state)}`).entries) {
      const place = `state ${quoteInput(state)}, symbol ${quoteInput(key)}`;
      const symbols = symbolsOfKey(key);
      if (!symbols.every(isSymbol)) throw yaml.errorAt(keyOffset, `${place}: expected a symbol of one character`);
      const { write, move, next } = readInstruction(reader, node, place);
      for (const symbol of symbols) {
        if (row.has(symbol)) throw yaml.errorAt(keyOffset, `${place}: ${quoteInput(symbol)} is given twice`);
        alphabet.add(symbol, (message) => yaml.errorAt(keyOffset, `${place}: ${message}`));
        row.set(symbol, { write: write?.text ?? symbol, move, next: next ?? state });
      }
      if (write !== undefined) {
        alphabet.add(write.text, (message) => yaml.errorAt(write.offset, `${place}: ${message}`));
      }
    }
    rules.set(state, row);
  }
  return { rules, halting };
}

/** A list as a key reaches the site as a text with commas, so such a text is a list; a comma alone is a symbol. */
function symbolsOfKey(key: string): string[] {
  return isSymbol(key) || !key.includes(",") ? [key] : key.split(",");
}

function readInput(yaml: YamlFile, root: YamlMap, alphabet: ForeignAlphabet): ForeignInput[] | undefined {
  const node = root.entries.get("input")?.value;
  if (node === undefined || isNull(node)) return undefined;
  const word = [...expectText(yaml, node, "input").text];
  for (const symbol of word) alphabet.add(symbol, (message) => yaml.errorAt(node.offset, `input: ${message}`));
  return [{ rows: [word] }];
}

interface InstructionReader {
  readonly yaml: YamlFile;
  readonly table: YamlMap;
  readonly synonyms: ReadonlyMap<string, Instruction>;
}

function readSynonyms(reader: InstructionReader, root: YamlMap): ReadonlyMap<string, Instruction> {
  const node = root.entries.get("synonyms")?.value;
  const synonyms = new Map<string, Instruction>();
  if (node === undefined || isNull(node)) return synonyms;
  // A synonym cannot be defined by another one: while they are read, none is known.
  for (const [name, { value }] of expectMap(reader.yaml, node, "synonyms").entries) {
    synonyms.set(name, readInstruction(reader, value, `synonym ${quoteInput(name)}`));
  }
  return synonyms;
}

function readInstruction({ yaml, table, synonyms }: InstructionReader, node: YamlNode, place: string): Instruction {
  const fail = (offset: number, message: string): InputError => yaml.errorAt(offset, `${place}: ${message}`);
  if (node.kind === "text" && !isNull(node)) {
    const move = MOVES_OF_KEYS.get(node.text);
    if (move !== undefined) return { write: undefined, move, next: undefined };
    const synonym = synonyms.get(node.text);
    if (synonym !== undefined) return synonym;
    const hint = suggestion(node.text, synonyms.keys());
    throw fail(node.offset, `expected L, R, N or a synonym, got ${quoteInput(node.text)}${hint}`);
  }
  if (node.kind !== "map") {
    throw fail(node.offset, `expected an instruction such as R or { write: 1, R: B }, got ${describe(node)}`);
  }
  for (const [key, { keyOffset }] of node.entries) {
    if (key !== "write" && !MOVES_OF_KEYS.has(key)) {
      throw fail(keyOffset, `unknown key ${quoteInput(key)}; expected write, L, R or N`);
    }
  }
  const moves = [...MOVES_OF_KEYS].filter(([key]) => node.entries.has(key));
  const [first, second] = moves;
  if (first === undefined) throw fail(node.offset, "expected a move (L, R or N), got none");
  if (second !== undefined) throw fail(node.offset, `expected one move, got ${first[0]} and ${second[0]}`);
  const [key, move] = first;
  const write = node.entries.get("write")?.value;
  if (write !== undefined && (write.kind !== "text" || !isSymbol(write.text))) {
    throw fail(write.offset, `expected to write a symbol of one character, got ${describe(write)}`);
  }
  const target = (node.entries.get(key) as YamlEntry).value;
  if (isNull(target)) return { write, move, next: undefined };
  const next = expectText(yaml, target, `${place}, ${key}`);
  if (!table.entries.has(next.text)) throw undeclared(yaml, next, `${place}, ${key}`, table);
  return { write, move, next: next.text };
}

/** Null of YAML's core schema: nothing, ~ or null, without quotes. */
function isNull(node: YamlNode): boolean {
  return node.kind === "text" && node.plain && /^(?:|~|null|Null|NULL)$/.test(node.text);
}

function refuseOtherKeys(yaml: YamlFile, root: YamlMap, place: string, keys: readonly string[]): void {
  for (const [key, { keyOffset }] of root.entries) {
    if (keys.includes(key)) continue;
    const hint = suggestion(key, keys);
    throw yaml.errorAt(keyOffset, `${place}: unknown key ${quoteInput(key)}; expected ${listInput(keys)}${hint}`);
  }
}

function expectKey(yaml: YamlFile, root: YamlMap, key: string): YamlEntry {
  const entry = root.entries.get(key);
  if (entry === undefined) throw yaml.errorAt(root.offset, `missing key ${quoteInput(key)}`);
  return entry;
}

function expectMap(yaml: YamlFile, node: YamlNode, place: string): YamlMap {
  if (node.kind !== "map") throw yaml.errorAt(node.offset, `${place}: expected a mapping, got ${describe(node)}`);
  return node;
}

function expectText(yaml: YamlFile, node: YamlNode, place: string): YamlText {
  if (node.kind !== "text" || isNull(node)) {
    throw yaml.errorAt(node.offset, `${place}: expected a text, got ${describe(node)}`);
  }
  return node;
}

function undeclared(yaml: YamlFile, node: YamlText, place: string, table: YamlMap): InputError {
  const hint = suggestion(node.text, table.entries.keys());
  return yaml.errorAt(node.offset, `${place}: state ${quoteInput(node.text)} has no entry in the table${hint}`);
}

function describe(node: YamlNode): string {
  if (node.kind === "map") return "a mapping";
  if (node.kind === "list") return "a list";
  return node.text === "" && node.plain ? "nothing" : quoteInput(node.text);
}
