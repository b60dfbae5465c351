/**
 * The corpus, as far as its cases end before anything is decided about numbers: of each paper's first statement every
 * fourth, of the others, which are read by the same code, every ninth. All are in test/slow/corpus.test.ts.
 */
import { describe, expect, it } from "vitest";
import { ROOMS } from "../../corpus/rooms.js";
import { expectAgreement, fileOf, FILES } from "./corpus.js";

/** Themes that are derived from schemas. */
const DERIVED = [
  "text",
  "spelling",
  "keys",
  "types",
  "strings",
  "lists",
  "constants",
  "digests",
  "networks",
  "precedence",
];

describe("both checkers on the corpus", () => {
  for (const { system, statements } of ROOMS) {
    for (const [s, statement] of Object.keys(statements).entries()) {
      for (const theme of DERIVED) {
        if (!FILES.some((file) => file.system === system && file.statement === statement && file.theme === theme))
          continue;
        it(`should say what is expected of ${system}, ${statement}, ${theme}`, () => {
          const every = s > 0 ? 9 : 4;
          expectAgreement(fileOf(system, statement, theme), every, theme.length % every);
        });
      }
    }
  }

  it("should be tried on every theme that is derived", () => {
    expect(DERIVED.filter((theme) => !FILES.some((file) => file.theme === theme))).toEqual([]);
  });
});
