import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonOf, scratch, weightproof } from "../cli/run-cli.js";

describe("weightproof audit", () => {
  it("should explain single claims, and print nothing else off a terminal", () => {
    const { status, stdout, stderr } = weightproof("audit", "start-corner-that-is-not", "def-3");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^weightproof: .*start-corner-that-is-not.*there is no such claim.*\n$/);
    const one = weightproof("audit", "b2-tm-left");
    expect([one.status, one.stderr]).toEqual([0, ""]);
    expect(one.stdout).toMatch(/^b2-tm-left: holds as amended\n/);
  });

  it("should check, print JSON and write a page", () => {
    const checked = weightproof("audit", "def-3", "b2-padding-value", "--check");
    expect([checked.status, checked.stdout]).toEqual([0, "accepted: all 2 verdicts follow from their evidence\n"]);
    const page = join(scratch(), "audit.html");
    const json = weightproof("audit", "def-3", "--json", "--html", page);
    expect(jsonOf(json)).toMatchObject({ verdict: "accepted", counts: { "holds by argument": 1 } });
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });
});

describe("weightproof audit search", () => {
  it("should run a shard on worker threads, and continue its file to the same bytes", () => {
    const folder = scratch();
    const [fresh, again] = [join(folder, "fresh.json"), join(folder, "again.json")];
    const run = weightproof("audit", "search", "one-state", "--shard", "2/9000", "--out", fresh, "--workers", "1");
    expect([run.status, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toMatch(/^shard 2\/9000 of one-state: 3 machines, \d different learners\n$/);
    const none = readFileSync(fresh, "utf8")
      .replace(/"done": 3/, '"done": 0')
      .replace(/"predictions": \[[\s\S]*\]/, '"predictions": []');
    writeFileSync(again, none);
    expect(
      weightproof("audit", "search", "one-state", "--shard", "2/9000", "--out", again, "--workers", "0").status,
    ).toBe(0);
    expect(readFileSync(again, "utf8")).toBe(readFileSync(fresh, "utf8"));
    const other = weightproof("audit", "search", "one-state", "--shard", "3/9000", "--out", again);
    expect([other.status, other.stderr]).toEqual([2, `weightproof: ${again}: holds shard 2/9000 of one-state\n`]);
    const merged = weightproof("audit", "merge", fresh);
    expect([merged.status, merged.stderr]).toEqual([2, "weightproof: expected 9000 shards, got 1\n"]);
  });

  it("should refuse what it cannot read", () => {
    const file = join(scratch(), "x.json");
    writeFileSync(file, "{}");
    const bad = [
      weightproof("audit", "search", "no-class"),
      weightproof("audit", "search", "one-state", "--shard", "3/2"),
      weightproof("audit", "search", "one-state", "--shard", "x"),
      weightproof("audit", "merge", file),
      weightproof("audit", "merge", `${file}.missing`),
    ];
    for (const { status, stdout, stderr } of bad) {
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^weightproof: [^\n]+\n$/);
    }
    expect(existsSync(`${file}.missing`)).toBe(false);
  });
});
