/** Values of other types, and out of range, at each kind of place; for either statement. */
import type { Json } from "../case.js";
import { draft, edited, replace, type Draft } from "../drafts.js";
import type { Flag } from "../flags.js";
import { valueAt } from "../edit-data.js";
import { isObject, kindsOf } from "../places.js";

type Wrong = readonly [Flag, Json];

/** Values that the place of a given one may not have, whatever the place. */
function strangersTo(value: Json): readonly Wrong[] {
  if (value === null)
    return [
      ["WrongType", "null"],
      ["OutOfRange", -1],
      ["WrongType", 0.5],
      ["WrongType", false],
    ];
  if (Array.isArray(value))
    return [
      ["WrongType", null],
      ["WrongType", { 0: value[0] ?? 0 }],
      ["WrongType", "[]"],
      ["WrongType", 0],
    ];
  if (isObject(value))
    return [
      ["WrongType", null],
      ["WrongType", Object.values(value)],
      ["WrongType", "{}"],
    ];
  if (typeof value === "boolean")
    return [
      ["WrongType", Number(value)],
      ["WrongType", String(value)],
      ["WrongType", null],
    ];
  if (typeof value === "number")
    return [
      ["WrongType", String(value)],
      ["WrongType", [value]],
      ["OutOfRange", value + 0.5],
      ["WrongType", value !== 0],
      ["OutOfRange", 2 ** 53],
      ["WrongType", null],
      ["OutOfRange", -2],
      ["OutOfRange", 1e300],
    ];
  const number = /^-?[0-9]+$/.test(value) ? Number(value) : 0;
  return [
    ["WrongType", number],
    ["WrongType", [value]],
    ["WrongType", null],
    ["WrongType", { text: value }],
    ["WrongType", true],
  ];
}

/** Places that may also be null. */
const NULLABLE = new Set([
  "/predictions/*/answer",
  "/predictions/*/settles",
  "/verdicts/float32",
  "/verdicts/function/inputs",
  "/verdicts/margin/flip",
]);

/** At every kind of place some values of another type, at the first, the middle and the last instance in turn. */
export function typeCases(base: string, data: Json): Draft[] {
  return [...kindsOf(data)].flatMap(([kind, instances], k) => {
    const most = typeof valueAt(data, instances[0] as string) === "number" ? 8 : 3;
    return Array.from({ length: most }, (_, i) => {
      const place = instances[i % instances.length] as string;
      const strangers = strangersTo(valueAt(data, place)).filter(([, wrong]) => wrong !== null || !NULLABLE.has(kind));
      const [flag, wrong] = strangers[(k + i) % strangers.length] as Wrong;
      const name = kind.slice(1).replaceAll("/", ".");
      return draft(
        `${name}: ${JSON.stringify(wrong).slice(0, 40)}`,
        flag,
        edited(base, replace(place, wrong)),
        "schema",
      );
    });
  });
}
