/** Both checkers on the whole corpus of decoders. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectAgreement, FILES } from "./corpus.js";

describe("both checkers on the corpus of decoders", () => {
  const files = FILES.filter(({ statement }) => statement === "decoder");

  it("should have files", () => {
    expect(files.map(({ theme }) => theme)).toEqual(["claims", "numbers", "parts"]);
  });

  it("should have every code of DECODER.md but the one that only a fault of a checker can cause", () => {
    const table = readFileSync("certificates/wei-chen-ma/DECODER.md", "utf8").split("## Codes")[1] ?? "";
    const rows = table.split("\n").filter((line) => line.startsWith("| `"));
    const stated = rows.flatMap((line) =>
      [...(line.split("|")[1] ?? "").matchAll(/`([a-z-]+)`/g)].map(([, code]) => code),
    );
    const found = new Set(
      files.flatMap(({ cases }) =>
        cases.flatMap(({ expected }) => (expected.verdict === "rejected" ? expected.codes : [])),
      ),
    );
    expect(stated.length).toBeGreaterThan(20);
    expect([...found].toSorted()).toEqual(stated.filter((code) => code !== "replay").toSorted());
  });

  for (const file of files) {
    it(`should say what is expected of ${file.theme}`, () => {
      expectAgreement(file);
    });
  }
});
