/**
 * XML as a plain tree with places: elements, attributes and texts. Document types are refused, so there is nothing that
 * could be expanded or fetched; of entities only the five predefined ones and character references are known.
 */
import { SaxesParser } from "saxes";
import { InputError } from "./input-error.js";
import { MAX_FILE_BYTES, MAX_NESTING } from "./input-limits.js";
import { errorsIn, type ErrorAt } from "./text-places.js";

/** An element. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text directly inside it, comments and elements left out. */
  readonly text: string;
  readonly offset: number;
}

/** A parsed file. */
export interface XmlFile {
  readonly root: XmlElement;
  readonly errorAt: ErrorAt;
}

interface OpenElement extends XmlElement {
  attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Parses XML 1.0.
 *
 * @param file what to call the file in messages
 * @throws {InputError} "file:line:column: ..." if the text is not well-formed, has a document type or is nested too deeply
 */
export function parseXml(text: string, file: string): XmlFile {
  if (text.length > MAX_FILE_BYTES) throw new InputError(`${file}: expected at most ${MAX_FILE_BYTES} characters`);
  // XML reads every kind of line end as a line feed; done here, offsets and texts agree.
  const source = text.replaceAll(/\r\n?/g, "\n");
  const errorAt = errorsIn(source, file);
  if (source.trim() === "") throw new InputError(`${file}: expected a machine, got an empty file`);
  const parser = new SaxesParser({ position: false });
  const open: OpenElement[] = [];
  const roots: XmlElement[] = [];
  parser.on("error", ({ message }) => {
    throw errorAt(parser.position, `not XML: ${message.replaceAll(/\s+/g, " ").slice(0, MAX_MESSAGE_LENGTH)}`);
  });
  parser.on("doctype", () => {
    throw errorAt(source.indexOf("<!DOCTYPE"), "document types (<!DOCTYPE>) are not allowed");
  });
  parser.on("opentagstart", ({ name }) => {
    // The parser is one character past the name.
    const offset = parser.position - name.length - 2;
    if (open.length >= MAX_NESTING) throw errorAt(offset, "nested too deeply");
    open.push({ name, attributes: new Map(), children: [], text: "", offset });
  });
  parser.on("opentag", ({ attributes }) => {
    const element = open.at(-1);
    if (element !== undefined) element.attributes = new Map(Object.entries(attributes));
  });
  const addText = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const element = open.pop();
    if (element !== undefined) (open.at(-1)?.children ?? roots).push(element);
  });
  parser.write(source).close();
  const [root] = roots;
  if (root === undefined) throw new Error("parseXml: expected a root element after parsing");
  return { root, errorAt };
}

/** Some of the library's messages quote the text without bound. */
const MAX_MESSAGE_LENGTH = 160;
