/** certify: compile a machine into a decoder, choose the margin, decide every claim, and give out the certificate. */
import {
  printDecoderCertificate,
  type DecoderCertificate,
  type FlipJson,
} from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { checkStep, type DecoderClaim } from "../../checkers/wei-chen-ma/check-step.js";
import { decideDecoder, type DecoderFault } from "../../checkers/wei-chen-ma/decide-decoder.js";
import { decoderNorms, marginHolds, type DecoderNorms } from "../../checkers/wei-chen-ma/decoder-margin.js";
import { upperRational, type Upper } from "../../checkers/wei-chen-ma/upward.js";
import { accepted, type Verdict } from "../../checkers/verdict.js";
import { MAX_FLIP_PASSES, replayFlip } from "../../checkers/wei-chen-ma/check-decoder-flip.js";
import { Work } from "../../checkers/work.js";
import { decoderToCertificate, formulaChanges } from "../../construction/wei-chen-ma/decoder-to-certificate.js";
import { decoderFlip } from "../../construction/wei-chen-ma/find-decoder-flip.js";
import { machineToDecoder } from "../../construction/wei-chen-ma/machine-to-decoder.js";
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import {
  startOfTape,
  stepTape,
  tapeNormalForm,
  type TapeKind,
  type TapesMachine,
} from "../../spec/machines/tape-machine.js";
import { decode, type Decoder } from "../../spec/wei-chen-ma/decoder.js";
import type { DecoderLabel } from "../../spec/wei-chen-ma/decoder-step.js";

/** What to certify. */
export interface CertifyDecoderTask {
  readonly source: TapesMachine;
  /** T; the decoder makes one pass more. */
  readonly steps: number;
  readonly tape?: TapeKind;
  /** Inputs to replay beside the blank tape, as indices of symbols; the decoder has room for the longest. */
  readonly inputs?: readonly (readonly number[])[];
  readonly label?: DecoderLabel;
}

/** A certificate and the bytes of its file. */
export interface CertifiedDecoder {
  readonly certificate: DecoderCertificate;
  readonly text: string;
}

/** Passes of a replay in a certificate. */
const REPLAYED_PASSES = 128;

/** Bounds of margins are multiples of this. */
const GRID = 10_000_000n;

/** Compiles, decides and prints. @throws {RangeError} for a machine or a number of steps that does not fit */
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

/** The largest multiple of the grid that the inequalities allow, and a deviation for the first layer with which they do. */
export function chooseMargin(norms: DecoderNorms): { readonly bound: string; readonly entry: string } {
  let [low, high] = [0n, GRID];
  let entry = entryFor(norms, low) ?? 0n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    const found = entryFor(norms, middle);
    if (found === undefined) high = middle;
    else [low, entry] = [middle, found];
  }
  return { bound: formatRational(rational(low, GRID)), entry: formatRational(rational(entry, GRID)) };
}

/** A deviation, in units of the grid, that the last layer does not exceed if the first has it; undefined if none was found. */
function entryFor(norms: DecoderNorms, bound: bigint): bigint | undefined {
  const g = upperRational(grid(bound));
  let entry = bound;
  for (let tries = 0; tries < 64; tries++) {
    const verdict = marginHolds(norms, g, upperRational(grid(entry)));
    if (verdict.holds) return entry;
    // All but the fixed point fail for every larger deviation, too.
    if (verdict.deviation === undefined) return undefined;
    entry = onGrid(verdict.deviation) + entry / 64n;
  }
  return undefined;
}

function grid(units: bigint): Rational {
  return rational(units, GRID);
}

function onGrid(deviation: Upper): bigint {
  return ((deviation * GRID) >> 64n) + 1n;
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
