/** Strings with characters that they may not have, and lists that are too short or too long; for either statement. */
import type { DataEdit, Json } from "../case.js";
import { ACCEPTED, add, draft, edited, remove, replace, type Draft } from "../drafts.js";
import { valueAt } from "../edit-data.js";

/** A string and how often it is repeated. */
type Repeated = readonly [text: string, times?: number];

function put(path: string, [value, times]: Repeated): DataEdit {
  return { op: "replace", path, value, ...(times === undefined ? {} : { times }) };
}

function shown([text, times]: Repeated): string {
  return `${JSON.stringify(text)}${times === undefined ? "" : ` ${times} times`}`;
}

function each(base: string, paths: readonly string[], wrong: readonly Repeated[], most = wrong.length): Draft[] {
  return paths.flatMap((path, p) =>
    Array.from({ length: Math.min(most, wrong.length) }, (_, i) => {
      const value = wrong[(p * most + i) % wrong.length] as Repeated;
      return draft(`${path}: ${shown(value)}`, "Characters", edited(base, put(path, value)), "schema");
    }),
  );
}

const NAMES: readonly Repeated[] = [
  [""],
  ["x", 201],
  ["a\nb"],
  ["\u0000"],
  ["\u007f"],
  ["\u0085"],
  ["\u2028"],
  ["\u2029"],
  ["\ud800"],
  ["\udc00x"],
  ["a\tb"],
  ["\u{1f600}", 201],
];
const NOTES: readonly Repeated[] = [
  ["x", 4001],
  ["\u0000"],
  ["\u001b[31m"],
  ["a\ud800b"],
  ["\u009f"],
  ["\u{1f600}", 4001],
];
const LAYER_NAMES: readonly Repeated[] = [
  ["x", 65],
  ["\ud800"],
  ["a\udfffb"],
  ["\u0000"],
  ["\u001b[2J"],
  ["a\nb"],
  ["\u2029"],
];
const NATURALS: readonly Repeated[] = [
  [""],
  ["+1"],
  ["-1"],
  ["-0"],
  ["01"],
  ["1.0"],
  ["1e3"],
  [" 1"],
  ["1\n"],
  ["0x1"],
  ["1_000"],
  ["\uff11"],
  ["\u0661"],
  ["9", 4001],
  ["NaN"],
  ["1/1"],
];

/** @param paths of names; of notes; of names of layers */
export function characterCases(
  base: string,
  paths: Readonly<Record<"names" | "notes" | "layers" | "naturals" | "words", readonly string[]>>,
): Draft[] {
  const free = (path: string, value: Repeated): Draft =>
    draft(`${path}: ${shown(value)}`, "FreeChange", edited(base, put(path, value)), ACCEPTED);
  return [
    ...each(base, paths.names, NAMES, 4),
    ...each(base, paths.notes, NOTES),
    ...each(base, paths.layers, LAYER_NAMES, 4),
    ...each(base, paths.naturals, NATURALS, 5),
    ...each(base, paths.words, LAYER_NAMES, 3),
    ...paths.layers.slice(0, 1).map((path) => free(path, ["\u{1f600}", 32])),
    ...paths.layers.slice(-1).map((path) => free(path, [""])),
    ...paths.layers
      .slice(0, 1)
      .map((path) =>
        draft(
          `${path}: 33 characters of two UTF-16 code units each`,
          "NetworkShape",
          edited(base, put(path, ["\u{1f600}", 33])),
          "network",
        ),
      ),
    ...paths.notes.slice(0, 1).flatMap((path) => [free(path, ["\u{1f600}", 4000]), free(path, ["one\r\ntwo\tthree"])]),
  ];
}

/** Tuples with an element too few or too many: the first, a middle and the last of each kind. */
export function tupleCases(base: string, data: Json, tuples: readonly string[]): Draft[] {
  return tuples.flatMap((path) => {
    const list = valueAt(data, path) as Json[];
    const last = list.length - 1;
    return [
      draft(`${path} without its first element`, "ListLength", edited(base, remove(`${path}/0`)), "schema"),
      draft(`${path} without its last element`, "ListLength", edited(base, remove(`${path}/${last}`)), "schema"),
      draft(
        `${path} with its last element twice`,
        "ListLength",
        edited(base, add(`${path}/-`, list[last] as Json)),
        "schema",
      ),
    ];
  });
}

/** Lists with one element more than the schema allows, or none where it asks for one. */
export function lengthCases(
  base: string,
  data: Json,
  long: readonly (readonly [path: string, most: number])[],
  empty: readonly string[],
): Draft[] {
  return [
    ...long.map(([path, most]) => {
      const list = valueAt(data, path) as Json[];
      const value = list.at(-1) ?? "x";
      const edit: DataEdit = { op: "append", path, value, count: most + 1 - list.length };
      return draft(`${path} with ${most + 1} elements`, "ListLength", edited(base, edit), "schema");
    }),
    ...empty.map((path) => draft(`${path} empty`, "ListLength", edited(base, replace(path, [])), "schema")),
  ];
}
