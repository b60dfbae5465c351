/** From the input of a case to the bytes of its file. */
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf, printJson } from "../certificates/canonical.js";
import type { Input, Json, TextEdit } from "./case.js";
import { editData } from "./edit-data.js";

/** Makes files of inputs; keeps the bases that it has read. */
export class Materializer {
  readonly #folder: string;
  readonly #texts = new Map<string, string>();

  /** @param folder the folder of the corpus, from which the paths of bases go */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The text of a base. */
  textOf(base: string): string {
    const text = this.#texts.get(base) ?? readFileSync(join(this.#folder, base), "utf8");
    this.#texts.set(base, text);
    return text;
  }

  /** A fresh copy of a base's data. */
  dataOf(base: string): Json {
    return JSON.parse(this.textOf(base)) as Json;
  }

  /** The data of an input after its edits, before it is printed; undefined if it is not made of a base. */
  editedData(input: Input): Json | undefined {
    if (!("base" in input)) return undefined;
    const dataOf = (name: string): Json => this.dataOf(name);
    const edited = (input.data ?? []).reduce((json, edit) => editData(json, edit, dataOf), this.dataOf(input.base));
    return input.digests === "repaired" ? withDigests(edited) : edited;
  }

  /** The bytes of a case's file. @throws {RangeError} if an edit does not fit what it edits */
  bytesOf(input: Input): Uint8Array {
    if ("hex" in input) return Buffer.from(input.hex, "hex");
    if ("parts" in input) {
      return Buffer.from(input.parts.map(({ text, times = 1 }) => text.repeat(times)).join(""), "utf8");
    }
    const data = input.data === undefined ? undefined : (this.editedData(input) as Json);
    const printed =
      input.print !== undefined
        ? JSON.stringify(data ?? this.dataOf(input.base), null, input.print.indent)
        : data === undefined
          ? this.textOf(input.base)
          : printJson(data);
    let bytes = Buffer.from((input.text ?? []).reduce(editText, printed), "utf8");
    for (const { at, remove, insert } of input.bytes ?? []) {
      if (at + remove > bytes.length) throw new RangeError(`bytesOf: expected a byte below ${bytes.length}, got ${at}`);
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(insert, "hex"), bytes.subarray(at + remove)]);
    }
    return bytes;
  }
}

/** The data with the digests of its parts computed again, where it has parts and digests; what has no digest keeps its own. */
function withDigests(json: Json): Json {
  if (!isObject(json) || !isObject(json["digests"])) return json;
  const { digests } = json;
  for (const part of Object.keys(digests)) {
    const value = json[part];
    if (value === undefined || typeof digests[part] !== "string") continue;
    if (/^sha256:[0-9a-f]{64}$/.test(digests[part])) digests[part] = digestOrElse(value, digests[part]);
  }
  return json;
}

/** Data with a lone surrogate has no digest. */
function digestOrElse(value: Json, digest: string): string {
  try {
    return digestOf(value);
  } catch (error) {
    if (error instanceof TypeError) return digest;
    throw error;
  }
}

function editText(text: string, edit: TextEdit): string {
  switch (edit.op) {
    case "prepend":
      return edit.text.repeat(edit.times ?? 1) + text;
    case "append":
      return text + edit.text.repeat(edit.times ?? 1);
    case "double":
      return text + text;
    case "cut":
      return text.slice(0, edit.to);
    case "find": {
      const parts = text.split(edit.text);
      const found = parts.length - 1;
      if (edit.nth === "all" && found > 0) return parts.join(edit.put);
      if (edit.nth === "all" || edit.nth < 1 || edit.nth > found)
        throw new RangeError(
          `editText: expected ${JSON.stringify(edit.text)} at least ${edit.nth} times, got ${found}`,
        );
      return parts.slice(0, edit.nth).join(edit.text) + edit.put + parts.slice(edit.nth).join(edit.text);
    }
  }
}

function isObject(json: Json | undefined): json is { [key: string]: Json } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
