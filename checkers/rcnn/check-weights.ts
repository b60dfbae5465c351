/**
 * Decides the counting claims about a filter from its numbers: every weight lies in U_s (Lemma 1), U_s has O(s)
 * elements (Lemma 6, Corollary 3), no layer is wider than 100 s (Definition 5 as Algorithm 1 uses it).
 */
import { formatRational } from "../../spec/exact/rational.js";
import type { Network } from "../../spec/networks/network.js";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import type { CellCode } from "../../spec/rcnn/cell-code.js";
import { weightSets } from "../../spec/rcnn/weight-set.js";
import { rejected, type Verdict, accepted } from "../verdict.js";
import { checkAlphabetSize } from "./letters.js";

/** Why the weights are not those of the paper: one lies outside U_s, or there are not five matrices. */
export type WeightFault = "weight-outside-set" | "layer-count";

/** Counts of a filter's weights. */
export interface WeightsResult {
  /** |U_s|, 0 included. */
  readonly setSize: number;
  /** Distinct weights and biases that occur, 0 included. */
  readonly distinct: number;
  /** Weights that are not 0, and biases that are not 0. */
  readonly nonzero: number;
  /** Rows of each layer. */
  readonly widths: readonly number[];
  /** 100 s */
  readonly widthBound: number;
  /** Whether every layer has at most widthBound rows; stated, not required. */
  readonly withinWidthBound: boolean;
}

/** Checks that each weight and bias of layer i lies in the i-th part of U_s, and counts. */
export function checkWeights(filter: Network, code: CellCode, name: AlphabetName): Verdict<WeightFault, WeightsResult> {
  const tooLarge = checkAlphabetSize(code, name);
  if (tooLarge !== undefined) return tooLarge;
  const sets = weightSets(code, name);
  if (filter.layers.length !== sets.layers.length) {
    return rejected(
      "layer-count",
      "filter.layers",
      `expected ${sets.layers.length} layers, got ${filter.layers.length}`,
    );
  }
  const distinct = new Set<string>(["0"]);
  let nonzero = 0;
  for (const [i, layer] of filter.layers.entries()) {
    const allowed = sets.layers[i] as (typeof sets.layers)[number];
    for (const [k, row] of layer.rows.entries()) {
      const numbers = [row.bias, ...row.entries.map(([, weight]) => weight)];
      for (const [j, number] of numbers.entries()) {
        const text = formatRational(number);
        if (!allowed.has(text)) {
          const path = `filter.layers[${i}].rows[${k}][${j}]`;
          return rejected("weight-outside-set", path, `${text} is not in U_s`, { weight: text, layer: layer.name });
        }
        distinct.add(text);
        if (text !== "0") nonzero++;
      }
    }
  }
  const widths = filter.layers.map(({ rows }) => rows.length);
  const widthBound = 100 * code.states;
  return accepted({
    setSize: sets.union.size,
    distinct: distinct.size,
    nonzero,
    widths,
    widthBound,
    withinWidthBound: widths.every((width) => width <= widthBound),
  });
}
