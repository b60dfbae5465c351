/** Both checkers on what the corpus of recodings has beyond the themes that are derived, all of it. */
import { describe, it } from "vitest";
import { expectAgreement, fileOf } from "./corpus.js";

describe("both checkers on the corpus of recodings", () => {
  for (const theme of ["machines", "correspondence", "steps", "runs", "limits"]) {
    it(`should say what is expected of ${theme}`, () => expectAgreement(fileOf("rcnn", "recoding", theme)));
  }
});
