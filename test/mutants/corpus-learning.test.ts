/** The corpus of learning runs: all that ends early, and every fifth case of the rest; all in test/slow/corpus.test.ts. */
import { describe, it } from "vitest";
import { expectAgreement, fileOf } from "./corpus.js";

describe("the first checker on the corpus of learning runs", () => {
  for (const theme of ["text", "keys", "types", "parts"]) {
    it(`should say what is expected of ${theme}`, () => {
      expectAgreement(fileOf("learning", theme));
    });
  }

  for (const theme of ["networks", "runs", "verdicts"]) {
    it(`should say what is expected of ${theme}`, () => {
      expectAgreement(fileOf("learning", theme), 5, theme.length % 5);
    });
  }
});
