/** weightproof check CERTIFICATE */
import { MAX_CERTIFICATE_BYTES, readCertificateText } from "../../certificates/rcnn-certificate.js";
import type { FilterStatement } from "../../certificates/statement.js";
import { checkCertificate } from "../../checkers/rcnn/check-certificate.js";
import { checkLearning, type CheckedLearning } from "../../checkers/rcnn/check-learning.js";
import {
  checkStatement,
  checkSubjects,
  type MatchedSubject,
  type StatementFault,
} from "../../checkers/rcnn/check-statement.js";
import { checkCertificateAgain } from "../../checkers/second/check.js";
import { rejected, type Verdict } from "../../checkers/verdict.js";
import { isLearningText } from "../../certificates/rcnn-learning.js";
import { InputError } from "../../construction/machines/input-error.js";
import { readBytes, readExactTextFile } from "../../construction/machines/read-text-file.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, isAccepted, labelled, printFailure, printJsonLine } from "../print-verdict.js";
import { progressBar } from "../progress-bar.js";
import { sourceLine, summary } from "./certify.js";

/** Which checkers decide; "both" accepts what both accept. */
export type CheckedWith = "first" | "second" | "both";

export interface CheckOptions {
  readonly with: CheckedWith;
  readonly statement?: string;
  readonly subject?: readonly string[];
  readonly json?: boolean;
}

export function checkCommand(path: string, options: CheckOptions): ExitCode {
  const text = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  const json = options.json === true;
  if (isLearningText(text) && (options.statement !== undefined || options.subject !== undefined)) {
    throw new InputError(`${path}: statements and subjects are of certificates of filters, not of learning runs`);
  }
  if (options.with === "both") return checkWithBoth(text, path, options);
  if (options.with === "first") {
    const verdict = firstVerdict(text);
    if (!isAccepted(verdict)) return printFailure(verdict, path, json);
    const { title, lines, json: accepted } = verdict.counts;
    return printAccepted(text, options, accepted, `${path}: ${title}`, lines);
  }
  const verdict = secondVerdict(text);
  if (!isAccepted(verdict)) return printFailure(verdict, `${path} (second checker)`, json);
  const { leftAlone } = verdict.counts;
  const not = leftAlone.length === 0 ? "" : `; not decided: ${leftAlone.join(", ")}`;
  return printAccepted(text, options, secondJson(verdict), `${path} (second checker${not})`, []);
}

/** Prints an acceptance, unless what was given with the certificate does not belong to it. */
function printAccepted(
  text: string,
  options: CheckOptions,
  json: object,
  title: string,
  lines: readonly [label: string, text: string][],
): ExitCode {
  const attested = attest(text, options);
  if (!isAccepted(attested)) {
    const isFile = attested.verdict === "rejected" && attested.code === "subject-file";
    return printFailure(attested, isFile ? "--subject" : (options.statement ?? ""), options.json === true);
  }
  const { statement, subjects } = attested.counts;
  if (options.json === true) {
    printJsonLine({ ...json, ...(statement && { statement }), ...(subjects.length > 0 && { subjects }) });
    return EXIT.accepted;
  }
  process.stdout.write(`accepted: ${title}\n${labelled([...lines, ...attestedLines(attested.counts)])}`);
  return EXIT.accepted;
}

function attestedLines({ statement, subjects }: Attested): [label: string, text: string][] {
  const files = subjects.map(({ name, part }): [string, string] => ["subject", `${name} is the ${PARTS[part]}`]);
  if (statement === undefined) return files;
  const names = statement.subject.map(({ name }) => name).join(" and ");
  return [
    ["statement", `is the one about ${names} that follows from the certificate`],
    ...files,
    ["signature", "not looked at (docs/attestation.md)"],
  ];
}

const PARTS: Readonly<Record<MatchedSubject["part"], string>> = {
  certificate: "certificate",
  filter: "filter",
  head: "head network",
  machine: "machine in normal form",
  source: "machine as written",
};

/** Most bytes of a statement, in its envelope or not. */
const MAX_STATEMENT_BYTES = 2 ** 24;

/** What was given with an accepted certificate, decided. */
function attest(text: string, { statement, subject = [] }: CheckOptions): Verdict<StatementFault, Attested> {
  const none: Attested = { statement: undefined, subjects: [] };
  if (statement === undefined && subject.length === 0) return { verdict: "accepted", counts: none };
  const read = readCertificateText(text);
  if ("fault" in read) return rejected("statement", read.path, read.message);
  const files = subject.map((name) => ({ name, bytes: readBytes(name, MAX_CERTIFICATE_BYTES) }));
  const subjects = checkSubjects(files, read.certificate, text);
  if (!isAccepted(subjects)) return subjects;
  if (statement === undefined) return { verdict: "accepted", counts: { ...none, subjects: subjects.counts } };
  const stated = checkStatement(readExactTextFile(statement, MAX_STATEMENT_BYTES), read.certificate, text);
  if (!isAccepted(stated)) return stated;
  return { verdict: "accepted", counts: { statement: stated.counts, subjects: subjects.counts } };
}

