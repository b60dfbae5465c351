/** The committed certificates: rebuilt byte for byte from the gallery, and decided from their text alone. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { listCertificates, regenerate } from "../../systems/rcnn/regenerate.js";
import { checkCertificate } from "../../checkers/rcnn/check-certificate.js";
import { galleryNames } from "../../inputs/machines/load-machine.js";

const folder = resolve(import.meta.dirname, "../../certificates");

describe("the committed certificates", () => {
  it("should come out of the machines again, byte for byte", () => {
    const results = [...regenerate(folder, true)].map(({ file, result }) => `${result} ${file}`);
    expect(results).toEqual(listCertificates(folder).map(({ file }) => `same ${file}`));
  });

  it("should cover every machine of the gallery", () => {
    const certified = new Set(listCertificates(folder).map(({ machine }) => machine));
    expect([...certified].toSorted()).toEqual(galleryNames());
  });

  it.each(listCertificates(folder))("should hold in $file", ({ file }) => {
    expect(checkCertificate(readFileSync(join(folder, file), "utf8")).verdict).toBe("accepted");
  });
});
