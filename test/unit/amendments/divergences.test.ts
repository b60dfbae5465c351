/** What documents and comments say of amendments. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Amendment } from "../../../amendments/amendment.js";
import { AMENDMENTS, FAMILY_AMENDMENTS } from "../../../amendments/rcnn/index.js";
import { SYSTEMS } from "../../../systems/index.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

/** The amendments of each system, from the room of its id. */
const ROOMS = await Promise.all(
  SYSTEMS.map(async ({ id }) => {
    const room = (await import(`../../../amendments/${id}/index.ts`)) as { readonly AMENDMENTS: readonly Amendment[] };
    return { id, amendments: room.AMENDMENTS };
  }),
);

describe("the amendments of every system", () => {
  it("should each have a row of a table in docs/, and an id of their own", () => {
    const documents = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".md"),
    );
    const rows = documents.flatMap((name) =>
      [...readFileSync(join(root, "docs", name), "utf8").matchAll(/^\| `?([A-Za-z0-9-]+)`? +\|/gm)].map(([, id]) => id),
    );
    for (const { id, amendments } of ROOMS) {
      expect(amendments.length, id).toBeGreaterThan(0);
      // Those without a family of instances may be told in prose.
      const listed = amendments.filter((one) => "instances" in one).map((one) => one.id);
      expect(listed.filter((one) => !rows.includes(one))).toEqual([]);
    }
    const ids = ROOMS.flatMap(({ amendments }) => amendments.map((one) => one.id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

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
    const known = new Set(ROOMS.flatMap(({ amendments }) => amendments.map(({ id }) => id)));
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
