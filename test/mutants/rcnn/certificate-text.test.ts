/** Texts that spell a true certificate in another way, and texts that spell nothing. */
import { describe, expect, it } from "vitest";
import { MAX_CERTIFICATE_CHARACTERS } from "../../../certificates/envelope.js";
import { printCertificate } from "../../../certificates/rcnn-certificate.js";
import { checkCertificate } from "../../../checkers/rcnn/check-certificate.js";
import { at, dataOf, fate, fateOf, pathOf, places, printed, put, TEXT, type Json } from "./certificates.js";

const DATA = dataOf(TEXT);

describe("checkCertificate on texts that are no JSON", () => {
  const texts: Readonly<Record<string, string>> = {
    empty: "",
    blank: " \n",
    cut: TEXT.slice(0, -3),
    halved: TEXT.slice(0, TEXT.length / 2),
    "with a byte order mark": `\ufeff${TEXT}`,
    "with a second value": `${TEXT}{}`,
    "with a NUL at the end": `${TEXT}\u0000`,
    "with a comment": `// a certificate\n${TEXT}`,
    "with a trailing comma": TEXT.replace(/\}\n$/, ",}\n"),
    "with single quotes": TEXT.replaceAll('"', "'"),
    "with NaN": TEXT.replace(/"version": 1/, '"version": NaN'),
    "with Infinity": TEXT.replace(/"version": 1/, '"version": Infinity'),
    "with a hexadecimal number": TEXT.replace(/"version": 1/, '"version": 0x1'),
    "with a line break in a string": TEXT.replace('"weightproof-certificate"', '"weightproof-\ncertificate"'),
    YAML: "format: weightproof-certificate\n",
    "deeply nested and cut": "[".repeat(1_000_000),
    "deeply nested objects, cut": '{"a":'.repeat(1_000_000),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`should reject a text that is ${name}, in one line`, () => {
      const verdict = checkCertificate(text);
      if (verdict.verdict !== "rejected") throw new Error(`expected not-json, got ${verdict.verdict}`);
      expect(verdict.code).toBe("not-json");
      expect(verdict.message).not.toMatch(/[\n\r\u0000-\u001f]/);
      expect(verdict.message.length).toBeLessThanOrEqual(200);
    });
  }

  it("should reject a text past the limit without reading it", () => {
    const text = " ".repeat(MAX_CERTIFICATE_CHARACTERS + 1);
    expect(fateOf(text)).toBe(fate("too-large", ""));
    expect(checkCertificate(text)).toMatchObject({ message: expect.stringContaining(String(text.length)) as string });
  });
});

describe("checkCertificate on JSON that is no certificate", () => {
  const texts: Readonly<Record<string, string>> = {
    null: "null",
    "a number": "1",
    "a string": '"weightproof-certificate"',
    "an array": "[]",
    "an empty object": "{}",
    "a certificate in an array": `[${TEXT}]`,
    "deeply nested": `${"[".repeat(200_000)}${"]".repeat(200_000)}`,
    "deeply nested under a known key": `{"format": ${"[".repeat(200_000)}${"]".repeat(200_000)}}`,
    "a prototype": '{"__proto__": {}}',
    "a number past every float": TEXT.replace(/"version": 1/, '"version": 1e400'),
    "a number of a million digits": TEXT.replace(/"version": 1/, `"version": ${"1".repeat(1_000_000)}`),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`should reject ${name}`, () => {
      expect(fateOf(text)).toMatch(/^schema /);
    });
  }

  it("should quote an unknown key in one short line", () => {
    for (const key of ["a\nb\u001b[2J", "x".repeat(1_000_000), "\ud800"]) {
      const verdict = checkCertificate(JSON.stringify({ ...(DATA as object), [key]: 1 }));
      if (verdict.verdict !== "rejected") throw new Error(`expected schema, got ${verdict.verdict}`);
      expect(verdict.code).toBe("schema");
      expect(verdict.message).not.toMatch(/[\n\u001b\ud800]/);
      expect(verdict.message.length).toBeLessThanOrEqual(200);
    }
  });

  it("should reject numerals past the limit in every number of a network", () => {
    const long = "7".repeat(4003);
    for (const place of places(at(DATA, ["filter", "layers"]) as Json)) {
      if (typeof at(at(DATA, ["filter", "layers"]) as Json, place) !== "string" || place.includes("name")) continue;
      const json = put(dataOf(TEXT), ["filter", "layers", ...place], long);
      expect(fateOf(printed(json)), pathOf(place)).toMatch(/^schema /);
    }
  });
});

