/** Checkers that decide too little fail the corpus; and the corpus as a command for other checkers. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Case, Expected } from "../../corpus/case.js";
import { allows, isFalse, runCommand, runControls, writeCases } from "../../corpus/run.js";
import { FILES, fileOf, MATERIALIZER, ROOT } from "./corpus.js";

const CASES = FILES.flatMap(({ cases }) => [...cases]);
const caseOf = (id: string): Case => CASES.find((one) => one.id === id) as Case;

describe("controls", () => {
  it("should each let cases through: the less they decide, the more", () => {
    const found = runControls(
      MATERIALIZER,
      CASES.filter((_, i) => i % 29 === 0),
    );
    const accepted = found.map((one) => one.accepted);
    expect(accepted[0]).toBe(CASES.filter((one, i) => i % 29 === 0 && isFalse(one)).length);
    expect(accepted).toEqual(accepted.toSorted((a, b) => b - a));
    expect(new Set(accepted).size).toBe(accepted.length);
    expect(accepted.at(-1)).toBeGreaterThan(30);
  });
});

describe("the corpus for other checkers", () => {
  const text = fileOf("rcnn", "filter", "text").cases;
  const command = `node ${join(ROOT, "dist/cli/main.js")} check --json --with second`;

  it("should find nothing against the command line of this project", () => {
    const chosen = [
      text[0],
      text[1],
      ...text.filter(({ flags }) => flags.includes("NotText")).slice(0, 2),
      caseOf("rcnn-filter-counts-001"),
    ];
    expect(runCommand(command, MATERIALIZER, chosen as Case[])).toEqual([]);
  });

  it("should find what a command says wrongly, by verdict and by code", () => {
    const [control, empty] = text as [Case, Case];
    expect(runCommand("true", MATERIALIZER, [control])).toEqual([]);
    expect(runCommand("true {} #", MATERIALIZER, [empty])).toMatchObject([{ id: empty.id, said: "accepted" }]);
    expect(runCommand("false", MATERIALIZER, [empty])).toEqual([]);
    const other = `printf '{"code": "digest"}'; false`;
    expect(runCommand(other, MATERIALIZER, [empty])).toMatchObject([{ id: empty.id, said: "rejected (digest)" }]);
    expect(() => runCommand("exit 9;", MATERIALIZER, [empty])).toThrow("expected an exit code from 0 to 3, got 9");
  });

  it("should allow what FORMAT.md allows, and nothing else", () => {
    const accepted: Expected = { verdict: "accepted" };
    const undecided: Expected = { verdict: "undecided", limit: "mine" };
    const of = (flag: string): Case => CASES.find(({ flags }) => flags.includes(flag)) as Case;
    expect(allows(of("Leaves"), accepted)).toBe(true);
    expect(allows(of("WrongCount"), accepted)).toBe(false);
    expect(allows(of("WrongCount"), undecided)).toBe(false);
    expect(allows(of("OwnLimit"), undecided)).toBe(true);
    expect(allows(of("NotText"), { verdict: "rejected", codes: ["not-utf-8"] })).toBe(true);
    expect(allows(of("NotText"), accepted)).toBe(false);
    expect(allows(of("WrongCount"), { verdict: "unreadable" })).toBe(false);
  });

  it("should write every file, and what is expected of it", () => {
    const folder = mkdtempSync(join(tmpdir(), "weightproof-test-"));
    const files = [fileOf("rcnn", "filter", "constants"), fileOf("rcnn", "learning", "verdicts")];
    const count = files.reduce((sum, { cases }) => sum + cases.length, 0);
    expect(writeCases(folder, MATERIALIZER, files)).toBe(count);
    const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as {
      file: string;
      expected: Expected;
    }[];
    expect(readdirSync(folder)).toHaveLength(count + 1);
    expect(index[0]).toMatchObject({
      id: "rcnn-filter-constants-001",
      system: "rcnn",
      statement: "filter",
      expected: { verdict: "rejected", codes: ["schema"] },
    });
    const { input } = (files[0]?.cases ?? [])[0] as Case;
    expect(readFileSync(join(folder, index[0]?.file ?? "")).equals(MATERIALIZER.bytesOf(input))).toBe(true);
  });
});
