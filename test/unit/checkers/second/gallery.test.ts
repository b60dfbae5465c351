/** The second checker on certificates that are true. */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listCertificates } from "../../../../systems/rcnn/regenerate.js";
import { sourceMachine } from "../../../../arbitraries/machines.js";
import { checkCertificateAgain } from "../../../../checkers/second/check.js";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { fates, textOf } from "./both.js";
import { dataOf, forged, put, TINY_TEXT } from "./forge.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");
const ACCEPTED = { verdict: "accepted", leftAlone: ["verdicts.function.leaves"] };

describe("checkCertificateAgain", () => {
  for (const { machine, alphabet, file } of listCertificates(join(root, "certificates"))) {
    it(`should accept the certificate of the gallery in ${file}`, () => {
      expect(checkCertificateAgain(textOf(loadMachine(machine), alphabet))).toEqual(ACCEPTED);
    });
  }

  it("should accept the certificate of any small machine", () => {
    fc.assert(
      fc.property(sourceMachine({ maxStates: 3 }), (source) => {
        expect(checkCertificateAgain(textOf(source))).toEqual(ACCEPTED);
      }),
      { numRuns: 20 },
    );
  });

  it("should leave the number of the first checker's boxes alone, and nothing else", () => {
    const text = forged((json) => put(json, ["verdicts", "function", "leaves"], 1), TINY_TEXT);
    expect(checkCertificateAgain(text)).toEqual(ACCEPTED);
    expect(fates(text)).toEqual(["counts", "accepted"]);
    expect(dataOf(text)).not.toEqual(dataOf(TINY_TEXT));
  });

  it("should name what it expected where the argument is no text", () => {
    for (const argument of [undefined, null, 0, {}, new Uint8Array(2)])
      expect(() => checkCertificateAgain(argument as unknown as string)).toThrow(
        /^checkCertificateAgain: expected a string, got /,
      );
  });

  it("should say in one line where and why it rejects", () => {
    const texts = [
      "{",
      "{}",
      forged((json) => put(json, ["source", "name"], "a\nb"), TINY_TEXT),
      forged((json) => put(json, ["filter", "layers", 4, "rows", 0, 0], "1"), TINY_TEXT),
      forged((json) => put(json, ["filter", "layers", 4, "rows", 0, 1, 0], 3), TINY_TEXT),
    ];
    for (const text of texts) {
      const verdict = checkCertificateAgain(text);
      if (verdict.verdict !== "rejected") throw new Error(`expected a rejection, got ${verdict.verdict}`);
      expect(`${verdict.path} ${verdict.message}`).toMatch(/^[^\n\r\p{Cc}]{1,700}$/u);
    }
  });
});
