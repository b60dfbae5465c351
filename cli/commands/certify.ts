/** weightproof certify MACHINE */
import { certify } from "../../api/certify.js";
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
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
  readonly json?: boolean;
}

export function certifyCommand(argument: string, options: CertifyOptions): ExitCode {
  const source = loadMachine(argument, options);
  const bar = progressBar();
  const verdict = certify(source, options.alphabet, bar.update);
  bar.stop();
  if (!isAccepted(verdict)) return printFailure(verdict, source.name, options.json === true);
  const { certificate, text } = verdict.counts;
  if (options.out !== undefined) writeWholeFile(options.out, text);
  if (options.out === "-") return EXIT.accepted;
  const undefinedEntries = listUndefined(source);
  if (options.json === true) printJsonLine({ ...certifiedJson(certificate, options.out), undefinedEntries });
  else {
    process.stdout.write(`accepted: ${source.name}${haltingNote(undefinedEntries)}\n${summary(certificate)}`);
    if (options.out !== undefined) process.stdout.write(`  written to ${options.out}\n`);
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

function certifiedJson(certificate: RcnnCertificate, out: string | undefined): object {
  const { source, alphabet, code, digests, verdicts } = certificate;
  return { verdict: "accepted", name: source.name, alphabet, code, digests, verdicts, out: out ?? null };
}

/** What a certificate says, for people. */
export function summary({ machine, alphabet, code, filter, verdicts, digests }: RcnnCertificate): string {
  const { function: values, step, weights, head, replay } = verdicts;
  const cells = replay.reduce((sum, run) => sum + run.cells, 0);
  const widths = weights.widths.join(" - ");
  return labelled([
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
  ]);
}
