import { describe, expect, it } from "vitest";
import { certify } from "../../../../api/certify.js";
import { checkCertificate } from "../../../../checkers/rcnn/check-certificate.js";
import { loadMachine } from "../../../../construction/machines/load-machine.js";
import { ALPHABET_NAMES } from "../../../../spec/rcnn/alphabet.js";
import { TEXT } from "../../../mutants/rcnn/certificates.js";

describe("checkCertificate", () => {
  it("should accept what certify gives out, and return it as data", () => {
    for (const name of ALPHABET_NAMES) {
      const certified = certify(loadMachine("bb2"), name);
      if (certified.verdict !== "accepted") throw new Error(certified.message);
      const { text, certificate } = certified.counts;
      expect(checkCertificate(text)).toEqual({ verdict: "accepted", counts: certificate });
    }
  });

  it("should give the same verdict each time, accepted or not", () => {
    for (const text of [TEXT, TEXT.replace('"cases": ', '"cases": 1'), "", "{}"])
      expect(checkCertificate(text)).toEqual(checkCertificate(text));
  });

  it("should say where a claim is false, with what is stated and what comes out", () => {
    const verdict = checkCertificate(TEXT.replace('"leaves": ', '"leaves": 9'));
    if (verdict.verdict !== "rejected") throw new Error(`expected counts, got ${verdict.verdict}`);
    expect(verdict).toMatchObject({ code: "counts", path: "verdicts.function.leaves" });
    const { stated, computed } = verdict.witness as { stated: string; computed: string };
    expect(stated).toBe(`9${computed}`);
    expect(verdict.message).toBe(`stated ${stated}, computed ${computed}`);
  });
});