interface Attested {
  readonly statement: FilterStatement | undefined;
  readonly subjects: readonly MatchedSubject[];
}

/** What the lines and the JSON of an acceptance say. */
interface Accepted {
  readonly title: string;
  readonly lines: readonly [label: string, text: string][];
  readonly json: object;
}

function learningAccepted({ certificate, filter }: CheckedLearning): Accepted {
  const { source, shape, predictions, digests, verdicts } = certificate;
  const { memorization, replay, float32 } = verdicts;
  const answered = predictions.filter(({ answer }) => answer !== null).length;
  const { patches } = filter.function;
  return {
    title: `a learning run of ${source.name}`,
    lines: [
      sourceLine(digests.source),
      ["filter", `that of this source: value and Jacobian = f-bar on all ${grouped(patches)} well-formed patches`],
      ["step", `one layer = one machine step on every grid (${grouped(filter.step.cases)} local cases)`],
      ["head", `= f-bar_head on the whole line, ${filter.head.units} ReLUs`],
      [
        "run",
        `${shape.m} examples of d = ${shape.d}; ${shape.columns} padding columns, ${grouped(shape.layers)} layers`,
      ],
      ["memory", `Algorithm 1 replayed: ${replay.steps} steps leave W as stated`],
      ["lemmas", `3 and 4 for every d, m and training set, from ${grouped(memorization.patches)} patches`],
      [
        "predictions",
        `${predictions.length} points rolled out again, ${answered} with an answer, ${grouped(replay.cells)} cells`,
      ],
      ["float32", float32 === null ? "not claimed" : `no sum of training or prediction can round (${float32.layout})`],
      ["digest", `${digests.filter} (filter)`],
    ],
    json: { verdict: "accepted", name: source.name, shape, predictions, digests, verdicts, filter },
  };
}

/** Asks both checkers, whatever the first says, and shows each that does not accept. */
function checkWithBoth(text: string, path: string, options: CheckOptions): ExitCode {
  const [first, second] = [firstVerdict(text), secondVerdict(text)];
  if (isAccepted(first) && isAccepted(second)) {
    const json = { verdict: "accepted", first: first.counts.json, second: secondJson(second) };
    return printAccepted(text, options, json, `${path}: ${first.counts.title}, by both checkers`, first.counts.lines);
  }
  const verdict = [first.verdict, second.verdict].includes("rejected") ? "rejected" : "undecided";
  if (options.json === true) {
    printJsonLine({
      verdict,
      first: isAccepted(first) ? first.counts.json : first,
      second: secondJson(second),
    });
  } else {
    if (isAccepted(first)) process.stdout.write(`accepted: ${path} (first checker)\n`);
    else printFailure(first, `${path} (first checker)`, false);
    if (isAccepted(second)) process.stdout.write(`accepted: ${path} (second checker)\n`);
    else printFailure(second, `${path} (second checker)`, false);
  }
  return EXIT[verdict];
}

function firstVerdict(text: string): Verdict<string, Accepted> {
  const bar = progressBar();
  try {
    if (isLearningText(text)) {
      const verdict = checkLearning(text, bar.update);
      return isAccepted(verdict) ? { verdict: "accepted", counts: learningAccepted(verdict.counts) } : verdict;
    }
    const verdict = checkCertificate(text, bar.update);
    if (!isAccepted(verdict)) return verdict;
    const { source, alphabet, code, digests, verdicts } = verdict.counts;
    const json = { verdict: "accepted", name: source.name, alphabet, code, digests, verdicts };
    return { verdict: "accepted", counts: { title: source.name, lines: summary(verdict.counts), json } };
  } finally {
    bar.stop();
  }
}

/** The second checker's verdict in the form of the first one's; its witness is in its message. */
function secondVerdict(text: string): Verdict<string, { readonly leftAlone: readonly string[] }> {
  const verdict = checkCertificateAgain(text);
  if (verdict.verdict === "accepted") return { verdict: "accepted", counts: { leftAlone: verdict.leftAlone } };
  return verdict.verdict === "rejected" ? { ...verdict, witness: {} } : verdict;
}

function secondJson(verdict: ReturnType<typeof secondVerdict>): object {
  return isAccepted(verdict) ? { verdict: "accepted", leftAlone: verdict.counts.leftAlone } : verdict;
}