describe("checkCertificate on other spellings of a true certificate", () => {
  const spellings: Readonly<Record<string, string>> = {
    "without the line break at the end": TEXT.slice(0, -1),
    "with two line breaks at the end": `${TEXT}\n`,
    "with a space in front": ` ${TEXT}`,
    "with spaces at the end": `${TEXT}  `,
    "on one line": JSON.stringify(DATA),
    "with four spaces": JSON.stringify(DATA, null, 4),
    "with two spaces and every element on its own line": `${JSON.stringify(DATA, null, 2)}\n`,
    "with tabs": TEXT.replaceAll(/^ +/gm, (spaces) => "\t".repeat(spaces.length / 2)),
    "with CRLF": TEXT.replaceAll("\n", "\r\n"),
    "with an escaped letter": TEXT.replace('"weightproof-certificate"', '"\\u0077eightproof-certificate"'),
    "with an escaped slash": TEXT.replace("1/2", "1\\/2"),
    "with 1.0": TEXT.replace('"version": 1', '"version": 1.0'),
    "with 1e0": TEXT.replace('"version": 1', '"version": 1e0'),
    "with -0": TEXT.replace('"inputs": 9', '"inputs": 9').replace("[0, ", "[-0, "),
    "with a key twice, the first one false": TEXT.replace('"version": 1,', '"version": 2,\n  "version": 1,'),
    "with a key twice, both true": TEXT.replace('"version": 1,', '"version": 1,\n  "version": 1,'),
    "with a space before a colon": TEXT.replace('"version":', '"version" :'),
  };
  for (const [name, text] of Object.entries(spellings)) {
    it(`should reject it ${name}`, () => {
      expect(text).not.toBe(TEXT);
      expect(fateOf(text)).toMatch(/^not-canonical line \d+$/);
    });
  }

  it("should name the first line that is spelled otherwise", () => {
    expect(fateOf(TEXT.replace('"version": 1', '"version":  1'))).toBe(fate("not-canonical", "line 3"));
    expect(fateOf(` ${TEXT}`)).toBe(fate("not-canonical", "line 1"));
    expect(fateOf(TEXT.slice(0, -1))).toBe(fate("not-canonical", `line ${TEXT.split("\n").length - 1}`));
  });

  it("should reject the keys of any object in another order, and print them in the right one", () => {
    const objects = places(DATA).filter((place) => {
      const value = at(DATA, place);
      return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 1;
    });
    expect(objects.length).toBeGreaterThan(15);
    for (const place of objects) {
      const entries = Object.entries(at(DATA, place) as Record<string, Json>);
      for (const moved of [
        entries.toReversed(),
        [...entries.slice(1), ...entries.slice(0, 1)],
        [...entries.slice(0, -2), ...entries.slice(-2).toReversed()],
      ]) {
        const json = put(dataOf(TEXT), place, Object.fromEntries(moved));
        expect(fateOf(printed(json)), pathOf(place)).toMatch(/^not-canonical /);
        expect(printCertificate(json as never)).toBe(TEXT);
      }
    }
  });

  it("should reject a line of any object or array said twice", () => {
    const lines = TEXT.split("\n");
    for (let i = 1; i < lines.length - 2; i += 37) {
      const doubled = [...lines.slice(0, i), lines[i] as string, ...lines.slice(i)].join("\n");
      expect(fateOf(doubled), `line ${i + 1}`).not.toBe("accepted");
    }
  });
});
