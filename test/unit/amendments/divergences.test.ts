/** What documents and comments say of amendments. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { AMENDMENTS, FAMILY_AMENDMENTS } from "../../../amendments/rcnn/index.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

describe("docs/divergences.md", () => {
  const text = readFileSync(join(root, "docs/divergences.md"), "utf8");

  it("should list exactly the amendments of the code, in the same order, four cells each", () => {
    const rows = text.split("\n").filter((line) => line.startsWith("| `"));
    const ids = rows.map((row) => /^\| `([^`]+)`/.exec(row)?.[1]);
    expect(ids).toEqual(FAMILY_AMENDMENTS.map(({ id }) => id));
    for (const row of rows) {
      const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
      expect(cells).toHaveLength(7);
      for (const cell of cells.slice(1, 6)) expect(cell).not.toBe("");
    }
  });

  it("should name only ids that exist", () => {
    const known = new Set(AMENDMENTS.map(({ id }) => id));
    const named = [...text.matchAll(/`([LC]\d-\d+)`/g)].map(([, id]) => id);
    expect(named.length).toBeGreaterThan(0);
    for (const id of named) expect(known).toContain(id);
  });
});

describe("comments in the code", () => {
  it("should refer to amendments that exist", () => {
    const known = new Set(AMENDMENTS.map(({ id }) => id));
    const reference =
      /\bamendments? ((?:[a-z0-9]+(?:-[a-z0-9]+)+|[LC]\d-\d+)(?:(?:, | and )(?:[a-z0-9]+(?:-[a-z0-9]+)+|[LC]\d-\d+))*)/g;
    const named: string[] = [];
    for (const folder of ["spec", "construction", "checkers", "certificates", "execution", "arbitraries"]) {
      for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
        if (!name.endsWith(".ts")) continue;
        const comments = readFileSync(join(root, folder, name), "utf8").replaceAll(/\n\s*\* ?/g, " ");
        for (const [, ids = ""] of comments.matchAll(reference)) {
          for (const id of ids.split(/, | and /)) {
            named.push(id);
            expect(known, `${folder}/${name} names ${id}`).toContain(id);
          }
        }
      }
    }
    expect(named).toContain("digit-zero");
    expect(named).toContain("state-digits");
    expect(named).toContain("head-cell");
  });
});
