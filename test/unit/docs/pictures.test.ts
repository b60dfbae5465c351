/** The pictures are what scripts/pictures.mjs draws, and the one of the architecture says what the import table says. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import table from "../../../docs/import-directions.json" with { type: "json" };
import { root, scratch } from "../cli/run-cli.js";

const committed = (name: string): string => readFileSync(join(root, "docs/pictures", name), "utf8");

describe("pictures", () => {
  it("should be what the script draws", () => {
    const folder = scratch();
    const { status, stderr } = spawnSync(process.execPath, [join("scripts", "pictures.mjs"), folder], {
      cwd: root,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, ""]);
    for (const name of ["architecture.svg", "bb4.svg"])
      expect(readFileSync(join(folder, name), "utf8"), `${name}: npm run pictures`).toBe(committed(name));
  });

  it("should have an arrow, or several one after the other, for each import that the table allows", () => {
    const arrows = [...committed("architecture.svg").matchAll(/data-from="(\w+)" data-to="(\w+)"/g)];
    const targets = (folder: string): string[] =>
      arrows.filter(([, from]) => from === folder).map(([, , to = ""]) => to);
    const reached = (folder: string): string[] => targets(folder).flatMap((to) => [to, ...reached(to)]);
    for (const [folder, { folders }] of Object.entries(table)) {
      expect([folder, ...reached(folder)]).toEqual(expect.arrayContaining(folders));
      expect(folders).toEqual(expect.arrayContaining(targets(folder)));
      // None of the arrows follows from others.
      for (const to of targets(folder))
        expect(targets(folder).flatMap((other) => (other === to ? [] : reached(other)))).not.toContain(to);
    }
    expect(arrows.length).toBeGreaterThan(14);
  });
});
