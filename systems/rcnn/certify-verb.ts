/** weightproof certify MACHINE */
import { basename } from "node:path";
import { certify } from "./certify.js";
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { filterBytes, printAttestation, attestationOf, type SubjectNames } from "../../certificates/attestation.js";
import { InputError } from "../../inputs/input-error.js";
import { spellSymbol } from "../../inputs/machines/read-machine.js";
import { listUndefined } from "../../spec/machines/normal-form.js";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import { summary } from "./summary.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import type { GridInput } from "../../execution/rcnn/growing-grid.js";
import { certifyRecoding, type CertifiedRecoding } from "./certify-recoding.js";
import { recodingText } from "./checkers.js";
import { loadWithInput, type TapeOptions } from "./load-with-input.js";
import { gridInput } from "./run-source.js";
import { labelled, printFailure, printJson } from "../print-verdict.js";
import { isAccepted } from "../../checkers/verdict.js";

/** The options of certify. */
export interface CertifyOptions extends TapeOptions {
  readonly out?: string;
  readonly alphabet: AlphabetName;
  readonly statement?: string;
  readonly filter?: string;
  readonly recoding?: string;
}

/** Most inputs that a certificate replays. */
const MAX_INPUTS = 32;

/** Compiles a machine, proves its filter and writes the certificate. @throws {InputError} */
export function certifyVerb(io: Io, argument: string, options: CertifyOptions): ExitCode {
  const { statement, filter, out } = options;
  const names = statement === undefined ? undefined : subjectNames(out, filter);
  const loaded = loadWithInput(argument, options);
  const { machine, inputs } = loaded;
  if (inputs.length > MAX_INPUTS) throw new InputError(`--input: expected at most ${MAX_INPUTS}, got ${inputs.length}`);
  const starts = inputs.flatMap((input) => (input.starts === undefined ? [] : input.starts.slice(0, 1)));
  let source = loaded.source;
  let recoded: CertifiedRecoding | undefined;
  if (source === undefined) {
    if (machine.tapes > 1)
      throw new InputError(
        `machine ${machine.name}: certificates are of machines on one tape, got ${machine.tapes}; run has them`,
      );
    const recoding = certifyRecoding(machine, starts.length === 0 ? undefined : starts);
    if (!isAccepted(recoding)) return printFailure(io, recoding, machine.name);
    recoded = recoding.result;
    source = recoded.recoding.target;
  } else if (options.recoding !== undefined) {
    throw new InputError(`--recoding: machine ${machine.name} has no more than three symbols, and needs none`);
  }
  const tapes = recoded === undefined ? starts.map((start) => gridInput(machine, start) as GridInput) : [];
  const verdict = certify(source, options.alphabet, io.progress, tapes);
  if (!isAccepted(verdict)) return printFailure(io, verdict, source.name);
  const { certificate, text } = verdict.result;
  const written: string[] = [];
  const write = (path: string | undefined, content: () => string | Uint8Array): void => {
    if (path === undefined) return;
    io.save(path, content());
    written.push(path);
  };
  write(out, () => text);
  write(options.recoding, () => (recoded as CertifiedRecoding).text);
  write(filter, () => filterBytes(certificate));
  write(statement, () => printAttestation(attestationOf(certificate, text, names as SubjectNames)));
  if (written.includes("-")) return EXIT.accepted;
  const undefinedEntries = listUndefined(source);
  if (io.json) printJson(io, { ...certifiedJson(certificate, options), undefinedEntries });
  else {
    io.print(
      `accepted: ${source.name}${recoded === undefined ? haltingNote(undefinedEntries) : ""}\n${labelled(summary(certificate))}`,
    );
    if (recoded !== undefined) {
      const { title, lines } = recodingText(recoded.certificate);
      io.print(`accepted: ${title}, whose target this filter is of\n${labelled(lines)}`);
    }
    for (const path of written) io.print(`  written to ${path}\n`);
  }
  return EXIT.accepted;
}

/** Entries that the table leaves out halt; most people want to know which. */
function haltingNote(entries: ReturnType<typeof listUndefined>): string {
  if (entries.length === 0) return "";
  const names = entries.slice(0, LISTED_ENTRIES).map(({ state, symbol }) => `${state} on ${spellSymbol(symbol)}`);
  const more = entries.length > LISTED_ENTRIES ? `, and ${entries.length - LISTED_ENTRIES} more` : "";
  return ` (undefined, so halting: ${names.join(", ")}${more})`;
}

const LISTED_ENTRIES = 4;

function certifiedJson(certificate: RcnnCertificate, { out, filter, statement, recoding }: CertifyOptions): object {
  const { source, alphabet, code, digests, verdicts } = certificate;
  const files = { out: out ?? null, filter: filter ?? null, statement: statement ?? null, recoding: recoding ?? null };
  return { verdict: "accepted", name: source.name, alphabet, code, digests, verdicts, ...files };
}

/** A statement names its subjects after their files, wherever those lie. */
function subjectNames(out: string | undefined, filter: string | undefined): SubjectNames {
  if (out === undefined || out === "-") {
    throw new InputError("--statement needs --out: the statement names the certificate's file");
  }
  const certificate = basename(out);
  const names = { certificate, filter: basename(filter ?? `${basename(certificate, ".json")}.filter.json`) };
  if (names.certificate === names.filter) throw new InputError("--filter and --out: expected different file names");
  return names;
}
