import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../../../systems/check.js";
import { checkCertificate } from "../../../checkers/rcnn/check-certificate.js";
import { TEXT } from "../../mutants/rcnn/certificates.js";

const folder = new URL("../../../certificates/", import.meta.url);

describe("check", () => {
  it("should say of a filter's certificate what its checker says", () => {
    for (const text of [TEXT, TEXT.replace('"cases": ', '"cases": 1'), "{}", "", "[1"])
      expect(check(text)).toEqual(checkCertificate(text));
  });

  it("should find every certificate of the gallery to be one", () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
      const text = readFileSync(new URL(file, folder), "utf8");
      // Deciding them all is for the regeneration of certificates; a false word in one is found at once.
      expect(check(text.replace('"system": "rcnn"', '"system": "cnn"')), file).toMatchObject({
        code: "unknown-system",
        path: "system",
        witness: { stated: "cnn" },
      });
      expect(check(text.replace('"statement": "filter"', '"statement": "filters"')), file).toMatchObject({
        code: "unknown-statement",
        path: "statement",
        witness: { stated: "filters" },
      });
      expect(text.length).toBeGreaterThan(1000);
    }
  });
});
