/** Both checkers on what the corpus of decoders has beyond the themes that are derived, all of it. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectAgreement, fileOf, FILES } from "./corpus.js";

describe("both checkers on the corpus of decoders", () => {
  const files = FILES.filter(({ statement }) => statement === "decoder");

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
    expect(stated.filter((code) => code !== "replay" && !found.has(code as string))).toEqual([]);
  });

  for (const theme of ["parts", "numbers", "claims"]) {
    it(`should say what is expected of ${theme}`, () => {
      expectAgreement(fileOf("wei-chen-ma", "decoder", theme));
    });
  }
});
