/** Lists and tuples with too many or too few elements. */
import type { DataEdit, Json } from "../case.js";
import { add, draft, edited, remove, replace, type Draft } from "../drafts.js";
import { instance, named, type Kind, type Subject } from "../subject.js";

/** Longer lists than this are not made, to keep the files that checkers read below some megabytes. */
const LONGEST = 100_001;

/** Tuples without their first or last element, or with the last one twice. */
export function tupleCases({ base, kinds }: Subject): Draft[] {
  const isTuple = (kind: Kind): boolean =>
    Array.isArray(instance(kind, 0).value) &&
    instance(kind, 0).nodes.every(({ minItems, maxItems }) => minItems !== undefined && minItems === maxItems);
  const wrong = (comment: string, edit: DataEdit): Draft => draft(comment, "ListLength", edited(base, edit), "schema");
  return kinds.filter(isTuple).flatMap((kind) => {
    const [first, second, third] = [instance(kind, 0), instance(kind, 1), instance(kind, 2)];
    const list = third.value as Json[];
    const last = (second.value as Json[]).length - 1;
    return [
      wrong(`${named(kind.name)} without its first element`, remove(`${first.pointer}/0`)),
      wrong(`${named(kind.name)} without its last element`, remove(`${second.pointer}/${last}`)),
      wrong(`${named(kind.name)} with its last element twice`, add(`${third.pointer}/-`, list.at(-1) as Json)),
    ];
  });
}

/** Lists with one element more than the schema allows, or none where it asks for one. */
export function lengthCases({ base, kinds }: Subject): Draft[] {
  return kinds.flatMap((kind, k) => {
    const { pointer, value, nodes } = instance(kind, k);
    const node = nodes.find(({ type }) => type === "array");
    if (!Array.isArray(value) || node === undefined) return [];
    const { minItems = 0, maxItems = Infinity } = node;
    if (minItems === maxItems) return [];
    const wrong = (comment: string, edit: DataEdit): Draft =>
      draft(comment, "ListLength", edited(base, edit), "schema");
    const element: Json = value.at(-1) ?? "x";
    const count = maxItems + 1 - value.length;
    return [
      ...(maxItems > LONGEST
        ? []
        : [
            wrong(`${named(pointer)} with ${maxItems + 1} elements`, {
              op: "append",
              path: pointer,
              value: element,
              count,
            }),
          ]),
      ...(minItems === 0 ? [] : [wrong(`${named(pointer)} empty`, replace(pointer, []))]),
    ];
  });
}
