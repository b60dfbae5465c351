/**
 * A lower bound g of a decoder's all-layer margin (2.1): no perturbation of all its parameters together of 2-norm at most g changes
 * the sign of its output, for any input within capacity and any number of passes.
 *
 * Deviations are bounded coordinate by coordinate by a vector, the same for all passes and positions, of norm D. After a
 * correction that holds, coordinate c deviates by its own row's perturbation times what the row reads, whatever there was before; so
 * deviations do not grow from layer to layer or from pass to pass: that is the induction. What happens between two corrections
 * depends on parameters of which each belongs to one matrix, and their squares add up to at most g^2, so by Cauchy and Schwarz a sum of
 * (norm of a matrix's perturbation) * (norm of what it is applied to) is at most g times a root of a sum of squares.
 *
 * Of attention only differences matter of the scores of a position and of null: query and key deviate in coordinates c by at
 * most the same D_c, so the difference deviates by D times the norm of the vector of both slopes together (`slopes`).
 * docs/wei-chen-ma/decoder.md has the argument, DECODER.md the inequalities in order. Rows and columns of zeros change none of the
 * norms, so the bound holds at every width.
 */
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap, AffineRow } from "../../spec/wei-chen-ma/affine.js";
import type { Decoder } from "../../spec/wei-chen-ma/decoder.js";
import { rejected, type Rejected } from "../verdict.js";
import { addsNothing } from "./check-attention.js";
import type { FormulaChanges } from "./check-formulas.js";
import { operatorNorm } from "./norms.js";
import { onesAfterLayers } from "./ones-of-formulas.js";
import { rootOf, showUpper, square, squareRoot, times, UPPER_ONE, upper, type Upper } from "./upward.js";

/** What a module contributes to the bounds; undefined where all its parameters are 0. Squares are of integers, exact. */
interface ModuleNorms {
  readonly query: Upper;
  readonly key: Upper;
  readonly value: Upper;
  /** |a + b|^2 of self, |a|^2 and |b|^2 of cross: how the difference of scores reads a deviation of query and of key. */
  readonly slopes: readonly [query: bigint, key: bigint];
  /** Squares of the norms of true queries, and of true keys less null's. */
  readonly querySquare: bigint;
  readonly keySquare: bigint;
  readonly gap: number;
  /** Whether it reads positions of the vector that asks: both deviate by the same vector. */
  readonly isSelf: boolean;
}

/** What a layer contributes. */
interface LayerNorms {
  readonly self: ModuleNorms | undefined;
  readonly cross: ModuleNorms | undefined;
  /** Coordinates that are 1 together at most: before the layer, after self-attention, after both, after the function. */
  readonly ones: readonly [input: number, self: number, cross: number, output: number];
  readonly operator: Upper;
  /** The largest square of a row's norm. */
  readonly row: bigint;
}

/** The norms of a decoder: all that the inequalities need, whatever g is. */
export interface DecoderNorms {
  readonly layers: readonly LayerNorms[];
  /** Coordinates of the encoder's outputs that are 1 together. */
  readonly encoded: number;
  /** |theta_cls|^2 */
  readonly classifier: bigint;
}

/** Gaps of the modules of each layer, as check-step.ts decides them. */
export type Gaps = readonly { readonly self: number | null; readonly cross: number | null }[];

/** The norms of a decoder whose step was accepted. @param formulas decided with the step */
export function decoderNorms(decoder: Decoder, gaps: Gaps, formulas: FormulaChanges): DecoderNorms {
  const { bits } = decoder.sizes;
  const after = onesAfterLayers(formulas);
  // (C.3): a state, a symbol, the bits of the pass and of the position. (C.1): a symbol and the bits of a position.
  let input = 2 + 2 * bits;
  const layers = decoder.layers.map(({ self, cross, feedForward: [map] }, j): LayerNorms => {
    const norms = (module: Attention | null, which: "self" | "cross"): ModuleNorms | undefined =>
      module === null || addsNothing(module) ? undefined : moduleNorms(module, which, gaps[j]?.[which] ?? 0);
    const [own, other] = [norms(self, "self"), norms(cross, "cross")];
    const afterSelf = input + (own === undefined ? 0 : written(self as Attention));
    const afterCross = afterSelf + (other === undefined ? 0 : written(cross as Attention));
    const ones = [input, afterSelf, afterCross, after[j] ?? 0] as const;
    input = ones[3];
    const row = map.rows.reduce((most, one) => max(most, squaredRowNorm(one)), 0n);
    return { self: own, cross: other, ones, operator: operatorNorm(map), row };
  });
  const classifier = decoder.classifier.reduce((sum, weight) => sum + BigInt(weight) ** 2n, 0n);
  return { layers, encoded: 1 + bits, classifier };
}

