/** Every exported symbol of the sources has a doc comment of its own. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../cli/run-cli.js";

const DECLARATION =
  /^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type|enum) (\w+)\b/;

/** Where declarations are exported: every folder but the tests and what is built. */
const FOLDERS = readdirSync(root, { withFileTypes: true })
  .filter(
    (entry) => entry.isDirectory() && !/^(\..*|node_modules|dist|coverage|docs-tool|reports|test)$/.test(entry.name),
  )
  .map(({ name }) => name);

const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.includes("node_modules"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
);

/** The exported declarations of a source, each with whether a doc comment ends on the line above it. */
function declarations(source: string): { readonly name: string; readonly documented: boolean }[] {
  const lines = source.split("\n");
  const found: { name: string; documented: boolean }[] = [];
  for (const [i, line] of lines.entries()) {
    const name = DECLARATION.exec(line)?.[1];
    if (name === undefined) continue;
    let last = i - 1;
    while (lines[last]?.startsWith("// ") === true) last--;
    let first = last;
    while (first > 0 && lines[first]?.startsWith("/*") === false) first--;
    const documented = lines[last]?.endsWith("*/") === true && lines[first]?.startsWith("/**") === true;
    // The signatures of an overloaded function share the comment of the first.
    const overload = found.some((one) => one.name === name && one.documented);
    found.push({ name, documented: documented || overload });
  }
  return found;
}

describe("doc comments", () => {
  it.each([
    ["/** What it is. */\nexport const a = 1;", true],
    ["/**\n * What it is.\n */\nexport async function a() {}", true],
    ["/** What it is. */\n// prettier-ignore\nexport class a {}", true],
    ["export const a = 1;", false],
    ["/** The file's header. */\n\nexport type a = 1;", false],
    ["/* No doc comment. */\nexport interface a {}", false],
    ["// No doc comment.\nexport function* a() {}", false],
  ])("should be told from other comments in %j", (source, documented) => {
    expect(declarations(source)).toEqual([{ name: "a", documented }]);
  });

  it("should be there for every exported symbol", () => {
    let total = 0;
    const missing: string[] = [];
    for (const file of FILES) {
      for (const { name, documented } of declarations(readFileSync(join(root, file), "utf8"))) {
        total++;
        if (!documented) missing.push(`${file} ${name}`);
      }
    }
    expect(missing).toEqual([]);
    expect(total).toBeGreaterThan(1900);
  });
});
