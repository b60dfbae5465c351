/** Filter and head of a machine, decided in the order that all certificates of the paper share. */
import type { Layer, Ratio } from "./network.js";
import { decideFunction, type FunctionCounts } from "./rcnn-function.js";
import { gatesOf, type Gates } from "./rcnn-gates.js";
import { decideHead, type HeadCounts } from "./rcnn-head.js";
import { alphabetOf, type Alphabet, type Cells, type Letters } from "./rcnn-machine.js";
import { decideStep, type StepCounts } from "./rcnn-step.js";
import { decideWeights, weightSets, type WeightCounts } from "./rcnn-weights.js";
import { giveUp, type Spend } from "./text.js";

const MAX_WORK = 100_000_000;

export interface DecidedNetworks {
  readonly letters: Letters;
  /** The filter, all numbers times 4. */
  readonly quarters: readonly Layer<bigint>[];
  readonly gates: Gates;
  readonly spend: Spend;
  readonly counts: {
    readonly weights: WeightCounts;
    readonly function: FunctionCounts;
    readonly step: StepCounts;
    readonly head: HeadCounts;
  };
}

/** The filter is f-bar of the machine, a layer is its step, and the head is amplitude * f-bar_head(x / one). */
export function decideNetworks(
  cells: Cells,
  alphabet: Alphabet,
  filter: readonly Layer<Ratio>[],
  head: readonly Layer<Ratio>[],
  one: bigint,
  amplitude: Ratio,
): DecidedNetworks {
  const letters = alphabetOf(cells, alphabet);
  const [quarters, weights] = decideWeights(filter, cells, weightSets(cells, alphabet, letters));
  let work = 0;
  const spend = (amount: number): void => {
    work += amount;
    if (work > MAX_WORK) giveUp("work", `the filter takes more than ${MAX_WORK} sums`);
  };
  const gates = gatesOf(quarters, letters, spend);
  const values = decideFunction(gates, cells, letters, spend);
  const step = decideStep(cells);
  const counts = { weights, function: values, step, head: decideHead(head, one, amplitude) };
  return { letters, quarters, gates, spend, counts };
}
