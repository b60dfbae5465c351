/** The report: one HTML page that needs nothing else. */
import { CLAIM_VERDICTS, type ClaimVerdict } from "../claim.js";
import type { Audit, AuditedClaim } from "../check-claims.js";
import { evidenceName } from "../report-text.js";
import type { Drawing } from "../drawing.js";
import type { AuditedPaper } from "../paper.js";
import { claimDrawings } from "./drawing.js";
import { constantsHtml } from "./constants.js";
import { figureHtml } from "./figure.js";
import { escapeHtml } from "./markup.js";
import { STYLE } from "./style.js";

/** The style class of a verdict. */
const CLASSES: Readonly<Record<ClaimVerdict, string>> = {
  holds: "holds",
  "holds as amended": "amended",
  fails: "fails",
  "holds by argument": "argument",
  open: "open",
};

/** What each verdict means, for readers of the page. */
const MEANINGS: Readonly<Record<ClaimVerdict, string>> = {
  holds: "A program decides the statement as printed, over the range that is given.",
  "holds as amended": "A program refutes the print with a counterexample, and decides the amended statement.",
  fails: "A program refutes the print, and no amendment of the same statement is known.",
  "holds by argument": "No program decides it; a short argument is given.",
  open: "Neither decided nor argued.",
};

/** The page for an audit of a paper; the text of a complete HTML document. */
export function auditHtml(paper: AuditedPaper, audit: Audit): string {
  const drawings = paper.drawings();
  const sections = [...new Map(audit.claims.map(({ section }) => [section.id, section])).values()];
  const inSection = (id: string): AuditedClaim[] => audit.claims.filter(({ section }) => section.id === id);
  const contents = sections.map(
    ({ id, title }) =>
      `<li><a href="#${id}">${escapeHtml(title)}</a> <span class="count">${inSection(id).length}</span></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Audit: ${escapeHtml(paper.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Audit of “${escapeHtml(paper.title)}”</h1>
<p class="lead">${audit.claims.length} statements of the paper, each with a verdict that a program decides again from its evidence: replayed counterexamples, certificates, exact counts. What rests on an argument alone says so.</p>
<ul class="totals">${CLAIM_VERDICTS.map((verdict) => `<li>${badge(verdict, `${audit.counts[verdict]} ${verdict}`)}</li>`).join("")}</ul>
${audit.rejected.length === 0 ? "<p>Every stated verdict follows from its evidence.</p>" : `<p class="fails">${audit.rejected.length} stated verdicts do not follow from their evidence.</p>`}
<dl>${CLAIM_VERDICTS.map((verdict) => `<dt>${badge(verdict, verdict)}</dt><dd>${MEANINGS[verdict]}</dd>`).join("")}</dl>
</header>
<nav aria-label="Contents"><h2>Contents</h2><ol><li><a href="#constants">Constants</a></li><li><a href="#growth">Growth</a></li>${contents.join("")}</ol></nav>
<main>
<section id="constants"><h2>Constants, exactly</h2>${constantsHtml(paper)}</section>
<section id="growth"><h2>Growth</h2><div class="figures">${paper.figures().map(figureHtml).join("\n")}</div></section>
${sections
  .map(
    ({ id, title }) =>
      `<section id="${id}"><h2>${escapeHtml(title)}</h2>${inSection(id)
        .map((one) => claimHtml(one, drawings))
        .join("\n")}</section>`,
  )
  .join("\n")}
</main>
<footer>Made by <code>weightproof audit --html</code>; <code>weightproof audit --check</code> decides every verdict again.</footer>
</body>
</html>
`;
}

function badge(verdict: ClaimVerdict, text: string): string {
  return `<span class="badge ${CLASSES[verdict]}">${escapeHtml(text)}</span>`;
}

function claimHtml(audited: AuditedClaim, drawings: readonly Drawing[]): string {
  const { claim, decided, fault, outcomes } = audited;
  const { arxiv, neurips } = claim.place;
  const verdict =
    decided === undefined || fault !== undefined
      ? `<span class="badge fails">does not follow: ${escapeHtml(fault?.code ?? "")}</span>`
      : badge(decided, decided);
  const rows = [
    ["predicate", `<code>${escapeHtml(claim.predicate)}</code>`],
    ["range", escapeHtml(claim.range)],
    ["reading", claim.reading],
    ...(claim.amendment === null ? [] : [["amendment", escapeHtml(claim.amendment)]]),
  ];
  const first = outcomes.find((outcome) => outcome.kind === "decided" && outcome.outcome.printed?.holds === false);
  const witness =
    first?.kind === "decided"
      ? `<p><strong>Counterexample.</strong> ${escapeHtml(first.outcome.instance)}: ${escapeHtml(first.outcome.printed?.found ?? "")}.</p>`
      : "";
  return `<article id="${claim.id}">
<div class="top"><h3>${claim.id}</h3>${verdict}</div>
<div class="place">${escapeHtml(arxiv)}${neurips === undefined ? "" : ` · NeurIPS: ${escapeHtml(neurips)}`}</div>
<p>${escapeHtml(claim.statement)}</p>
${witness}${claimDrawings(audited, drawings)}
<dl>${rows.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`).join("")}</dl>
<details><summary>Evidence (${claim.evidence.length})</summary>${claim.evidence.map((_, i) => evidenceHtml(audited, i)).join("")}</details>
</article>`;
}

function evidenceHtml({ claim, outcomes }: AuditedClaim, index: number): string {
  const evidence = claim.evidence[index] as AuditedClaim["claim"]["evidence"][number];
  const outcome = outcomes[index];
  const lines = [`<p><code>${escapeHtml(evidenceName(evidence))}</code></p>`];
  if (outcome?.kind === "fault") lines.push(`<p class="fails">${escapeHtml(outcome.message)}</p>`);
  if (outcome?.kind === "decided") {
    const { instance, printed, amended, numbers } = outcome.outcome;
    lines.push(`<p>${escapeHtml(instance)}</p>`);
    for (const [name, finding] of [
      ["as printed", printed],
      ["as amended", amended],
    ] as const) {
      if (finding === undefined) continue;
      lines.push(
        `<p>${name}: <span class="${finding.holds ? "holds" : "fails"}">${finding.holds ? "holds" : "fails"}</span>: ${escapeHtml(finding.found)}</p>`,
      );
    }
    const entries = Object.entries(numbers);
    if (entries.length > 0) {
      lines.push(
        `<div class="scroll"><table class="numbers pairs"><tbody>${entries.map(([key, value]) => `<tr><th>${escapeHtml(key)}</th><td>${escapeHtml(value)}</td></tr>`).join("")}</tbody></table></div>`,
      );
    }
  }
  return `<div class="evidence">${lines.join("")}</div>`;
}
