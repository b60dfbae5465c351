import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check, checkAgain, CHECKERS } from "../../../checkers/index.js";
import { checkCertificateAgain } from "../../../checkers/second/check.js";
import { check as checkAtOnce } from "../../../systems/check.js";
import { SYSTEMS } from "../../../systems/index.js";

const FILTER = readFileSync("certificates/bb2.json", "utf8");
const LEARNING = readFileSync("corpus/rcnn/bases/learning.json", "utf8");
const TEXTS = [FILTER, LEARNING].flatMap((text) => [
  text,
  text.replace('"filter": "sha256:', '"filter": "sha256:0'),
  text.replace('"system": "rcnn"', '"system": "toString"'),
  text.replace(/"statement": "\w+"/, '"statement": "valueOf"'),
]);

describe("weightproof/checkers", () => {
  it("should know every statement of every system", () => {
    const known = Object.fromEntries(Object.entries(CHECKERS).map(([id, kinds]) => [id, Object.keys(kinds)]));
    expect(known).toEqual(
      Object.fromEntries(SYSTEMS.map(({ id, statements }) => [id, Object.keys(statements)] as const)),
    );
  });

  it.each([...TEXTS, "", "{}", "[1"])("should say what the checkers say of text %#", async (text) => {
    expect(await check(text)).toEqual(checkAtOnce(text));
    expect(await checkAgain(text)).toEqual(checkCertificateAgain(text));
  });

  it("should tell how far long work has come", async () => {
    for (const text of [FILTER, LEARNING]) {
      const parts = new Set<string>();
      await check(text, (part, done, total) => {
        expect(done).toBeLessThanOrEqual(total);
        parts.add(part);
      });
      expect(parts.size).toBeGreaterThan(0);
    }
  });

  it("should give out the checkers of a kind", async () => {
    for (const [statement, text] of [["filter", FILTER] as const, ["learning", LEARNING] as const]) {
      const { first, second } = CHECKERS.rcnn[statement];
      expect((await first())(text)).toEqual({ verdict: "accepted", result: JSON.parse(text) as object });
      expect((await second())(text)).toMatchObject({ verdict: "accepted" });
    }
  });

  it.each([undefined, null, 7, new Uint8Array(3)])("should refuse %s, which is no text", async (value) => {
    await expect(check(value as never)).rejects.toThrow(/^check: expected a string, got (undefined|object|number)$/);
    await expect(checkAgain(value as never)).rejects.toThrow(/^checkAgain: expected a string, got /);
  });
});
