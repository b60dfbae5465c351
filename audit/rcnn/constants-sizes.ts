/** How many parameters, how wide, how many different weights: Definition 5, Lemma 6, Corollary 3 against what is built. */
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { formatRational, rational } from "../../spec/exact/rational.js";
import type { Network } from "../../spec/networks/network.js";
import { checkWeights } from "../../checkers/rcnn/check-weights.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { unless, yesNo, type Computation } from "../computation.js";
import { scrambledMachine } from "./sample-machine.js";
import {
  allStates,
  fullAlphabetSize,
  gatedWidths,
  LARGEST_STATES,
  parametersOf,
  printedSetSize,
  printedWidths,
  weightSetSize,
  wellFormedSize,
} from "./sizes.js";

/** The states for which networks are built, rather than counted by formula. */
export const BUILT_STATES: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 17, 24, 32, 33, 48, 64];

/** The first s in 1 ... LARGEST_STATES for which a condition fails. */
export function firstFailure(holds: (s: bigint) => boolean, from: number = 1): number | undefined {
  return allStates().find((s) => s >= from && !holds(BigInt(s)));
}

/** Nonzero weights and biases of a network. */
export function nonzeroOf(network: Network): number {
  let count = 0;
  for (const { rows } of network.layers) {
    for (const { bias, entries } of rows) count += entries.length + (bias.n === 0n ? 0 : 1);
  }
  return count;
}

const parameters: Computation = {
  name: "parameters-of-definition-5",
  about: "Weights and biases of Definition 5 with d_rc = 100 s and d_head = 100, for s = 1 ... 256.",
  run: () => {
    const count = (s: bigint): bigint => parametersOf(printedWidths(s));
    const formula = (s: bigint): bigint => 30_000n * s * s + 1400n * s + 302n;
    const least = allStates().reduce((found, s) => {
      const ratio = count(BigInt(s)) / (10_000n * BigInt(s) ** 2n);
      return ratio < found ? ratio : found;
    }, 10n ** 9n);
    const wrong = firstFailure((s) => count(s) === formula(s));
    return {
      instance: "s = 1 ... 256",
      printed: unless(
        firstFailure((s) => count(s) <= 2n * 10_000n * s * s) === undefined
          ? undefined
          : `at least ${least} times 10^4 s^2 for every s; s = 1 has ${count(1n)}`,
        "at most twice 10^4 s^2",
      ),
      amended: unless(
        wrong === undefined ? undefined : `s = ${wrong} has ${count(BigInt(wrong))}`,
        "30000 s^2 + 1400 s + 302 for every s",
      ),
      numbers: {
        "s = 1": String(count(1n)),
        "s = 256": String(count(256n)),
        formula: "30000 s^2 + 1400 s + 302",
        "least whole multiple of 10^4 s^2": String(least),
      },
    };
  },
};

const order: Computation = {
  name: "parameters-grow-as-s-squared",
  about:
    "Whether some C has at most C s parameters, or only C s^2; weights that are not 0 in the filters that are built.",
  run: () => {
    const dense = (s: bigint): bigint => parametersOf(gatedWidths(s));
    const constant = 100_000n;
    const beyond = firstFailure((s) => parametersOf(printedWidths(s)) <= constant * s);
    const square = firstFailure((s) => parametersOf(printedWidths(s)) <= 31_702n * s * s);
    const nonzero = BUILT_STATES.map((s) => nonzeroOf(machineToFilter(scrambledMachine(s))));
    const linear = BUILT_STATES.every((s, i) => (nonzero[i] as number) <= 160 * s + 800);
    return {
      instance: "C = 100000; filters of scrambled machines of up to 64 states",
      printed: unless(
        beyond === undefined ? undefined : `C s is passed from s = ${beyond} on`,
        "at most C s parameters for s up to 256",
      ),
      amended: unless(
        square !== undefined || !linear ? `s = ${square ?? "?"}` : undefined,
        "at most 31702 s^2 parameters; at most 160 s + 800 of a gated filter are not 0",
      ),
      numbers: {
        "first s beyond 100000 s": String(beyond),
        "gated, fully connected, s = 256": String(dense(256n)),
        "gated, not 0, s = 1": String(nonzero[0]),
        "gated, not 0, s = 64": String(nonzero.at(-1)),
      },
    };
  },
};

