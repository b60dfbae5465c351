/**
 * Every export of the package has an example in its doc comment that runs. A line of an example says what it gives or throws:
 * "EXPRESSION; // => VALUE", "EXPRESSION; // throws NAME". All examples are type-checked, too.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { root } from "../cli/run-cli.js";
import { exampleModule } from "./example-module.js";
import { ENTRIES, publicExports, type PublicExport } from "./public-exports.js";

/** Ignored by git and by the linters; a folder of the repository, so that the examples find its packages. */
const FOLDER = join(root, "reports", "examples");

const EXPORTS = Object.keys(ENTRIES)

  .flatMap(publicExports);
/** Each declaration once, though several entry points may export it. */
const DECLARATIONS = [
  ...new Map(EXPORTS.toReversed().map((one) => [`${one.file} ${one.declared ?? "*"}`, one])).values(),
];

/** The code of the example in a doc comment; undefined if there is none. */
function exampleOf(comment: string): string | undefined {
  return /^@example\n```ts\n([\s\S]*?)^```$/m.exec(comment)?.[1];
}

/** The code of the pages that show how to call the library. */
const SHOWN = ["README.md", "docs/library.md"].flatMap((page) =>
  [...readFileSync(join(root, page), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
    ([, code = ""], i) => [page, i + 1, code] as const,
  ),
);
const shownPath = (i: number): string => join(FOLDER, `shown-${i}.ts`);

/** Names differ in case alone, which some file systems do not tell apart. */
function pathOf(one: PublicExport): string {
  return join(FOLDER, `${DECLARATIONS.indexOf(one)}-${one.name}.ts`);
}

beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const one of DECLARATIONS) {
    const code = exampleOf(one.comment);
    if (code !== undefined) writeFileSync(pathOf(one), exampleModule(code, FOLDER));
  }
  for (const [i, [, , code]] of SHOWN.entries()) writeFileSync(shownPath(i), exampleModule(code, FOLDER));
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

describe("examples in documents", () => {
  it("should be shown", () => {
    expect(SHOWN.length).toBe(7);
  });

  it.each(SHOWN.map(([page, number], i) => [page, number, i] as const))(
    "should run: %s, block %i",
    async (_page, _number, i) => {
      const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
      await expect(import(pathToFileURL(shownPath(i)).href)).resolves.toBeDefined();
      log.mockRestore();
    },
  );
});
