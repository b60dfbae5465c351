/** docs/trust.md and FORMAT.md on the second checker. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { AMENDMENTS_IN_FORCE } from "../../../../spec/rcnn/amendments-in-force.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const checker = readdirSync(join(root, "checkers/second"))
  .map((name) => read(`checkers/second/${name}`))
  .join("");
const files = readdirSync(join(root, "checkers/second")).length;

/** A constant of the checker, as documents write it. */
function limit(name: string): string {
  const [, text = ""] = new RegExp(`const ${name} = ([0-9_ *]+);`).exec(checker) ?? [];
  const value = text.split("*").reduce((product, factor) => product * Number(factor.replaceAll("_", "")), 1);
  return value.toLocaleString("en-US");
}

describe("docs/trust.md", () => {
  const trust = read("docs/trust.md");

  it("should count the lines of the second checker", () => {
    const [, stated, lines] = /(\d+) files of ([\d,]+) lines/.exec(trust.replaceAll("\n", " ")) ?? [];
    expect(Number(stated)).toBe(files);
    expect(lines).toBe((checker.split("\n").length - 1).toLocaleString("en-US"));
  });

  it("should state the limits of the second checker", () => {
    expect(trust.replaceAll(/ +/g, " ")).toContain(
      `| sums of the second checker, for a text of up to ${limit("TEXT_UNIT")} characters | ${limit("MAX_WORK")} |`,
    );
    expect(trust).toContain(limit("MAX_CHARACTERS"));
    expect(trust).toContain(limit("MAX_REPLAY_CELLS"));
  });
});

describe("certificates/FORMAT.md", () => {
  const format = read("certificates/FORMAT.md").replaceAll(/\s+/g, " ");

  it("should list the amendments in force, in their order", () => {
    expect(format).toContain(AMENDMENTS_IN_FORCE.map((id) => `\`${id}\``).join(", "));
  });

  it("should name every code of the second checker, and its limits with their values", () => {
    const [, codes = ""] = /export type FilterCode =([^;]*);/.exec(checker) ?? [];
    const names = [...codes.matchAll(/"([a-z-]+)"/g)].map(([, name]) => name);
    expect(names).toHaveLength(24);
    for (const name of names) expect(format).toContain(`\`${name}\``);
    const [, more = ""] = /export type LearningCode =([^;]*);/.exec(checker) ?? [];
    const learning = read("certificates/LEARNING.md");
    for (const [, name] of more.matchAll(/"([a-z-]+)"/g)) expect(learning).toContain(`\`${name}\``);
    for (const name of ["MAX_LETTERS", "MAX_WORK", "MAX_HELD", "TEXT_UNIT", "MAX_REPLAY_CELLS", "COST_PER_HEAD"])
      expect(format).toContain(limit(name));
  });
});
