import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../cli/run-cli.js";
import { assertOutput, COMMANDS, schemaName } from "../output-schemas/validate.js";

const page = readFileSync(join(root, "docs/output.md"), "utf8");
const sections = page.split(/^## /m).slice(1);

describe("docs/output.md", () => {
  it("should have a line of the table and a section for every command with a schema", () => {
    const listed = [...page.matchAll(/^\| `([a-z-]+)` +\| `([a-z.-]+)`/gm)].map(([, command, schema]) => [
      command,
      schema,
    ]);
    expect(listed.toSorted()).toEqual(COMMANDS.map((command) => [command, schemaName(command)]).toSorted());
    expect(sections.map((section) => section.split("\n")[0]).toSorted()).toEqual(COMMANDS.toSorted());
  });

  it("should show JSON of the command's schema wherever it shows all of it", () => {
    let shown = 0;
    for (const section of sections) {
      const [command = ""] = section.split("\n");
      for (const [, text = ""] of section.matchAll(/^```json\n([\s\S]*?)^```$/gm)) {
        assertOutput(command, JSON.parse(text));
        shown++;
      }
    }
    expect(shown).toBe(10);
  });
});
