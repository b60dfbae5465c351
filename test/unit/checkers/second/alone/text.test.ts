/** What the second checker makes of a text: the verdict as a whole, its message, the one text of a value. */
import { describe, expect, it } from "vitest";
import { checkCertificateAgain } from "../../../../../checkers/second/check.js";
import { dataOf, forged, printed, put, TINY_TEXT, type Json } from "../forge.js";
import { messageOf, QUICK, said, SHORT } from "./said.js";

describe("checkCertificateAgain", () => {
  it("should accept a certificate, and say what it leaves alone", () => {
    expect(checkCertificateAgain(QUICK)).toEqual({ verdict: "accepted", leftAlone: ["verdicts.function.leaves"] });
  });

  it("should throw at what is no text", () => {
    for (const argument of [undefined, null, 0, {}, [QUICK]])
      expect(() => checkCertificateAgain(argument as unknown as string)).toThrow(TypeError);
  });

  it("should leave a certificate undecided where the computer fails", () => {
    const { stringify } = JSON;
    try {
      JSON.stringify = () => {
        throw new RangeError("Invalid string length");
      };
      const message = expect.stringMatching("Invalid string length") as string;
      expect(checkCertificateAgain(QUICK)).toEqual({ verdict: "undecided", limit: "computer", message });
    } finally {
      JSON.stringify = stringify;
    }
  });

  it("should say why in one line of at most 300 characters", () => {
    const withKey = (key: string): string => messageOf(JSON.stringify({ [key]: 0 }));
    const line = withKey("before\r\n \u0001\ud800after");
    expect(line.endsWith("before after")).toBe(true);
    const given = line.length - "before after".length;
    const fits = "x".repeat(300 - given);
    expect(withKey(fits).endsWith(fits)).toBe(true);
    const cut = withKey(`${fits}x`);
    expect(cut).toHaveLength(300);
    expect(cut.endsWith("xxx...")).toBe(true);
  });
});

describe("the text of a certificate", () => {
  it("should be JSON", () => {
    for (const text of ["", "{", `${QUICK}x`, `\uFEFF${QUICK}`]) expect(said(text)).toBe("not-json ");
  });

  it("should be rejected at the first line that is another", () => {
    const lines = QUICK.split("\n");
    const at = (line: number): string => lines.with(line, `${lines[line] as string} `).join("\n");
    for (const line of [0, 1, 40, lines.length - 2]) expect(said(at(line))).toBe(`not-canonical line ${line + 1}`);
    expect(said(QUICK.slice(0, -1))).toBe(`not-canonical line ${lines.length - 1}`);
    expect(said(`${QUICK}\n`)).toBe(`not-canonical line ${lines.length}`);
    expect(said(` ${QUICK}`)).toBe("not-canonical line 1");
    expect(said(QUICK.replace('"version": 1,', '"version":  1,'))).toBe("not-canonical line 3");
  });

  // The text is decided before the reading: with another reading, "reading" says that the text is the one of its value.
  const otherwise = (change: (json: Json) => unknown): string =>
    forged((json) => {
      change(json);
      put(json, ["reading", "amendments"], []);
    }, SHORT);
  const IS_TEXT = "reading reading.amendments[0]";

  it("should break lines where they pass 120 characters, and not before", () => {
    for (let length = 90; length < 120; length++) {
      const name = "x".repeat(length);
      const changes: ((json: Json) => unknown)[] = [
        (json) => put(json, ["source", "about"], name),
        (json) => put(json, ["source", "states"], [name]),
        (json) => put(json, ["source", "states"], [name.slice(3), ",:["]),
        (json) => put(json, ["source", "halting"], [name, name]),
        (json) => put(json, ["verdicts", "replay", 0, "tape"], [".".repeat(length)]),
        (json) => put(json, ["machine", "states"], [name.slice(60), '":,\\', ...Array.from(name.slice(110))]),
        (json) => put(json, ["source", "source"], '":,\\'.repeat(length)),
      ];
      for (const [i, change] of changes.entries()) expect(said(otherwise(change)), `${length} ${i}`).toBe(IS_TEXT);
    }
  });

  it("should break objects too, and leave numbers, texts and what is empty on one line", () => {
    const code = { states: 2, stateDigits: 1, lastIndex: 4 };
    for (let length = 40; length < 60; length++) {
      const scale = "1".repeat(length);
      expect(said(otherwise((json) => put(json, ["code"], { ...code, scale })))).toBe(IS_TEXT);
      expect(said(otherwise((json) => put(json, ["code"], { ...code, scale: scale.repeat(3) })))).toBe(IS_TEXT);
    }
    for (const rows of [[["1"]], [["1", [0, "1"]]], [["1".repeat(130), [0, "2".repeat(130)]]]] as Json[])
      expect(said(otherwise((json) => put(json, ["head", "layers", 0, "rows"], rows)))).toBe(IS_TEXT);
  });

  it("should have its digests over sorted keys", () => {
    const json = dataOf(TINY_TEXT);
    put(json, ["source", "about"], '"\\\n\u{1f600}\u2028');
    expect(said(printed(json))).not.toMatch(/^digest/);
  });

  it("should have at most 128 Mi characters", () => {
    expect(said(" ".repeat(2 ** 27))).toBe("not-json ");
    expect(said(" ".repeat(2 ** 27 + 1))).toBe("too-large ");
  });
});
