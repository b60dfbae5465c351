/** All claims of a filter's certificate, decided one after the other from machine and numbers alone. */
import { type PiecewiseLinear } from "../../spec/exact/piecewise-linear.js";
import type { VerdictsJson } from "../../certificates/rcnn-certificate.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import type { Network } from "../../spec/networks/network.js";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import type { RuleLine } from "../../spec/rcnn/cell-rule.js";
import { READOUT } from "../../spec/rcnn/readout.js";
import { Work } from "../work.js";
import { checkFunction, type FunctionFault } from "./check-function.js";
import { checkReadout, type ReadoutFault } from "./check-readout.js";
import { checkReplay, type ReplayFault, type ReplayRun } from "./check-replay.js";
import { checkStep, type StepFault } from "./check-step.js";
import { checkWeights, type WeightFault } from "./check-weights.js";
import { accepted, type Verdict } from "../verdict.js";

/** Every code of the claims that this file decides; those about the readout begin with "head-". */
export type DecisionFault = FunctionFault | StepFault | WeightFault | `head-${ReadoutFault}` | ReplayFault;

/** The claim that these numbers are a filter of this machine, correct on this alphabet. */
export interface FilterClaims {
  readonly machine: NormalMachine;
  readonly alphabet: AlphabetName;
  /** In u-units. */
  readonly filter: Network;
  /** In x-units. */
  readonly head: Network;
  readonly replay: readonly ReplayRun[];
}

/** The claims of every certificate about its filter, apart from replayed runs. */
export type FilterVerdicts = Omit<VerdictsJson, "replay">;

/**
 * Reports how far a long check has come.
 *
 * @example
 * ```ts
 * import { certify, loadMachine } from "weightproof";
 * import { check, type Progress } from "weightproof/checkers";
 *
 * const certified = certify(loadMachine("bb2"));
 * const parts = new Set<string>();
 * const progress: Progress = (part) => parts.add(part);
 * await check(certified.verdict === "accepted" ? certified.result.text : "", progress);
 * parts.size > 0; // => true
 * ```
 */
export type Progress = (part: string, done: number, total: number) => void;

/** Decides every part of the claim; the first failure is returned, and nothing is skipped. */
export function decideClaims(
  claim: FilterClaims,
  progress?: Progress,
  work: Work = new Work(),
): Verdict<DecisionFault, VerdictsJson> {
  const decided = decideMachineClaims(claim, READOUT, progress, work);
  if (decided.verdict !== "accepted") return decided;
  const replay = checkReplay(claim.filter, claim.machine, claim.replay, work);
  if (replay.verdict !== "accepted") return replay;
  return accepted({ ...decided.result, replay: replay.result });
}

/**
 * Decides that a filter is a machine's and a network its head: weights, function and derivatives, step, head.
 *
 * @param target f-bar_head in the units of `head`
 */
export function decideMachineClaims(
  { machine, alphabet, filter, head }: Omit<FilterClaims, "replay">,
  target: PiecewiseLinear,
  progress?: Progress,
  work: Work = new Work(),
): Verdict<DecisionFault, FilterVerdicts> {
  const code = cellCode(machine.states.length);
  const weights = checkWeights(filter, code, alphabet);
  if (weights.verdict !== "accepted") return weights;
  const values = checkFunction(filter, machine, alphabet, (done, total) => progress?.("patches", done, total), work);
  if (values.verdict !== "accepted") return values;
  const step = checkStep(machine, (done, total) => progress?.("steps", done, total), work);
  if (step.verdict !== "accepted") return step;
  const heads = checkReadout(head, target);
  if (heads.verdict === "rejected") return { ...heads, code: `head-${heads.code}` };
  if (heads.verdict === "undecided") return heads;

  const rules = Object.entries(values.result.rules).map(([rule, volume]) => [rule, String(volume)] as const);
  return accepted({
    function: {
      patches: String(values.result.patches),
      leaves: values.result.leaves,
      rules: Object.fromEntries(rules) as Record<RuleLine, string>,
    },
    step: { closedPatches: String(step.result.closedPatches), cases: step.result.cases },
    weights: weights.result,
    head: heads.result,
  });
}
