/** weightproof audit [CLAIM...] [--check] [--json] [--html FILE], for any paper. */
import { audit, claimIds } from "../audit/audit.js";
import { auditHtml } from "../audit/html/page.js";
import { auditJson } from "../audit/report-json.js";
import { auditTable, claimText, describeFault } from "../audit/report-text.js";
import type { AuditedPaper } from "../audit/paper.js";
import { InputError, quoteInput } from "../inputs/input-error.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import type { Io } from "./system.js";
import { printJson } from "./print-verdict.js";

/** The options of audit. */
export interface AuditOptions {
  readonly check?: boolean;
  readonly html?: string;
}

/** The verb of a paper: decides claims from their evidence; without ids, all of them. It throws an InputError for an unknown id. */
export function auditVerb(paper: AuditedPaper): (io: Io, ids: readonly string[], options: AuditOptions) => ExitCode {
  return (io, ids, options) => runAudit(paper, io, ids, options);
}

/** Whether a paper has a claim; without one, all of its claims are meant. */
export function hasClaim(paper: AuditedPaper, id: string): true | string {
  return id === "" || claimIds(paper).includes(id) ? true : `${quoteInput(id)}: there is no such claim`;
}

function runAudit(paper: AuditedPaper, io: Io, ids: readonly string[], options: AuditOptions): ExitCode {
  const known = new Set(claimIds(paper));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw new InputError(`${quoteInput(unknown)}: there is no such claim; "weightproof audit" lists all ${known.size}`);
  }
  const result = audit(paper, ids, (done, total) => io.progress("claims", done, total));
  const { rejected, claims } = result;
  if (options.html !== undefined) io.save(options.html, auditHtml(paper, result));
  if (io.json) printJson(io, auditJson(result));
  else if (options.html === "-") {
    // The page is on stdout already.
  } else if (options.check === true) {
    io.print(rejected.map((one) => `rejected: ${describeFault(one)}\n`).join(""));
    if (rejected.length === 0) io.print(`accepted: all ${claims.length} verdicts follow from their evidence\n`);
  } else io.print(ids.length > 0 ? claims.map(claimText).join("\n") : auditTable(result));
  if (rejected.length === 0) return EXIT.accepted;
  return rejected.every(({ fault }) => fault?.code === "certificate-undecided") ? EXIT.undecided : EXIT.rejected;
}
