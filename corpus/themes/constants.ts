/** Another format, system, statement, version, or word of a list of words. */
import type { Json } from "../case.js";
import { draft, edited, replace, type Draft } from "../drafts.js";
import { fits } from "../schema.js";
import { instance, named, type Subject } from "../subject.js";

/** Words near to one, and numbers near to one. */
function near(value: Json): readonly Json[] {
  if (typeof value === "number") return [value - 1, value + 1, value + 2, String(value)];
  if (typeof value !== "string") return [];
  const shouted = value.toUpperCase();
  return [
    shouted,
    `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`,
    `${value} `,
    `${value}s`,
    value.slice(1),
    `${shouted.slice(0, 1)}-${value}`,
    "",
  ];
}

/**
 * The code: a system or statement that is a string, and not known, has one of its own. Statements of the same system are known,
 * and the certificate is none of theirs.
 */
function codeOf(pointer: string, wrong: Json, siblings: readonly string[]): string {
  if (typeof wrong === "string" && pointer === "/system") return "unknown-system";
  if (typeof wrong === "string" && pointer === "/statement" && !siblings.includes(wrong)) return "unknown-statement";
  return "schema";
}

/** At each kind of place that has a constant or one of some words, others. */
export function constantCases({ base, kinds, siblings, statement }: Subject): Draft[] {
  const others = siblings.filter((name) => name !== statement);
  return kinds.flatMap((kind, k) => {
    const { nodes } = instance(kind, 0);
    if (!nodes.some((node) => "const" in node || node.enum !== undefined)) return [];
    const { pointer, value } = instance(kind, k);
    const known = pointer === "/statement" ? others : [];
    return [...new Set([...near(value), ...known])]
      .filter((wrong) => !fits(wrong, nodes))
      .map((wrong) =>
        draft(
          `${named(kind.name)}: ${JSON.stringify(wrong)}`,
          "WrongConstant",
          edited(base, replace(pointer, wrong)),
          codeOf(pointer, wrong, siblings),
        ),
      );
  });
}
