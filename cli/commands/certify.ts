/** weightproof certify MACHINE */
import { basename } from "node:path";
import { certify } from "../../api/certify.js";
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { filterBytes, printStatement, statementOf, type SubjectNames } from "../../certificates/statement.js";
import { InputError } from "../../construction/machines/input-error.js";
import { loadMachine, type LoadOptions } from "../../construction/machines/load-machine.js";
import { spellSymbol } from "../../construction/machines/read-machine.js";
import { listUndefined } from "../../spec/machines/normal-form.js";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, isAccepted, labelled, printFailure, printJsonLine } from "../print-verdict.js";
import { progressBar } from "../progress-bar.js";
import { writeWholeFile } from "../write-file.js";

export interface CertifyOptions extends LoadOptions {
  readonly out?: string;
  readonly alphabet: AlphabetName;
  readonly statement?: string;
  readonly filter?: string;
  readonly json?: boolean;
}

export function certifyCommand(argument: string, options: CertifyOptions): ExitCode {
  const { statement, filter, out } = options;
  const names = statement === undefined ? undefined : subjectNames(out, filter);
  const source = loadMachine(argument, options);
  const bar = progressBar();
  const verdict = certify(source, options.alphabet, bar.update);
  bar.stop();
  if (!isAccepted(verdict)) return printFailure(verdict, source.name, options.json === true);
  const { certificate, text } = verdict.counts;
  const written: string[] = [];
  const write = (path: string | undefined, content: () => string | Uint8Array): void => {
    if (path === undefined) return;
    writeWholeFile(path, content());
    written.push(path);
  };
  write(out, () => text);
  write(filter, () => filterBytes(certificate));
  write(statement, () => printStatement(statementOf(certificate, text, names as SubjectNames)));
  if (written.includes("-")) return EXIT.accepted;
  const undefinedEntries = listUndefined(source);
  if (options.json === true) printJsonLine({ ...certifiedJson(certificate, options), undefinedEntries });
  else {
    process.stdout.write(`accepted: ${source.name}${haltingNote(undefinedEntries)}\n${labelled(summary(certificate))}`);
    for (const path of written) process.stdout.write(`  written to ${path}\n`);
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

function certifiedJson(certificate: RcnnCertificate, { out, filter, statement }: CertifyOptions): object {
  const { source, alphabet, code, digests, verdicts } = certificate;
  const files = { out: out ?? null, filter: filter ?? null, statement: statement ?? null };
  return { verdict: "accepted", name: source.name, alphabet, code, digests, verdicts, ...files };
}

/** A statement names its subjects after their files, wherever those lie. */
function subjectNames(out: string | undefined, filter: string | undefined): SubjectNames {
  if (out === undefined || out === "-") {
    throw new InputError("--statement speaks of the certificate's file: give it a name with --out");
  }
  const certificate = basename(out);
  const names = { certificate, filter: basename(filter ?? `${basename(certificate, ".json")}.filter.json`) };
  if (names.certificate === names.filter) throw new InputError("--filter and --out: expected different file names");
  return names;
}

/** Which machine it is: the digest of its source. The name that a title shows is a label that nobody vouches for. */
export function sourceLine(digest: string): [label: string, text: string] {
  return ["source", `${digest} (the name is a label)`];
}

/** What a certificate says, for people: labels and texts. */
export function summary({
  machine,
  alphabet,
  code,
  filter,
  verdicts,
  digests,
}: RcnnCertificate): [label: string, text: string][] {
  const { function: values, step, weights, head, replay } = verdicts;
  const cells = replay.reduce((sum, run) => sum + run.cells, 0);
  const widths = weights.widths.join(" - ");
  return [
    sourceLine(digests.source),
    ["machine", `${machine.states.length} states in normal form, K = ${code.lastIndex}, one u = 1/${code.scale}`],
    ["filter", `9 - ${widths}, ReLU after layers 1 and 3, ${grouped(weights.nonzero)} weights`],
    [
      "function",
      `value and Jacobian = f-bar on all ${grouped(values.patches)} ${alphabet} patches (${grouped(values.leaves)} boxes)`,
    ],
    ["step", `one layer = one machine step on every grid (${grouped(step.cases)} local cases); alphabet closed`],
    ["weights", `all in U_s, |U_s| = ${grouped(weights.setSize)}; ${grouped(weights.distinct)} distinct used`],
    [
      "width",
      `widest layer ${Math.max(...weights.widths)}, ${weights.withinWidthBound ? "within" : "above"} 100 s = ${weights.widthBound}`,
    ],
    ["head", `= f-bar_head on the whole line, ${head.units} ReLUs`],
    ["replay", `${replay.length} ${replay.length === 1 ? "run" : "runs"}, ${grouped(cells)} cells compared`],
    ["digest", `${digests.filter} (filter, ${filter.layers.length} layers)`],
  ];
}
