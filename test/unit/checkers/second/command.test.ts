/** weightproof check --with */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonOf, scratch, weightproofHere } from "../../cli/run-cli.js";
import { forged, put, TINY_TEXT } from "./forge.js";

const folder = scratch();
function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
const good = fileOf("good.json", TINY_TEXT);
const bad = fileOf("bad.json", TINY_TEXT.slice(1));
const leaves = fileOf(
  "leaves.json",
  forged((json) => put(json, ["verdicts", "function", "leaves"], 1), TINY_TEXT),
);
const large = fileOf(
  "large.json",
  forged((json) => put(json, ["verdicts", "replay", 0, "layers"], 10 ** 9), TINY_TEXT),
);

describe("weightproof check --with", () => {
  it("should ask the first checker unless told otherwise", async () => {
    const [first, none] = [
      await weightproofHere("check", leaves, "--with", "first"),
      await weightproofHere("check", leaves),
    ];
    expect(none).toEqual(first);
    expect(first.status).toBe(1);
  });

  it("should ask the second checker, and say what it leaves alone", async () => {
    const result = await weightproofHere("check", leaves, "--with", "second");
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(
      /^accepted: .*leaves\.json \(second checker; not decided: verdicts\.function\.leaves\)\n$/,
    );
    expect(jsonOf(await weightproofHere("check", good, "--with", "second", "--json"))).toEqual({
      verdict: "accepted",
      leftAlone: ["verdicts.function.leaves"],
    });
    const rejected = await weightproofHere("check", bad, "--with", "second");
    expect(rejected.status).toBe(1);
    expect(rejected.stdout).toMatch(/^rejected: .*bad\.json \(second checker\): not-json: .*\n$/);
  });

  it("should accept with both what both accept", async () => {
    const result = await weightproofHere("check", good, "--with", "both");
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(/^accepted: .*good\.json: tiny, by both checkers\n/);
    expect(jsonOf(await weightproofHere("check", good, "--with", "both", "--json"))).toMatchObject({
      verdict: "accepted",
      first: { verdict: "accepted", name: "tiny" },
      second: { verdict: "accepted" },
    });
  });

  it("should reject with both what one of them rejects, and show what each says", async () => {
    const one = await weightproofHere("check", leaves, "--with", "both");
    expect(one.status).toBe(1);
    expect(one.stdout).toMatch(/^rejected: .* \(first checker\): counts at verdicts\.function\.leaves/);
    expect(one.stdout).toMatch(/\naccepted: .* \(second checker\)\n$/);
    const two = await weightproofHere("check", bad, "--with", "both", "--json");
    expect(two.status).toBe(1);
    expect(jsonOf(two)).toMatchObject({
      verdict: "rejected",
      first: { verdict: "rejected", code: "not-json" },
      second: { verdict: "rejected", code: "not-json" },
    });
  });

  it("should leave undecided what both leave undecided", async () => {
    const result = await weightproofHere("check", large, "--with", "both");
    expect(result.status).toBe(3);
    expect(result.stdout.match(/limit replay-cells/g)).toHaveLength(2);
  });

  it("should know no other checker", async () => {
    const result = await weightproofHere("check", good, "--with", "third");
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/first, second, both/);
  });
});
