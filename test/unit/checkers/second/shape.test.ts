/** Data of another shape, at every place of a certificate. */
import { describe, expect, it } from "vitest";
import { expectBoth, fates } from "./both.js";
import { changed, dataOf, get, places, put, TINY_TEXT, type Json, type Path } from "./forge.js";

const DATA = dataOf(TINY_TEXT);
const PLACES: readonly Path[] = [[], ...places(DATA)];
const OBJECTS = PLACES.filter((place) => {
  const value = get(DATA, place);
  return typeof value === "object" && value !== null && !Array.isArray(value);
});

describe("both checkers on data of another shape", () => {
  it("should say the same of a value of another type, or past the limits, at every place", () => {
    const strangers: readonly Json[] = [null, true, 0.5, "?", [], {}, 1e300, -1, "9".repeat(5000), "\ud800", "\u0000"];
    for (const [i, place] of PLACES.slice(1).entries()) {
      const stranger = strangers[i % strangers.length] as Json;
      const [first, second] = fates(changed((json) => put(json, place, stranger)));
      expect(second, `${place.join(".")}: ${JSON.stringify(stranger).slice(0, 20)}`).toBe(first);
      if (typeof stranger !== typeof get(DATA, place) && place.at(-1) !== "haltsAtLayer") expect(first).toBe("schema");
    }
  });

  it("should reject an unknown key in every object", () => {
    for (const place of OBJECTS) {
      for (const name of ["extra", "__proto__", "constructor", "0"]) {
        const add = (json: Json): unknown =>
          Object.defineProperty(get(json, place), name, { value: 0, enumerable: true, configurable: true });
        expectBoth(changed(add), "schema", `${place.join(".")} with ${name}`);
      }
    }
  });

  it("should reject a certificate without any one of its keys, but for the notes", () => {
    for (const place of OBJECTS) {
      for (const name of Object.keys(get(DATA, place) as object)) {
        const path = [...place, name];
        const isNote = ["source.about", "source.source"].includes(path.join("."));
        const expected = isNote ? "accepted" : "schema";
        expect(fates(changed((json) => put(json, path, undefined))), path.join(".")).toEqual([expected, expected]);
      }
    }
  });

  it("should reject other values, deep ones included", () => {
    expectBoth(`${"[".repeat(200_000)}${"]".repeat(200_000)}`, "schema", "deep arrays");
    expectBoth(`${'{"a":'.repeat(100_000)}0${"}".repeat(100_000)}`, "schema", "deep objects");
    for (const text of ["null", "0", '""', "[]", "{}", "[1,2]"]) expectBoth(text, "schema", text);
  });
});
