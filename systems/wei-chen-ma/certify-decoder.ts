/** certify: compile a machine into a decoder, choose the margin, decide every claim, and give out the certificate. */
import {
  printDecoderCertificate,
  type DecoderCertificate,
  type FlipJson,
} from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { checkStep, type DecoderClaim } from "../../checkers/wei-chen-ma/check-step.js";
import { decideDecoder, type DecoderFault } from "../../checkers/wei-chen-ma/decide-decoder.js";
import { decoderNorms } from "../../checkers/wei-chen-ma/decoder-margin.js";
import { chooseMargin } from "../../checkers/wei-chen-ma/largest-margin.js";
import { accepted, type Verdict } from "../../checkers/verdict.js";
import { MAX_FLIP_PASSES, replayFlip } from "../../checkers/wei-chen-ma/check-decoder-flip.js";
import { Work } from "../../checkers/work.js";
import { decoderToCertificate, formulaChanges } from "../../construction/wei-chen-ma/decoder-to-certificate.js";
import { decoderFlip } from "../../construction/wei-chen-ma/find-decoder-flip.js";
import { machineToDecoder } from "../../construction/wei-chen-ma/machine-to-decoder.js";
import { formatRational, rational } from "../../spec/exact/rational.js";
import {
  startOfTape,
  stepTape,
  tapeNormalForm,
  type TapeKind,
  type TapesMachine,
} from "../../spec/machines/tape-machine.js";
import { decode, type Decoder } from "../../spec/wei-chen-ma/decoder.js";
import type { DecoderLabel } from "../../spec/wei-chen-ma/decoder-step.js";

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
  const margin = chooseMargin(decoderNorms(built.decoder, step.result.gaps));
  const flip = chooseFlip(claim);
  const replay = [[], ...inputs].map((input) => ({ input, passes: Math.min(passes, REPLAYED_PASSES) }));
  const verdicts = decideDecoder(claim, { ...margin, flip, replay });
  if (verdicts.verdict !== "accepted") return verdicts;
  const certificate = decoderToCertificate(source, machine, passes, built, verdicts.result);
  return accepted({ certificate, text: printDecoderCertificate(certificate) });
}

/** Steps of the factor's search, each half as wide as the one before. */
const FLIP_HALVINGS = 6;

/** A perturbation after which the run from the blank tape no longer ends in the state in which it halts, or null. */
export function chooseFlip({ machine, tape, label, passes, decoder }: DecoderClaim): FlipJson | null {
  let configuration = startOfTape([]);
  let pass = 1;
  for (; pass <= Math.min(passes, MAX_FLIP_PASSES) && machine.halting[configuration.state] !== true; pass++)
    configuration = stepTape(machine, configuration, tape).after;
  const { state } = configuration;
  const isLabelled = label.accept.includes(state) || label.reject.includes(state);
  if (pass > Math.min(passes, MAX_FLIP_PASSES) || machine.halting[state] !== true || !isLabelled) return null;
  const hidden = lastPass(decoder, pass);
  let best: FlipJson | null = null;
  let [low, high] = [rational(1n, 2n), rational(2n)];
  for (let i = 0; i <= FLIP_HALVINGS; i++) {
    const factor = i === 0 ? high : low.add(high).div(2);
    const entries = decoderFlip(decoder, { hidden, coordinate: state }, factor);
    const replayed = replayFlip(decoder, { input: [], passes: pass, entries }, new Work());
    const turns = replayed !== undefined && replayed.output.n === 0n;
    if (turns) {
      const [squaredNorm, output] = [formatRational(replayed.squaredNorm), formatRational(replayed.output)];
      best = { input: [], passes: pass, entries, squaredNorm, output };
      high = factor;
    } else if (i === 0) return null;
    else low = factor;
  }
  return best;
}

/** What the layers of a pass on the blank tape hold. */
function lastPass(decoder: Decoder, pass: number): number[][] {
  let i = 0;
  for (const { hidden } of decode(decoder, [])) if (++i === pass) return hidden.map((h) => h.map(Number));
  return [];
}
