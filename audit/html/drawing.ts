/** Counterexamples as patches and grids. */
import type { AuditedClaim } from "../check-claims.js";
import { matricesIn, type Drawing, type DrawnGrid } from "../drawing.js";
import { escapeHtml } from "./markup.js";

/** The drawings of a claim: the patches of its amendments, and the matrices that their findings spell out. */
export function claimDrawings({ claim, outcomes }: AuditedClaim, drawings: readonly Drawing[]): string {
  const parts = claim.evidence.flatMap((evidence, i) => {
    if (evidence.kind !== "amendment") return [];
    const drawn = drawings.find(({ amendment }) => amendment === evidence.id);
    if (drawn !== undefined) return [drawn.instance, drawn.printed, drawn.amended];
    const outcome = outcomes[i];
    if (outcome?.kind !== "decided") return [];
    const { printed, amended } = outcome.outcome;
    const found = printed?.holds === false ? matricesIn(printed.found) : [];
    const [claimed, actual] = found;
    if (claimed === undefined || actual === undefined) return [];
    const repaired = matricesIn(amended?.found ?? "")[0];
    return [
      { caption: "as printed", rows: claimed },
      { caption: "what comes out", rows: actual },
      ...(repaired === undefined ? [] : [{ caption: "as amended", rows: repaired }]),
    ];
  });
  return parts.length === 0 ? "" : `<div class="drawings">${parts.map(gridHtml).join("")}</div>`;
}

function gridHtml({ caption, rows }: DrawnGrid): string {
  const body = rows.map(
    (row) =>
      `<tr>${row.map(({ text, mark }) => `<td${mark === undefined ? "" : ` class="${mark}"`}>${escapeHtml(text)}</td>`).join("")}</tr>`,
  );
  return `<table class="cells"><caption>${escapeHtml(caption)}</caption><tbody>${body.join("")}</tbody></table>`;
}