/** Coordinates that a module's values or null value reach. */
function written({ value, nullValue }: Attention): number {
  return value.rows.filter(({ bias, entries }, c) => bias !== 0 || entries.length > 0 || nullValue[c] !== 0).length;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function size(value: number): bigint {
  return BigInt(Math.abs(value));
}

function sumOfSquares(values: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const value of values) sum += value * value;
  return sum;
}

/** |w|_2^2 of a row's weights, the bias left out. */
function squaredRowNorm({ entries }: AffineRow): bigint {
  return sumOfSquares(entries.map(([, weight]) => BigInt(weight)));
}

function moduleNorms({ query, key, value, nullKey }: Attention, which: "self" | "cross", gap: number): ModuleNorms {
  const queries = query.rows.map((row) => farthest(row, 0));
  const keys = key.rows.map((row, r) => farthest(row, nullKey[r] as number));
  const [asked, answered] = [columnSums(query, keys), columnSums(key, queries)];
  const both = new Map(asked);
  for (const [column, sum] of answered) both.set(column, (both.get(column) ?? 0n) + sum);
  return {
    query: operatorNorm(query),
    key: operatorNorm(key),
    value: operatorNorm(value),
    slopes:
      which === "self"
        ? [sumOfSquares(both.values()), 0n]
        : [sumOfSquares(asked.values()), sumOfSquares(answered.values())],
    querySquare: sumOfSquares(queries),
    keySquare: sumOfSquares(keys),
    gap,
    isSelf: which === "self",
  };
}

/** How far a row is from a number at most, on inputs of 0 and 1. */
function farthest({ bias, entries }: AffineRow, from: number): bigint {
  let [least, most] = [bias, bias];
  for (const [, weight] of entries) {
    if (weight < 0) least += weight;
    else most += weight;
  }
  return max(size(least - from), size(most - from));
}

/** For each column the sum of |weight| times its row's factor. */
function columnSums({ rows }: AffineMap, factors: readonly bigint[]): Map<number, bigint> {
  const sums = new Map<number, bigint>();
  for (const [r, { entries }] of rows.entries())
    for (const [column, weight] of entries)
      sums.set(column, (sums.get(column) ?? 0n) + size(weight) * (factors[r] as bigint));
  return sums;
}

/** That all inequalities hold, or the first that fails; `deviation` is the last layer's, where only that exceeds the entry. */
export type MarginVerdict =
  { readonly holds: true } | { readonly holds: false; readonly fault: Rejected<"margin">; readonly deviation?: Upper };

/**
 * Decides that g is a lower bound.
 *
 * @param g in units of 2^-64, rounded up
 * @param entry a bound of the deviation of the first layer's input; it must be at least that of the start vector, g, and of the
 *   last layer's output, which is the next pass' input
 */
