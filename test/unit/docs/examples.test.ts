/**
 * Every export of the package has an example in its doc comment that runs. A line of an example says what it gives or throws:
 * "EXPRESSION; // => VALUE", "EXPRESSION; // throws NAME". All examples are type-checked, too.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../cli/run-cli.js";
import { ENTRIES, publicExports, type PublicExport } from "./public-exports.js";

/** Ignored by git and by the linters; a folder of the repository, so that the examples find its packages. */
const FOLDER = join(root, "reports", "examples");

const EXPORTS = Object.keys(ENTRIES)
  .filter((name) => !name.endsWith("arbitraries"))
  .flatMap(publicExports);
/** Each declaration once, though several entry points may export it. */
const DECLARATIONS = [
  ...new Map(EXPORTS.toReversed().map((one) => [`${one.file} ${one.declared ?? "*"}`, one])).values(),
];

/** The code of the example in a doc comment; undefined if there is none. */
function exampleOf(comment: string): string | undefined {
  return /^@example\n```ts\n([\s\S]*?)^```$/m.exec(comment)?.[1];
}

/** An example as a module: entry points by their files, and what its comments say as assertions. */
function moduleOf(code: string): string {
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
      return `from "${relative(FOLDER, join(root, entry)).replaceAll("\\", "/").replace(/\.ts$/, ".js")}"`;
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

/** Names differ in case alone, which some file systems do not tell apart. */
function pathOf(one: PublicExport): string {
  return join(FOLDER, `${DECLARATIONS.indexOf(one)}-${one.name}.ts`);
}

beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const one of DECLARATIONS) {
    const code = exampleOf(one.comment);
    if (code !== undefined) writeFileSync(pathOf(one), moduleOf(code));
  }
  writeFileSync(
    join(FOLDER, "tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.json", compilerOptions: { noUnusedLocals: false }, include: ["*.ts"] }),
  );
});

afterAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
});

describe("examples in doc comments", () => {
  it("should be there for every export", () => {
    expect(EXPORTS.length).toBeGreaterThan(90);
    const without = EXPORTS.filter(({ comment }) => exampleOf(comment) === undefined);
    expect(without.map(({ entry, name }) => `${entry} ${name}`)).toEqual([]);
  });

  it("should say what something gives, and use what they are for", () => {
    for (const { name, comment, declared } of DECLARATIONS) {
      const code = exampleOf(comment) ?? "";
      expect(code, name).toContain('from "weightproof');
      expect(code, name).toMatch(new RegExp(`\\b(?:${declared ?? name}|${name})\\b`));
      expect(code, name).toMatch(/\/\/ (?:=>|throws) |fc\.assert/);
    }
  });

  it("should have the types of the package", () => {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", FOLDER], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  it.each(DECLARATIONS.filter(({ comment }) => exampleOf(comment) !== undefined))(
    "should run for $name of $entry",
    async (one) => {
      await expect(import(pathToFileURL(pathOf(one)).href)).resolves.toBeDefined();
    },
  );
});
