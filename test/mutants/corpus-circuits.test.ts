/** Both checkers on what the corpus of circuits' networks has beyond the themes that are derived, all of it. */
import { describe, it } from "vitest";
import { expectAgreement, fileOf } from "./corpus.js";

describe("both checkers on the corpus of circuits", () => {
  for (const theme of ["parts", "shapes", "numbers", "claims", "induction"]) {
    it(`should say what is expected of ${theme}`, () => {
      expectAgreement(fileOf("wei-chen-ma", "circuit", theme));
    });
  }
});
