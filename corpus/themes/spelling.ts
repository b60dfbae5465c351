/** True certificates in other spellings, and numbers in spellings that change or lose their value; for either statement. */
import type { TextEdit } from "../case.js";
import { draft, find, retyped, type Draft } from "../drafts.js";

/** @param length of the base's text @param line a line of the base with an array or object on it, and the same on three lines */
export function layoutCases(
  base: string,
  line: readonly [one: string, three: string],
  long: readonly [string, string],
): Draft[] {
  const other = (comment: string, ...text: TextEdit[]): Draft =>
    draft(comment, "Layout", retyped(base, ...text), "not-canonical");
  const whole = (comment: string, indent: number, ...text: TextEdit[]): Draft =>
    draft(comment, "Layout", { base, digests: "kept", print: { indent }, text }, "not-canonical");
  return [
    other("no line feed at the end", { op: "cut", to: -1 }),
    other("two line feeds at the end", { op: "append", text: "\n" }),
    other("a thousand line feeds at the end", { op: "append", text: "\n", times: 1000 }),
    other("a space at the end", { op: "append", text: " " }),
    other("a carriage return at the end", { op: "append", text: "\r" }),
    other("a space at the start", { op: "prepend", text: " " }),
    other("a line feed at the start", { op: "prepend", text: "\n" }),
    other("carriage return and line feed at the end of each line", find("\n", "\r\n", "all")),
    other("carriage returns for line feeds", find("\n", "\r", "all")),
    other("tabs for two spaces", find("  ", "\t", "all")),
    other("a space at the end of its first line", find("{\n", "{ \n")),
    other("a space before a colon", find('"version":', '"version" :')),
    other("no space after a colon", find('"version": 1', '"version":1')),
    other("two spaces after a colon", find('"version": 1', '"version":  1')),
    other("a tab after a colon", find('"version": 1', '"version":\t1')),
    other("a space before a comma", find('"version": 1,', '"version": 1 ,')),
    other("an empty line", find('"version": 1,\n', '"version": 1,\n\n')),
    other("a line indented by one space more", find('\n  "version"', '\n   "version"')),
    other("two keys on one line", find(',\n  "version"', ', "version"')),
    other("on three lines what fits on one", find(line[0], line[1])),
    other("on one line what does not fit there", find(long[0], long[1])),
    other("a space in brackets", find("[[", "[ [")),
    whole("on one line, without spaces", 0),
    whole("on one line, with a line feed", 0, { op: "append", text: "\n" }),
    whole("each element on a line of its own, two spaces", 2, { op: "append", text: "\n" }),
    whole("each element on a line of its own, four spaces", 4),
  ];
}

export function escapeCases(base: string): Draft[] {
  const escape = (comment: string, from: string, to: string, code = "not-canonical"): Draft =>
    draft(comment, "Escape", retyped(base, find(from, to)), code);
  return [
    escape("a letter of a constant as an escape", '"weightproof-certificate"', '"\\u0077eightproof-certificate"'),
    escape("a letter with capital digits", '"rcnn"', '"rc\\u006En"'),
    escape("every letter of a constant", '"rcnn"', '"\\u0072\\u0063\\u006e\\u006e"'),
    escape("a slash", "/", "\\/"),
    escape("a minus sign", '"-', '"\\u002d'),
    escape("a digit of a digest", '"sha256:', '"sha\\u003256:'),
    escape("an escaped zero in a string", '"rcnn"', '"rcnn\\u0000"', "unknown-system"),
    escape("an escaped line feed in a string", '"rcnn"', '"rcnn\\n"', "unknown-system"),
    escape("a lone high surrogate in a string", '"rcnn"', '"rcnn\\ud800"', "unknown-system"),
    escape("a lone low surrogate in a string", '"rcnn"', '"\\udc00rcnn"', "unknown-system"),
    escape("surrogates in the wrong order", '"rcnn"', '"rcnn\\ude00\\ud83d"', "unknown-system"),
  ];
}

/** Spellings of a count. @param key and the count that stands after it in the base, for the first time */
export function countSpellingCases(base: string, key: string, count: number): Draft[] {
  const text = String(count);
  const from = `"${key}": ${text}`;
  const spelled = (comment: string, to: string, code: string): Draft =>
    draft(`${key}: ${comment}`, "NumberSpelling", retyped(base, find(from, `"${key}": ${to}`)), code);
  const scaled = `${text[0]}.${text.slice(1) || "0"}e${text.length - 1}`;
  return [
    spelled("with .0", `${text}.0`, "not-canonical"),
    spelled("with e0", `${text}e0`, "not-canonical"),
    spelled("with E+0", `${text}E+0`, "not-canonical"),
    spelled("with a negative exponent", `${text}00e-2`, "not-canonical"),
    spelled("with a decimal point and an exponent", scaled, "not-canonical"),
    spelled("off by less than a double holds", `${text}.00000000000000000001`, "not-canonical"),
    spelled("with an exponent that leaves nothing", "1e-400", "not-canonical"),
    spelled("with a plus sign", `+${text}`, "not-json"),
    spelled("with a leading zero", `0${text}`, "not-json"),
    spelled("with two leading zeros", `00${text}`, "not-json"),
    spelled("with a separator of digits", `${text}_0`, "not-json"),
    spelled("with a comma in it", `${text},0`, "not-json"),
    spelled("in hexadecimal", `0x${count.toString(16)}`, "not-json"),
    spelled("in octal", `0o${count.toString(8)}`, "not-json"),
    spelled("as 1e400", "1e400", "schema"),
    spelled("as -1e400", "-1e400", "schema"),
    spelled("with an exponent of ten digits", "1e9999999999", "schema"),
    spelled("as 2^53", "9007199254740992", "schema"),
    spelled("as 2^53 + 1, which a double does not hold", "9007199254740993", "schema"),
    spelled("as 2^64 + the count", String(2n ** 64n + BigInt(count)), "schema"),
    spelled("of a hundred digits", "1".repeat(100), "schema"),
    spelled("with its sign turned", `-${text}`, count === 0 ? "not-canonical" : "schema"),
    spelled("and a half", `${text}.5`, "schema"),
    spelled("in quotes", `"${text}"`, "schema"),
  ];
}
