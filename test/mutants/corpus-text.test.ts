/** The corpus, as far as its cases end before anything is decided about numbers: every one of them. */
import { describe, it } from "vitest";
import { expectAgreement, fileOf } from "./corpus.js";

describe("both checkers on the corpus", () => {
  for (const theme of ["text", "spelling", "keys", "types", "strings", "constants", "digests"]) {
    it(`should say what is expected of ${theme}`, () => {
      expectAgreement(fileOf("filter", theme));
    });
  }
});
