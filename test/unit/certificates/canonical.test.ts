import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, digestOf, printJson } from "../../../certificates/canonical.js";

describe("canonicalJson", () => {
  it("should sort keys by UTF-16 code units and leave out all space, as RFC 8785 has it", () => {
    expect(canonicalJson({ b: [1, { d: null, c: true }], a: "x" })).toBe('{"a":"x","b":[1,{"c":true,"d":null}]}');
    // The example of section 3.2.3.
    const keys = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 };
    expect(canonicalJson(keys)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
  });

  it("should spell numbers and strings as ECMAScript does", () => {
    expect(canonicalJson([Number("333333333.33333329"), 1e30, 4.5, 2e-3, 1e-27, -0, 0])).toBe(
      "[333333333.3333333,1e+30,4.5,0.002,1e-27,0,0]",
    );
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  });

  it("should not depend on the order in which keys were made", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
        const reversed = Object.fromEntries(Object.entries(data).toReversed());
        expect(canonicalJson(reversed)).toBe(canonicalJson(data));
        expect(JSON.parse(canonicalJson(data))).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });

  it("should refuse what is no JSON data", () => {
    for (const bad of [undefined, Number.NaN, Infinity, [Number.NaN], "\ud800", { "\udc00": 1 }])
      expect(() => canonicalJson(bad)).toThrow(TypeError);
  });
});

describe("digestOf", () => {
  it("should be the SHA-256 of the canonical form's UTF-8 bytes", () => {
    const data = { é: [1, "\u{1f600}"], a: null };
    const hex = createHash("sha256").update(Buffer.from('{"a":null,"é":[1,"\u{1f600}"]}', "utf8")).digest("hex");
    expect(digestOf(data)).toBe(`sha256:${hex}`);
    // The digest of the empty object, as any tool computes it.
    expect(digestOf({})).toBe("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  });

  it("should differ where data differs", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(digestOf(a) === digestOf(b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });
});

describe("printJson", () => {
  it("should print what fits into 120 characters on a line, the rest on lines of its own, with a line break at the end", () => {
    expect(printJson({ a: [1, 2] })).toBe('{ "a": [1, 2] }\n'.replace("{ ", "{").replace(" }", "}"));
    const long = { list: Array.from({ length: 60 }, (_, i) => i), short: [1] };
    const text = printJson(long);
    expect(text.split("\n")[1]).toBe('  "list": [');
    expect(text).toContain('\n  "short": [1]\n');
    expect(text.endsWith("}\n")).toBe(true);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
  });

  it("should print data that reads back, the same text each time", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const text = printJson(data);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(data)));
        expect(printJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});
