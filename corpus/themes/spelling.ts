/** True certificates in other spellings, and numbers in spellings that change or lose their value. */
import type { TextEdit } from "../case.js";
import { draft, find, retyped, type Draft } from "../drafts.js";
import { fits } from "../schema.js";
import { instance, named, type Kind, type Place, type Subject } from "../subject.js";
import { findAt, type TextPlace } from "../text-places.js";

/** White space and line breaks, all of them after or before a place that every certificate has. */
const LAYOUTS: readonly (readonly [comment: string, ...text: TextEdit[]])[] = [
  ["no line feed at the end", { op: "cut", to: -1 }],
  ["two line feeds at the end", { op: "append", text: "\n" }],
  ["a thousand line feeds at the end", { op: "append", text: "\n", times: 1000 }],
  ["a space at the end", { op: "append", text: " " }],
  ["a carriage return at the end", { op: "append", text: "\r" }],
  ["a space at the start", { op: "prepend", text: " " }],
  ["a line feed at the start", { op: "prepend", text: "\n" }],
  ["carriage return and line feed at the end of each line", find("\n", "\r\n", "all")],
  ["carriage returns for line feeds", find("\n", "\r", "all")],
  ["tabs for two spaces", find("  ", "\t", "all")],
  ["a space at the end of its first line", find("{\n", "{ \n")],
  ["a space before a colon", find('"version":', '"version" :')],
  ["no space after a colon", find('"version": 1', '"version":1')],
  ["two spaces after a colon", find('"version": 1', '"version":  1')],
  ["a tab after a colon", find('"version": 1', '"version":\t1')],
  ["a space before a comma", find('"version": 1,', '"version": 1 ,')],
  ["an empty line", find('"version": 1,\n', '"version": 1,\n\n')],
  ["a line indented by one space more", find('\n  "version"', '\n   "version"')],
  ["two keys on one line", find(',\n  "version"', ', "version"')],
];

/** A place whose text has a property, with its text. */
function firstWhere(
  { textPlaces, text }: Subject,
  isRight: (value: string, line: string) => boolean,
): readonly [TextPlace, string] | undefined {
  for (const place of textPlaces.values()) {
    const value = text.slice(place.start, place.end);
    const line = text.slice(text.lastIndexOf("\n", place.start) + 1, place.end);
    if (isRight(value, line)) return [place, value];
  }
  return undefined;
}