const width: Computation = {
  name: "width-of-the-gated-filter",
  about:
    "The widest layer of the gated filter against 100 s: by formula for every machine, and for networks that were built.",
  run: () => {
    const widest = (s: bigint): bigint => gatedWidths(s).filter.reduce((a, b) => (a > b ? a : b));
    const built = BUILT_STATES.map((s) => {
      const rows = machineToFilter(scrambledMachine(s)).layers.map((layer) => BigInt(layer.rows.length));
      return { s, rows, fits: rows.every((count, i) => count <= (gatedWidths(BigInt(s)).filter[i] as bigint)) };
    });
    const outside = built.find(({ fits }) => !fits);
    const only = built[0]?.rows ?? [];
    const wide = firstFailure((s) => widest(s) <= 100n * s);
    return {
      instance: "every machine of s = 1 ... 256 states, by formula; built for up to 64",
      printed: unless(
        outside === undefined && wide === undefined ? undefined : `s = ${outside?.s ?? wide}`,
        "92 + 24 s rows are enough from s = 2 on, and 94 for s = 1: at most 100 s for every s",
      ),
      numbers: {
        "rows of V1, s = 1": String(only[0]),
        "rows that suffice, s >= 2": "92 + 24 s, 36 + 12 s, 21, 15, 1",
        "built, s = 2": String(built[1]?.rows.join(", ")),
        "built, s = 64": String(built.at(-1)?.rows.join(", ")),
      },
    };
  },
};

const setSize: Computation = {
  name: "size-of-the-weight-set",
  about: "|U_s| with the head's numbers, for s = 1 ... 256, and whether built filters stay inside.",
  run: () => {
    const size = (s: bigint): bigint => weightSetSize(Number(s));
    const power = (s: bigint): boolean => (s & (s - 1n)) === 0n;
    const extra = size(4n) - 18n * 4n;
    const formula = (s: bigint): bigint => 18n * s + extra + (power(s) ? 0n : 1n);
    const offFormula = firstFailure((s) => size(s) === formula(s), 3);
    const tooLarge = firstFailure((s) => size(s) <= printedSetSize(s));
    const outside = BUILT_STATES.find((s) => {
      const filter = machineToFilter(scrambledMachine(s));
      return checkWeights(filter, cellCode(s), "well-formed").verdict !== "accepted";
    });
    const per = (s: bigint): string => formatRational(rational(size(s), s));
    return {
      instance: "s = 1 ... 256",
      printed: unless(
        tooLarge === undefined && outside === undefined ? undefined : `s = ${tooLarge ?? outside}`,
        "|U_s| is at most 24 * 16 s + 5, and all numbers of the built filters are in it",
      ),
      numbers: {
        "s = 1": String(size(1n)),
        "s = 2": String(size(2n)),
        "s = 256": String(size(256n)),
        "from s = 3 on": `18 s + ${extra} for powers of two, 18 s + ${extra + 1n} else`,
        "formula holds": yesNo(offFormula === undefined),
        "smallest c1' for s >= 1": String(size(1n)),
        "smallest c1' for s >= 2": per(2n),
        "c1' at s = 256": per(256n),
      },
    };
  },
};

const alphabets: Computation = {
  name: "cell-values",
  about: "How many values a cell can have: all digit strings and p, the well-formed cells and p, and 16 s.",
  run: () => {
    const wrong = firstFailure((s) => wellFormedSize(Number(s)) === 10n + 4n * s);
    const small = firstFailure((s) => fullAlphabetSize(Number(s)) > 16n * s);
    const over = firstFailure((s) => 10n + 4n * s <= 16n * s);
    return {
      instance: "s = 1 ... 256",
      printed: unless(
        small === undefined ? "V_s and p are more than 16 s values for every s" : undefined,
        `16 s is enough for s = ${small}`,
      ),
      amended: unless(
        wrong === undefined ? undefined : `s = ${wrong}`,
        "10 + 4 s well-formed values, at most 16 s for every s",
      ),
      numbers: {
        "V_s and p, s = 1": String(fullAlphabetSize(1)),
        [`V_s and p, s = ${LARGEST_STATES}`]: String(fullAlphabetSize(LARGEST_STATES)),
        "well-formed and p": "10 + 4 s",
        "first s with 10 + 4 s > 16 s": over === undefined ? "none" : String(over),
      },
    };
  },
};

/** Computations of this module. */
export const SIZE_COMPUTATIONS: readonly Computation[] = [parameters, order, width, setSize, alphabets];
