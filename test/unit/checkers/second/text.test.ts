/** Texts that are no JSON, or not the one text of their value. */
import { describe, expect, it } from "vitest";
import { expectBoth, fates } from "./both.js";
import { dataOf, forged, get, places, printed, put, TEXT, type Json } from "./forge.js";

const DATA = dataOf();
const lines = TEXT.split("\n");

describe("both checkers", () => {
  it("should accept the certificate that the forgeries start from", () => {
    expect(fates(TEXT)).toEqual(["accepted", "accepted"]);
  });
});

describe("both checkers on texts", () => {
  const key = lines.findIndex((line) => line.startsWith('  "alphabet"'));
  const middle = Math.floor(TEXT.length / 2);
  const replaced = (from: string | RegExp, to: string): string => {
    const text = TEXT.replace(from, to);
    expect(text).not.toBe(TEXT);
    return text;
  };

  it("should reject what is no JSON", () => {
    const texts: Record<string, string> = {
      empty: "",
      blank: " \n",
      "cut at the start": TEXT.slice(1),
      "cut in the middle": TEXT.slice(0, middle),
      "cut at the end": TEXT.slice(0, -2),
      "byte order mark": `\uFEFF${TEXT}`,
      "trailing byte": `${TEXT}x`,
      "trailing zero byte": `${TEXT}\0`,
      "a second value": `${TEXT}${TEXT}`,
      "trailing comma": replaced('"well-formed",', '"well-formed",,'),
      "single quotes": replaced('"well-formed"', "'well-formed'"),
      comment: `// one\n${TEXT}`,
      "not a number": replaced('"version": 1', '"version": NaN'),
      "leading zero": replaced('"version": 1', '"version": 01'),
      "leading plus": replaced('"version": 1', '"version": +1'),
      "hexadecimal number": replaced('"version": 1', '"version": 0x1'),
      "bare point": replaced('"version": 1', '"version": 1.'),
      "line feed in a string": replaced("A machine to be", "A machine\nto be"),
      "unknown escape": replaced("A machine to be", "A machine \\x41 be"),
      "short escape": replaced("A machine to be", "A machine \\u41"),
      "deep and open": "[".repeat(200_000),
    };
    for (const [name, text] of Object.entries(texts)) expectBoth(text, "not-json", name);
  });

  it("should reject other texts of the same value", () => {
    const repeat = (line: number): string => lines.toSpliced(line, 0, lines[line] as string).join("\n");
    const rules = lines.findIndex((line) => line.includes('"msg-1-memorize"'));
    const texts: Record<string, string> = {
      "repeated key, first": repeat(1),
      "repeated key, middle": repeat(key),
      "repeated key in an object, first": repeat(rules),
      "repeated key in an object, middle": repeat(rules + 5),
      "repeated key with another value before": replaced('  "alphabet"', '  "alphabet": "full",\n  "alphabet"'),
      "repeated key, last": replaced(/\}\n$/, ',"head": 0}\n')
        .replace(',"head": 0', "")
        .replace(/\n\}\n$/, `,\n${TEXT.slice(TEXT.indexOf('  "head": {\n'))}`),
      "no line feed at the end": TEXT.slice(0, -1),
      "two line feeds at the end": `${TEXT}\n`,
      "blank at the end": `${TEXT} `,
      "blank at the start": ` ${TEXT}`,
      "carriage returns": TEXT.replaceAll("\n", "\r\n"),
      tabs: TEXT.replaceAll("\n  ", "\n\t"),
      compact: JSON.stringify(DATA),
      "four spaces": JSON.stringify(DATA, undefined, 4),
      "no space after a colon": replaced('"version": 1', '"version":1'),
      "a line broken": replaced('"version": 1', '"version":\n  1'),
      "two lines joined": replaced('{\n  "format"', '{ "format"'),
      "1.0": replaced('"version": 1', '"version": 1.0'),
      "1e0": replaced('"version": 1', '"version": 1e0'),
      "huge exponent of nothing": replaced('"headRow": 2', '"headRow": 2e0'),
      "-0": replaced("[[0, ", "[[-0, "),
      "escaped letter": replaced('"rcnn"', '"\\u0072cnn"'),
      "escaped slash": replaced(/"(-?\d+)\/(\d+)"/, '"$1\\/$2"'),
      "upper-case escape": replaced("A machine to be", "A machine \\u00E9"),
    };
    for (const [name, text] of Object.entries(texts)) expectBoth(text, "not-canonical", name);
    const reversed = (json: Json): Json => {
      if (Array.isArray(json)) return json.map(reversed);
      if (typeof json !== "object" || json === null) return json;
      return Object.fromEntries(
        Object.entries(json)
          .reverse()
          .map(([name, value]) => [name, reversed(value)]),
      );
    };
    expectBoth(printed(reversed(DATA)), "not-canonical", "all keys in another order");
    for (const place of places(DATA)) {
      const value = get(DATA, place);
      if (typeof value !== "object" || value === null || Array.isArray(value) || Object.keys(value).length < 2)
        continue;
      const [[name, first], ...others] = Object.entries(value) as [[string, Json], ...[string, Json][]];
      const moved = Object.fromEntries([...others, [name, first]]);
      expectBoth(
        forged((json) => put(json, place, moved)),
        "not-canonical",
        `${place.join(".")}.${name} moved to the end`,
      );
    }
  });

  it("should reject a text that is too long, whatever it says", () => {
    expectBoth(`${TEXT}${" ".repeat(2 ** 27)}`, "too-large", "blanks");
    expectBoth("[".repeat(2 ** 27 + 1), "too-large", "brackets");
  });
});
