/** Strings with characters, spellings and lengths that the schema refuses, at each kind of place. */
import type { DataEdit } from "../case.js";
import { ACCEPTED, draft, edited, type Draft } from "../drafts.js";
import { fits, type SchemaNode } from "../schema.js";
import { instance, named, type Kind, type Subject } from "../subject.js";

/** A string and how often it is repeated. */
type Repeated = readonly [text: string, times?: number];

/** What names, notes, words and digests may not be. */
const TEXTS: readonly string[] = [
  "", "a\nb", "\u0000", "\u007f", "\u0085", "\u2028", "\u2029", "\ud800", "\udc00x", "a\ud800b", "a\udfffb", "a\tb",
  "\u001b[31m", "\u001b[2J", "\u009f", "x", " ", "null", "\u{1f600}",
]; // prettier-ignore

/** What counts, numbers of networks and signs may not be. */
const NUMERALS: readonly string[] = [
  "+1", "-1", "-0", "01", "-01", "00", "1/1", "1/0", "0/1", "-0/2", "1/-2", "-1/-2", "1/02", "1/", "/2", "1//2", "1/2/3",
  "--1", "-", "1.0", ".5", "1e3", "1E400", "1e99999999", "-1e-7", " 1", "1 ", "1\n", "1\u2028", "0x10", "1_000", "1,5",
  "\u00bd", "\u0663", "\u22121", "\uff11", "\u221e", "NaN", "Infinity",
]; // prettier-ignore

/** The place's own text in other spellings. */
function respelled(text: string): string[] {
  const [name, rest] = text.split(":") as [string, string?];
  const digest = rest === undefined ? [] : [`${name}:${rest.toUpperCase()}`, rest, text.slice(0, name.length + 9)];
  return [
    text.toUpperCase(), text.slice(0, -1), text.slice(1), `${text}${text.at(-1) ?? ""}`, ` ${text}`, `${text} `,
    `${text}\n`, `+${text}`, `0${text}`, text.replace("256", "512"), ...digest,
  ]; // prettier-ignore
}

/** Strings that none of the nodes of a place lets pass. */
function wrongStrings(value: string, nodes: readonly SchemaNode[]): readonly Repeated[] {
  const lengths = nodes.flatMap(({ maxLength }) => (maxLength === undefined ? [] : [maxLength + 1]));
  const long = lengths.flatMap((times): Repeated[] => [
    ["x", times],
    ["9", times],
    ["\u{1f600}", times],
  ]);
  const texts = [...new Set([...TEXTS, ...NUMERALS, ...respelled(value)])].map((text): Repeated => [text]);
  return [...texts, ...long].filter(([text, times = 1]) => !fits(text.repeat(times), nodes));
}

function put(path: string, [value, times]: Repeated): DataEdit {
  return { op: "replace", path, value, ...(times === undefined ? {} : { times }) };
}

function shown([text, times]: Repeated): string {
  const spelled = JSON.stringify(text);
  return `${spelled.length > 60 ? `${spelled.slice(0, 60)}...` : spelled}${times === undefined ? "" : ` ${times} times`}`;
}

/** How many strings are tried at each kind of place, at least. */
const LEAST = 5;

/**
 * Strings that the schema refuses, at every kind of place. Kinds of one pattern share them out, so that each is tried at one of
 * them; instances take turns.
 */
export function characterCases({ base, kinds }: Subject): Draft[] {
  const groups = new Map<string, Kind[]>();
  for (const kind of kinds) {
    const { value, nodes } = instance(kind, 0);
    const patterns = nodes.filter(({ type }) => type === "string");
    if (typeof value !== "string" || patterns.length === 0) continue;
    const group = JSON.stringify(patterns);
    groups.set(group, [...(groups.get(group) ?? []), kind]);
  }
  return [...groups.values()].flatMap((group) =>
    group.flatMap((kind, k) => {
      const { value, nodes } = instance(kind, 0);
      const all = wrongStrings(value as string, nodes);
      const most = Math.min(all.length, Math.max(LEAST, Math.ceil(all.length / group.length)));
      const isNumber = fits("7", nodes) && !fits("x", nodes);
      return Array.from({ length: most }, (_, i) => {
        const wrong = all[(k * most + i) % all.length] as Repeated;
        const input = edited(base, put(instance(kind, i).pointer, wrong));
        return draft(`${named(kind.name)}: ${shown(wrong)}`, isNumber ? "Numeral" : "Characters", input, "schema");
      });
    }),
  );
}

/**
 * Strings that may say anything, with the longest and the oddest texts that they may have: all of them at the first such string,
 * two in turn at each other, because a checker decides all of these cases to their end.
 */
export function freeStringCases({ base, kinds, free }: Subject): Draft[] {
  return kinds
    .filter(({ name }) => free.has(name))
    .flatMap((kind, k) => {
      const { pointer, nodes } = instance(kind, k);
      const most = Math.max(...nodes.map(({ maxLength = 0 }) => maxLength));
      // Characters beyond 16 bits: what counts UTF-16 code units lets half as many of them pass.
      const emoji: Repeated = ["\u{1f600}", Math.floor(most / 2)];
      const texts: readonly Repeated[] = [emoji, [""], ["x", most], ["one\r\ntwo\tthree"], ["__proto__"], ["0"]];
      const right = texts.filter(([text, times = 1]) => fits(text.repeat(times), nodes));
      const chosen = k === 0 ? right : [0, 1].map((i) => right[(2 * k + i) % right.length] as Repeated);
      return chosen.map((text) =>
        draft(`${named(kind.name)}: ${shown(text)}`, "FreeChange", edited(base, put(pointer, text)), ACCEPTED),
      );
    });
}
