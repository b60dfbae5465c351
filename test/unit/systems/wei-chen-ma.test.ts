/** The committed certificates of Wei, Chen and Ma: circuits' networks and decoders. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkCertificateAgain } from "../../../checkers/second/check.js";
import { circuitGallery } from "../../../inputs/circuits/load-circuit.js";
import { check } from "../../../systems/check.js";
import { listCertificates } from "../../../systems/wei-chen-ma/regenerate.js";

const FOLDER = "certificates/wei-chen-ma";

describe("the certificates of the gallery", () => {
  const entries = listCertificates(FOLDER);

  it("should be one file for each entry, with every circuit among them", () => {
    const sources = entries.map(({ source }) => source);
    expect(sources).toEqual(expect.arrayContaining([...circuitGallery().keys()]));
    expect(new Set(entries.map(({ file }) => file)).size).toBe(entries.length);
    expect(
      readdirSync(FOLDER)
        .filter((name) => /^[\w-]+\.json$/.test(name))
        .toSorted(),
    ).toEqual(entries.map(({ file }) => file).toSorted());
  });

  // The largest is decided in test/slow/wei-chen-ma.test.ts, where all are rebuilt.
  it.each(entries.filter(({ file }) => file !== "mux16.json"))(
    "should be accepted by both checkers: $file",
    ({ file }) => {
      const text = readFileSync(join(FOLDER, file), "utf8");
      expect(check(text).verdict).toBe("accepted");
      expect(checkCertificateAgain(text)).toEqual({ verdict: "accepted", leftAlone: [] });
    },
  );
});
