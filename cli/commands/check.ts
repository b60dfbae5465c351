/** weightproof check CERTIFICATE */
import { MAX_CERTIFICATE_CHARACTERS } from "../../certificates/rcnn-certificate.js";
import { checkCertificate } from "../../checkers/rcnn/check-certificate.js";
import { readTextFile } from "../../construction/machines/read-text-file.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { isAccepted, printFailure, printJsonLine } from "../print-verdict.js";
import { progressBar } from "../progress-bar.js";
import { summary } from "./certify.js";

export interface CheckOptions {
  readonly json?: boolean;
}

export function checkCommand(path: string, options: CheckOptions): ExitCode {
  const text = readTextFile(path, MAX_CERTIFICATE_CHARACTERS);
  const bar = progressBar();
  const verdict = checkCertificate(text, bar.update);
  bar.stop();
  if (!isAccepted(verdict)) return printFailure(verdict, path, options.json === true);
  const { source, alphabet, code, digests, verdicts } = verdict.counts;
  if (options.json === true)
    printJsonLine({ verdict: "accepted", name: source.name, alphabet, code, digests, verdicts });
  else process.stdout.write(`accepted: ${path}: ${source.name}\n${summary(verdict.counts)}`);
  return EXIT.accepted;
}
