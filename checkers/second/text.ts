/**
 * What the certificates of every paper have in common: the one text of a value, the shapes of JSON data, digests, and
 * how a check ends. Nothing here knows what a certificate states.
 */
import { sha256 } from "./sha-256.js";

/**
 * What the second checker says. `leftAlone` names what it does not decide: a count of the first checker's own search.
 */
export type Verdict<Code extends string> =
  | { readonly verdict: "accepted"; readonly leftAlone: readonly string[] }
  | { readonly verdict: "rejected"; readonly code: Code; readonly path: string; readonly message: string }
  | { readonly verdict: "undecided"; readonly limit: string; readonly message: string };

/** Why a text is not a certificate, or is one whose parts do not belong together. */
export type TextCode = "too-large" | "not-json" | "schema" | "not-canonical" | "digest" | "network";

/** A longer text is rejected. */
const MAX_CHARACTERS = 128 * 1024 * 1024;

/** Thrown to end a check early, with its verdict. */
class Stop {
  readonly verdict: Verdict<string>;
  constructor(verdict: Verdict<string>) {
    this.verdict = verdict;
  }
}

/** Ends a check with a rejection; a module takes it under the type of its own codes. */
export type Reject<Code extends string> = (code: Code, path: string, message: string) => never;

/** Ends the check with a rejection; its message is brought to one line. */
export function reject(code: string, path: string, message: string): never {
  throw new Stop({ verdict: "rejected", code, path, message: onOneLine(message) });
}

const fail: Reject<TextCode> = reject;

/** Ends a check because a limit was reached. */
export function giveUp(limit: string, message: string): never {
  throw new Stop({ verdict: "undecided", limit, message: onOneLine(message) });
}

function onOneLine(message: string): string {
  const line = message.replaceAll(/[\s\p{C}]+/gu, " ");
  return line.length <= 300 ? line : `${line.slice(0, 297)}...`;
}

/**
 * The verdict of a check that returns what it leaves alone, or ends early. Should the computer run out of memory or
 * stack, the certificate is left undecided.
 */
export function verdictOf(check: () => readonly string[]): Verdict<string> {
  try {
    return { verdict: "accepted", leftAlone: check() };
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.verdict;
    return { verdict: "undecided", limit: "computer", message: onOneLine(String(thrown)) };
  }
}

/** Counts sums towards a limit of work. */
export type Spend = (amount: number) => void;

/** Work and memory, counted before they are used: what a text costs depends on the text alone, not on the computer. */
export interface Work {
  readonly spend: Spend;
  /** Counts things that are kept, and what is kept by now; `release` goes back to such a number. */
  readonly hold: Spend;
  readonly held: () => number;
  readonly release: (to: number) => void;
}

/** Ends the check as undecided (`work`) where more is spent or held at a time. */
export function workUpTo(mostSpent: number, mostHeld: number): Work {
  let [spent, held] = [0, 0];
  return {
    spend: (amount) => {
      spent += amount;
      if (spent > mostSpent) giveUp("work", `more than ${mostSpent} sums`);
    },
    hold: (amount) => {
      held += amount;
      if (held > mostHeld) giveUp("work", `more than ${mostHeld} sums at a time`);
    },
    held: () => held,
    release: (to) => {
      held = to;
    },
  };
}

/** Compares JSON data as stated with what was computed, and rejects at the first place where they differ. */
export function agree(code: string, stated: unknown, computed: unknown, path: string): void {
  if (typeof stated === "object" && stated !== null && typeof computed === "object" && computed !== null) {
    const [a, b] = [stated as Record<string, unknown>, computed as Record<string, unknown>];
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      agree(code, a[key], b[key], Array.isArray(computed) ? `${path}[${key}]` : `${path}.${key}`);
  } else if (stated !== computed) reject(code, path, `stated ${String(stated)}, computed ${String(computed)}`);
}

/** The JSON data of a text. */
export function parse(text: string): unknown {
  if (text.length > MAX_CHARACTERS) fail("too-large", "", `expected at most ${MAX_CHARACTERS} characters`);
  try {
    return JSON.parse(text);
  } catch (error) {
    return fail("not-json", "", String(error));
  }
}

/**
 * The value of JSON data of one shape, whose text is the one text of that value. How it was read need not be trusted:
 * the text must be what `print` makes of the value, byte for byte. So a repeated key, an escape or a number in another
 * spelling, a key out of order and a trailing blank all end here.
 */
export function valueOfText<Value>(json: unknown, text: string, of: Shape<Value>): Value {
  const value = of(json, "");
  const printed = `${print(value, 0, 0)}\n`;
  if (printed !== text) {
    const [lines, expected] = [text, printed].map((one) => one.split(/(?<=\n)/)) as [string[], string[]];
    const line = 1 + lines.findIndex((one, i) => one !== expected[i]);
    fail("not-canonical", `line ${line}`, "the text is not the one of its value");
  }
  return value;
}

/** Compares the digests of a certificate's parts with those that are stated. */
export function decideDigests(parts: object, stated: Readonly<Record<string, string>>): void {
  for (const part of Object.keys(stated)) {
    const computed = sha256(new TextEncoder().encode(canonicalText((parts as Record<string, unknown>)[part])));
    agree("digest", stated[part], `sha256:${computed}`, `digests.${part}`);
  }
}

/**
 * The text of a value whose first line begins at an indentation, and whose last one shares its line with `taken`
 * characters.
 */
