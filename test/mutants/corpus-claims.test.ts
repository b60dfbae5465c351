/** The corpus, where checkers decide what is claimed: every fifth case here, all of them in test/slow/corpus.test.ts. */
import { describe, it } from "vitest";
import { expectAgreement, fileOf } from "./corpus.js";

describe("both checkers on the corpus of filters", () => {
  for (const theme of ["code", "transplants", "machines", "weights", "filters", "heads", "runs", "counts", "order"]) {
    it(`should say what is expected of ${theme}`, () => {
      expectAgreement(fileOf("rcnn", "filter", theme), 5, theme.length % 5);
    });
  }
});