/** The same value in another layout. */
export function layoutCases(subject: Subject): Draft[] {
  const { base, text } = subject;
  const other = (comment: string, ...edits: TextEdit[]): Draft =>
    draft(comment, "Layout", retyped(base, ...edits), "not-canonical");
  const whole = (comment: string, indent: number, ...edits: TextEdit[]): Draft =>
    draft(comment, "Layout", { base, digests: "kept", print: { indent }, text: edits }, "not-canonical");
  const replaced = (comment: string, found: ReturnType<typeof firstWhere>, by: (value: string) => string): Draft[] =>
    found === undefined ? [] : [other(comment, findAt(text, found[0].start, found[1], by(found[1])))];
  return [
    ...LAYOUTS.map(([comment, ...edits]) => other(comment, ...edits)),
    ...replaced(
      "on three lines what fits on one",
      firstWhere(subject, (value, line) => /^\["[^"]*"\]$/.test(value) && /^ +"[a-z]+": \[[^[]*$/.test(line)),
      (value) => `[\n      ${value.slice(1, -1)}\n    ]`,
    ),
    ...replaced(
      "on one line what does not fit there",
      firstWhere(subject, (value) => value.startsWith("{\n") && !value.slice(2).includes("{\n")),
      (value) => value.replaceAll(/\n */g, ""),
    ),
    ...(text.includes("[[") ? [other("a space in brackets", find("[[", "[ ["))] : []),
    whole("on one line, without spaces", 0),
    whole("on one line, with a line feed", 0, { op: "append", text: "\n" }),
    whole("each element on a line of its own, two spaces", 2, { op: "append", text: "\n" }),
    whole("each element on a line of its own, four spaces", 4),
  ];
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Characters spelled as escapes, and the system with characters that a name of one does not have. */
export function escapeCases({ base, system, text }: Subject): Draft[] {
  const escape = (comment: string, from: string, to: string, code = "not-canonical"): Draft[] =>
    text.includes(from) ? [draft(comment, "Escape", retyped(base, find(from, to)), code)] : [];
  const own = JSON.stringify(system);
  const other = (comment: string, name: string): Draft[] => escape(comment, own, `"${name}"`, "unknown-system");
  return [
    ...escape("a letter of a constant as an escape", '"weightproof-certificate"', '"\\u0077eightproof-certificate"'),
    ...escape("the last letter of the system", own, `"${system.slice(0, -1)}${escaped(system.slice(-1))}"`),
    ...escape("every letter of the system", own, `"${[...system].map(escaped).join("").toLowerCase()}"`),
    ...escape("a slash", "/", "\\/"),
    ...escape("a minus sign", '"-', '"\\u002d'),
    ...escape("a digit of a digest", '"sha256:', '"sha\\u003256:'),
    ...other("an escaped zero in a string", `${system}\\u0000`),
    ...other("an escaped line feed in a string", `${system}\\n`),
    ...other("a lone high surrogate in a string", `${system}\\ud800`),
    ...other("a lone low surrogate in a string", `\\udc00${system}`),
    ...other("surrogates in the wrong order", `${system}\\ude00\\ud83d`),
  ];
}

/** Spellings beside that of a count; which of them are no JSON, no count, or another spelling follows from reading them. */
function spellingsOf(text: string): readonly (readonly [comment: string, spelled: string])[] {
  const count = BigInt(text);
  return [
    ["with .0", `${text}.0`],
    ["with e0", `${text}e0`],
    ["with E+0", `${text}E+0`],
    ["with a negative exponent", `${text}00e-2`],
    ["with a decimal point and an exponent", `${text[0]}.${text.slice(1) || "0"}e${text.length - 1}`],
    ["off by less than a double holds", `${text}.00000000000000000001`],
    ["with an exponent that leaves nothing", "1e-400"],
    ["with a plus sign", `+${text}`],
    ["with a leading zero", `0${text}`],
    ["with two leading zeros", `00${text}`],
    ["with a separator of digits", `${text}_0`],
    ["in hexadecimal", `0x${count.toString(16)}`],
    ["in octal", `0o${count.toString(8)}`],
    ["as 1e400", "1e400"],
    ["as -1e400", "-1e400"],
    ["with an exponent of ten digits", "1e9999999999"],
    ["as 2^53", "9007199254740992"],
    ["as 2^53 + 1, which a double does not hold", "9007199254740993"],
    ["as 2^64 + the count", String(2n ** 64n + count)],
    ["of a hundred digits", "1".repeat(100)],
    ["with its sign turned", `-${text}`],
    ["and a half", `${text}.5`],
    ["in quotes", `"${text}"`],
  ];
}

/** The code for a spelling of a count; undefined if it is the one spelling of some other count. */
function codeOf(spelled: string, { nodes }: Place): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(spelled);
  } catch {
    return "not-json";
  }
  if (!fits(value, nodes)) return "schema";
  return JSON.stringify(value) === spelled ? undefined : "not-canonical";
}

/** How many spellings are tried of each kind of count that does not have all of them. */
const FEW = 3;

/** Spellings of counts: all at the first, the middle and the last kind that follows a key, a few at each other kind. */
export function countSpellingCases({ base, kinds, text, textPlaces }: Subject): Draft[] {
  const counts = kinds
    .map(({ name, instances }): Kind => ({
      name,
      instances: instances.filter(
        ({ value, nodes }) => typeof value === "number" && nodes.some(({ type }) => type === "integer"),
      ),
    }))
    .filter(({ instances }) => instances.length > 0);
  const keyed = counts.filter(({ name }) => !name.endsWith("*"));
  const whole = new Set([keyed[0], keyed[Math.floor(keyed.length / 2)], keyed.at(-1)]);
  return counts.flatMap((kind, k) => {
    const count = instance(kind, k);
    const { key, start, end } = textPlaces.get(count.pointer) as TextPlace;
    const own = text.slice(start, end);
    // What stands before an element that has no key says where it is, and keeps the number of the occurrence small.
    const from = key < start ? key : start - 1;
    const all = spellingsOf(own).flatMap(([comment, spelled]) => {
      const code = codeOf(spelled, count);
      return code === undefined ? [] : [{ comment, spelled, code }];
    });
    if (key < start) all.push({ comment: "with a comma in it", spelled: `${own},0`, code: "not-json" });
    const chosen = whole.has(kind) ? all : Array.from({ length: FEW }, (_, i) => all[(FEW * k + i) % all.length]);
    return chosen.flatMap((one) => {
      if (one === undefined) return [];
      const edit = findAt(text, from, text.slice(from, end), text.slice(from, start) + one.spelled);
      return [draft(`${named(kind.name)}: ${one.comment}`, "NumberSpelling", retyped(base, edit), one.code)];
    });
  });
}
