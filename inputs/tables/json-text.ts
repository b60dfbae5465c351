/**
 * JSON texts that people write: the same values as JSON.parse, but errors name line and column, and a key that occurs
 * twice in one object is an error.
 */
import { InputError, quoteInput } from "../input-error.js";

/** Arrays and objects may be nested this deep; the formats of this project need 6. */
export const MAX_JSON_DEPTH = 64;

/**
 * The value of a JSON text.
 *
 * @throws {InputError} "line 3, column 7: ..." at the first character that is not JSON, at the second of two equal keys
 *   of an object, or where values are nested too deeply
 */
export function parseJsonText(text: string): unknown {
  new Scanner(text).scan();
  return JSON.parse(text);
}

const SPACE = /[ \t\n\r]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null/y;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Control characters below it must be escaped. */
const FIRST_PRINTABLE = 0x20;

/** Walks over a text by the grammar of RFC 8259 and stops at the first fault. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): void {
    this.#skip(SPACE);
    this.#value(0);
    if (this.#at < this.#text.length) throw this.#unexpected("the end of the text");
  }

  #value(depth: number): void {
    if (depth > MAX_JSON_DEPTH) {
      throw this.#fault(`expected at most ${MAX_JSON_DEPTH} arrays and objects around a value`);
    }
    const open = this.#text[this.#at];
    const keys = new Set<string>();
    if (open === "{") this.#list("}", () => this.#member(depth, keys));
    else if (open === "[") this.#list("]", () => this.#value(depth + 1));
    else if (open === '"') this.#string();
    else if (!this.#skip(SCALAR)) throw this.#unexpected("a JSON value");
    this.#skip(SPACE);
  }

  #list(close: "}" | "]", element: () => void): void {
    this.#next();
    if (this.#text[this.#at] !== close) {
      element();
      while (this.#text[this.#at] === ",") {
        this.#next();
        element();
      }
      if (this.#text[this.#at] !== close) throw this.#unexpected(`"," or "${close}"`);
    }
    this.#at++;
  }

  #member(depth: number, keys: Set<string>): void {
    const start = this.#at;
    if (this.#text[start] !== '"') throw this.#unexpected("a key in double quotes");
    this.#string();
    const literal = this.#text.slice(start, this.#at);
    const key = literal.includes("\\") ? (JSON.parse(literal) as string) : literal.slice(1, -1);
    if (keys.has(key)) {
      this.#at = start;
      throw this.#fault(`expected each key once, got ${quoteInput(key)} again`);
    }
    keys.add(key);
    this.#skip(SPACE);
    if (this.#text[this.#at] !== ":") throw this.#unexpected('":"');
    this.#next();
    this.#value(depth + 1);
  }

  #string(): void {
    this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) break;
      // The code is NaN at the end of the text.
      if (!(code >= FIRST_PRINTABLE)) throw this.#unexpected("the rest of a string");
      if (code !== BACKSLASH) this.#at++;
      else if (!this.#skip(ESCAPE)) throw this.#unexpected("an escape of JSON");
    }
    this.#at++;
  }

  /** Steps over one character and the space after it. */
  #next(): void {
    this.#at++;
    this.#skip(SPACE);
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #unexpected(expected: string): InputError {
    const rest = this.#text.slice(this.#at, this.#at + 12);
    return this.#fault(`expected ${expected}, got ${rest === "" ? "the end of the text" : quoteInput(rest)}`);
  }

  #fault(message: string): InputError {
    const lines = this.#text.slice(0, this.#at).split("\n");
    return new InputError(`line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}: ${message}`);
  }
}
