/** What the introduction and Lemma 2 promise of whole learners: parity by row reduction, through the network. */
import { compileLearner } from "../../construction/learners/learner-file.js";
import { learners, type Learner } from "../../construction/learners/learners.js";
import { evaluateBound } from "../../construction/learners/step-bound.js";
import { hypercube } from "../../inputs/examples/examples.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { unless, type Computation } from "../computation.js";
import { NetworkLearner } from "./network-learner.js";
import { trainingSets } from "./training-sets.js";

const parity: Computation = {
  name: "parity-through-the-network",
  about:
    "The parity learner's filter on every data set with d, m <= 2 and every test point, against Gaussian elimination.",
  run: () => {
    const learner = learners.find(({ name }) => name === "parity") as Learner;
    const { oracle, paddingColumns, maxSteps } = learner;
    const machine = normalForm(compileLearner(learner).machine);
    const network = new NetworkLearner(machine);
    let predictions = 0;
    let wrong: string | undefined;
    for (const { d, m, examples } of trainingSets(2, 2)) {
      const size = { layers: 1 + Math.max(evaluateBound(maxSteps, d, m), m + d), columns: paddingColumns };
      for (const x of hypercube(d)) {
        predictions++;
        if (network.output(examples, x, size) !== oracle(examples, x) * network.unit) {
          wrong ??= `d = ${d}, m = ${m}, examples ${examples.map((one) => `(${one.x.join()}) -> ${one.y}`).join(", ")}, x = (${x.join()})`;
        }
      }
    }
    return {
      instance: `${machine.states.length} states, every data set with d, m <= 2`,
      amended: unless(wrong, "the network's output is Gaussian elimination's answer, exactly 1 or -1, at every point"),
      numbers: { states: String(machine.states.length), predictions: String(predictions) },
    };
  },
};

/** Bit operations of plain row reduction on the matrix with 1 on and below the diagonal: every lower row is changed each time. */
function rowReduction(d: number): { readonly additions: number; readonly bits: number } {
  const rows = Array.from({ length: d }, (_, i) =>
    Array.from({ length: d + 1 }, (_unused, j): number => (j <= i ? 1 : 0)),
  );
  let additions = 0;
  let bits = 0;
  for (let pivot = 0; pivot < d; pivot++) {
    for (let i = 0; i < d; i++) {
      if (i === pivot || rows[i]?.[pivot] !== 1) continue;
      rows[i] = (rows[i] as number[]).map((bit, j) => bit ^ (rows[pivot]?.[j] ?? 0));
      additions++;
      bits += d + 1;
    }
  }
  return { additions, bits };
}

const cost: Computation = {
  name: "cost-of-row-reduction",
  about: "Row additions and bit operations of plain row reduction on d examples in d dimensions.",
  run: () => {
    const sizes = [4, 8, 16, 32, 64, 128];
    const counts = sizes.map((d) => ({ d, ...rowReduction(d) }));
    const ratio = ({ d, bits }: { d: number; bits: number }): number => bits / d ** 2;
    const grows = counts.every((one, i) => i === 0 || ratio(one) > ratio(counts[i - 1] as typeof one));
    const tenfold = counts.find((one) => ratio(one) > 10);
    const quadratic = counts.every(({ d, additions }) => additions <= d ** 2);
    const last = counts.at(-1);
    return {
      instance: "the matrix of ones on and below the diagonal, d = 4 ... 128",
      printed: unless(
        grows && tenfold !== undefined
          ? `d = ${tenfold.d} takes ${tenfold.bits} bit operations, more than 10 d^2, and the ratio grows`
          : undefined,
        "at most 10 d^2 bit operations",
      ),
      amended: unless(quadratic ? undefined : "more than d^2 row additions", "at most d^2 additions of rows"),
      numbers: { "additions, d = 128": String(last?.additions), "bit operations, d = 128": String(last?.bits) },
    };
  },
};

/** Computations of this module. */
export const LEARNER_COMPUTATIONS: readonly Computation[] = [parity, cost];
