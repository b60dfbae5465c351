/** Data flows machine -> spec -> construction -> checker -> certificate -> execution; imports may not flow back. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import table from "../../docs/import-directions.json" with { type: "json" };

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Which top-level folders, and which packages, each folder may import; docs/architecture.md draws it. */
const ALLOWED: Readonly<
  Record<string, { readonly folders: readonly string[]; readonly packages?: readonly string[] }>
> = table;

/** The room of a paper, in a path. */
const ROOM = /\/(?:rcnn|wei-chen-ma|abbe-sandon|welper)\//;

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g;

/** A source without its block comments: their examples import from the package. */
function sourceOf(file: string): string {
  return readFileSync(join(root, file), "utf8").replaceAll(/^ *\/\*\*[\s\S]*?\*\/$/gm, "");
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/(?:^|\/)(?:node_modules|dist)\//.test(name))
    .map((name) => join(folder, name));
}

describe("import directions", () => {
  for (const [folder, { folders, packages }] of Object.entries(ALLOWED)) {
    it(`should keep ${folder}/ to ${folders.join(", ")}`, () => {
      const files = sources(folder);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        for (const [, target = ""] of sourceOf(file).matchAll(IMPORT)) {
          if (target.startsWith("node:")) continue;
          if (target.startsWith(".")) {
            const top = relative(root, resolve(root, dirname(file), target)).split("/")[0];
            expect(folders, `${file} imports ${target}`).toContain(top);
          } else if (packages !== undefined) {
            expect(packages, `${file} imports ${target}`).toContain(target);
          }
        }
      }
    });
  }

  it("should have no circles", () => {
    const importsOf = (file: string): string[] =>
      [...sourceOf(file).matchAll(IMPORT)]
        .map(([, target = ""]) => target)
        .filter((target) => target.startsWith("."))
        .map((target) => relative(root, resolve(root, dirname(file), target)).replace(/\.js$/, ".ts"));
    const state = new Map<string, "open" | "done">();
    const visit = (file: string, path: readonly string[]): void => {
      expect(state.get(file), [...path, file].join(" -> ")).not.toBe("open");
      if (state.has(file) || !existsSync(join(root, file))) return;
      state.set(file, "open");
      for (const target of importsOf(file)) visit(target, [...path, file]);
      state.set(file, "done");
    };
    for (const folder of Object.keys(ALLOWED)) for (const file of sources(folder)) visit(file, []);
    expect(state.size).toBeGreaterThan(300);
  });

  it("should keep checkers/second/ to itself, and what papers share from what they do not", () => {
    const files = sources("checkers/second");
    expect(files).toContain(join("checkers/second", "check.ts"));
    for (const file of files) {
      const targets = [...sourceOf(file).matchAll(IMPORT)].map(([, target]) => target);
      for (const target of targets) {
        expect(target, file).toMatch(/^\.\/[a-z0-9-]+\.js$/);
        if (!/\/(?:check|(?:rcnn|wei-chen-ma)[a-z0-9-]*)\.ts$/.test(file))
          expect(target, file).not.toMatch(/rcnn|wei-chen-ma|check/);
      }
    }
  });

  it("should keep definitions, checkers, certificates and constructions free of Node, with all that they import", () => {
    const pending = ["spec", "checkers", "certificates", "construction"].flatMap(sources);
    const seen = new Set(pending);
    for (const file of pending) {
      const text = sourceOf(file);
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").replaceAll(IMPORT, "");
      expect(
        code.match(/\b(?:Buffer|__dirname|__filename|require)\b|\bprocess\.|\beval\(|\bnew Function\b/)?.[0],
        file,
      ).toBe(undefined);
      for (const [, target = ""] of text.matchAll(IMPORT)) {
        expect(target, file).not.toMatch(/^node:/);
        if (!target.startsWith(".") || target.endsWith(".json")) continue;
        const found = join(dirname(file), target).replace(/\.js$/, ".ts");
        if (!seen.has(found)) pending.push(found);
        seen.add(found);
      }
    }
    expect(pending).toContain(join("inputs", "yaml-tree.ts"));
  });

  it("should keep the command line, and what systems share, out of the rooms of papers", () => {
    const neutral = sources("systems").filter((file) => /^systems\/[\w-]+\.ts$/.test(file));
    const presenting = ["systems/rcnn.ts", "systems/wei-chen-ma.ts", "systems/welper.ts", "systems/check.ts"];
    expect(neutral).toEqual(expect.arrayContaining([...presenting, "systems/system.ts", "systems/choose.ts"]));
    for (const file of [...sources("cli"), ...neutral.filter((one) => !presenting.includes(one))]) {
      for (const [, target = ""] of sourceOf(file).matchAll(IMPORT)) expect(target, file).not.toMatch(ROOM);
    }
  });

  it("should keep the engines of corpus, fuzz, audit and arbitraries out of the rooms of papers", () => {
    // The files that list the papers.
    const lists = ["corpus/rooms.ts", "fuzz/targets.ts", "arbitraries/index.ts"];
    for (const folder of ["corpus", "fuzz", "audit", "arbitraries"]) {
      const engine = sources(folder).filter((file) => !ROOM.test(file));
      expect(engine.length, folder).toBeGreaterThan(2);
      for (const file of engine.filter((one) => !lists.includes(one))) {
        for (const [, target = ""] of sourceOf(file).matchAll(IMPORT)) expect(target, file).not.toMatch(ROOM);
      }
    }
    for (const list of lists) expect(readFileSync(join(root, list), "utf8")).toMatch(ROOM);
  });

  it("should keep what is written for SMT solvers from the checkers, of which they are to be independent", () => {
    const files = sources("exports").filter((file) => /\/smt[/-]/.test(file));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      for (const [, target = ""] of sourceOf(file).matchAll(IMPORT)) {
        if (target.startsWith("node:")) continue;
        const found = relative(root, resolve(root, dirname(file), target));
        expect(found, file).toMatch(
          /^(?:spec|certificates)\/|^exports\/(?:export-[a-z]+\.js$|smt\/|rcnn\/smt-|wei-chen-ma\/exported-circuit\.js$)/,
        );
      }
    }
  });

  it("should keep the first checker and the definitions from importing the second", () => {
    for (const folder of ["spec", "certificates", "checkers/rcnn", "checkers/networks", "checkers/wei-chen-ma"]) {
      for (const file of sources(folder)) {
        for (const [, target = ""] of sourceOf(file).matchAll(IMPORT)) expect(target, file).not.toMatch(/\/second\//);
      }
    }
  });
});
