/** The corpus of learning runs: some of what knows the paper; all of it in test/slow/corpus.test.ts. */
import { describe, it } from "vitest";
import { expectAgreement, fileOf } from "./corpus.js";

/** Every n-th case: parts are decided at once, the others by deciding a filter. */
const EVERY: Readonly<Record<string, number>> = {
  parts: 1,
  filters: 7,
  sources: 11,
  runs: 15,
  verdicts: 15,
  found: 1,
};

describe("both checkers on the corpus of learning runs", () => {
  for (const [theme, every] of Object.entries(EVERY)) {
    it(`should say what is expected of ${theme}`, () => {
      expectAgreement(fileOf("rcnn", "learning", theme), every, theme.length % every);
    });
  }
});
