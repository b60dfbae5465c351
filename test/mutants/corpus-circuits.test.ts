/** Both checkers on the whole corpus of circuits' networks. */
import { describe, expect, it } from "vitest";
import { expectAgreement, FILES } from "./corpus.js";

describe("both checkers on the corpus of circuits", () => {
  const files = FILES.filter(({ statement }) => statement === "circuit");

  it("should have files", () => {
    expect(files.map(({ theme }) => theme)).toEqual([
      "claims",
      "induction",
      "keys",
      "numbers",
      "parts",
      "shapes",
      "text",
      "types",
    ]);
  });

  for (const file of files) {
    it(`should say what is expected of ${file.theme}`, () => {
      expectAgreement(file);
    });
  }
});
