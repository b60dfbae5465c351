/** Filter and head of a machine, decided in the order that all certificates of the paper share. */
import type { Layer, Ratio } from "./network.js";
import { decideFunction, type FunctionCounts } from "./rcnn-function.js";
import { gatesOf } from "./rcnn-gates.js";
import { decideHead, type HeadCounts } from "./rcnn-head.js";
import { alphabetOf, type Alphabet, type Cells, type Letters } from "./rcnn-machine.js";
import { decideStep, type StepCounts } from "./rcnn-step.js";
import { decideWeights, weightSets, type WeightCounts } from "./rcnn-weights.js";
import { workUpTo, type Work } from "./text.js";

/** Most sums for a text of up to TEXT_UNIT characters; for longer ones it grows with the square of their number. */
const MAX_WORK = 60_000_000;
const TEXT_UNIT = 1_048_576;
/** Most sums that are kept at a time, for such a text. */
const MAX_HELD = 800_000;

/** The work that a certificate's text may cause: filters that are true take about as much as their size, squared. */
export function workFor(text: string): Work {
  const factor = Math.max(1, text.length / TEXT_UNIT) ** 2;
  return workUpTo(Math.floor(MAX_WORK * factor), Math.floor(MAX_HELD * factor));
}

/** The knowledge after filter and readout are decided: the alphabet, the filter's numbers, the counts. */
export interface DecidedNetworks {
  readonly letters: Letters;
  /** The filter, all numbers times 4. */
  readonly quarters: readonly Layer<bigint>[];
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
  work: Work,
): DecidedNetworks {
  const letters = alphabetOf(cells, alphabet);
  const [quarters, weights] = decideWeights(filter, cells, weightSets(cells, alphabet, letters));
  const gates = gatesOf(quarters, letters, work.spend);
  const values = decideFunction(gates, cells, letters, work);
  const step = decideStep(cells, work.spend);
  const counts = { weights, function: values, step, head: decideHead(head, one, amplitude) };
  return { letters, quarters, counts };
}
