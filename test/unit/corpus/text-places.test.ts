/** Where values stand in a text. */
import { describe, expect, it } from "vitest";
import { printJson } from "../../../certificates/canonical.js";
import { findAt, textPlaces } from "../../../corpus/text-places.js";

const DATA = { a: [1, { 'b"/~': "x]}, :" }, []], "": { c: null, d: true }, e: -12.5, "a/b": {}, long: "y".repeat(130) };
const TEXT = printJson(DATA);

describe("textPlaces", () => {
  it("should find every value, and its key", () => {
    const places = textPlaces(TEXT);
    const values = Object.fromEntries(
      [...places].map(([pointer, { start, end }]) => [pointer, JSON.parse(TEXT.slice(start, end)) as unknown]),
    );
    expect(values).toEqual({
      "": DATA,
      "/a": DATA.a,
      "/a/0": 1,
      "/a/1": DATA.a[1],
      '/a/1/b"~1~0': "x]}, :",
      "/a/2": [],
      "/": DATA[""],
      "//c": null,
      "//d": true,
      "/e": -12.5,
      "/a~1b": {},
      "/long": DATA.long,
    });
    const keyed = places.get("//d");
    expect(TEXT.slice(keyed?.key, keyed?.start)).toBe('"d": ');
    const [element] = [places.get("/a/0")];
    expect(element?.key).toBe(element?.start);
  });
});

describe("findAt", () => {
  it("should say which occurrence stands at an offset, and refuse others", () => {
    expect(findAt("abab", 2, "ab", "x")).toEqual({ op: "find", text: "ab", nth: 2, put: "x" });
    expect(() => findAt("abab", 1, "ab", "x")).toThrow(RangeError);
    expect(() => findAt("aaa", 1, "aa", "x")).toThrow(RangeError);
  });
});
