/**
 * YAML as a plain tree with places: mappings, lists and texts, and nothing that a data file has no use for. Anchors,
 * aliases, tags, directives, several documents in a file and keys given twice are errors.
 */
import { CST, isAlias, isMap, isScalar, isSeq, Lexer, parseDocument, type ParsedNode } from "yaml";
import { InputError, quoteInput } from "./input-error.js";
import { MAX_FILE_BYTES, MAX_NESTING } from "./input-limits.js";
import { errorsIn, type ErrorAt } from "./text-places.js";

/** A scalar, as text. */
export interface YamlText {
  readonly kind: "text";
  readonly text: string;
  /** Written without quotes, so that 1 is a number and true a truth value. */
  readonly plain: boolean;
  readonly offset: number;
}

/** A mapping; each key occurs once. */
export interface YamlMap {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, YamlEntry>;
  readonly offset: number;
}

/** The value of a key, and where the key starts in the text. */
export interface YamlEntry {
  readonly keyOffset: number;
  readonly value: YamlNode;
}

/** A list of nodes, and where it starts in the text. */
export interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
  readonly offset: number;
}

/** A node of the tree: a text, a mapping or a list. */
export type YamlNode = YamlText | YamlMap | YamlList;

/** A parsed file. */
export interface YamlFile {
  readonly root: YamlNode;
  readonly errorAt: ErrorAt;
}

/** Features that a file may have beyond plain mappings, lists and texts. */
export interface YamlOptions {
  /** A list of names before a colon, [a, b]: c, stands for one entry for each name; an error if absent. */
  readonly listKeys?: boolean;
  /** The expected content of the file, for messages; "a machine" if absent. */
  readonly content?: string;
}

/**
 * Parses YAML 1.2.
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line:column: ..." if the text is not YAML or uses what is not allowed here
 */
export function parseYaml(text: string, file: string, options: YamlOptions = {}): YamlFile {
  if (text.length > MAX_FILE_BYTES) throw new InputError(`${file}: expected at most ${MAX_FILE_BYTES} characters`);
  const errorAt = errorsIn(text, file);
  // Control characters are not part of YAML, and the library's token stream uses some of them as marks.
  const control = text.search(/[^\P{Cc}\t\n\r\u0085]/u);
  if (control >= 0)
    throw errorAt(control, `expected text, got the control character ${quoteInput(text.charAt(control))}`);
  assertTame(text, errorAt);
  const document = parseDocument(text, {
    schema: "failsafe",
    // The library's own test for repeated keys compares all pairs of them; convert() uses a Map.
    uniqueKeys: false,
    prettyErrors: false,
    // "silent" would also hide that there are several documents.
    logLevel: "error",
  });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault?.code === "RESOURCE_EXHAUSTION") throw errorAt(fault.pos[0], "nested too deeply");
  if (fault?.code === "MULTIPLE_DOCS") throw errorAt(fault.pos[0], "expected one document, got several");
  if (fault !== undefined) {
    throw errorAt(fault.pos[0], `not YAML: ${fault.message.replaceAll(/\s+/g, " ").slice(0, MAX_MESSAGE_LENGTH)}`);
  }
  if (document.contents === null) {
    throw new InputError(`${file}: expected ${options.content ?? "a machine"}, got an empty file`);
  }
  return { root: convert(document.contents, 0, { errorAt, listKeys: options.listKeys === true }), errorAt };
}

/** Some of the library's messages quote the text without bound. */
const MAX_MESSAGE_LENGTH = 160;

const UNWANTED: Readonly<Record<string, string>> = {
  anchor: "anchors (&) are not allowed",
  alias: "aliases (*) are not allowed; quote a text that begins with *",
  tag: "tags (!) are not allowed; quote a text that begins with !",
  directive: "directives (%) are not allowed; quote a text that begins with %",
  "directive-line": "directives (%) are not allowed; quote a text that begins with %",
};

/**
 * Refuses deep nesting, empty places in brackets and unwanted tokens from the token stream alone: the parser proper
 * recurses, and needs time and memory out of proportion, on texts like a megabyte of "- - - -" or of commas.
 */
function assertTame(text: string, errorAt: ErrorAt): void {
  let offset = 0;
  let brackets = 0;
  let indicators = 0;
  let colons = 0;
  let scalarNext = false;
  let emptyPlace = false;
  for (const token of new Lexer().lex(text)) {
    const type: CST.TokenType | "text" | null = scalarNext ? "text" : CST.tokenType(token);
    scalarNext = type === "scalar";
    if (type === "scalar" || type === "doc-mode" || type === "flow-error-end") continue;
    const unwanted = UNWANTED[type ?? ""];
    if (unwanted !== undefined) throw errorAt(offset, unwanted);
    const opens = type === "flow-map-start" || type === "flow-seq-start";
    if (type === "comma" && emptyPlace) throw errorAt(offset, "not YAML: expected something before the comma");
    if (type !== "space" && type !== "newline" && type !== "comment") emptyPlace = opens || type === "comma";
    if (opens) brackets += 1;
    else if (type === "flow-map-end" || type === "flow-seq-end") brackets = Math.max(0, brackets - 1);
    else if (type === "newline") indicators = 0;
    else if (brackets === 0 && (type === "seq-item-ind" || type === "explicit-key-ind")) indicators += 1;
    // a: b: c: ... are maps in maps, too: in brackets over lines, elsewhere on one line.
    const ends = type === "comma" || opens || (type === "newline" && brackets === 0);
    colons = ends ? 0 : type === "map-value-ind" ? colons + 1 : colons;
    if (brackets > MAX_NESTING || indicators > MAX_NESTING || colons > MAX_NESTING)
      throw errorAt(offset, "nested too deeply");
    offset += token.length;
  }
}

interface Conversion {
  readonly errorAt: ErrorAt;
  readonly listKeys: boolean;
}

function convert(node: ParsedNode | null, fallbackOffset: number, context: Conversion, depth: number = 0): YamlNode {
  if (node === null) return { kind: "text", text: "", plain: true, offset: fallbackOffset };
  const { errorAt } = context;
  const offset = node.range[0];
  if (depth > MAX_NESTING) throw errorAt(offset, "nested too deeply");
  if (isAlias(node)) throw errorAt(offset, "aliases (*) are not allowed");
  if (isScalar(node)) {
    return {
      kind: "text",
      text: String(node.value ?? ""),
      plain: node.type === "PLAIN" || node.type === undefined,
      offset,
    };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(item as ParsedNode | null, offset, context, depth + 1));
    return { kind: "list", items, offset };
  }
  if (!isMap(node)) throw errorAt(offset, "expected a mapping, a list or a text");
  const entries = new Map<string, YamlEntry>();
  for (const { key, value } of node.items as { key: ParsedNode | null; value: ParsedNode | null }[]) {
    const keyOffset = key?.range[0] ?? offset;
    const keys = context.listKeys && isSeq(key) ? (key.items as (ParsedNode | null)[]) : [key];
    if (keys.length === 0) throw errorAt(keyOffset, "expected a name in the list before the colon");
    const converted = convert(value, keyOffset, context, depth + 1);
    for (const one of keys) {
      const oneOffset = one?.range[0] ?? keyOffset;
      if (!isScalar(one)) throw errorAt(oneOffset, "expected a name before the colon");
      const name = String(one.value ?? "");
      if (entries.has(name)) throw errorAt(oneOffset, `${quoteInput(name)} is given twice`);
      entries.set(name, { keyOffset: oneOffset, value: converted });
    }
  }
  return { kind: "map", entries, offset };
}
