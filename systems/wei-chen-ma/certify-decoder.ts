/** certify: compile a machine into a decoder, choose the margin, decide every claim, and give out the certificate. */
import {
  printDecoderCertificate,
  type DecoderCertificate,
} from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { checkStep, type DecoderClaim } from "../../checkers/wei-chen-ma/check-step.js";
import { decideDecoder, type DecoderFault } from "../../checkers/wei-chen-ma/decide-decoder.js";
import { decoderNorms } from "../../checkers/wei-chen-ma/decoder-margin.js";
import { chooseMargin } from "../../checkers/wei-chen-ma/largest-margin.js";
import { accepted, type Verdict } from "../../checkers/verdict.js";
import { decoderToCertificate, formulaChanges } from "../../construction/wei-chen-ma/decoder-to-certificate.js";
import { machineToDecoder } from "../../construction/wei-chen-ma/machine-to-decoder.js";
import { tapeNormalForm, type TapeKind, type TapesMachine } from "../../spec/machines/tape-machine.js";
import type { DecoderLabel } from "../../spec/wei-chen-ma/decoder-step.js";
import { chooseFlip } from "./choose-flip.js";

/**
 * What to certify.
 *
 * @example
 * ```ts
 * import { certifyDecoder, gridToTape, loadMachine, type CertifyDecoderTask } from "weightproof";
 *
 * const task: CertifyDecoderTask = { source: gridToTape(loadMachine("bb2")), steps: 6, tape: "two-way", inputs: [[1]] };
 * certifyDecoder(task).verdict; // => "accepted"
 * ```
 */
export interface CertifyDecoderTask {
  readonly source: TapesMachine;
  /** T; the decoder makes one pass more. */
  readonly steps: number;
  readonly tape?: TapeKind;
  /** Inputs to replay beside the blank tape, as indices of symbols; the decoder has room for the longest. */
  readonly inputs?: readonly (readonly number[])[];
  readonly label?: DecoderLabel;
}

/**
 * A certificate and the bytes of its file.
 *
 * @example
 * ```ts
 * import { certifyDecoder, check, gridToTape, loadMachine, type CertifiedDecoder } from "weightproof";
 *
 * const verdict = certifyDecoder({ source: gridToTape(loadMachine("bb2")), steps: 6 });
 * const certified: CertifiedDecoder | undefined = verdict.verdict === "accepted" ? verdict.result : undefined;
 * check(certified?.text ?? "").verdict; // => "accepted"
 * ```
 */
export interface CertifiedDecoder {
  readonly certificate: DecoderCertificate;
  readonly text: string;
}

/** Passes of a replay in a certificate. */
const REPLAYED_PASSES = 128;

/**
 * Compiles, decides and prints. @throws {RangeError} for a machine or a number of steps that does not fit
 *
 * @example
 * ```ts
 * import { certifyDecoder, gridToTape, loadMachine } from "weightproof";
 *
 * const verdict = certifyDecoder({ source: gridToTape(loadMachine("bb5")), steps: 47_176_870 });
 * // Positions of 26 bits:
 * verdict.verdict === "accepted" && verdict.result.certificate.verdicts.step.layers; // => 58
 * ```
 */
export function certifyDecoder(task: CertifyDecoderTask): Verdict<DecoderFault, CertifiedDecoder> {
  const { source, steps, tape = "two-way", inputs = [] } = task;
  const machine = tapeNormalForm(source);
  const passes = steps + 1;
  const inputLength = Math.max(0, ...inputs.map((input) => input.length));
  const built = machineToDecoder({ machine, passes, tape, inputLength, ...(task.label && { label: task.label }) });
  const claim: DecoderClaim = {
    machine,
    tape,
    label: built.label,
    passes,
    decoder: built.decoder,
    formulas: formulaChanges(built.functions),
  };
  const step = checkStep(claim);
  if (step.verdict !== "accepted") return step;
  const margin = chooseMargin(decoderNorms(built.decoder, step.result.gaps, claim.formulas));
  const flip = chooseFlip(claim, step.result.gaps);
  const replay = [[], ...inputs].map((input) => ({ input, passes: Math.min(passes, REPLAYED_PASSES) }));
  const verdicts = decideDecoder(claim, { ...margin, flip, replay });
  if (verdicts.verdict !== "accepted") return verdicts;
  const certificate = decoderToCertificate(source, machine, passes, built, verdicts.result);
  return accepted({ certificate, text: printDecoderCertificate(certificate) });
}
