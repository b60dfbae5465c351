/** The corpus, where checkers decide what is claimed: every fifth case here, all of them in test/slow/corpus.test.ts. */
import { describe, it } from "vitest";
import { expectAgreement, fileOf } from "./corpus.js";

describe("both checkers on the corpus", () => {
  for (const theme of [
    "transplants",
    "machines",
    "networks",
    "weights",
    "filters",
    "heads",
    "runs",
    "counts",
    "order",
  ]) {
    it(`should say what is expected of ${theme}`, () => {
      expectAgreement(fileOf("filter", theme), 5, theme.length % 5);
    });
  }
});
