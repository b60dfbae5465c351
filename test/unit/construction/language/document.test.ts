import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compileProgram } from "../../../../construction/language/compile.js";
import { MAX_FLAT_STATES } from "../../../../construction/language/flatten.js";
import * as language from "../../../../construction/language/statement.js";
import { leave, left, loop, onSymbol, program, right, write } from "../../../../construction/language/statement.js";
import { MAX_STATES } from "../../../../inputs/input-limits.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");
const document = readFileSync(join(root, "docs", "language.md"), "utf8");

const seek = program(
  "seek",
  "Goes right to the first -1, turns it into +1 and comes back to the blank on the left",
  loop("out", onSymbol({ minus: leave("out") }), right),
  write(1),
  loop("home", onSymbol({ blank: leave("home") }), left),
);

describe("docs/language.md", () => {
  it("should show the example as it compiles", () => {
    const { listing, machine } = compileProgram(seek);
    const shown = /<!-- listing -->\n\n```text\n([^`]*)\n```/.exec(document)?.[1];
    expect(shown).toBe(listing.map((line, i) => `${String(i + 1).padStart(2)} | ${line}`).join("\n"));
    expect(document).toContain(
      `has the states ${machine.states
        .slice(0, -1)
        .map((s) => `\`${s}\``)
        .join(", ")} and`,
    );
    expect(document).toContain('loop("home", onSymbol({ blank: leave("home") }), left)');
  });

  it("should name every statement of the language", () => {
    const other = new Set(["SYMBOL_VALUES", "symbolOfValue", "symbolsOf", "isName", "program"]);
    for (const name of Object.keys(language)) {
      if (!other.has(name)) expect(document, name).toMatch(new RegExp(`\\b${name}\\b`));
    }
  });

  it("should state the limits as they are", () => {
    for (const limit of [MAX_FLAT_STATES, MAX_STATES]) expect(document).toContain(limit.toLocaleString("en-US"));
  });
});
