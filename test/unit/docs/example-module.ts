/** Examples of documents as modules that can be imported: what their comments say becomes assertions. */
import { join, relative } from "node:path";
import { root } from "../cli/run-cli.js";
import { ENTRIES } from "./public-exports.js";

/**
 * The module of an example, for a file in a folder. Entry points are imported by their sources; "EXPRESSION; // => VALUE" and
 * "EXPRESSION; // throws NAME" are asserted.
 */
export function exampleModule(code: string, folder: string): string {
  const body = code
    .split("\n")
    .map((line) => {
      const [, indent, expression, kind, said] = /^( *)(.+); \/\/ (=>|throws) (.+)$/.exec(line) ?? [];
      if (expression === undefined) return line;
      return kind === "=>"
        ? `${indent}expect(${expression}).toEqual(${said});`
        : `${indent}expect(nameOfThrown(() => ${expression})).toBe("${said}");`;
    })
    .join("\n")
    .replaceAll(/from "(weightproof[a-z/]*)"/g, (_, name: string) => {
      const entry = ENTRIES[name];
      if (entry === undefined) throw new Error(`an example imports ${name}`);
      return `from "${relative(folder, join(root, entry)).replaceAll("\\", "/").replace(/\.ts$/, ".js")}"`;
    });
  return `import { expect } from "vitest";
const nameOfThrown = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return (error as Error).name;
  }
  return "nothing";
};
expect(nameOfThrown(() => undefined)).toBe("nothing");
${body}
export {};
`;
}
