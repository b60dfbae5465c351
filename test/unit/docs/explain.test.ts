import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root, weightproofHere } from "../cli/run-cli.js";

const page = readFileSync(join(root, "docs/explain.md"), "utf8");

describe("docs/explain.md", () => {
  it("should show what the command prints", async () => {
    const [, address = "", shown] =
      /^\$ npx weightproof explain certificates\/bb2\.json '(.+)'\n([\s\S]*?)^```$/m.exec(page) ?? [];
    const { stdout } = await weightproofHere("explain", join(root, "certificates/bb2.json"), address);
    expect(shown).toBe(stdout.replace(join(root, "certificates/bb2.json"), "certificates/bb2.json"));
  });

  it("should explain every label that is printed", async () => {
    const labels = new Set<string>();
    for (const address of ["V1[3]", "V2[5]", "V3[13]", "V3[9][3]", "V4[2]", "U2[1]"]) {
      const { stdout } = await weightproofHere("explain", join(root, "certificates/bb2.json"), address);
      for (const [, label = ""] of stdout.matchAll(/^ {2}([a-z][a-z -]*?)(?: {2,}|:$)/gm)) labels.add(label);
    }
    for (const label of labels) {
      if (label !== "note" && label !== "holds") expect(page).toContain(`\n| \`${label}\` `);
    }
    expect(labels.size).toBeGreaterThan(10);
  });
});
