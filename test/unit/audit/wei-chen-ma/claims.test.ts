import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AMENDMENTS } from "../../../../amendments/wei-chen-ma/index.js";
import { audit } from "../../../../audit/audit.js";
import { auditHtml } from "../../../../audit/html/page.js";
import { auditJson } from "../../../../audit/report-json.js";
import { describeFault } from "../../../../audit/report-text.js";
import { COMPUTATIONS } from "../../../../audit/wei-chen-ma/computations.js";
import { WEI_CHEN_MA_PAPER } from "../../../../audit/wei-chen-ma/paper.js";
import { weiChenMaClaims } from "../../../../audit/wei-chen-ma/registry.js";
import { assertOutput } from "../../output-schemas/validate.js";

const claims = weiChenMaClaims().flatMap((section) => section.claims);
const result = audit(WEI_CHEN_MA_PAPER);

describe("the registry of Wei, Chen, Ma", () => {
  it("should have every verdict follow from its evidence", () => {
    assertOutput("audit", JSON.parse(JSON.stringify(auditJson(result))));
    expect(result.rejected.map(describeFault)).toEqual([]);
    expect(result.claims).toHaveLength(claims.length);
  });

  it("should cite every amendment and every computation", () => {
    const cited = new Set(
      claims.flatMap(({ evidence }) =>
        evidence.map((one) => (one.kind === "amendment" ? one.id : one.kind === "count" ? one.name : "")),
      ),
    );
    const all = [...AMENDMENTS.map(({ id }) => id), ...COMPUTATIONS.map(({ name }) => name)];
    expect(all.filter((id) => !cited.has(id))).toEqual([]);
    expect(new Set(COMPUTATIONS.map(({ name }) => name)).size).toBe(COMPUTATIONS.length);
  });

  it("should have a claim for every numbered statement of sections 2 to 4 and A to D", () => {
    const places = claims.map(({ place }) => place.arxiv).join("; ");
    const numbered = [
      ..."1 2 5".split(" ").map((n) => `Definition D.${n}`),
      ..."1 2 3 7 8".split(" ").map((n) => `Lemma C.${n}`),
      ..."4 5 6".split(" ").map((n) => `Claim C.${n}`),
      ..."7 8 9".split(" ").map((n) => `Lemma D.${n}`),
      ..."Definition 2.1;Proposition 2.2;Lemma 2.3;Theorem 3.1;Lemma 3.2;Lemma 3.3;Proposition 3.4;Claim 3.5".split(
        ";",
      ),
      ..."Theorem 4.1;Corollary A.1;Lemma B.1;Proposition B.2;Condition D.3;Condition D.4;Theorem D.6".split(";"),
      ..."(2.1);(2.2);(4.1);(A.1);(C.1);(C.2);(C.3);(D.1)".split(";"),
    ];
    expect(numbered.filter((name) => !places.includes(name))).toEqual([]);
  });

  it("should rest on programs for all but a few", () => {
    const { counts } = result;
    expect(counts.fails).toBe(0);
    expect(counts.holds + counts["holds as amended"]).toBeGreaterThan(4 * (counts["holds by argument"] + counts.open));
  });
});

describe("docs/wei-chen-ma/audit.md", () => {
  const text = readFileSync("docs/wei-chen-ma/audit.md", "utf8");

  it("should count entries as they are", () => {
    const rows = [...text.matchAll(/^\| `([a-z ]+)` +\| (\d+) +\|$/gm)].map(([, verdict, count]) => [
      verdict,
      Number(count),
    ]);
    expect(Object.fromEntries(rows)).toEqual(result.counts);
    expect(text).toContain(`Its registry has ${claims.length} statements`);
  });

  it("should name claims that exist, and numbers that were computed", () => {
    const ids = new Set(claims.map(({ id }) => id));
    const list = text.slice(text.indexOf("## What was found"), text.indexOf("Checked and right"));
    const named = [...list.matchAll(/`([a-z]+(?:-[a-z0-9]+)+)`/g)].map(([, id]) => id as string);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    const computed = claims.flatMap(({ evidence }) =>
      evidence.flatMap((one) => (one.kind === "count" ? Object.values(one.result) : [])),
    );
    const long = [...text.matchAll(/\b\d[\d,]{12,}(?:\.\d+)?|\b0\.\d{20,}/g)].map(([number]) =>
      number.replaceAll(",", ""),
    );
    expect(long.length).toBeGreaterThan(10);
    expect(long.filter((number) => !computed.some((one) => one.startsWith(number)))).toEqual([]);
  });
});

describe("its page", () => {
  const page = auditHtml(WEI_CHEN_MA_PAPER, result);

  it("should have the three figures, each over its own axis, and need no other resource", () => {
    expect([...page.matchAll(/<figure id="figure-([a-z-]+)"/g)].map(([, id]) => id)).toEqual([
      "length",
      "overparameterized",
      "log-length",
    ]);
    for (const label of ["T + 2, the largest T", "w, width of the network", "w, about log2 T"])
      expect(page).toContain(label);
    expect(page).not.toContain("s, states of the machine");
    expect(page).not.toMatch(/https?:|<script|<link|<img|@import|url\(|src=/);
  });

  it("should have every constant", () => {
    const table = /<table class="numbers pairs constants">.*?<\/table>/s.exec(page)?.[0] ?? "";
    const cells = [...table.matchAll(/<tr><th>[^<]*<\/th><td>([^<]*)<\/td><td>/g)].map(([, cell]) => cell);
    expect(cells).toHaveLength(WEI_CHEN_MA_PAPER.constants.length);
    expect(cells).not.toContain("");
  });
});
