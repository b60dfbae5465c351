import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { boundTable, sizeTable, stepTable } from "../../../../bench/learner-tables.js";
import { replaceTables } from "../../../../bench/markdown-tables.js";
import { learners } from "../../../../construction/learners/learners.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");
const document = readFileSync(join(root, "docs", "learners.md"), "utf8");

describe("docs/learners.md", () => {
  it("should hold the tables that its program writes", () => {
    const tables = { sizes: sizeTable(), bounds: boundTable(), steps: stepTable() };
    expect(replaceTables(document, tables)).toBe(document);
  });

  it("should say what every learner answers", () => {
    for (const { name } of learners) expect(document).toContain(`| \`${name}\``);
  });
});

describe("replaceTables", () => {
  it("should replace a table and leave everything else", () => {
    expect(replaceTables("a\n<!-- t -->\nold\n<!-- end -->\nb\n", { t: ["new"] })).toBe(
      "a\n<!-- t -->\n\nnew\n\n<!-- end -->\nb\n",
    );
    expect(() => replaceTables("a", { t: [] })).toThrow('replaceTables: expected a place for table "t"');
  });
});
