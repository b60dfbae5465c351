/** The numbers of the head and of the step of SGD: six ReLUs, 18, 1/54, 1/3, p = 1/6. */
import { checkReadout } from "../../checkers/rcnn/check-readout.js";
import { readoutNetwork } from "../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { readoutNetworkInUnits } from "../../construction/rcnn/readout-network.js";
import { ExactRcnn } from "../../execution/rcnn/network.js";
import { LEARNING_RATE, train } from "../../execution/rcnn/train.js";
import { formatRational, ONE, rational, type Rational } from "../../spec/exact/rational.js";
import { cellCode, cellFromValue, MAX_STATES, PADDING, PHASE_VALUE } from "../../spec/rcnn/cell-code.js";
import { readout, READOUT, readoutAsPrinted, readoutSlope } from "../../spec/rcnn/readout.js";
import { unless, type Computation } from "../computation.js";
import { scrambledMachine, waitingMachine } from "./sample-machine.js";
import { trainingSets } from "./training-sets.js";

const relus: Computation = {
  name: "relus-of-the-head",
  about: "ReLUs of a network that equals the head on the whole line, and the kinks that no smaller network has.",
  run: () => {
    const verdict = checkReadout(readoutNetwork());
    const units = verdict.verdict === "accepted" ? verdict.result.units : 0;
    const bent = READOUT.slopes.filter((slope, k) => !slope.equals(READOUT.slopes[k - 1] ?? rational(0n))).length;
    const tiny = rational(1n, 1_000_000n);
    const jump = readoutAsPrinted(rational(0n)).sub(readoutAsPrinted(tiny)).abs();
    return {
      instance: "f-bar_head at 0 as printed: 1; beside it: 2",
      printed: unless(
        jump.gt(tiny.mul(rational(18n)))
          ? `at 0 it is 1, at ${formatRational(tiny)} it is ${formatRational(readoutAsPrinted(tiny))}: it jumps, and no ReLU network does`
          : undefined,
        "continuous at 0",
      ),
      amended: unless(
        verdict.verdict === "accepted" && units <= 6 && bent === units
          ? undefined
          : `${verdict.verdict}, ${units} units, ${bent} kinks`,
        "four ReLUs equal the closed head everywhere; its four kinks need one each",
      ),
      numbers: { "allowed by the paper": "6", built: String(units), "kinks, hence needed": String(bent) },
    };
  },
};

const slope: Computation = {
  name: "eighteen-and-one-fifty-fourth",
  about:
    "The slope of the head where memorization reads it, times eta, and its values at the cells that must count nothing.",
  run: () => {
    const at = PHASE_VALUE.neg();
    const eighteen = readoutSlope(at);
    const third = eighteen?.div(rational(54n));
    const silent = readout(at).equals(0n) && readout(PHASE_VALUE).equals(0n);
    const ends = [ONE, ONE.neg()].every((y) => readout(y.div(rational(3n)).add(PHASE_VALUE)).equals(y));
    const eta = rational(1n, 3n).div(eighteen ?? ONE);
    return {
      instance: "x = -3^-2",
      printed: unless(
        third?.equals(rational(1n, 3n)) === true && silent && ends
          ? undefined
          : `slope ${eighteen === undefined ? "none" : formatRational(eighteen)}`,
        "f-bar_head(-1/9) = 0 with slope 18, and 18 / 54 = 1/3; +-1/3 + 1/9 gives +-1",
      ),
      numbers: {
        "slope at -1/9": eighteen === undefined ? "none" : formatRational(eighteen),
        "the only eta that stores 1/3": formatRational(eta),
        "in integers": String(LEARNING_RATE),
      },
    };
  },
};

const eta: Computation = {
  name: "memorization-by-sgd",
  about: "Algorithm 1 with eta = 1/54 through all layers, on every data set with d, m <= 2, for two machines.",
  run: () => {
    let runs = 0;
    let steps = 0;
    let wrong: string | undefined;
    for (const machine of [waitingMachine(2), scrambledMachine(4)]) {
      const code = cellCode(machine.states.length);
      const parts = { code, filter: machineToFilter(machine), head: readoutNetworkInUnits(code) };
      for (const { d, m, examples } of trainingSets(2, 2)) {
        const { fault, steps: taken } = train(
          new ExactRcnn(parts, { d, m, columns: 2, layers: m + d + 2 }),
          code,
          examples,
        );
        runs++;
        steps += taken.length;
        if (fault !== undefined) wrong ??= `${machine.name}, d = ${d}, m = ${m}: ${fault.code} in step ${fault.step}`;
      }
    }
    return {
      instance: "d, m = 1, 2; all data sets; true gradients through every layer",
      amended: unless(wrong, "output, gradient and weights of every step are those of Lemmas 3 and 4"),
      numbers: { runs: String(runs), "steps of SGD": String(steps) },
    };
  },
};

const padding: Computation = {
  name: "padding-is-no-cell-value",
  about: "Whether p = 1/6 differs from every digit string, for every number of states.",
  run: () => {
    const bad = Array.from({ length: MAX_STATES }, (_, i) => i + 1).find(
      (s) => cellFromValue(cellCode(s), PADDING).digits !== undefined,
    );
    const nearest = (s: number): Rational => rational(1n, cellCode(s).scale);
    return {
      instance: `s = 1 ... ${MAX_STATES}`,
      printed: unless(
        bad === undefined ? undefined : `s = ${bad}`,
        "p is no digit string; it lies half a last digit away from the nearest",
      ),
      numbers: { "distance, s = 1": formatRational(nearest(1)), "distance, s = 256": formatRational(nearest(256)) },
    };
  },
};

/** Computations of this module. */
export const HEAD_COMPUTATIONS: readonly Computation[] = [relus, slope, eta, padding];
