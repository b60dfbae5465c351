/** The audit of an invented paper: the engine knows no other. */
import { describe, expect, it } from "vitest";
import { amendment } from "../../../amendments/amendment.js";
import { audit, claimIds } from "../../../audit/audit.js";
import { joinSections, readSection } from "../../../audit/claim.js";
import { auditHtml } from "../../../audit/html/page.js";
import type { AuditedPaper } from "../../../audit/paper.js";
import { auditTable, describeFault } from "../../../audit/report-text.js";
import { rejected } from "../../../checkers/verdict.js";
import { auditVerb, hasClaim } from "../../../systems/audit-verb.js";
import type { Io } from "../../../systems/system.js";

const claim = { place: { arxiv: "1" }, predicate: "p", range: "all", amendment: null };
const section = readSection(
  {
    id: "sums",
    title: "Sums <and> products",
    claims: [
      {
        ...claim,
        id: "even",
        statement: "The sum of two odd numbers is odd.",
        reading: "amended",
        verdict: "holds as amended",
        amendment: "It is even.",
        evidence: [{ kind: "amendment", id: "parity" }],
      },
      {
        ...claim,
        id: "six",
        statement: "There are six.",
        reading: "printed",
        verdict: "holds",
        evidence: [{ kind: "count", name: "six", result: { n: "6" } }],
      },
      {
        ...claim,
        id: "certified",
        statement: "It is certified.",
        reading: "printed",
        verdict: "holds",
        evidence: [{ kind: "certificate", file: "bb2.json", part: "function" }],
      },
    ],
  },
  "sums",
);

const PAPER: AuditedPaper = {
  title: "Sums & products",
  citation: "Nobody, 2026",
  claims: () => joinSections([section]),
  amendments: [
    amendment({
      id: "parity",
      place: "1",
      printed: "odd",
      amended: "even",
      reason: "1 + 1 = 2",
      order: "by size",
      instances: () => [
        {
          text: "1 + 1",
          printed: () => ({ holds: false, found: "2 is even" }),
          amended: () => ({ holds: true, found: "2 is even" }),
        },
      ],
    }),
  ],
  computations: [
    {
      name: "six",
      about: "Counts.",
      run: () => ({ instance: "six", printed: { holds: true, found: "6" }, numbers: { n: "6" } }),
    },
  ],
  check: () => rejected("odd", "sums", "it is odd", {}),
  constants: [["n", "six", "n", "how many there are"]],
  figures: () => [],
  drawings: () => [],
};

describe("the audit of any paper", () => {
  it("should decide its claims from its own amendments, computations and checker", () => {
    expect(claimIds(PAPER)).toEqual(["even", "six", "certified"]);
    const { rejected: bad, counts } = audit(PAPER);
    expect(counts).toMatchObject({ holds: 1, "holds as amended": 1 });
    expect(bad.map(describeFault)).toEqual(["certified: certificate-rejected: bb2.json: odd at sums: it is odd"]);
    expect(auditTable(audit(PAPER, ["six"]))).toContain("1 claims: 1 holds");
  });

  it("should name the paper on its page, with its constants and without what it has not", () => {
    const page = auditHtml(PAPER, audit(PAPER, ["even", "six"]));
    expect(page).toContain("<h1>Audit of “Sums &amp; products”</h1>");
    expect(page).toContain("<th>n</th><td>6</td><td>how many there are</td>");
    expect(page).not.toMatch(/<figure|class="cells"|Convolutional/);
  });

  it("should be a verb of any system", () => {
    const printed: string[] = [];
    const io = { json: false, print: (text: string) => printed.push(text), progress: () => undefined };
    expect(auditVerb(PAPER)(io as unknown as Io, ["even"], { check: true })).toBe(0);
    expect(printed.join("")).toBe("accepted: all 1 verdicts follow from their evidence\n");
    expect(auditVerb(PAPER)(io as unknown as Io, ["certified"], { check: true })).toBe(1);
    expect(() => auditVerb(PAPER)(io as unknown as Io, ["seven"], {})).toThrow("there is no such claim");
    expect([hasClaim(PAPER, ""), hasClaim(PAPER, "six")]).toEqual([true, true]);
    expect(hasClaim(PAPER, "seven")).toBe('"seven": there is no such claim');
  });
});
