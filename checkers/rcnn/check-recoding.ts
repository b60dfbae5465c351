/**
 * Decides the certificate of a recoding (certificates/RECODING.md): that a machine of three symbols does what a machine over any
 * alphabet does, step for step and from every configuration. Nothing is believed: every situation of the head's block and the one
 * it goes to is run, and that is all that a step of the source can touch.
 */
import { encodeAlphabetSource } from "../../certificates/alphabet-machine-json.js";
import { digestOf } from "../../certificates/canonical.js";
import type { CertificateTextFault } from "../../certificates/envelope.js";
import { encodeSourceMachine } from "../../certificates/machine-json.js";
import { decodeRecoding, readRecodingText, type RecodingCertificate } from "../../certificates/rcnn-recoding.js";
import { alphabetMachineFault } from "../../spec/machines/alphabet-machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { partialStates, type Recoding } from "../../spec/machines/recoding.js";
import { difference } from "../difference.js";
import { accepted, rejected, undecided, type Rejected, type Verdict } from "../verdict.js";
import { replayRecoding, type ReplayFault } from "./replay-recoding.js";
import { decideSituations, type SituationFault } from "./recoding-situations.js";

/**
 * Every code with which a recoding's certificate is rejected; RECODING.md gives the condition of each.
 *
 * @example
 * ```ts
 * import { check, type RecodingFault } from "weightproof/checkers";
 *
 * const parts: readonly string[] = ["recoding-code", "recoding-states"] satisfies RecodingFault[];
 * const verdict = await check("{}");
 * verdict.verdict === "rejected" && parts.includes(verdict.code); // => false
 * ```
 */
export type RecodingFault =
  | CertificateTextFault
  | "digest"
  | "source-machine"
  | "recoding-code"
  | "recoding-states"
  | SituationFault
  | ReplayFault
  | "counts";

/** Decides the text of a certificate. No text makes it throw. */
export function checkRecoding(text: string): Verdict<RecodingFault, RecodingCertificate> {
  try {
    return decide(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undecided("computer", error.message);
  }
}

function decide(text: string): Verdict<RecodingFault, RecodingCertificate> {
  const read = readRecodingText(text);
  if ("fault" in read) return rejected(read.fault, read.path, read.message);
  const { certificate } = read;
  for (const part of ["source", "target"] as const) {
    const digest = digestOf(certificate[part]);
    const fault = difference("digest", certificate.digests[part], digest, `digests.${part}`);
    if (fault !== undefined) return fault;
  }
  const recoding = decodeRecoding(certificate);
  const malformed = sourceFault(certificate, recoding) ?? targetFault(certificate, recoding);
  if (malformed !== undefined) return malformed;
  const correspondence = codeFault(certificate) ?? statesFault(recoding);
  if (correspondence !== undefined) return correspondence;

  const { steps, replay } = certificate.verdicts;
  const situations = decideSituations(recoding, steps.longest);
  if (situations.verdict !== "accepted") return situations;
  const runs = replayRecoding(recoding, replay, steps.longest);
  if (runs.verdict !== "accepted") return runs;
  const decided = { steps: situations.result, replay: runs.result };
  return difference("counts", certificate.verdicts, decided, "verdicts") ?? accepted(certificate);
}

type Fault = Rejected<RecodingFault> | undefined;

function sourceFault(certificate: RecodingCertificate, { source }: Recoding): Fault {
  const fail = (message: string): Rejected<"source-machine"> => rejected("source-machine", "source", message);
  const fault = alphabetMachineFault(source);
  if (fault !== undefined) return fail(fault);
  // Rows and entries that are listed twice, or in another order, would be read once.
  const spelled = difference("source-machine", certificate.source, encodeAlphabetSource(source), "source");
  if (spelled !== undefined) return spelled;
  const [partial] = partialStates(source);
  if (partial === undefined || source.missing === "stop" || source.halting.length > 0) return undefined;
  return fail(`state ${JSON.stringify(partial)} lacks an entry, which is a step, and no state halts`);
}

function targetFault(certificate: RecodingCertificate, { target }: Recoding): Fault {
  const spelled = difference("source-machine", certificate.target, encodeSourceMachine(target), "target");
  if (spelled !== undefined) return spelled;
  try {
    normalForm(target);
    return undefined;
  } catch (error) {
    return rejected("source-machine", "target", error instanceof Error ? error.message : String(error));
  }
}

function codeFault({ source, block: { rows, columns, codes } }: RecodingCertificate): Fault {
  const fail = (path: string, message: string): Fault => rejected("recoding-code", path, message);
  if (codes.length !== source.symbols.length)
    return fail("block.codes", `expected ${source.symbols.length} codes, one for each symbol, got ${codes.length}`);
  const seen = new Map<string, number>();
  for (const [a, code] of codes.entries()) {
    const path = `block.codes[${a}]`;
    if (code.length !== rows * columns) return fail(path, `expected ${rows * columns} cells, got ${code.length}`);
    if (a === 0 && /[-+]/.test(code)) return fail(path, "expected the code of the blank to be blank");
    if (seen.has(code)) return fail(path, `expected codes that differ, got that of symbol ${seen.get(code)} again`);
    seen.set(code, a);
  }
  return undefined;
}

function statesFault({ source, target, rows, columns, states, stopped }: Recoding): Fault {
  const fail = (path: string, message: string): Fault => rejected("recoding-states", path, message);
  const [known, halts] = [new Set(source.states), new Set(source.halting)];
  const [targets, ends] = [new Set(target.states), new Set(target.halting)];
  const seen = new Set<string>();
  for (const [list, entries] of Object.entries({ states, stopped })) {
    for (const [i, { state, target: to, row, column }] of entries.entries()) {
      const path = `${list}[${i}]`;
      if (!known.has(state)) return fail(path, `${JSON.stringify(state)} is no state of the source`);
      if (!targets.has(to)) return fail(path, `${JSON.stringify(to)} is no state of the target`);
      if (row >= rows || column >= columns) return fail(path, `expected a place of the block, got ${row}, ${column}`);
      if (seen.has(to)) return fail(path, `the target's state ${JSON.stringify(to)} is listed twice`);
      seen.add(to);
      if (list === "stopped") {
        if (source.missing !== "stop") return fail(path, "a source whose missing entries are steps does not stop");
        if (halts.has(state)) return fail(path, `${JSON.stringify(state)} halts, so the source does not stop in it`);
        if (!ends.has(to)) return fail(path, `expected the target to halt in ${JSON.stringify(to)}`);
      } else if (halts.has(state) !== ends.has(to)) {
        return fail(path, `expected both states to halt, or none`);
      }
    }
  }
  const listed = new Set(states.map(({ state }) => state));
  const absent = source.states.find((state) => !listed.has(state));
  if (absent !== undefined) return fail("states", `the source's state ${JSON.stringify(absent)} is not listed`);
  if (states.some((one) => one.state === source.start && one.target === target.start)) return undefined;
  return fail("states", "expected the target's start to be listed for the source's");
}
