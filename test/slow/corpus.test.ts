/** Every case of the corpus, those that take minutes included. */
import { describe, expect, it } from "vitest";
import { runCases } from "../../corpus/run.js";
import { FILES, MATERIALIZER } from "../mutants/corpus.js";

describe("the checkers on the whole corpus", () => {
  for (const file of FILES) {
    it(`should say what is expected of ${file.system}, ${file.statement}, ${file.theme}`, () => {
      expect(runCases(MATERIALIZER, file, file.cases)).toEqual([]);
    });
  }
});
