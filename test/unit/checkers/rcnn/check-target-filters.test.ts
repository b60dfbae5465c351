import { describe, expect, it } from "vitest";
import { checkTargetFilters } from "../../../../checkers/rcnn/check-target-filters.js";
import { utf8 } from "../../../../certificates/sha-256.js";
import { certify } from "../../../../systems/rcnn/certify.js";
import { certifyRecoding, type CertifiedRecoding } from "../../../../systems/rcnn/certify-recoding.js";
import { CHAMPION, ofText } from "../../../alphabet-machines.js";

function recoded(text: string): CertifiedRecoding {
  const verdict = certifyRecoding(ofText(text));
  if (verdict.verdict !== "accepted") throw new Error(verdict.message);
  return verdict.result;
}

const { certificate, recoding, text } = recoded(CHAMPION);
const filter = certify(recoding.target);
const own = filter.verdict === "accepted" ? filter.result.text : "";
const codeOf = (content: Uint8Array): string => {
  const verdict = checkTargetFilters([{ name: "F.json", bytes: content }], certificate);
  return verdict.verdict === "rejected" ? `${verdict.code} ${verdict.path}: ${verdict.message}` : verdict.verdict;
};

describe("checkTargetFilters", () => {
  it("should accept the certificate of the target's filter, and no file at all", () => {
    const files = [{ name: "F.json", bytes: utf8(own) }];
    expect(checkTargetFilters(files, certificate)).toMatchObject({
      verdict: "accepted",
      result: [{ name: "F.json", part: "target-filter" }],
    });
    expect(checkTargetFilters([], certificate)).toEqual({ verdict: "accepted", result: [] });
  });

  it("should reject the filter of another machine, however like it", () => {
    const other = certify({ ...recoding.target, name: "renamed" });
    const renamed = other.verdict === "accepted" ? other.result.text : "";
    expect(codeOf(utf8(renamed))).toBe("subject-file F.json: the filter is not that of the recoding's target");
  });

  it("should reject a certificate that is false, and what is none", () => {
    expect(codeOf(utf8(own.replace('"situation', "")))).toBe("accepted");
    const forged = own.replace(/\[8, "4"\]/, '[8, "-4"]');
    expect(forged).not.toBe(own);
    expect(codeOf(utf8(forged))).toMatch(
      /^subject-file F\.json: the certificate is rejected: digest at digests\.filter/,
    );
    for (const one of [utf8(text), utf8("{}"), Uint8Array.of(0xff), utf8(`\ufeff${own}`)])
      expect(codeOf(one)).toBe("subject-file F.json: expected the certificate of a filter");
  });
});
