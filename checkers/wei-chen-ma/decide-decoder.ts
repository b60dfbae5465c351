/** All claims about a decoder, decided from its numbers; what a certificate of it must state. */
import type {
  DecoderRunJson,
  DecoderVerdictsJson,
  FlipJson,
} from "../../certificates/wei-chen-ma/decoder-certificate.js";
import { accepted, rejected, undecided, type Verdict } from "../verdict.js";
import { Work } from "../work.js";
import { checkDecoderFlip } from "./check-decoder-flip.js";
import { checkStep, type DecoderClaim, type StepFault } from "./check-step.js";
import {
  boundOf,
  checkCorrections,
  checkExactness,
  checkReplays,
  decoderSizesAndNorms,
  MAX_REPLAYED_PASSES,
  softmaxScale,
} from "./decoder-claims.js";
import { decoderNorms, marginHolds } from "./decoder-margin.js";
import { upperRational } from "./upward.js";

/** Why some claim is rejected. */
export type DecoderFault = StepFault | "margin" | "flip" | "replay-run" | "replay";

/** What is stated and cannot be computed: bounds that hold or not, and which runs to replay. */
export interface DecoderStated {
  readonly bound: string;
  readonly entry: string;
  readonly flip: FlipJson | null;
  readonly replay: readonly Pick<DecoderRunJson, "input" | "passes">[];
}

/** Decides all claims. The order is that of DECODER.md. */
export function decideDecoder(
  claim: DecoderClaim,
  stated: DecoderStated,
  work: Work = new Work(),
): Verdict<DecoderFault, DecoderVerdictsJson> {
  const { decoder } = claim;
  const step = checkStep(claim, work);
  if (step.verdict !== "accepted") return step;
  const { layers, attention, coordinates, longestInput, gaps } = step.result;
  const correction = checkCorrections(decoder);
  if (correction.verdict !== "accepted") return correction;
  const [bound, entry] = [boundOf(stated.bound), boundOf(stated.entry)];
  if (bound === undefined) return rejected("margin", "verdicts.margin.bound", "expected a reduced rational from 0 on");
  if (entry === undefined) return rejected("margin", "verdicts.margin.entry", "expected a reduced rational from 0 on");
  const margin = marginHolds(decoderNorms(decoder, gaps, claim.formulas), upperRational(bound), upperRational(entry));
  if (!margin.holds) return margin.fault;
  const flip = stated.flip === null ? accepted(null) : checkDecoderFlip(claim, stated.flip, work);
  if (flip.verdict !== "accepted") return flip;
  const passes = stated.replay.reduce((sum, run) => sum + run.passes, 0);
  if (passes > MAX_REPLAYED_PASSES)
    return undecided("replayed-passes", `more than ${MAX_REPLAYED_PASSES} passes in all replays together`);
  const replay = checkReplays(claim, stated.replay, work);
  if (replay.verdict !== "accepted") return replay;
  return accepted({
    step: { layers, attention, longestInput },
    binary: { coordinates },
    correction: correction.result,
    norms: decoderSizesAndNorms(decoder),
    margin: { bound: stated.bound, entry: stated.entry, flip: flip.result },
    exactness: checkExactness(decoder),
    softmax: { scale: softmaxScale(decoder, gaps) },
    replay: replay.result,
  });
}
