/** The committed certificates of circuits' networks. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkCertificateAgain } from "../../../checkers/second/check.js";
import { circuitGallery } from "../../../inputs/circuits/load-circuit.js";
import { check } from "../../../systems/check.js";
import { listCertificates, regenerate } from "../../../systems/wei-chen-ma/regenerate.js";

const FOLDER = "certificates/wei-chen-ma";

describe("the certificates of the gallery's circuits", () => {
  const entries = listCertificates(FOLDER);

  it("should be one for each circuit", () => {
    expect(entries.map(({ source }) => source).toSorted()).toEqual([...circuitGallery().keys()]);
  });

  it("should be what is rebuilt, byte for byte", () => {
    for (const { file, result } of regenerate(FOLDER, true)) expect(result, file).toBe("same");
  }, 120_000);

  it.each(entries)("should be accepted by both checkers: $file", ({ file }) => {
    const text = readFileSync(join(FOLDER, file), "utf8");
    expect(check(text).verdict).toBe("accepted");
    expect(checkCertificateAgain(text)).toEqual({ verdict: "accepted", leftAlone: [] });
  });
});