function print(value: unknown, indent: number, taken: number): string {
  const flat = JSON.stringify(value);
  const room = 120 - indent - taken;
  if (flat.length <= room) {
    const spaced = flat.replaceAll(/"(?:[^"\\]|\\.)*"|[:,]/g, (token) => (token.length === 1 ? `${token} ` : token));
    if (spaced.length <= room) return spaced;
  }
  const entries = typeof value === "object" ? Object.entries(value ?? {}) : [];
  if (entries.length === 0) return flat;
  const lines = entries.map(([key, inner], i) => {
    const label = Array.isArray(value) ? "" : `${JSON.stringify(key)}: `;
    return label + print(inner, indent + 2, label.length + (i === entries.length - 1 ? 0 : 1));
  });
  const newLine = `\n${" ".repeat(indent)}`;
  return `${flat[0]}${newLine}  ${lines.join(`,${newLine}  `)}${newLine}${flat.at(-1)}`;
}

/** RFC 8785: keys by UTF-16 code units, no white space; strings and integers as JavaScript prints them. */
function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(",")}}`;
}

/** Takes JSON data of one shape, or rejects; the keys of objects are put in the order of their shape. */
export type Shape<Value> = (json: unknown, path: string) => Value;

/** The type of the values that a shape admits. */
export type ValueOf<Of> = Of extends Shape<infer Value> ? Value : never;
type ValuesOf<Items> = { [Key in keyof Items]: ValueOf<Items[Key]> };

/** A shape by a condition; `expected` completes the message "expected ...". */
export function shape<Value>(expected: string, fits: (json: unknown) => boolean): Shape<Value> {
  return (json, path) => (fits(json) ? (json as Value) : fail("schema", path, `expected ${expected}`));
}

/** An integer from 0 to 2^53 - 1. */
export const count: Shape<number> = whole(Number.MAX_SAFE_INTEGER);

/** An integer between two bounds, both included. */
export function whole(most: number, least = 0): Shape<number> {
  const fits = (json: unknown): boolean => Number.isInteger(json) && Number(json) >= least && Number(json) <= most;
  return shape(`an integer from ${least} to ${most}`, fits);
}

/** A string that matches a pattern. */
export function string(pattern: RegExp): Shape<string> {
  return shape(`a string like ${pattern.source}`, (json) => typeof json === "string" && pattern.test(json));
}

/** One of some constants. */
export function oneOf<const Value>(...values: readonly Value[]): Shape<Value> {
  return shape(`one of ${values.join(", ")}`, (json) => values.includes(json as Value));
}

/** An array of these shapes. */
export function tuple<const Items extends readonly Shape<unknown>[]>(...items: Items): Shape<ValuesOf<Items>> {
  return array(items, items.length) as Shape<ValuesOf<Items>>;
}

/** An array that begins with the given shapes and continues with `rest`. */
export function array<const Items extends readonly Shape<unknown>[], Rest = never>(
  items: Items,
  most: number,
  rest?: Shape<Rest>,
  least: number = items.length,
): Shape<[...ValuesOf<Items>, ...Rest[]]> {
  return (json, path) => {
    if (!Array.isArray(json) || json.length < least || json.length > most)
      return fail("schema", path, `expected an array of ${least} to ${most} elements`);
    const read = json.map((inner, i) => (items[i] ?? rest)?.(inner, `${path}[${i}]`));
    // Data without objects is passed on as it is, so that large networks are not copied.
    return (read.every((inner, i) => inner === json[i]) ? json : read) as [...ValuesOf<Items>, ...Rest[]];
  };
}

/** An array of items of one shape, with bounds on its length, both included. */
export function list<Item>(item: Shape<Item>, most: number, least: number = 0): Shape<Item[]> {
  return array([], most, item, least);
}

/** An object with these keys and no others. */
export function record<Fields extends Readonly<Record<string, Shape<unknown>>>>(
  fields: Fields,
  optional: readonly string[] = [],
): Shape<ValuesOf<Fields>> {
  return (json, path) => {
    // Anything but an object has other keys, or none.
    const given = Object(json) as Record<string, unknown>;
    for (const key of Object.keys(given)) if (!Object.hasOwn(fields, key)) fail("schema", path, `unknown key ${key}`);
    const value = Object.entries(fields).flatMap(([key, of]) => {
      if (Object.hasOwn(given, key)) return [[key, of(given[key], path === "" ? key : `${path}.${key}`)]];
      return optional.includes(key) ? [] : fail("schema", path, `expected the key ${key}`);
    });
    return Object.fromEntries(value) as ValuesOf<Fields>;
  };
}

/** A whole number of at most 4,000 digits, as a string without leading zeros. */
export const natural: Shape<string> = string(/^(0|[1-9][0-9]{0,3999})$/);

/** A rational as a string, "n" or "n/d" with d > 1. That it is reduced is decided where it is read. */
export const numeral: Shape<string> = string(/^(?!.{4003})(0|-?[1-9][0-9]*)(\/([2-9]|[1-9][0-9]+))?$/);

/** A name: 1 to 200 characters without control characters, lone surrogates and line breaks. */
export const name: Shape<string> = string(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,200}$/u);
/** A value of one shape, or null. */
export function orNull<Value>(of: Shape<Value>): Shape<Value | null> {
  return (json, path) => (json === null ? null : of(json, path));
}

/** A SHA-256 digest: "sha256:" and 64 lower-case hex digits. */
export const digest: Shape<string> = string(/^sha256:[0-9a-f]{64}$/);
