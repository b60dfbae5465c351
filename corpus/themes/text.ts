/** Files that hold no text, texts that are no JSON, and JSON that is nothing like a certificate. */
import type { TextEdit } from "../case.js";
import { ACCEPTED, draft, edited, find, retyped, UNREADABLE, type Draft } from "../drafts.js";
import { isObject } from "../places.js";
import type { Subject } from "../subject.js";

/** Texts of their own; no JSON where no code is given. */
const TEXTS: readonly (readonly [comment: string, text: string, code?: string])[] = [
  ["empty", ""],
  ["a line feed", "\n"],
  ["white space", " \t\r\n"],
  ["a word", "certificate"],
  ["a byte order mark alone", "\ufeff"],
  ["null", "null", "schema"],
  ["a number", "1", "schema"],
  ["a number past every float", "1e400", "schema"],
  ["a string", '"weightproof-certificate"', "schema"],
  ["true", "true", "schema"],
  ["an empty array", "[]", "schema"],
  ["an empty object", "{}", "schema"],
  ["a prototype", '{"__proto__": {"format": "weightproof-certificate"}}', "schema"],
  ["a certificate in a string", '"{\\"format\\": \\"weightproof-certificate\\"}"', "schema"],
];

/** Changes after which a certificate's text is no JSON. */
const NOT_JSON: readonly (readonly [comment: string, ...text: TextEdit[]])[] = [
  ["cut before its last three characters", { op: "cut", to: -3 }],
  ["its first character alone", { op: "cut", to: 1 }],
  ["a byte order mark before it", { op: "prepend", text: "\ufeff" }],
  ["a byte order mark after it", { op: "append", text: "\ufeff" }],
  ["an empty object after it", { op: "append", text: "{}" }],
  ["a letter after it", { op: "append", text: "x" }],
  ["a comma after it", { op: "append", text: "," }],
  ["a form feed after it", { op: "append", text: "\f" }],
  ["a no-break space before it", { op: "prepend", text: "\u00a0" }],
  ["a line separator (U+2028) after it", { op: "append", text: "\u2028" }],
  ["a comment before it", { op: "prepend", text: "// a certificate\n" }],
  ["a comment in it", find("{\n", "{ /* here */\n")],
  ["a comma after its last key", { op: "cut", to: -2 }, { op: "append", text: ",}\n" }],
  ["single quotes", find('"', "'", "all")],
  ["a key without quotes", find('"version"', "version")],
  ["a key without value", find('"version": 1', '"version":')],
  ["no comma between two keys", find('"version": 1,', '"version": 1')],
  ["NaN", find('"version": 1', '"version": NaN')],
  ["Infinity", find('"version": 1', '"version": Infinity')],
  ["a hexadecimal number", find('"version": 1', '"version": 0x1')],
  ["a plus sign", find('"version": 1', '"version": +1')],
  ["a leading zero", find('"version": 1', '"version": 01')],
  ["a decimal point without a digit after it", find('"version": 1', '"version": 1.')],
  ["a decimal point without a digit before it", find('"version": 1', '"version": .1e1')],
  ["an exponent without digits", find('"version": 1', '"version": 1e')],
  ["a big integer of JavaScript", find('"version": 1', '"version": 1n')],
  ["True", find("1", "True")],
  ["undefined", find("1", "undefined")],
  ["a line feed in a string", find('"weightproof-certificate"', '"weightproof-\ncertificate"')],
  ["a tab in a string", find('"weightproof-certificate"', '"weightproof-\tcertificate"')],
  ["an escape that JSON does not have", find('"weightproof-certificate"', '"\\x77eightproof-certificate"')],
  ["half an escape", find('"weightproof-certificate"', '"\\u007"')],
  ["a string that does not end", { op: "cut", to: -4 }, { op: "append", text: '"' }],
  ["the certificate twice", { op: "double" }],
];

/** Files that hold no text. */
const BYTES: readonly (readonly [comment: string, hex: string])[] = [
  ["an object in UTF-16, little endian, with its mark", "fffe7b007d00"],
  ["an object in UTF-16, big endian", "007b007d"],
  ["an object in UTF-32, with its mark", "fffe00007b0000007d000000"],
  ["the start of a gzip file", "1f8b0800000000000003"],
];

/** The byte of a certificate's first letter after `"format": "`. */
const LETTER = '{\n  "format": "'.length;

type ByteFault = readonly [comment: string, at: number, insert: string, take?: number];

