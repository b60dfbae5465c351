/** The checkers of this system's certificates, with what an acceptance says of them. */
import type { RecodingCertificate } from "../../certificates/rcnn-recoding.js";
import type { MatchedSubject } from "../../checkers/rcnn/check-attestation.js";
import type { CheckedLearning } from "../../checkers/rcnn/check-learning.js";
import { rejected, type Verdict, accepted } from "../../checkers/verdict.js";
import { loadVerified } from "../load-verified.js";
import { counted, grouped } from "../print-verdict.js";
import type { Attested, CheckedText, GivenFile, Progress, SecondVerdict, StatementCheckers } from "../system.js";
import { sourceLine, summary } from "./summary.js";

/** The checkers of each statement of this paper. */
export const CHECKERS: Readonly<Record<string, StatementCheckers>> = {
  filter: { first: checkFilterText, second: checkAgain, verified: () => loadVerified(), attest },
  learning: { first: checkLearningText, second: checkAgain },
  recoding: { first: checkRecodingText, second: checkAgain, attest: attestRecoding },
};

async function checkAgain(text: string): Promise<SecondVerdict> {
  return (await import("../../checkers/second/check.js")).checkCertificateAgain(text);
}

async function checkFilterText(text: string, progress: Progress): Promise<Verdict<string, CheckedText>> {
  const { checkCertificate } = await import("../../checkers/rcnn/check-certificate.js");
  const verdict = checkCertificate(text, progress);
  if (verdict.verdict !== "accepted") return verdict;
  const { source, alphabet, code, digests, verdicts } = verdict.result;
  const json = { verdict: "accepted", name: source.name, alphabet, code, digests, verdicts };
  return accepted({ title: source.name, lines: summary(verdict.result), json });
}

async function checkLearningText(text: string, progress: Progress): Promise<Verdict<string, CheckedText>> {
  const { checkLearning } = await import("../../checkers/rcnn/check-learning.js");
  const verdict = checkLearning(text, progress);
  return verdict.verdict === "accepted" ? accepted(learningText(verdict.result)) : verdict;
}

function learningText({ certificate, filter }: CheckedLearning): CheckedText {
  const { source, shape, predictions, digests, verdicts } = certificate;
  const { memorization, handOver, replay, float32 } = verdicts;
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
        `${shape.m} examples of d = ${shape.d}; ${counted(shape.columns, "padding column")}, ${counted(shape.layers, "layer")}`,
      ],
      ["memory", `Algorithm 1 replayed: ${replay.steps} steps leave W as stated`],
      ["lemmas", `3 and 4 for every d, m and training set, from ${grouped(memorization.patches)} patches`],
      [
        "hand-over",
        `memory becomes computation for every d, m and training set, from ${grouped(handOver.patches)} patches`,
      ],
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

async function checkRecodingText(text: string): Promise<Verdict<string, CheckedText>> {
  const { checkRecoding } = await import("../../checkers/rcnn/check-recoding.js");
  const verdict = checkRecoding(text);
  return verdict.verdict === "accepted" ? accepted(recodingText(verdict.result)) : verdict;
}

/** What an accepted recoding says, for people and for programs. */
export function recodingText({ source, target, block, digests, verdicts }: RecodingCertificate): CheckedText {
  const { situations, shortest, longest } = verdicts.steps;
  const taken = verdicts.replay.reduce((sum, run) => sum + run.steps, 0);
  const cost = shortest === longest ? counted(longest, "step") : `${shortest} to ${counted(longest, "step")}`;
  return {
    title: `a recoding of ${source.name}`,
    lines: [
      sourceLine(digests.source),
      ["symbols", `${source.symbols.length}, each ${block.rows} x ${block.columns} cells of three symbols`],
      ["states", `${source.states.length}; ${target.states.length} of the target`],
      [
        "step",
        `one of the source = ${cost} of the target, from every configuration (${grouped(situations)} situations)`,
      ],
      ["replay", `${counted(verdicts.replay.length, "run")}, ${counted(taken, "step")} of the source`],
      ["target", `${digests.target} (the source of the filter's certificate)`],
    ],
    json: { verdict: "accepted", name: source.name, digests, steps: verdicts.steps },
  };
}

/** Decides the filters' certificates that were given with that of a recoding: whether they are of its target, and hold. */
async function attestRecoding(
  text: string,
  statement: { readonly name: string } | undefined,
  subjects: readonly GivenFile[],
): Promise<Verdict<string, Attested>> {
  if (statement !== undefined)
    return rejected("statement", "", "there are no statements about recodings, only about filters");
  const { readRecodingText } = await import("../../certificates/rcnn-recoding.js");
  const { checkTargetFilters } = await import("../../checkers/rcnn/check-target-filters.js");
  const read = readRecodingText(text);
  if ("fault" in read) return rejected("subject-file", read.path, read.message);
  const files = checkTargetFilters(subjects, read.certificate);
  if (files.verdict !== "accepted") return files;
  const lines = files.result.map(({ name }): [string, string] => [
    "subject",
    `${name} is an accepted certificate of the target's filter: one layer = one step of the target`,
  ]);
  return accepted({ lines, json: files.result.length > 0 ? { subjects: files.result } : {} });
}

/** Decides what was given with the certificate of a filter; docs/attestation.md. */
async function attest(
  text: string,
  statement: { readonly name: string; readonly text: string } | undefined,
  subjects: readonly GivenFile[],
): Promise<Verdict<string, Attested>> {
  const { readCertificateText } = await import("../../certificates/rcnn-certificate.js");
  const { checkAttestation, checkSubjects } = await import("../../checkers/rcnn/check-attestation.js");
  const read = readCertificateText(text);
  if ("fault" in read) return rejected("statement", read.path, read.message);
  const files = checkSubjects(subjects, read.certificate, text);
  if (files.verdict !== "accepted") return files;
  const lines = files.result.map(({ name, part }): [string, string] => ["subject", `${name} is the ${PARTS[part]}`]);
  const ofFiles = files.result.length > 0 ? { subjects: files.result } : {};
  if (statement === undefined) return accepted({ lines, json: ofFiles });
  const stated = checkAttestation(statement.text, read.certificate, text);
  if (stated.verdict !== "accepted") return stated;
  const names = stated.result.subject.map(({ name }) => name).join(" and ");
  return accepted({
    lines: [
      ["statement", `is the one about ${names} that follows from the certificate`],
      ...lines,
      ["signature", "not looked at (docs/attestation.md)"],
    ],
    json: { statement: stated.result, ...ofFiles },
  });
}

const PARTS: Readonly<Record<MatchedSubject["part"], string>> = {
  certificate: "certificate",
  filter: "filter",
  head: "head network",
  machine: "machine in normal form",
  source: "machine as written",
};
