/** An audit on a terminal: a table of verdicts by section, and one claim with all its evidence. */
import { CLAIM_VERDICTS } from "./claim.js";
import type { Audit, AuditedClaim } from "./check-claims.js";
import type { EvidenceOutcome } from "./outcome.js";

/** The table: one line a claim, grouped by section, with totals; claims whose verdict does not follow come last in full. */
export function auditTable({ claims, counts, rejected }: Audit): string {
  const width = Math.max(...claims.map(({ claim }) => claim.id.length));
  const lines: string[] = [];
  let title = "";
  for (const { section, claim, decided, fault } of claims) {
    if (section.title !== title) {
      title = section.title;
      lines.push("", title);
    }
    const verdict = fault === undefined ? (decided ?? "") : "DOES NOT FOLLOW";
    lines.push(`  ${claim.id.padEnd(width)}  ${verdict.padEnd(17)}  ${claim.place.arxiv}`);
  }
  const totals = CLAIM_VERDICTS.map((verdict) => `${counts[verdict]} ${verdict}`).join(", ");
  lines.push("", `${claims.length} claims: ${totals}`);
  if (rejected.length > 0) lines.push("", ...rejected.map(describeFault));
  return `${lines.join("\n").trimStart()}\n`;
}

/** Why a claim's verdict does not follow, in one line. */
export function describeFault({ claim, fault }: AuditedClaim): string {
  return `${claim.id}: ${fault?.code ?? "decided"}: ${fault?.message ?? ""}`;
}

/** One claim in full. */
export function claimText({ section, claim, outcomes, decided, fault }: AuditedClaim): string {
  const lines = [
    `${claim.id}: ${fault === undefined ? (decided ?? "") : `does not follow (${fault.code}: ${fault.message})`}`,
    `  section    ${section.title}`,
    `  place      ${claim.place.arxiv}`,
    ...(claim.place.neurips === undefined ? [] : [`  NeurIPS    ${claim.place.neurips}`]),
    `  statement  ${claim.statement}`,
    `  predicate  ${claim.predicate}`,
    `  range      ${claim.range}`,
    `  reading    ${claim.reading}`,
    ...(claim.amendment === null ? [] : [`  amendment  ${claim.amendment}`]),
    ...claim.evidence.flatMap((evidence, i) => [
      `  evidence   ${evidenceName(evidence)}`,
      ...outcomeLines(outcomes[i] as EvidenceOutcome).map((line) => `    ${line}`),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** "amendment digit-zero", "count observation-1", "certificate bb4.json, step", "argument". */
export function evidenceName(evidence: AuditedClaim["claim"]["evidence"][number]): string {
  if (evidence.kind === "amendment") return `amendment ${evidence.id}`;
  if (evidence.kind === "count") return `count ${evidence.name}`;
  if (evidence.kind === "certificate") return `certificate ${evidence.file}, ${evidence.part}`;
  return `argument (no program decides it): ${evidence.text}`;
}

function outcomeLines(outcome: EvidenceOutcome): string[] {
  if (outcome.kind === "fault") return [`${outcome.code}: ${outcome.message}`];
  if (outcome.kind === "argument") return [];
  const { instance, printed, amended, numbers } = outcome.outcome;
  const finding = (name: string, one: typeof printed): string[] =>
    one === undefined ? [] : [`${name}: ${one.holds ? "holds" : "fails"}: ${one.found}`];
  return [
    instance,
    ...finding("as printed", printed),
    ...finding("as amended", amended),
    ...Object.entries(numbers).map(([key, value]) => `${key} = ${value}`),
  ];
}
