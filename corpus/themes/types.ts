/** Values of other types, and out of range, at each kind of place. */
import type { Json } from "../case.js";
import { draft, edited, replace, type Draft } from "../drafts.js";
import { isObject } from "../places.js";
import { fits, type SchemaNode } from "../schema.js";
import { instance, named, type Place, type Subject } from "../subject.js";

type Wrong = readonly [flag: "WrongType" | "OutOfRange", value: Json];

/** Values beside that of a place, of other types or out of its range. */
function beside(value: Json, nodes: readonly SchemaNode[]): readonly Json[] {
  if (value === null) return ["null", -1, 0.5, false];
  if (Array.isArray(value)) return [null, { 0: value[0] ?? 0 }, "[]", 0, true];
  if (isObject(value)) return [null, Object.values(value), "{}", 0, false];
  if (typeof value === "boolean") return [Number(value), String(value), null, [value]];
  if (typeof value === "string") {
    const number = /^-?[0-9]+$/.test(value) ? Number(value) : 0;
    return [number, [value], null, { text: value }, true];
  }
  const ends = nodes.flatMap(({ minimum, maximum }) => [
    ...(minimum === undefined ? [] : [minimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1]),
  ]);
  return [String(value), [value], value + 0.5, value !== 0, 2 ** 53, null, -2, 1e300, ...ends, { number: value }];
}

/** The values that the schema refuses at a place. */
function wrongValues({ value, nodes }: Place): readonly Wrong[] {
  const range = typeof value === "number";
  return [...new Set(beside(value, nodes))]
    .filter((wrong) => !fits(wrong, nodes))
    .map((wrong) => [range && typeof wrong === "number" ? "OutOfRange" : "WrongType", wrong]);
}

/** How many values are tried at each kind of place. */
const [NUMBERS, OTHERS] = [8, 4];

/** At every kind of place some values of another type or range, at the first, the middle and the last instance in turn. */
export function typeCases({ base, kinds }: Subject): Draft[] {
  return kinds.slice(1).flatMap((kind, k) => {
    const most = typeof instance(kind, 0).value === "number" ? NUMBERS : OTHERS;
    return Array.from({ length: most }, (_, i) => {
      const place = instance(kind, i);
      const values = wrongValues(place);
      const [flag, wrong] = values[(k + i) % values.length] as Wrong;
      const comment = `${named(kind.name)}: ${JSON.stringify(wrong).slice(0, 40)}`;
      return draft(comment, flag, edited(base, replace(place.pointer, wrong)), "schema");
    });
  });
}
