/** Keys that are missing, unknown, twice or in another order; for either statement. */
import type { Json } from "../case.js";
import { ACCEPTED, add, draft, edited, find, move, remove, retyped, type Draft } from "../drafts.js";
import { pointerOf, valueAt } from "../edit-data.js";
import { isObject, kindsOf } from "../places.js";

const OPTIONAL = new Set(["/source/about", "/source/source"]);

/** One object of each kind: the first, the middle and the last instance in turn. */
function objectsOf(data: Json): string[] {
  const objects = [...kindsOf(data)].flatMap(([, instances], i) => {
    const place = instances[i % instances.length] as string;
    return isObject(valueAt(data, place)) ? [place] : [];
  });
  return ["", ...objects];
}

/** A place as a comment names it. */
function shown(place: string): string {
  return place === "" ? "the certificate" : place.slice(1).replaceAll("/", ".");
}

export function missingKeyCases(base: string, data: Json): Draft[] {
  return objectsOf(data).flatMap((place) =>
    Object.keys(valueAt(data, place) as object).map((key) => {
      const path = place + pointerOf(key);
      const input = edited(base, remove(path));
      return OPTIONAL.has(path)
        ? draft(`${shown(path)} may be missing`, "FreeChange", input, ACCEPTED)
        : draft(`${shown(path)} is missing`, "MissingKey", input, "schema");
    }),
  );
}

const STRANGERS = ["extra", "", "constructor", "toString", "length", "$ref", "0", "comment"];

export function unknownKeyCases(base: string, data: Json): Draft[] {
  return objectsOf(data).flatMap((place, i) => {
    const own = Object.keys(valueAt(data, place) as object);
    const [first, last] = [own[0] as string, own.at(-1) as string];
    const stranger = STRANGERS[i % STRANGERS.length] as string;
    const name = JSON.stringify(stranger);
    return [
      draft(
        `${shown(place)} has the key ${name}`,
        "UnknownKey",
        edited(base, add(place + pointerOf(stranger), 0)),
        "schema",
      ),
      draft(
        `${shown(place)} has a key ${first.toUpperCase()} instead of ${first}`,
        ["UnknownKey", "MissingKey"],
        edited(base, move(place + pointerOf(first), place + pointerOf(first.toUpperCase()))),
        "schema",
      ),
      draft(
        `${shown(place)} has a key __proto__ that holds its key ${last}`,
        "PrototypeKey",
        edited(base, add(`${place}/__proto__`, { [last]: valueAt(data, place + pointerOf(last)) })),
        "schema",
      ),
    ];
  });
}

/** The key with a value on one line, as it stands in the text for the first time after a mark. */
interface Doubled {
  readonly comment: string;
  /** Where the first of the two is put in: a text that occurs in the certificate, and which of its occurrences. */
  readonly at: string;
  readonly nth: number;
  readonly put: string;
}

/** Repeated keys, the certificate's own value last, so that a reader that keeps the last one sees nothing. */
export function repeatedKeyCases(base: string, doubled: readonly Doubled[]): Draft[] {
  const twice = doubled.map(({ comment, at, nth, put }) =>
    draft(comment, "DuplicateKey", retyped(base, find(at, put + at, nth)), "not-canonical"),
  );
  const version = (comment: string, put: string, code: string): Draft =>
    draft(comment, ["DuplicateKey"], retyped(base, find('"version": 1,', put)), code);
  return [
    ...twice,
    version("version twice, the first one false", '"version": 2,\n  "version": 1,', "not-canonical"),
    version("version twice, the last one false", '"version": 1,\n  "version": 2,', "schema"),
    version("version twice, both true", '"version": 1,\n  "version": 1,', "not-canonical"),
    version("version three times", '"version": 1,\n  "version": 1,\n  "version": 1,', "not-canonical"),
    version("version a second time, with an escape in its name", '"version": 1,\n  "\\u0076ersion": 2,', "schema"),
    version(
      "version before itself, with an escape in its name",
      '"\\u0076ersion": 2,\n  "version": 1,',
      "not-canonical",
    ),
    version("version with an escape in its name, alone", '"\\u0076ersion": 1,', "not-canonical"),
    version(
      "version with every letter of its name an escape",
      '"\\u0076\\u0065\\u0072\\u0073\\u0069\\u006F\\u006e": 1,',
      "not-canonical",
    ),
    version("the key __proto__ twice", '"__proto__": {},\n  "__proto__": {},\n  "version": 1,', "schema"),
    version("the key __proto__ with an escape in its name", '"\\u005f_proto__": {},\n  "version": 1,', "schema"),
    version("a key that differs by a zero-width space", '"version": 1,\n  "version\u200b": 1,', "schema"),
    version("a key that differs by a lone surrogate", '"version": 1,\n  "version\\ud800": 1,', "schema"),
  ];
}

/** Every object with its first key moved to its end. */
export function keyOrderCases(base: string, data: Json): Draft[] {
  return objectsOf(data).flatMap((place) => {
    const keys = Object.keys(valueAt(data, place) as object);
    if (keys.length < 2) return [];
    const first = place + pointerOf(keys[0] as string);
    const later = place + pointerOf(keys.at(-2) as string);
    const input = (path: string): Draft["input"] => ({ base, data: [move(path, path)], digests: "repaired" });
    return [
      draft(`${shown(place)} with its first key last`, "KeyOrder", input(first), "not-canonical"),
      ...(keys.length < 3
        ? []
        : [draft(`${shown(place)} with its last two keys exchanged`, "KeyOrder", input(later), "not-canonical")]),
    ];
  });
}
