/** A perturbation for a decoder's certificate: the least of those that construction/ has to offer and that replays. */
import type { FlipEntryJson, FlipJson } from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { MAX_FLIP_PASSES, replayFlip } from "../../checkers/wei-chen-ma/check-decoder-flip.js";
import type { DecoderClaim } from "../../checkers/wei-chen-ma/check-step.js";
import type { Gaps } from "../../checkers/wei-chen-ma/decoder-margin.js";
import { Work } from "../../checkers/work.js";
import {
  attentionFlip,
  pushAttention,
  type AttentionPush,
} from "../../construction/wei-chen-ma/find-attention-flip.js";
import { decoderFlip } from "../../construction/wei-chen-ma/find-decoder-flip.js";
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import { startOfTape, stepTape } from "../../spec/machines/tape-machine.js";
import { decode } from "../../spec/wei-chen-ma/decoder.js";

/** Steps of a factor's search, each half as wide as the one before. */
const FLIP_HALVINGS = 4;

/** Reads of the run that are tried, those first that a linear model has turned by the least perturbation. */
const TRIED_READS = 2;

/** Passes of the run in which reads are looked for. */
const READ_PASSES = 16;

/** What the passes of a run from the blank tape hold, and the labels after them. */
interface Run {
  /** Shape: passes x (layers + 1) x width. */
  readonly hidden: readonly (readonly (readonly number[])[])[];
  /** The positions that each layer's self-attention reads. */
  readonly self: readonly (readonly (readonly number[])[])[];
  /** 1 or -1, or 0 for a state without a label. */
  readonly labels: readonly number[];
  readonly states: readonly number[];
}

/** A perturbation after which a run from the blank tape has another sign, or null. */
export function chooseFlip(claim: DecoderClaim, gaps: Gaps): FlipJson | null {
  const halting = haltingPass(claim);
  const run = runOf(claim, Math.min(claim.passes, Math.max(halting ?? 0, READ_PASSES)));
  const candidates = [
    halting === undefined ? undefined : haltingFlip(claim, run, halting),
    ...attentionFlips(claim, gaps, run),
  ];
  let best: { readonly flip: FlipJson; readonly square: Rational } | undefined;
  for (const candidate of candidates) {
    if (candidate !== undefined && (best === undefined || candidate.square.lt(best.square))) best = candidate;
  }
  return best?.flip ?? null;
}

/** The first pass after which the machine has halted, if a perturbed run may be so long. */
function haltingPass({ machine, tape, passes }: DecoderClaim): number | undefined {
  let configuration = startOfTape([]);
  for (let pass = 1; pass <= Math.min(passes, MAX_FLIP_PASSES); pass++) {
    if (machine.halting[configuration.state] === true) return pass;
    configuration = stepTape(machine, configuration, tape).after;
  }
  return undefined;
}

function runOf({ machine, tape, label, decoder }: DecoderClaim, passes: number): Run {
  const run = { hidden: [] as number[][][], self: [] as (readonly (readonly number[])[])[], labels: [] as number[] };
  const states: number[] = [];
  let configuration = startOfTape([]);
  for (const { hidden, self } of decode(decoder, [])) {
    run.hidden.push(hidden.map((h) => h.map(Number)));
    run.self.push(self);
    const { state } = configuration;
    run.labels.push(Number(label.accept.includes(state)) - Number(label.reject.includes(state)));
    states.push(state);
    if (states.length === passes) break;
    configuration = stepTape(machine, configuration, tape).after;
  }
  return { ...run, states };
}

interface Candidate {
  readonly flip: FlipJson;
  readonly square: Rational;
}

/** Takes away the state in which the run halts. */
function haltingFlip(
  { decoder }: DecoderClaim,
  { hidden, labels, states }: Run,
  passes: number,
): Candidate | undefined {
  const state = states[passes - 1] as number;
  if (labels[passes - 1] === 0) return undefined;
  const shown = { hidden: hidden[passes - 1] ?? [], coordinate: state };
  return search(rational(1n, 2n), rational(2n), (factor) => {
    const entries = decoderFlip(decoder, shown, factor);
    return turned(decoder, passes, entries, labels[passes - 1] as number);
  });
}

/** Lets the last self-attention miss what it has to read. */
function attentionFlips(
  { decoder }: DecoderClaim,
  gaps: Gaps,
  { hidden, self, labels }: Run,
): (Candidate | undefined)[] {
  const layer = gaps.findLastIndex((gap) => gap.self !== null);
  const gap = gaps[layer]?.self ?? 0;
  if (layer < 1) return [];
  const pushes: { readonly push: AttentionPush; readonly passes: number }[] = [];
  for (let i = 0; i + 1 < Math.min(hidden.length, READ_PASSES); i++) {
    const [position = 0, ...more] = self[i]?.[layer] ?? [];
    if (position === 0 || more.length > 0 || labels[i + 1] === 0) continue;
    const asking = hidden[i]?.[layer] ?? [];
    const push = pushAttention(decoder, { layer, asking, read: hidden[position - 1]?.[layer] ?? [] }, gap);
    if (push !== undefined) pushes.push({ push, passes: i + 2 });
  }
  return pushes
    .sort((a, b) => a.push.squaredNorm - b.push.squaredNorm)
    .slice(0, TRIED_READS)
    .map(({ push, passes }) =>
      search(rational(1n), rational(5n, 4n), (factor) =>
        turned(decoder, passes, attentionFlip(push, gap, factor), labels[passes - 1] as number),
      ),
    );
}

/** The candidate with the least factor between two that was found; undefined if even the largest turns nothing. */
function search(
  least: Rational,
  most: Rational,
  attempt: (factor: Rational) => Candidate | undefined,
): Candidate | undefined {
  let best = attempt(most);
  let [low, high] = [least, most];
  for (let i = 0; best !== undefined && i < FLIP_HALVINGS; i++) {
    const middle = low.add(high).div(2);
    const found = attempt(middle);
    if (found === undefined) low = middle;
    else [best, high] = [found, middle];
  }
  return best;
}

function turned(
  decoder: DecoderClaim["decoder"],
  passes: number,
  entries: readonly FlipEntryJson[],
  label: number,
): Candidate | undefined {
  const replayed = replayFlip(decoder, { input: [], passes, entries }, new Work());
  if (replayed === undefined || (replayed.output.n !== 0n && Number(replayed.output.s) === label)) return undefined;
  const [squaredNorm, output] = [formatRational(replayed.squaredNorm), formatRational(replayed.output)];
  return { flip: { input: [], passes, entries, squaredNorm, output }, square: replayed.squaredNorm };
}
