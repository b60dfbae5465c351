/** weightproof check CERTIFICATE */
import { MAX_CERTIFICATE_BYTES, type RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { checkCertificate } from "../../checkers/rcnn/check-certificate.js";
import { checkLearning } from "../../checkers/rcnn/check-learning.js";
import { checkCertificateAgain } from "../../checkers/second/check.js";
import type { Verdict } from "../../checkers/verdict.js";
import { isLearningText } from "../../certificates/rcnn-learning.js";
import { InputError } from "../../construction/machines/input-error.js";
import { readExactTextFile } from "../../construction/machines/read-text-file.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, isAccepted, labelled, printFailure, printJsonLine } from "../print-verdict.js";
import { progressBar } from "../progress-bar.js";
import { summary } from "./certify.js";

/** Which checkers decide; "both" accepts what both accept. */
export type CheckedWith = "first" | "second" | "both";

export interface CheckOptions {
  readonly with: CheckedWith;
  readonly json?: boolean;
}

export function checkCommand(path: string, options: CheckOptions): ExitCode {
  const text = readExactTextFile(path, MAX_CERTIFICATE_BYTES);
  const json = options.json === true;
  if (isLearningText(text)) return checkLearningRun(text, path, options);
  if (options.with === "first") {
    const verdict = firstVerdict(text);
    if (!isAccepted(verdict)) return printFailure(verdict, path, json);
    if (json) printJsonLine(acceptedJson(verdict.counts));
    else process.stdout.write(`accepted: ${path}: ${verdict.counts.source.name}\n${summary(verdict.counts)}`);
    return EXIT.accepted;
  }
  if (options.with === "second") {
    const verdict = secondVerdict(text);
    if (!isAccepted(verdict)) return printFailure(verdict, `${path} (second checker)`, json);
    if (json) printJsonLine(secondJson(verdict));
    else
      process.stdout.write(`accepted: ${path} (second checker; not decided: ${verdict.counts.leftAlone.join(", ")})\n`);
    return EXIT.accepted;
  }
  return checkWithBoth(text, path, json);
}

/** The certificate of a learning run; only the first checker knows this statement. */
function checkLearningRun(text: string, path: string, options: CheckOptions): ExitCode {
  if (options.with !== "first") {
    throw new InputError(`${path}: the second checker decides certificates of filters, not of learning runs`);
  }
  const verdict = checkLearning(text);
  if (!isAccepted(verdict)) return printFailure(verdict, path, options.json === true);
  const { source, shape, predictions, digests, verdicts } = verdict.counts;
  if (options.json === true) {
    printJsonLine({ verdict: "accepted", name: source.name, shape, predictions, digests, verdicts });
    return EXIT.accepted;
  }
  const { memorization, replay, float32 } = verdicts;
  const answered = predictions.filter(({ answer }) => answer !== null).length;
  process.stdout.write(`accepted: ${path}: a learning run of ${source.name}\n`);
  process.stdout.write(
    labelled([
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
    ]),
  );
  return EXIT.accepted;
}

/** Asks both checkers, whatever the first says, and shows each that does not accept. */
function checkWithBoth(text: string, path: string, json: boolean): ExitCode {
  const [first, second] = [firstVerdict(text), secondVerdict(text)];
  const verdicts = [first.verdict, second.verdict];
  const verdict =
    verdicts.find((one) => one === "rejected") ?? verdicts.find((one) => one === "undecided") ?? "accepted";
  if (json) {
    printJsonLine({
      verdict,
      first: isAccepted(first) ? acceptedJson(first.counts) : first,
      second: secondJson(second),
    });
  } else if (isAccepted(first) && isAccepted(second)) {
    process.stdout.write(`accepted: ${path}: ${first.counts.source.name}, by both checkers\n${summary(first.counts)}`);
  } else {
    if (isAccepted(first)) process.stdout.write(`accepted: ${path} (first checker)\n`);
    else printFailure(first, `${path} (first checker)`, false);
    if (isAccepted(second)) process.stdout.write(`accepted: ${path} (second checker)\n`);
    else printFailure(second, `${path} (second checker)`, false);
  }
  return EXIT[verdict];
}

function firstVerdict(text: string): ReturnType<typeof checkCertificate> {
  const bar = progressBar();
  const verdict = checkCertificate(text, bar.update);
  bar.stop();
  return verdict;
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

function acceptedJson({ source, alphabet, code, digests, verdicts }: RcnnCertificate): object {
  return { verdict: "accepted", name: source.name, alphabet, code, digests, verdicts };
}
