/** weightproof explain CERTIFICATE [ADDRESS] */
import { certificateKind, MAX_CERTIFICATE_BYTES } from "../../certificates/envelope.js";
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { readExactTextFile } from "../../inputs/read-text-file.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { printFailure, printJson } from "../print-verdict.js";
import type { Io } from "../system.js";
import { findAddress } from "./explain/address.js";
import { explainReadout } from "./explain/explain-readout.js";
import { explainRow } from "./explain/explain-row.js";
import { explanationText, summaryText } from "./explain/explain-text.js";
import { GateUse } from "./explain/gate-use.js";
import { readSubject, type Subject } from "./explain/subject.js";
import { summarize } from "./explain/summarize.js";

/** Options of explain. */
export interface ExplainOptions {
  readonly address?: string;
}

/** Explains a number, a row or the matrices of a certificate, and decides nothing about it. @throws {InputError} */
export function explainVerb(io: Io, path: string, { address: text }: ExplainOptions): ExitCode {
  const certificate = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  const kind = certificateKind(certificate);
  if (kind !== undefined && kind.system !== "rcnn") {
    throw new InputError(`${path}: its system is ${quoteInput(kind.system)}; explain takes certificates of rcnn`);
  }
  if (kind?.statement === "recoding")
    throw new InputError(`${path}: a recoding has no networks; explain takes the certificate of its target's filter`);
  const subject = readSubject(certificate);
  if ("verdict" in subject) return printFailure(io, subject, path);
  const address = text === undefined ? undefined : findAddress(text, subject.filter, subject.head);
  const about = {
    name: subject.name,
    statement: subject.statement,
    alphabet: subject.letters.name,
    scale: String(subject.code.scale),
    ...namesOf(subject),
  };
  const title = `${path}: ${subject.name}; one u = 1/${subject.code.scale}\n${namesText(subject)}`;
  if (address?.layer === undefined || address.row === undefined) {
    const matrices = summarize(subject, address?.part, address?.layer);
    if (io.json) printJson(io, { ...about, matrices });
    else io.print(`${title}${summaryText(matrices)}`);
    return EXIT.accepted;
  }
  const { part, layer, row, element } = address;
  const use = part === "filter" ? GateUse.of(subject.filter, subject.code, subject.letters) : "";
  const at = { subject, use, layer, row, ...(element === undefined ? {} : { element }) };
  const explanation = part === "filter" ? explainRow(at) : explainReadout(subject, layer, row, element);
  if (io.json) printJson(io, { ...about, explanation });
  else io.print(`${explanation.address} of ${title}${explanationText(explanation)}`);
  return EXIT.accepted;
}

/** Whether the names are those of the construction; where they are not, only the numbers are spoken of. */
function namesOf({ described, headIsBuilt }: Subject): { filterIsBuilt: boolean; readoutIsBuilt: boolean } {
  return { filterIsBuilt: described !== undefined, readoutIsBuilt: headIsBuilt };
}

function namesText({ described, headIsBuilt }: Subject): string {
  const other = (what: string): string =>
    `  the ${what} is not the one that the construction makes of the source: only its numbers are explained\n`;
  return `${described === undefined ? other("filter") : ""}${headIsBuilt ? "" : other("readout")}`;
}
