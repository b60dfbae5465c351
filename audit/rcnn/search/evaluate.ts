/** What one machine predicts, through its filter, on every task. */
import type { LetterGrid } from "../../../execution/rcnn/letter-grid.js";
import { labelOf, NetworkLearner } from "../network-learner.js";
import type { MachineClass } from "./machine-class.js";
import { NETWORK, POINTS, TASKS } from "./tasks.js";

/** The grids before the first layer, task by task and point by point, for each number of states. */
const starts = new Map<number, readonly LetterGrid[]>();

/** "+" and "-" for each point of each task, tasks in order, separated by nothing. */
export function predictionsOf(machines: MachineClass, index: number): string {
  const learner = new NetworkLearner(machines.machine(index));
  let grids = starts.get(machines.states);
  if (grids === undefined) {
    grids = TASKS.flatMap(({ training }) => POINTS.map((x) => learner.start(training, x, NETWORK.columns)));
    starts.set(machines.states, grids);
  }
  return grids.map((grid) => (labelOf(learner.outputFrom(grid, NETWORK)) === 1 ? "+" : "-")).join("");
}

/** How many machines predict a thing, and the first of them. */
export interface Tally {
  readonly count: number;
  readonly first: number;
}

/** Predictions with their tallies. */
export type Histogram = Map<string, Tally>;

/** Evaluates machines by number. */
export function evaluate(machines: MachineClass, indices: Iterable<number>): Histogram {
  const histogram: Histogram = new Map();
  for (const index of indices) addTally(histogram, predictionsOf(machines, index), { count: 1, first: index });
  return histogram;
}

/** Adds a tally to a histogram. The order of additions does not matter. */
export function addTally(histogram: Histogram, predictions: string, { count, first }: Tally): void {
  const known = histogram.get(predictions);
  histogram.set(
    predictions,
    known === undefined ? { count, first } : { count: known.count + count, first: Math.min(known.first, first) },
  );
}