/** Bytes after which a file of ASCII is no text. @param length of the file */
function byteFaults(length: number): readonly ByteFault[] {
  const middle = Math.floor(length / 2);
  return [
    ["a zero byte at the end", length, "00"],
    ["a zero byte at the start", 0, "00"],
    ["a zero byte in the middle", middle, "00"],
    ["a zero byte in the place of a letter of a name", LETTER, "00", 1],
    ["a byte of no encoding (ff) at the end", length, "ff"],
    ["a byte of no encoding (fe) at the start", 0, "fe"],
    ["a letter of Latin-1 (e9) in a string", LETTER, "e9", 1],
    ["a continuation byte alone (80) in a string", LETTER, "80", 1],
    ["an overlong letter (c1 b7 for w) in a string", LETTER, "c1b7", 1],
    ["an overlong zero (c0 80) in a string", LETTER, "c080"],
    ["an overlong slash in three bytes (e0 80 af) in a string", LETTER, "e080af"],
    ["a surrogate in UTF-8 (ed a0 80) in a string", LETTER, "eda080"],
    ["a pair of surrogates in UTF-8 (CESU-8) in a string", LETTER, "eda0bdedb880"],
    ["a character past U+10FFFF (f4 90 80 80) in a string", LETTER, "f4908080"],
    ["a character in five bytes (f8 88 80 80 80) in a string", LETTER, "f888808080"],
    ["a character that is cut (e2 82) at the end", length, "e282"],
    ["the bit of its first byte that ASCII does not have", 0, "fb", 1],
    ["the bit of its last byte that ASCII does not have", length - 1, "8a", 1],
  ];
}

const repeated = (text: string, times: number): { readonly text: string; readonly times: number } => ({ text, times });
const DEEP = 200_000;

/** Arrays in arrays, and objects in objects. */
function nestedCases(base: string): Draft[] {
  const nested = (comment: string, input: Draft["input"], code: string): Draft =>
    draft(comment, "Nesting", input, code);
  const arrays = [repeated("[", DEEP), repeated("]", DEEP)];
  const brackets = `${"[".repeat(99)}${"]".repeat(99)}`;
  return [
    nested("a million opening brackets", { parts: [repeated("[", 1_000_000)] }, "not-json"),
    nested("a million opening braces, with keys", { parts: [repeated('{"a":', 1_000_000)] }, "not-json"),
    nested("two hundred thousand arrays in each other", { parts: arrays }, "schema"),
    nested(
      "two hundred thousand arrays in each other, under a known key",
      { parts: [{ text: '{"format": ' }, ...arrays, { text: "}" }] },
      "schema",
    ),
    nested(
      "arrays in arrays in place of a count",
      retyped(base, find('"version": 1', `"version": ${brackets}`)),
      "schema",
    ),
  ];
}

/** The certificate inside of something else, and a part of it alone. */
function wrappedCases({ base, data }: Subject): Draft[] {
  const other = (comment: string, input: Draft["input"]): Draft => draft(comment, "OtherValue", input, "schema");
  const around = (before: string, after: string): Draft["input"] =>
    retyped(base, { op: "prepend", text: before }, { op: "append", text: after });
  const part = Object.entries(data as object).findLast(([, value]) => isObject(value))?.[0];
  return [
    other("a certificate in an array", around("[", "]")),
    other("a certificate in an object", around('{"certificate": ', "}")),
    ...(part === undefined
      ? []
      : [other(`its ${part} alone`, edited(base, { op: "copy", from: `/${part}`, path: "" }))]),
  ];
}

/** Texts that are cut, extended, doubled, or not JSON. */
export function textCases(subject: Subject): Draft[] {
  const { base, text } = subject;
  const { length } = text;
  return [
    draft("the base as it is", "Control", { base, digests: "kept" }, ACCEPTED),
    ...TEXTS.map(([comment, content, code]) =>
      draft(comment, code === undefined ? "NotJson" : "OtherValue", { parts: [{ text: content }] }, code ?? "not-json"),
    ),
    ...[...NOT_JSON, ["cut in the middle", { op: "cut", to: Math.floor(length / 2) }] as const].map(
      ([comment, ...edits]) => draft(comment, "NotJson", retyped(base, ...edits), "not-json"),
    ),
    draft("a character more than are read", "TooLarge", { parts: [repeated(" ", 2 ** 27 + 1)] }, "too-large"),
    ...nestedCases(base),
    ...byteFaults(length).map(([comment, at, insert, take = 0]) =>
      draft(comment, "NotText", { base, digests: "kept", bytes: [{ at, remove: take, insert }] }, UNREADABLE),
    ),
    ...BYTES.map(([comment, hex]) => draft(comment, "NotText", { hex }, UNREADABLE)),
    ...wrappedCases(subject),
  ];
}
