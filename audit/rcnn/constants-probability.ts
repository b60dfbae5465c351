/** Theorem 1's probability: the exact chance that random initialization hits a filter, and the smallest exponents. */
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { formatRational } from "../../spec/exact/rational.js";
import type { AffineRow } from "../../spec/networks/network.js";
import { showDecimal, type Decimal } from "../decimal.js";
import { unless, yesNo, type Computation } from "../computation.js";
import { scrambledMachine } from "./sample-machine.js";
import { BUILT_STATES } from "./constants-sizes.js";
import { boundEntries, exponentFor, logActual, logAnyDraw, logPrinted, placements } from "./probability.js";
import { allStates, parametersOf, printedWidths, weightSetSize, type Widths } from "./sizes.js";

/** Exponents at one s. */
interface Exponents {
  readonly s: number;
  readonly printed: Decimal;
  readonly actual: Decimal;
}

let table: readonly Exponents[] | undefined;

/** The smallest c2 at each s = 2 ... 256. */
export function exponents(): readonly Exponents[] {
  table ??= allStates()
    .filter((s) => s >= 2)
    .map((s) => ({ s, printed: exponentFor(s, logPrinted(s)), actual: exponentFor(s, logActual(s)) }));
  return table;
}

/** The rows that a built filter of the scrambled machine uses; its rows differ from one another within each layer. */
export function usedWidths(s: number): Widths {
  const { layers } = machineToFilter(scrambledMachine(s));
  const rows = layers.map((layer) => BigInt(layer.rows.length)) as unknown as Widths["filter"];
  return { filter: rows, head: [4n, 1n] };
}

/** Whether no two rows of a layer are equal: then the network has no symmetry, and placements of units do not overlap. */
export function rowsDiffer(s: number): boolean {
  const spell = ({ bias, entries }: AffineRow): string =>
    `${formatRational(bias)};${entries.map(([column, weight]) => `${column}:${formatRational(weight)}`).join()}`;
  return machineToFilter(scrambledMachine(s)).layers.every(({ rows }) => new Set(rows.map(spell)).size === rows.length);
}

const oneDraw: Computation = {
  name: "hit-probability",
  about:
    "The smallest c2 for which one draw from U_s with the widths of Algorithm 1 has probability s^(-c2 s^2), s = 2 ... 256.",
  run: () => {
    const all = exponents();
    const falls = all.every(({ printed }, i) => i === 0 || printed.lt((all[i - 1] as Exponents).printed));
    const at = (s: number): Exponents => all.find((one) => one.s === s) as Exponents;
    const largest = at(2).printed;
    const limit = all.every(({ printed }) => printed.gte(30_000));
    const bounded = all.every(({ printed }) => printed.lte(largest));
    return {
      instance: "s = 2 ... 256, one filter in one place of the widths 100 s and 100",
      amended: unless(
        bounded && falls && limit ? undefined : "the exponent is not largest at s = 2",
        "c2 = c2(2) serves every s; c2(s) falls and stays above 30000",
      ),
      numbers: {
        "c2(2)": showDecimal(at(2).printed),
        "c2(16)": showDecimal(at(16).printed),
        "c2(256)": showDecimal(at(256).printed),
        "ln Pr, s = 2": showDecimal(logPrinted(2)),
        "ln Pr, s = 256": showDecimal(logPrinted(256)),
        "Pr, s = 2": `${weightSetSize(2)}^-${parametersOf(printedWidths(2n))}`,
      },
    };
  },
};

const anyDraw: Computation = {
  name: "hit-probability-any-place",
  about:
    "The exact number of draws, at the widths of Algorithm 1, that have the filter somewhere among their hidden units.",
  run: () => {
    const states = BUILT_STATES.filter((s) => s >= 2);
    const distinct = states.every(rowsDiffer);
    const rows = states.map((s) => ({
      s,
      c: exponentFor(s, logAnyDraw(s, usedWidths(s))),
      one: exponentFor(s, logPrinted(s)),
    }));
    const better = rows.every(({ c, one }) => c.times(6).lt(one));
    const room = printedWidths(2n);
    const used = usedWidths(2);
    const show = (s: number): string => showDecimal((rows.find((row) => row.s === s) as { c: Decimal }).c);
    return {
      instance: `scrambled machines of ${states.join(", ")} states`,
      amended: unless(
        distinct && better ? undefined : "two rows are equal, or the exponent is not six times smaller",
        "the filter somewhere in the network needs less than a sixth of the exponent of one fixed draw",
      ),
      numbers: {
        "entries that must be as planned, s = 2": String(boundEntries(room, used)),
        "digits of the number of placements, s = 2": String(placements(room, used).toString().length),
        "c2(2)": show(2),
        "c2(16)": show(16),
        "c2(64)": show(64),
      },
    };
  },
};

const smallWidths: Computation = {
  name: "hit-probability-at-actual-widths",
  about: "The smallest c2 if Definition 5 had the widths that just suffice for every machine, s = 2 ... 256.",
  run: () => {
    const all = exponents();
    const at = (s: number): Decimal => (all.find((one) => one.s === s) as Exponents).actual;
    const smaller = all.every(({ actual, printed }) => actual.lt(printed));
    const falls = all.every(({ actual }, i) => i === 0 || actual.lt((all[i - 1] as Exponents).actual));
    return {
      instance: "widths 92 + 24 s, 36 + 12 s, 21, 15 and 4; s = 2 ... 256",
      amended: unless(
        smaller && falls ? undefined : "not smaller everywhere",
        "c2(s) falls with s and is smaller than with 100 s throughout",
      ),
      numbers: {
        "c2(2)": showDecimal(at(2)),
        "c2(16)": showDecimal(at(16)),
        "c2(256)": showDecimal(at(256)),
        "ln Pr, s = 2": showDecimal(logActual(2)),
        "ln Pr, s = 256": showDecimal(logActual(256)),
        "falls with s": yesNo(falls),
      },
    };
  },
};

/** Computations of this module. */
export const PROBABILITY_COMPUTATIONS: readonly Computation[] = [oneDraw, anyDraw, smallWidths];
