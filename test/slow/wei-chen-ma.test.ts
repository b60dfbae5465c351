/** The committed certificates of Wei, Chen and Ma: rebuilt, and the largest of them decided. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkCertificateAgain } from "../../checkers/second/check.js";
import { check } from "../../systems/check.js";
import { regenerate } from "../../systems/wei-chen-ma/regenerate.js";

const FOLDER = "certificates/wei-chen-ma";

describe("the certificates of the gallery", () => {
  it("should be what is rebuilt, byte for byte", () => {
    for (const { file, result } of regenerate(FOLDER, true)) expect(result, file).toBe("same");
  });

  it("should be accepted by both checkers: mux16.json", () => {
    const text = readFileSync(`${FOLDER}/mux16.json`, "utf8");
    expect(check(text).verdict).toBe("accepted");
    expect(checkCertificateAgain(text)).toEqual({ verdict: "accepted", leftAlone: [] });
  });
});
