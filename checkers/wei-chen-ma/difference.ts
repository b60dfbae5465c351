/** The first place at which what is stated differs from what was computed; both are JSON data. */
import { rejected, shortened, type Rejected } from "../verdict.js";

/** A rejection with this code, or undefined if there is no difference. */
export function difference<Code extends string>(
  code: Code,
  stated: unknown,
  computed: unknown,
  path: string,
): Rejected<Code> | undefined {
  if (isTree(stated) && isTree(computed)) {
    for (const key of new Set([...Object.keys(stated), ...Object.keys(computed)])) {
      const place = Array.isArray(computed) ? `${path}[${key}]` : `${path}.${key}`;
      const inner = difference(code, stated[key], computed[key], place);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  if (stated === computed) return undefined;
  const show = (value: unknown): string => shortened(JSON.stringify(value) ?? "absent", 300);
  const message = `stated ${show(stated)}, computed ${show(computed)}`;
  return rejected(code, path, message, { stated: show(stated), computed: show(computed) });
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
