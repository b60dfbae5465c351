/** Corollary 2 in miniature: the committed search over a whole class, its selections, and machines evaluated again. */
import { readoutNetworkInUnits } from "../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { ExactRcnn } from "../../execution/rcnn/network.js";
import { train } from "../../execution/rcnn/train.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { unless, type Computation } from "../computation.js";
import { predictionsOf } from "./search/evaluate.js";
import oneState from "./search/one-state.json" with { type: "json" };
import { select, validationSize } from "./search/select.js";
import { readState, shardSize, type SearchState } from "./search/state-file.js";
import { DIMENSION, EXAMPLES, NETWORK, TASKS } from "./search/tasks.js";

/** How many of the different learners are evaluated again: the first machine of each. */
const AGAIN = 24;

/** The committed result: every machine with one working state. */
export function committedSearch(): SearchState {
  return readState(JSON.stringify(oneState));
}

const miniature: Computation = {
  name: "turing-optimal-in-miniature",
  about:
    "All machines with one working state through their filters: validation set against best in class, on 32 tasks.",
  run: () => {
    const state = committedSearch();
    const { machines, histogram } = state;
    const entries = [...histogram];
    const step = Math.max(1, Math.floor(entries.length / AGAIN));
    const again = entries.filter((_, i) => i % step === 0 || i === entries.length - 1);
    const differs = again.find(([signs, { first }]) => predictionsOf(machines, first) !== signs);
    const selections = select(state);
    const beyond = selections.find(({ within }) => !within);
    const unfinished = state.done !== shardSize(machines, state);
    const forgets = TASKS.find(({ training }) => {
      const machine = machines.machine(0);
      const code = cellCode(machine.states.length);
      const parts = { code, filter: machineToFilter(machine), head: readoutNetworkInUnits(code) };
      return train(new ExactRcnn(parts, { d: DIMENSION, m: EXAMPLES, ...NETWORK }), code, training).fault !== undefined;
    });
    return {
      instance: `${machines.about}, d = ${DIMENSION}, m = ${EXAMPLES}, L = ${NETWORK.layers}, ${NETWORK.columns} padding columns, epsilon = 1/4, delta = 1/16`,
      amended: unless(
        (differs === undefined ? undefined : `machine ${differs[1].first} predicts something else`) ??
          beyond?.task ??
          (unfinished ? "the search is not finished" : undefined) ??
          forgets?.name,
        "on every task the learner that is best on the validation set is within epsilon of the best in the class",
      ),
      numbers: {
        machines: String(machines.size),
        "different learners": String(histogram.size),
        tasks: String(TASKS.length),
        "validation examples": String(validationSize(machines.size)),
        "tasks within epsilon": String(selections.filter(({ within }) => within).length),
        "tasks on which the choice is a best one": String(
          selections.filter(({ error, best }) => error.equals(best)).length,
        ),
        "tasks that some machine solves without error": String(selections.filter(({ best }) => best.n === 0n).length),
        "evaluated again": String(again.length),
      },
    };
  },
};

/** Computations of this module. */
export const SEARCH_COMPUTATIONS: readonly Computation[] = [miniature];
