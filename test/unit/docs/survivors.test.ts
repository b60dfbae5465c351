/** The groups of mutants, and the lists of those that survive, against the files that there are. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";

interface Group {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  readonly survivors: string;
}

interface Entry {
  readonly file: string;
  readonly mutants: readonly object[];
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const module = join(root, "test/mutation/groups.mjs");
const { GROUPS } = (await import(module)) as { readonly GROUPS: Readonly<Record<string, Group>> };
const groups = Object.entries(GROUPS);

describe("the groups of mutants", () => {
  it("should explain only survivors of files that are there", () => {
    let count = 0;
    for (const [, { survivors }] of groups.filter(([, group]) => existsSync(join(root, group.survivors)))) {
      for (const { file, mutants } of parse(readFileSync(join(root, survivors), "utf8")) as readonly Entry[]) {
        expect(existsSync(join(root, file)), `${survivors}: ${file}`).toBe(true);
        count += mutants.length;
      }
    }
    expect(count).toBeGreaterThan(250);
  });

  it("should have no list of survivors that belongs to none of them", () => {
    const known = new Set(groups.map(([, { survivors }]) => survivors));
    for (const room of ["shared", "rcnn"])
      for (const name of readdirSync(join(root, "test/mutation", room, "survivors")))
        expect(known).toContain(`test/mutation/${room}/survivors/${name}`);
  });

  it("should name the figures of each in docs/mutation.md", () => {
    const text = readFileSync(join(root, "docs/mutation.md"), "utf8");
    expect(groups.map(([name]) => name).filter((name) => !text.includes(`| ${name} `))).toEqual([]);
  });
});
