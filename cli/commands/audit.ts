/** weightproof audit [CLAIM...] [--check] [--json] [--html FILE], audit search, audit merge */
import { audit, claimIds } from "../../audit/audit.js";
import { auditHtml } from "../../audit/html/page.js";
import { auditJson } from "../../audit/report-json.js";
import { auditTable, claimText, describeFault } from "../../audit/report-text.js";
import { InputError, quoteInput } from "../../construction/machines/input-error.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { printJsonLine } from "../print-verdict.js";
import { progressBar } from "../progress-bar.js";
import { writeWholeFile } from "../write-file.js";

export interface AuditOptions {
  readonly check?: boolean;
  readonly json?: boolean;
  readonly html?: string;
}

export function auditCommand(ids: readonly string[], options: AuditOptions): ExitCode {
  const known = new Set(claimIds());
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw new InputError(`${quoteInput(unknown)}: there is no such claim; "weightproof audit" lists all ${known.size}`);
  }
  const bar = progressBar();
  const result = audit(ids, (done, total) => bar.update("claims", done, total));
  bar.stop();
  const { rejected, claims } = result;
  if (options.html !== undefined) writeWholeFile(options.html, auditHtml(result));
  if (options.json === true) printJsonLine(auditJson(result));
  else if (options.html === "-") {
    // The page is on stdout already.
  } else if (options.check === true) {
    process.stdout.write(rejected.map((one) => `rejected: ${describeFault(one)}\n`).join(""));
    if (rejected.length === 0)
      process.stdout.write(`accepted: all ${claims.length} verdicts follow from their evidence\n`);
  } else process.stdout.write(ids.length > 0 ? claims.map(claimText).join("\n") : auditTable(result));
  if (rejected.length === 0) return EXIT.accepted;
  return rejected.every(({ fault }) => fault?.code === "certificate-undecided") ? EXIT.undecided : EXIT.rejected;
}
