/** Keys that are missing, unknown, twice or in another order, in an object of each kind. */
import type { Json } from "../case.js";
import { ACCEPTED, add, draft, edited, find, move, remove, retyped, spots, type Draft } from "../drafts.js";
import { pointerOf } from "../edit-data.js";
import { fits } from "../schema.js";
import { keyOf, named, objectsOf, type ObjectPlace, type Subject } from "../subject.js";
import { findAt } from "../text-places.js";

/** Every key of every object left out, one at a time. */
export function missingKeyCases(subject: Subject): Draft[] {
  const { base, free } = subject;
  return objectsOf(subject).flatMap((object) => {
    const required = new Set(object.nodes.flatMap(({ required: keys = [] }) => keys));
    return Object.keys(object.value).flatMap((key): Draft[] => {
      const path = keyOf(object, key);
      const input = edited(base, remove(path));
      if (required.has(key)) return [draft(`${named(path)} is missing`, "MissingKey", input, "schema")];
      return free.has(`${object.name}/${key}`)
        ? [draft(`${named(path)} may be missing`, "FreeChange", input, ACCEPTED)]
        : [];
    });
  });
}

const STRANGERS = ["extra", "", "constructor", "toString", "length", "$ref", "0", "comment"];

/** An unknown key in every object, and a known one in another spelling. */
export function unknownKeyCases(subject: Subject): Draft[] {
  const { base } = subject;
  const closed = objectsOf(subject).filter(({ nodes }) =>
    nodes.every(({ type, additionalProperties }) => type !== "object" || additionalProperties === false),
  );
  return closed.flatMap((object, i) => {
    const own = Object.keys(object.value);
    const [first, last] = [own[0] as string, own.at(-1) as string];
    const stranger = STRANGERS[i % STRANGERS.length] as string;
    const shouted = first.toUpperCase();
    const place = named(object.pointer);
    return [
      draft(
        `${place} has the key ${JSON.stringify(stranger)}`,
        "UnknownKey",
        edited(base, add(keyOf(object, stranger), 0)),
        "schema",
      ),
      draft(
        `${place} has a key ${shouted} instead of ${first}`,
        ["UnknownKey", "MissingKey"],
        edited(base, move(keyOf(object, first), keyOf(object, shouted))),
        "schema",
      ),
      draft(
        `${place} has a key __proto__ that holds its key ${last}`,
        "PrototypeKey",
        edited(base, add(keyOf(object, "__proto__"), { [last]: object.value[last] as Json })),
        "schema",
      ),
    ];
  });
}

/**
 * A key twice on the line where it stands: the certificate's own value last, so that a reader that keeps the last one sees
 * nothing; or first, and then a value that the schema refuses.
 */
function doubledCases({ base, text, textPlaces, kinds }: Subject, object: ObjectPlace): Draft[] {
  const keys = Object.keys(object.value);
  const chosen = object.pointer === "" ? keys : spots(keys.length).map((i) => keys[i] as string);
  return chosen.flatMap((key): Draft[] => {
    const path = keyOf(object, key);
    const place = textPlaces.get(path);
    if (place === undefined) throw new RangeError(`doubledCases: expected a value at ${path}`);
    const label = text.slice(place.key, place.start);
    const nodes = kinds.find(({ name }) => name === `${object.name}${pointerOf(key)}`)?.instances[0]?.nodes ?? [];
    const wrong = fits(null, nodes) ? "{}" : "null";
    const before = findAt(text, place.key, label, `${label}${wrong}, ${label}`);
    const twice = draft(
      `${named(path)} twice, the first one false`,
      "DuplicateKey",
      retyped(base, before),
      "not-canonical",
    );
    const value = object.value[key];
    if (typeof value === "object" && value !== null) return [twice];
    const whole = text.slice(place.key, place.end);
    const after = findAt(text, place.key, whole, `${whole}, ${label}${wrong}`);
    return [twice, draft(`${named(path)} twice, the last one false`, "DuplicateKey", retyped(base, after), "schema")];
  });
}

/** Repeated keys in an object of each kind, and the ways to repeat or to hide a key that there are in JSON. */
export function repeatedKeyCases(subject: Subject): Draft[] {
  const version = (comment: string, put: string, code: string): Draft =>
    draft(comment, ["DuplicateKey"], retyped(subject.base, find('"version": 1,', put)), code);
  return [
    ...objectsOf(subject).flatMap((object) => doubledCases(subject, object)),
    version("version twice, both true", '"version": 1,\n  "version": 1,', "not-canonical"),
    version("version twice, the first one of a later version", '"version": 2,\n  "version": 1,', "not-canonical"),
    version("version twice, the last one of a later version", '"version": 1,\n  "version": 2,', "schema"),
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

/** An object of each kind with its first key moved to its end, and with its last two exchanged. */
export function keyOrderCases(subject: Subject): Draft[] {
  return objectsOf(subject).flatMap((object) => {
    const keys = Object.keys(object.value);
    if (keys.length < 2) return [];
    const place = named(object.pointer);
    const moved = (comment: string, key: string): Draft => {
      const path = keyOf(object, key);
      return draft(`${place} with ${comment}`, "KeyOrder", edited(subject.base, move(path, path)), "not-canonical");
    };
    const first = moved("its first key last", keys[0] as string);
    return keys.length < 3 ? [first] : [first, moved("its last two keys exchanged", keys.at(-2) as string)];
  });
}
