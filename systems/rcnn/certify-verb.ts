/** weightproof certify MACHINE */
import { basename } from "node:path";
import { certify } from "./certify.js";
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { filterBytes, printAttestation, attestationOf, type SubjectNames } from "../../certificates/attestation.js";
import { InputError } from "../../inputs/input-error.js";
import type { GridInput } from "../../execution/rcnn/growing-grid.js";
import { toSourceMachine } from "../../inputs/machines/three-symbols.js";
import { spellSymbol } from "../../inputs/machines/read-machine.js";
import { listUndefined } from "../../spec/machines/normal-form.js";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import { summary } from "./summary.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import { labelled, printFailure, printJson } from "../print-verdict.js";
import { accepted, isAccepted } from "../../checkers/verdict.js";
import type { RecodingCertificate } from "../../certificates/rcnn-recoding.js";
import { certifyRecoding } from "./certify-recoding.js";
import { recodingText } from "./checkers.js";
import { loadWithInput, type TapeOptions } from "./load-with-input.js";
import { gridInput } from "./run-source.js";

/** The options of certify. */
export interface CertifyOptions extends TapeOptions {
  readonly out?: string;
  readonly alphabet: AlphabetName;
  readonly statement?: string;
  readonly filter?: string;
}

/** Most inputs that a certificate replays. */
const MAX_INPUTS = 32;

/**
 * Compiles a machine, proves its filter and writes the certificate; a machine of more than three symbols is recoded first, and the
 * certificate of the recoding is written beside it. @throws {InputError}
 */
export function certifyVerb(io: Io, argument: string, options: CertifyOptions): ExitCode {
  const { statement, filter, out } = options;
  const names = statement === undefined ? undefined : subjectNames(out, filter);
  const read = loadWithInput(argument, options);
  if (read.inputs.length > MAX_INPUTS)
    throw new InputError(`--input: expected at most ${MAX_INPUTS}, got ${read.inputs.length}`);
  const starts = read.inputs.flatMap(({ starts: tapes }) => tapes?.slice(0, 1) ?? []);
  // A machine of several tapes is refused by toSourceMachine, which says why.
  const recoded =
    read.source === undefined && read.machine.tapes === 1
      ? certifyRecoding(read.machine, starts.length === 0 ? undefined : starts)
      : accepted(undefined);
  if (!isAccepted(recoded)) return printFailure(io, recoded, read.machine.name);
  const recoding = recoded.result;
  const source = recoding?.recoding.target ?? read.source ?? toSourceMachine(read.machine);
  const inputs = recoding === undefined ? starts.map((start) => gridInput(read.machine, start) as GridInput) : [];
  const verdict = certify(source, options.alphabet, io.progress, inputs);
  if (!isAccepted(verdict)) return printFailure(io, verdict, source.name);
  const { certificate, text } = verdict.result;
  const written: string[] = [];
  const write = (path: string | undefined, content: () => string | Uint8Array): void => {
    if (path === undefined) return;
    io.save(path, content());
    written.push(path);
  };
  write(out, () => text);
  const recodingFile = out === undefined || out === "-" ? undefined : `${out.replace(/\.json$/, "")}.recoding.json`;
  if (recoding !== undefined) write(recodingFile, () => recoding.text);
  write(filter, () => filterBytes(certificate));
  write(statement, () => printAttestation(attestationOf(certificate, text, names as SubjectNames)));
  if (written.includes("-")) return EXIT.accepted;
  const undefinedEntries = listUndefined(source);
  if (io.json) {
    const ofRecoding = recoding === undefined ? {} : { recoding: recodingJson(recoding.certificate, recodingFile) };
    printJson(io, { ...certifiedJson(certificate, options), ...ofRecoding, undefinedEntries });
  } else {
    io.print(
      `accepted: ${source.name}${recoding === undefined ? haltingNote(undefinedEntries) : ""}\n${labelled(summary(certificate))}`,
    );
    if (recoding !== undefined) {
      const { title, lines } = recodingText(recoding.certificate);
      io.print(`accepted: ${title}\n${labelled(lines)}`);
    }
    for (const path of written) io.print(`  written to ${path}\n`);
  }
  return EXIT.accepted;
}

function recodingJson({ digests, verdicts }: RecodingCertificate, file: string | undefined): object {
  return { out: file ?? null, digests, steps: verdicts.steps };
}

/** Entries that the table leaves out halt; most people want to know which. */
function haltingNote(entries: ReturnType<typeof listUndefined>): string {
  if (entries.length === 0) return "";
  const names = entries.slice(0, LISTED_ENTRIES).map(({ state, symbol }) => `${state} on ${spellSymbol(symbol)}`);
  const more = entries.length > LISTED_ENTRIES ? `, and ${entries.length - LISTED_ENTRIES} more` : "";
  return ` (undefined, so halting: ${names.join(", ")}${more})`;
}

const LISTED_ENTRIES = 4;

function certifiedJson(certificate: RcnnCertificate, { out, filter, statement }: CertifyOptions): object {
  const { source, alphabet, code, digests, verdicts } = certificate;
  const files = { out: out ?? null, filter: filter ?? null, statement: statement ?? null };
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