export function marginHolds(norms: DecoderNorms, g: Upper, entry: Upper): MarginVerdict {
  const fail = (path: string, message: string, left: Upper, right: Upper): MarginVerdict & { holds: false } => {
    const witness = { left: showUpper(left), right: showUpper(right) };
    return { holds: false, fault: rejected("margin", path, message, witness) };
  };
  const gg = square(g);
  let deviation = entry;
  if (g > entry) return fail("verdicts.margin.entry", "expected at least the bound itself", g, entry);
  // With one layer its correction would count twice in one window.
  if (norms.layers.length < 2) return fail("decoder.layers", "expected two layers at least", UPPER_ONE, 2n * UPPER_ONE);
  for (const [j, layer] of norms.layers.entries()) {
    const path = `decoder.layers[${j}]`;
    const [before, afterSelf, afterCross, after] = layer.ones;
    const own = squaredSize(before, deviation);
    const self = throughModule(layer.self, gg, [deviation, own], [deviation, own]);
    if (self.used >= self.room)
      return fail(`${path}.self`, "expected perturbed scores to keep their order", self.used, self.room);
    const other = squaredSize(norms.encoded, g);
    const cross = throughModule(layer.cross, gg, [self.deviation, squaredSize(afterSelf, self.deviation)], [g, other]);
    if (cross.used >= cross.room)
      return fail(`${path}.cross`, "expected perturbed scores to keep their order", cross.used, cross.room);
    const reading = square(cross.deviation);
    const perturbed = times(gg, squaredSize(afterCross, cross.deviation));
    const vector = squareRoot(times(square(layer.operator), reading) + perturbed);
    const corrected = squaredSize(after, vector);
    const used = 9n * (layer.row * reading + perturbed) + times(gg, corrected);
    if (used > UPPER_ONE)
      return fail(`${path}.feedForward[1]`, "expected every coordinate to be corrected", squareRoot(used), UPPER_ONE);
    const hidden = rootOf(5 * after) + times(3n * rootOf(2), vector) + times(g, squareRoot(corrected));
    deviation = times(g, squareRoot(2n * corrected + square(hidden) + UPPER_ONE));
  }
  const path = `decoder.layers[${norms.layers.length - 1}]`;
  if (deviation > entry) {
    const message = "expected the last layer to deviate no more than the first layer's input";
    return { ...fail(path, message, deviation, entry), deviation };
  }
  const shown = square(rootOf(norms.layers.at(-1)?.ones[3] ?? 0) + deviation);
  const output = squareRoot(norms.classifier * square(deviation) + times(gg, shown));
  if (output >= UPPER_ONE)
    return fail("decoder.classifier", "expected the sign of the output to stay", output, UPPER_ONE);
  return { holds: true };
}

/** B^2 = (sqrt n + D)^2 + 1: of a deviating vector with at most n ones, and the 1 that a bias sees. */
function squaredSize(ones: number, deviation: Upper): Upper {
  return square(rootOf(ones) + deviation) + UPPER_ONE;
}

/**
 * The deviation after a module, and how much of its gap is used by differences of scores.
 *
 * @param gg g^2
 * @param query D and B^2 of the vector that asks
 * @param others D and B^2 of those that it may read
 */
function throughModule(
  module: ModuleNorms | undefined,
  gg: Upper,
  query: readonly [deviation: Upper, size: Upper],
  others: readonly [deviation: Upper, size: Upper],
): { readonly deviation: Upper; readonly used: Upper; readonly room: Upper } {
  const own = times(gg, others[1]);
  // All parameters are 0: whatever is read, it is what the perturbation put there.
  if (module === undefined) return { deviation: squareRoot(square(query[0]) + own), used: 0n, room: UPPER_ONE };
  const [dq, dk] = [square(query[0]), square(others[0])];
  const { slopes, querySquare, keySquare } = module;
  const first =
    slopes[0] * dq + slopes[1] * dk + keySquare * times(gg, query[1]) + querySquare * (times(gg, others[1]) + gg);
  const asked = times(square(module.query), dq) + times(gg, query[1]);
  const answered = times(square(module.key), dk) + times(gg, others[1]) + gg;
  const used = squareRoot(first) + squareRoot(times(asked, answered));
  return { deviation: added(module, query[0], others[0], own), used, room: upper(module.gap) };
}

/** The deviation with what values add: self's are of the same coordinates, the encoder's of its own parameters. */
function added({ value, isSelf }: ModuleNorms, asking: Upper, read: Upper, own: Upper): Upper {
  const copied = times(value, read);
  const together = isSelf ? square(asking + copied) : square(asking) + square(copied);
  return squareRoot(together + own);
}
