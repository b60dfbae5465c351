/** Every claim of the audits, decided again. */
import { describe, expect, it } from "vitest";
import { audit } from "../../audit/audit.js";
import { RCNN_PAPER } from "../../audit/rcnn/paper.js";
import { rcnnClaims } from "../../audit/rcnn/registry.js";
import { auditJson } from "../../audit/report-json.js";
import { describeFault } from "../../audit/report-text.js";
import { assertOutput } from "../unit/output-schemas/validate.js";

const claims = rcnnClaims().flatMap((section) => section.claims);

describe("the registry", () => {
  it("should have every verdict follow from its evidence", () => {
    const result = audit(RCNN_PAPER);
    const { rejected, claims: audited, counts } = result;
    assertOutput("audit", JSON.parse(JSON.stringify(auditJson(result))));
    expect(rejected.map(describeFault)).toEqual([]);
    expect(audited).toHaveLength(claims.length);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(claims.length);
  });
});
