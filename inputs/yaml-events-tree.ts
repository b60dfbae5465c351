/**
 * YAML as the simulators read it that parse with js-yaml: its events become the plain tree of yaml-tree.ts, with places.
 * Several documents in a text, anchors and aliases are taken; tags are not.
 */
import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException, type Event } from "js-yaml";
import { InputError, quoteInput } from "./input-error.js";
import { MAX_FILE_BYTES, MAX_NESTING } from "./input-limits.js";
import { errorsIn, type ErrorAt } from "./text-places.js";
import type { YamlEntry, YamlFile, YamlNode } from "./yaml-tree.js";

/**
 * The documents of a text that are not empty. A list of names before a colon, [a, b]: c, is one entry for each name.
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line:column: ..." if the text is not YAML, or a key is given twice
 */
export function parseYamlDocuments(text: string, file: string): YamlFile[] {
  if (text.length > MAX_FILE_BYTES) throw new InputError(`${file}: expected at most ${MAX_FILE_BYTES} characters`);
  const errorAt = errorsIn(text, file);
  const reader = new EventReader(text, eventsOf(text, errorAt), errorAt);
  return reader.documents().map((root) => ({ root, errorAt }));
}

function eventsOf(text: string, errorAt: ErrorAt): readonly Event[] {
  try {
    return parseEvents(text, { maxDepth: MAX_NESTING });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason, mark } = error;
    if (/maxDepth/.test(reason)) throw errorAt(mark?.position ?? 0, "nested too deeply");
    throw errorAt(mark?.position ?? 0, `not YAML: ${reason.replaceAll(/\s+/g, " ").slice(0, MAX_MESSAGE_LENGTH)}`);
  }
}

/** Some of the library's messages quote the text without bound. */
const MAX_MESSAGE_LENGTH = 160;

/** Reads nodes off the list of events, one after the other. */
class EventReader {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #errorAt: ErrorAt;
  /** Nodes with an anchor, of the document that is being read. */
  readonly #anchors = new Map<string, YamlNode>();
  #next = 0;
  /** Where the last event was: empty nodes have no place of their own. */
  #offset = 0;

  constructor(text: string, events: readonly Event[], errorAt: ErrorAt) {
    this.#text = text;
    this.#events = events;
    this.#errorAt = errorAt;
  }

  documents(): YamlNode[] {
    const roots: YamlNode[] = [];
    while (this.#next < this.#events.length) {
      this.#next += 1;
      this.#anchors.clear();
      if (this.#isPop()) this.#next += 1;
      else {
        const root = this.#node();
        this.#next += 1;
        if (root.kind !== "text" || root.text !== "") roots.push(root);
      }
    }
    return roots;
  }

  #isPop(): boolean {
    return this.#events[this.#next]?.type === EVENT_ID.POP;
  }

  #node(): YamlNode {
    const event = this.#events[this.#next++];
    if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT)
      throw new Error("EventReader: expected a node");
    if (event.type === EVENT_ID.ALIAS) {
      const name = this.#text.slice(event.anchorStart, event.anchorEnd);
      const node = this.#anchors.get(name);
      if (node === undefined) throw this.#errorAt(event.anchorStart, `there is no anchor &${name} before this alias`);
      return node;
    }
    if (event.tagStart >= 0)
      throw this.#errorAt(event.tagStart, "tags (!) are not read; quote a text that begins with !");
    if (event.type === EVENT_ID.SCALAR) {
      if (event.valueStart >= 0) this.#offset = event.valueStart;
      const plain = event.style === SCALAR_STYLE.PLAIN;
      return this.#keep(event, { kind: "text", text: getScalarValue(this.#text, event), plain, offset: this.#offset });
    }
    this.#offset = event.start;
    if (event.type === EVENT_ID.SEQUENCE) {
      const items: YamlNode[] = [];
      while (!this.#isPop()) items.push(this.#node());
      this.#next += 1;
      return this.#keep(event, { kind: "list", items, offset: event.start });
    }
    return this.#keep(event, { kind: "map", entries: this.#entries(), offset: event.start });
  }

  #keep({ anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number }, node: YamlNode): YamlNode {
    if (anchorStart >= 0) this.#anchors.set(this.#text.slice(anchorStart, anchorEnd), node);
    return node;
  }

  #entries(): Map<string, YamlEntry> {
    const entries = new Map<string, YamlEntry>();
    while (!this.#isPop()) {
      const key = this.#node();
      const value = this.#node();
      const keys = key.kind === "list" ? key.items : [key];
      if (keys.length === 0) throw this.#errorAt(key.offset, "expected a name in the list before the colon");
      for (const one of keys) {
        if (one.kind !== "text") throw this.#errorAt(one.offset, "expected a name before the colon");
        if (entries.has(one.text)) throw this.#errorAt(one.offset, `${quoteInput(one.text)} is given twice`);
        entries.set(one.text, { keyOffset: one.offset, value });
      }
    }
    this.#next += 1;
    return entries;
  }
}
