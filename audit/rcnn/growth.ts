/** The growth claims of the paper as curves: exact counts at s = 1, 2, 4, ... 256, plotted by their logarithms. */
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { logarithm, showDecimal, type Decimal } from "../decimal.js";
import type { GrowthCurve, GrowthFigure } from "../figure.js";
import { nonzeroOf } from "./constants-sizes.js";
import { exponents, usedWidths } from "./constants-probability.js";
import { exponentFor, logAnyDraw } from "./probability.js";
import { scrambledMachine } from "./sample-machine.js";
import {
  bitsFor,
  fullAlphabetSize,
  gatedWidths,
  literalFilterSizes,
  parametersOf,
  printedSetSize,
  printedWidths,
  weightSetSize,
  wellFormedSize,
} from "./sizes.js";

/** The states at which curves are drawn and tables have rows. */
export const POWERS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

function whole(name: string, kind: GrowthCurve["kind"], value: (s: number) => bigint, states = POWERS): GrowthCurve {
  const points = states.map((s) => ({ s, label: group(value(s)), log: Number(showDecimal(logarithm(value(s)), 12)) }));
  return { name, kind, points };
}

function decimals(
  name: string,
  kind: GrowthCurve["kind"],
  value: (s: number) => Decimal,
  states: readonly number[],
): GrowthCurve {
  const scale = 10n ** 12n;
  const points = states.map((s) => {
    const exact = value(s);
    const log = logarithm(BigInt(exact.times(scale.toString()).toFixed(0))).minus(logarithm(scale));
    return { s, label: showDecimal(exact, 2), log: Number(showDecimal(log, 12)) };
  });
  return { name, kind, points };
}

/** Digits in groups of three; long numbers as a power of ten with four digits. */
export function group(value: bigint): string {
  const digits = value.toString();
  if (digits.length > 15) return `${digits[0]}.${digits.slice(1, 4)}e${digits.length - 1}`;
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** The figures, in the order of the report. */
export function growthFigures(): GrowthFigure[] {
  const widest = (s: number): bigint => gatedWidths(BigInt(s)).filter[0];
  const tabulated = POWERS.filter((s) => s >= 2);
  const built = tabulated.filter((s) => s <= 64);
  const at = (s: number) => exponents()[s - 2] as ReturnType<typeof exponents>[number];
  return [
    {
      id: "set-size",
      title: "Size of U_s",
      caption: "O(s), as Theorem 1 says. The gated filters need 18 s + 195 numbers, the paper allows 24 * 16 s + 5.",
      curves: [
        whole("24 * 16 s + 5", "paper", (s) => printedSetSize(BigInt(s))),
        whole("|U_s| as built", "built", weightSetSize),
      ],
    },
    {
      id: "alphabet",
      title: "Values of a cell",
      caption: "All digit strings grow faster than s; the cells that occur are 10 + 4 s, p included.",
      curves: [
        whole("16 s", "paper", (s) => 16n * BigInt(s)),
        whole("well-formed: 10 + 4 s", "built", wellFormedSize),
        whole("all digit strings and p", "literal", fullAlphabetSize),
      ],
    },
    {
      id: "width",
      title: "Widest layer",
      caption:
        "Never above 100 s. The first layer of Lemma 5 to the letter has 890 + 360 s rows, its second one 27 to 54 for each patch.",
      curves: [
        whole("100 s", "paper", (s) => 100n * BigInt(s)),
        whole("gated, every machine: 92 + 24 s", "built", widest),
        whole("Lemma 5, d1", "literal", (s) => literalFilterSizes(BigInt(s)).d1),
      ],
    },
    {
      id: "parameters",
      title: "Parameters",
      caption: "30000 s^2 + 1400 s + 302 with the paper's widths; a tenth suffices, and of those only O(s) are not 0.",
      curves: [
        whole("widths 100 s", "paper", (s) => parametersOf(printedWidths(BigInt(s)))),
        whole("gated, fully connected", "built", (s) => parametersOf(gatedWidths(BigInt(s)))),
        whole("gated, not 0", "built", (s) => BigInt(nonzeroOf(machineToFilter(scrambledMachine(s))))),
      ],
    },
    {
      id: "exponent",
      title: "Smallest c2 with Pr >= s^(-c2 s^2)",
      caption:
        "One draw as planned at the paper's widths; the filter anywhere among the hidden units; one draw at widths that suffice.",
      curves: [
        decimals("one draw, widths 100 s", "paper", (s) => at(s).printed, tabulated),
        decimals("anywhere, widths 100 s", "built", (s) => exponentFor(s, logAnyDraw(s, usedWidths(s))), built),
        decimals("one draw, actual widths", "literal", (s) => at(s).actual, tabulated),
      ],
    },
    {
      id: "depth",
      title: "Layers for t = s steps, m = d = 8",
      caption: "1 + max(t, m + d) layers are needed; the end of B.3 has t + m + 1 + d.",
      curves: [
        whole("t + m + 1 + d", "paper", (s) => BigInt(s) + 17n),
        whole("1 + max(t, m + d)", "built", (s) => 1n + BigInt(Math.max(s, 16))),
      ],
    },
  ];
}

/** One row of the table of sizes. */
export interface SizeRow {
  readonly s: number;
  /** Parameters, different weights at most, bits: the paper's widths and set, the gated filter, Lemma 5 to the letter. */
  readonly printed: readonly [parameters: bigint, weights: bigint, bits: bigint];
  readonly gated: readonly [parameters: bigint, weights: bigint, bits: bigint];
  readonly literal: readonly [parameters: bigint, weights: bigint, bits: bigint];
}

/** Number of parameters, of different weights, and of bits, at one s. */
export function sizeRow(s: number): SizeRow {
  const states = BigInt(s);
  const withBits = (parameters: bigint, weights: bigint): readonly [bigint, bigint, bigint] => [
    parameters,
    weights,
    parameters * bitsFor(weights),
  ];
  return {
    s,
    printed: withBits(parametersOf(printedWidths(states)), printedSetSize(states)),
    gated: withBits(parametersOf(gatedWidths(states)), weightSetSize(s)),
    // Corollary 3 as it comes out: 8 |X_i| + 13 different numbers at most.
    literal: withBits(literalFilterSizes(states).parameters, 8n * (10n + 4n * states) + 13n),
  };
}
