import { describe, expect, it } from "vitest";
import { audit, claimIds } from "../../../audit/audit.js";
import { findClaim } from "../../../audit/claim.js";
import { COMPUTATIONS } from "../../../audit/rcnn/computations.js";
import { RCNN_PAPER } from "../../../audit/rcnn/paper.js";
import { rcnnClaims } from "../../../audit/rcnn/registry.js";
import { claimText } from "../../../audit/report-text.js";
import { AMENDMENTS } from "../../../amendments/rcnn/index.js";

const claims = rcnnClaims().flatMap((section) => section.claims);

describe("the registry", () => {
  it("should cite every amendment and every computation", () => {
    const cited = new Set(
      claims.flatMap(({ evidence }) =>
        evidence.map((one) => (one.kind === "amendment" ? one.id : one.kind === "count" ? one.name : "")),
      ),
    );
    const all = [...AMENDMENTS.map(({ id }) => id), ...COMPUTATIONS.map(({ name }) => name)];
    expect(all.filter((id) => !cited.has(id))).toEqual([]);
  });

  it("should have a claim for every numbered statement", () => {
    const places = claims.map(({ place }) => place.arxiv).join("; ");
    const numbered = [
      ...[1, 2, 3, 4, 5, 6].map((n) => `Definition ${n}`),
      ...[1, 2, 3, 4, 5, 6].map((n) => `Lemma ${n}`),
      "Theorem 1",
      "Corollary 2",
      "Corollary 3",
      "Observation 1",
      "Claim 1",
      "Claim 2",
      "Algorithm 1",
      "Algorithm 2",
      "Figure 3",
    ];
    expect(numbered.filter((name) => !places.includes(name))).toEqual([]);
  });

  it("should give computations different names", () => {
    expect(new Set(COMPUTATIONS.map(({ name }) => name)).size).toBe(COMPUTATIONS.length);
  });
});

describe("audit", () => {
  it("should decide the claims that are asked for, in full", () => {
    const { claims: audited, rejected } = audit(RCNN_PAPER, ["b2-tm-right", "lemma-3-induction"]);
    expect(audited.map(({ claim }) => claim.id).toSorted()).toEqual(["b2-tm-right", "lemma-3-induction"]);
    expect(rejected).toEqual([]);
    expect(claimText(audited[0] as (typeof audited)[number])).toMatch(/as printed: fails: the centre becomes 4\/27/);
  });

  it("should reject an unknown id", () => {
    expect(() => audit(RCNN_PAPER, ["no-such-claim"])).toThrow("audit: expected the id of a claim, got no-such-claim");
    expect(() => findClaim(rcnnClaims(), "no-such-claim")).toThrow("findClaim: expected the id of a claim");
    expect(findClaim(rcnnClaims(), claimIds(RCNN_PAPER).at(-1) as string).id).toBe(claims.at(-1)?.id);
  });
});
