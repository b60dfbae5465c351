/** Certificates with a key removed, added or of another type, at every place. */
import { describe, expect, it } from "vitest";
import {
  at,
  dataOf,
  fateAfter,
  fateOf,
  fateWith,
  fullText,
  pathOf,
  places,
  put,
  TEXT,
  type Json,
} from "./certificates.js";

const DATA = dataOf(TEXT);
const PLACES = places(DATA);
const OBJECTS = PLACES.filter((place) => {
  const value = at(DATA, place);
  return typeof value === "object" && value !== null && !Array.isArray(value);
});

/** Values of every JSON type, none of them what any key holds. */
const STRANGERS: readonly Json[] = [null, true, 0.5, "?", [], {}];

describe("checkCertificate on data of another shape", () => {
  it("should know all places of a certificate", () => {
    expect(fateOf(TEXT)).toBe("accepted");
    expect(fateOf(fullText())).toBe("accepted");
    expect(OBJECTS.length).toBeGreaterThan(15);
    expect(PLACES.length).toBeGreaterThan(200);
  });

  it("should reject a certificate without any one of its keys, but for the two notes", () => {
    for (const place of OBJECTS) {
      for (const key of Object.keys(at(DATA, place) as object)) {
        const path = pathOf([...place, key]);
        const isNote = path === "source.about" || path === "source.source";
        const found = fateWith([...place, key], undefined);
        expect(found.split(" ")[0], path).toBe(isNote ? "accepted" : "schema");
      }
    }
  });

  it("should reject any key that is not in the format, in every object", () => {
    for (const place of OBJECTS) {
      for (const key of ["extra", "", "constructor", "toString", "hasOwnProperty", "length", "$ref", "0", "name "]) {
        const found = fateWith([...place, key], "0");
        expect(found, `${pathOf(place)} with ${JSON.stringify(key)}`).toMatch(/^schema /);
      }
    }
  });

  it("should reject a key __proto__, which is a key like any other in JSON, in every object", () => {
    for (const place of OBJECTS) {
      for (const value of ["{}", '{"format":"weightproof-certificate"}', "null"]) {
        // As JSON.parse makes it: an own property, not a prototype.
        const found = fateAfter((json) => {
          Object.defineProperty(at(json, place), "__proto__", { value: JSON.parse(value), enumerable: true });
        });
        expect(found, pathOf(place)).toMatch(/^schema /);
      }
    }
  });

  it("should never accept a value of another type, at any place", () => {
    // Notes and names of layers are free; without replays a certificate claims less.
    const isFree = (path: string, text: string): boolean =>
      /^source\.(about|source)$|\.layers\[\d\]\.name$/.test(path)
        ? text === '"?"'
        : path === "verdicts.replay" && text === "[]";
    for (const place of PLACES) {
      const path = pathOf(place);
      const text = JSON.stringify(at(DATA, place));
      for (const stranger of STRANGERS) {
        const strange = JSON.stringify(stranger);
        if (strange === text) continue;
        const found = fateWith(place, stranger);
        if (isFree(path, strange)) expect(found, path).toBe("accepted");
        else expect(found, `${path}: ${strange}`).not.toMatch(/^(accepted|undecided)/);
        if (!isFree(path, strange) && typeof stranger !== typeof at(DATA, place) && path !== "")
          expect(found, `${path}: ${strange}`).toMatch(
            path.endsWith("haltsAtLayer") ? /^(schema|counts) / : /^schema /,
          );
      }
    }
  });

  it("should reject elements that are missing from lists of fixed length, and lists that are too long", () => {
    const fixed: readonly (readonly (string | number)[])[] = [
      ["source", "table", 0],
      ["source", "table", 0, 1, 0],
      ["machine", "table", 0],
      ["machine", "table", 2],
      ["machine", "table", 0, 0],
      ["machine", "table", 3, 2],
      ["filter", "layers", 0, "rows", 0, 1],
      ["head", "layers", 1, "rows", 0, 1],
    ];
    for (const place of fixed) {
      const list = at(DATA, place) as Json[];
      expect(fateWith(place, list.slice(1)), pathOf(place)).toMatch(/^schema /);
      expect(fateWith(place, list.slice(0, -1)), pathOf(place)).toMatch(/^schema /);
      expect(fateWith(place, [...list, list.at(-1) as Json]), pathOf(place)).toMatch(/^schema /);
    }
    const long: readonly (readonly [readonly (string | number)[], number])[] = [
      [["verdicts", "replay"], 65],
      [["verdicts", "weights", "widths"], 65],
      [["reading", "amendments"], 257],
      [["source", "states"], 4097],
      [["machine", "table"], 4097],
      [["filter", "layers"], 65],
    ];
    for (const [place, length] of long) {
      const list = at(DATA, place) as Json[];
      const element = list[0] as Json;
      expect(
        fateWith(
          place,
          Array.from({ length }, () => element),
        ),
        pathOf(place),
      ).toMatch(/^schema /);
    }
  });

  it("should reject names, notes, numerals and digests past their limits, or with characters that they may not have", () => {
    const names = [
      ["source", "name"],
      ["machine", "name"],
      ["source", "states", 0],
      ["source", "start"],
      ["machine", "states", 3],
    ];
    for (const place of names) {
      for (const bad of ["", "x".repeat(201), "a\nb", "\u0000", "\u007f", "\u0085", "\u2028", "\ud800", "\udc00x"])
        expect(fateWith(place, bad), pathOf(place)).toMatch(/^schema /);
    }
    for (const place of [
      ["source", "about"],
      ["source", "source"],
    ]) {
      for (const bad of ["x".repeat(4001), "\u0000", "\u001b[31m", "a\ud800b"])
        expect(fateWith(place, bad), pathOf(place)).toMatch(/^schema /);
      for (const good of ["x".repeat(4000), "one\ntwo\tthree", "\u{1f600}"])
        expect(fateWith(place, good)).toBe("accepted");
    }
    for (const place of [
      ["filter", "layers", 0, "name"],
      ["head", "layers", 1, "name"],
    ]) {
      for (const bad of ["x".repeat(65), "\ud800", "a\udfffb", "\u0000", "\u001b[2J", "a\nb", "\u2029"])
        expect(fateWith(place, bad), pathOf(place)).toMatch(/^schema /);
      // What layers are called is no claim.
      expect(fateWith(place, "another name")).toBe("accepted");
    }
    for (const place of [
      ["code", "scale"],
      ["verdicts", "function", "patches"],
    ]) {
      for (const bad of ["", "+1", "-1", "01", "1.0", "1e3", " 1", "1\n", "１", "9".repeat(4001)])
        expect(fateWith(place, bad), pathOf(place)).toMatch(/^schema /);
    }
    const digest = at(DATA, ["digests", "head"]) as string;
    for (const bad of [
      "",
      digest.slice(0, -1),
      `${digest}0`,
      digest.toUpperCase(),
      digest.replace("256", "512"),
      ` ${digest}`,
      `${digest}\n`,
    ])
      expect(fateOf(JSON.stringify(put(dataOf(TEXT), ["digests", "head"], bad)))).toMatch(/^schema /);
  });
});
