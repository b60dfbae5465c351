import { describe, expect, it } from "vitest";
import { audit } from "../../../audit/audit.js";
import { auditHtml } from "../../../audit/html/page.js";
import { escapeHtml } from "../../../audit/html/markup.js";
import { auditJson } from "../../../audit/report-json.js";
import { auditTable } from "../../../audit/report-text.js";
import { matricesIn } from "../../../audit/drawing.js";
import { drawings } from "../../../audit/rcnn/drawings.js";
import { RCNN_PAPER } from "../../../audit/rcnn/paper.js";
import { group, growthFigures, sizeRow } from "../../../audit/rcnn/growth.js";
import { findAmendment } from "../../../amendments/amendment.js";
import { AMENDMENTS } from "../../../amendments/rcnn/index.js";

const result = audit(RCNN_PAPER, [
  "b2-tm-right",
  "lemma-1-memory",
  "def-3",
  "b2-padding-value",
  "b4-width",
  "grid-search",
]);

describe("drawings", () => {
  it("should show what the replays say, in both readings", () => {
    for (const { amendment, printed, amended } of drawings()) {
      const replay = findAmendment(AMENDMENTS, amendment).replay();
      const cells = (grid: typeof printed): string[] => grid.rows.flat().map(({ text }) => text);
      if (amendment === "start-corner") {
        const headAt = (grid: typeof printed): number =>
          (grid.rows[0] ?? []).findIndex(({ mark }) => mark === "head") + 1;
        expect(replay.printed.found).toContain(`(1, ${headAt(printed)})`);
        expect(replay.amended.found).toContain(`(1, ${headAt(amended)})`);
        continue;
      }
      const [asPrinted = ""] = cells(printed);
      expect(replay.printed.found, amendment).toMatch(
        asPrinted === "undefined" ? /undefined/ : new RegExp(` ${asPrinted}[;,]`),
      );
      // padding-has-no-digits is replayed with s = 1 and drawn with s = 2; the value is the same.
      expect(replay.amended.found, amendment).toContain(cells(amended)[0]);
      expect(asPrinted).not.toBe(cells(amended)[0]);
    }
  });

  it("should find matrices in findings", () => {
    const [first, second] = matricesIn("claimed [1/3 1/3; 0 0], trained [0 0; 0 -1]");
    expect(first?.map((row) => row.map(({ text }) => text))).toEqual([
      ["1/3", "1/3"],
      ["0", "0"],
    ]);
    expect(second?.[1]?.[1]?.text).toBe("-1");
    expect(matricesIn("[1 2; 3] and [1 2]")).toEqual([]);
  });
});

describe("the page", () => {
  const page = auditHtml(RCNN_PAPER, result);

  it("should need no other resource", () => {
    expect(page).not.toMatch(/https?:|<script|<link|<img|@import|url\(|src=/);
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain("prefers-color-scheme: dark");
    expect(page).toContain('name="viewport"');
  });

  it("should have every claim, every figure, the counterexample and its drawing", () => {
    for (const { claim } of result.claims) expect(page).toContain(`<article id="${claim.id}">`);
    expect(page.match(/<figure /g)).toHaveLength(growthFigures().length);
    expect(page).toContain("the centre becomes 4/27; wanted 13/81");
    expect(page.match(/<table class="cells">/g)?.length).toBeGreaterThanOrEqual(6);
    expect(page).toContain("240669.9176578086093173573852137952470965347633");
  });

  it("should close what it opens", () => {
    for (const tag of ["section", "article", "table", "details", "figure", "svg", "dl", "ol", "ul", "main", "nav"]) {
      const opened = page.match(new RegExp(`<${tag}[ >]`, "g"))?.length ?? 0;
      expect(page.match(new RegExp(`</${tag}>`, "g"))?.length ?? 0, tag).toBe(opened);
    }
  });

  it("should escape what comes from data", () => {
    expect(escapeHtml(`<a href="x">'&'</a>`)).toBe("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    expect(page).not.toMatch(/<code>[^<]*<=/);
  });
});

describe("the other reports", () => {
  it("should list claims with verdict and place, and the totals", () => {
    expect(auditTable(result)).toMatch(/b2-tm-right +holds as amended +B\.2, f-bar_TM, fourth line/);
    expect(auditTable(result)).toMatch(
      /6 claims: 1 holds, 2 holds as amended, 1 fails, 1 holds by argument, 1 open\n$/,
    );
  });

  it("should be plain JSON data", () => {
    const json = auditJson(result);
    expect(JSON.parse(JSON.stringify(json))).toEqual(JSON.parse(JSON.stringify(structuredClone(json))));
    expect(json).toMatchObject({ verdict: "accepted", rejected: [] });
  });
});

describe("growth", () => {
  it("should place points by the logarithm of the number they show", () => {
    for (const { curves } of growthFigures()) {
      for (const { points } of curves) {
        for (const { label, log } of points) expect(log).toBeCloseTo(Math.log(Number(label.replaceAll(",", ""))), 2);
      }
    }
  });

  it("should count bits as parameters times the bits of a value", () => {
    const { printed, gated } = sizeRow(256);
    expect(printed[2]).toBe(printed[0] * 17n);
    expect(gated[2]).toBe(gated[0] * 13n);
    expect(group(1234567n)).toBe("1,234,567");
    expect(group(12n ** 30n)).toBe("2.373e32");
  });
});
