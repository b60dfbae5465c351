/** The one text of a value, as the second checker prints it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCertificateAgain } from "../../../../checkers/second/check.js";
import { fates } from "./both.js";
import { forged, put, TINY_TEXT } from "./forge.js";

const ACCEPTED = { verdict: "accepted", leftAlone: ["verdicts.function.leaves"] };

describe("the layout of certificates", () => {
  it("should accept a certificate whatever its name, its notes and the names of its layers are, as the first does", () => {
    const line = fc.string({ unit: "grapheme", minLength: 1, maxLength: 150 });
    const text = fc.string({
      unit: fc.constantFrom("a", '"', "\\", "\n", "\t", "é", "\u{1f600}", "\u2028"),
      maxLength: 130,
    });
    fc.assert(
      fc.property(line, text, text, line, (name, about, source, layer) => {
        const certificate = forged((json) => {
          put(json, ["source", "name"], name);
          put(json, ["machine", "name"], name);
          put(json, ["source", "about"], about);
          put(json, ["source", "source"], source);
          put(json, ["filter", "layers", 2, "name"], layer);
        }, TINY_TEXT);
        const [first, second] = fates(certificate);
        expect(second).toBe(first);
        expect(["accepted", "schema", "network"]).toContain(first);
      }),
      { numRuns: 30 },
    );
  });

  it("should break lines where they pass 120 characters, and not before", () => {
    // The line of the note is: four spaces, the key, a colon, a space, the note in quotes, a comma.
    for (let length = 100; length < 110; length++) {
      const text = forged((json) => put(json, ["source", "about"], "x".repeat(length)), TINY_TEXT);
      expect(checkCertificateAgain(text), `${length}`).toEqual(ACCEPTED);
    }
    // Lists of states on one line and on many.
    const reached = new Set<boolean>();
    for (let length = 60; length < 140; length += 4) {
      const name = "x".repeat(length);
      const text = forged((json) => {
        put(json, ["source", "states"], [name]);
        put(json, ["source", "start"], name);
        put(json, ["source", "table", 0, 0], name);
        for (const e of [0, 1, 2]) put(json, ["source", "table", 0, 1, e, 3], name);
        put(json, ["machine", "states", 1], name);
      }, TINY_TEXT);
      reached.add(text.includes(`\n    "states": ["${name}"],\n`));
      expect(checkCertificateAgain(text), `${length}`).toEqual(ACCEPTED);
    }
    expect(reached).toEqual(new Set([true, false]));
  });
});
