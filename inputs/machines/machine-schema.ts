/** Compares a parsed machine file with machine.schema.json and words the first difference for people. */
import { listInput, quoteInput } from "../input-error.js";
import { suggestion } from "../near-names.js";
import type { YamlFile, YamlNode } from "../yaml-tree.js";
import { validate, type SchemaDifference } from "./machine.validator.js";

/**
 * Asserts that a file has the form of a machine file.
 *
 * @throws {InputError} "file:line:column: place: ..." with the first difference
 */
export function assertMachineShape(file: YamlFile): void {
  const [error] = validate(toData(file.root));
  if (error === undefined) return;
  const path = error.instancePath
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  const { node, offset } = locate(file.root, path, wrongKey(error));
  const place = placeName(path);
  throw file.errorAt(offset, `${place === "" ? "" : `${place}: `}${wording(error, node)}`);
}

/** The value that a scalar stands for in YAML's core schema, as far as the format needs it. */
function scalarValue(text: string, plain: boolean): string | number | boolean | null {
  if (!plain) return text;
  if (/^[-+]?(?:0|[1-9][0-9]*)$/.test(text)) return Number(text);
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return null;
  return text;
}

function toData(node: YamlNode): unknown {
  if (node.kind === "text") return scalarValue(node.text, node.plain);
  if (node.kind === "list") return node.items.map(toData);
  // Without a prototype, a state may be called "constructor" or "__proto__".
  const data: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, { value }] of node.entries) data[key] = toData(value);
  return data;
}

/** The key that an error is about, if it is about a key and not about a value. */
function wrongKey(error: SchemaDifference): string | undefined {
  if (error.propertyName !== undefined) return error.propertyName;
  if (error.keyword !== "additionalProperties") return undefined;
  return String((error.params as { additionalProperty: unknown }).additionalProperty);
}

function locate(root: YamlNode, path: readonly string[], key: string | undefined): { node: YamlNode; offset: number } {
  let node = root;
  for (const token of path) {
    const child =
      node.kind === "map"
        ? node.entries.get(token)?.value
        : node.kind === "list"
          ? node.items[Number(token)]
          : undefined;
    if (child === undefined) break;
    node = child;
  }
  const entry = key !== undefined && node.kind === "map" ? node.entries.get(key) : undefined;
  return { node, offset: entry?.keyOffset ?? node.offset };
}

/** "", "start", "halting", "expected.steps", 'state "A"', 'state "A", symbol +1', 'state "A", symbol +1, move' */
function placeName(path: readonly string[]): string {
  const [section, state, symbol, field] = path;
  if (section === undefined) return "";
  if (section === "expected" && state !== undefined) return `expected.${state}`;
  if (section !== "table" || state === undefined) return section;
  return [
    `state ${quoteInput(state)}`,
    ...(symbol === undefined ? [] : [`symbol ${symbol}`]),
    ...(field === undefined ? [] : [field]),
  ].join(", ");
}

function wording(error: SchemaDifference, node: YamlNode): string {
  const parent = error.parentSchema as { title?: string; properties?: object } | undefined;
  const expected = `expected ${parent?.title ?? "something else"}`;
  const key = wrongKey(error);
  const params = error.params as Record<string, unknown>;
  if (error.keyword === "additionalProperties" && key !== undefined) {
    const keys = Object.keys(parent?.properties ?? {});
    return `unknown key ${quoteInput(key)}; expected ${listInput(keys)}${suggestion(key, keys)}`;
  }
  if (error.keyword === "required") return `missing key ${quoteInput(String(params["missingProperty"]))}`;
  if (error.keyword === "minProperties") return `${expected}, got an empty one`;
  if (error.keyword === "maxProperties" || error.keyword === "maxItems") {
    return `${expected}, at most ${String(params["limit"])} of them, got more`;
  }
  const allowed = Array.isArray(params["allowedValues"]) ? params["allowedValues"].map(String) : [];
  const given = key ?? (node.kind === "text" ? node.text : "");
  return `${expected}, got ${key === undefined ? describe(node) : quoteInput(key)}${suggestion(given, allowed)}`;
}

function describe(node: YamlNode): string {
  if (node.kind === "map") return "a mapping";
  if (node.kind === "list") return "a list";
  if (!node.plain) return quoteInput(node.text);
  if (node.text === "") return "nothing";
  const value = scalarValue(node.text, true);
  if (typeof value === "boolean" || value === null) return `${node.text} (quote it if it is a name)`;
  return quoteInput(node.text);
}
