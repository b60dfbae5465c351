/** Every file that a document names is there, and the documents that newcomers read first fit into 100 columns. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../cli/run-cli.js";

const markdown = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));

const PAGES = [
  ".",
  "docs",
  "docs/decisions",
  "docs/wei-chen-ma",
  "certificates",
  "certificates/wei-chen-ma",
  "corpus",
  "proofs",
].flatMap(markdown);
const TOP = new Set(readdirSync(root));

/** What a page links to inside the repository, relative to the root, without anchors. */
function links(page: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^(?:https?:|mailto:|#)/.test(target))
    .map((target) => join(dirname(page), target.replace(/#.*$/, "")));
}

/** Paths in code spans that begin in a folder of the repository, or are files of its root; none with a placeholder. */
function spans(text: string): string[] {
  return [...text.replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/`([\w.@/-]+)`/g)]
    .map(([, span = ""]) => span)
    .filter((span) => (span.includes("/") ? TOP.has(span.split("/")[0] as string) : /\.(?:json|md|ts|mjs)$/.test(span)))
    .filter((span) => span.includes("/") || TOP.has(span))
    .filter(
      (span) => !/(?:^|\/)(?:dist|node_modules|reports|build)\//.test(span) && !/\b(?:ID|NAME|FILE|GROUP)\b/.test(span),
    );
}

/** The headings of a page as anchors, as GitHub makes them. */
function anchors(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

describe("documents", () => {
  it("should be found, and name many files", () => {
    const texts = PAGES.map((page) => [page, readFileSync(join(root, page), "utf8")] as const);
    expect(PAGES).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "docs/architecture.md"]));
    expect(texts.flatMap(([page, text]) => links(page, text)).length).toBeGreaterThan(50);
    expect(texts.flatMap(([, text]) => spans(text)).length).toBeGreaterThan(50);
  });

  it.each(PAGES)("should name only files that are there: %s", (page) => {
    const text = readFileSync(join(root, page), "utf8");
    expect(links(page, text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(spans(text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it.each(PAGES)("should link to headings that are there: %s", (page) => {
    const text = readFileSync(join(root, page), "utf8");
    for (const [, target = "", anchor = ""] of text.matchAll(/\]\(([^)\s#]*)#([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const there = target === "" ? text : readFileSync(join(root, dirname(page), target), "utf8");
      expect([...anchors(there)], `${page}: ${target}#${anchor}`).toContain(anchor);
    }
  });

  const first = ["architecture", "commands", "figures", "glossary", "library"].map((name) => `docs/${name}.md`);
  it.each(["README.md", "CONTRIBUTING.md", ...first])(
    "should fit into 100 columns but for tables and links: %s",
    (page) => {
      const wide = readFileSync(join(root, page), "utf8")
        .split("\n")
        .filter((line) => [...line].length > 100 && !line.startsWith("|") && !/\]\(\S+\)/.test(line));
      expect(wide).toEqual([]);
    },
  );
});

describe("comments in the sources", () => {
  const skipped = new Set(["node_modules", "dist", "docs-tool", "reports", "coverage", ".git"]);
  const below = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      if (skipped.has(entry.name)) return [];
      const path = join(folder, entry.name);
      return entry.isDirectory() ? below(path) : [path];
    });
  const files = below(".");
  const names = new Set(files.map((path) => basename(path)));

  it("should name only sources that are there", () => {
    const sources = files.filter((path) => /\.(?:ts|mjs)$/.test(path) && !/^(?:test)\//.test(path));
    expect(sources.length).toBeGreaterThan(250);
    for (const source of sources) {
      const comments = readFileSync(join(root, source), "utf8").match(/^\s*(?:\/\*\*|\*|\/\/).*$/gm) ?? [];
      for (const [, path = ""] of comments.join("\n").matchAll(/(?<![\w/.-])((?:[\w-]+\/)*[\w-]+\.(?:ts|mjs))\b/g)) {
        if (/\bNAME\b/.test(path)) continue;
        expect(names, `${source}: ${path}`).toContain(basename(path));
        if (TOP.has(path.split("/")[0] as string))
          expect(existsSync(join(root, path)), `${source}: ${path}`).toBe(true);
      }
    }
  });
});
