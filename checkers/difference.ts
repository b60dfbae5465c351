/** What a certificate states against what was computed again. */
import { rejected, shortened, type Rejected } from "./verdict.js";

/** The first place at which what is stated differs from what was computed, both JSON data; the caller gives the code. */
export function difference<Code extends string>(
  code: Code,
  stated: unknown,
  computed: unknown,
  path: string,
): Rejected<Code> | undefined {
  if (isTree(stated) && isTree(computed)) {
    const keys = new Set([...Object.keys(stated), ...Object.keys(computed)]);
    for (const key of keys) {
      const place = Array.isArray(computed) ? `${path}[${key}]` : `${path}.${key}`;
      const inner = difference(code, stated[key], computed[key], place);
      if (inner !== undefined) return inner;
    }
    return Array.isArray(stated) === Array.isArray(computed) ? undefined : differs(code, stated, computed, path);
  }
  return stated === computed ? undefined : differs(code, stated, computed, path);
}

function differs<Code extends string>(code: Code, stated: unknown, computed: unknown, path: string): Rejected<Code> {
  const show = (value: unknown): string => shortened(JSON.stringify(value) ?? "absent", 300);
  const message = `stated ${show(stated)}, computed ${show(computed)}`;
  return rejected(code, path, message, { stated: show(stated), computed: show(computed) });
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
