/**
 * A lower bound g of a decoder's all-layer margin (2.1): no perturbation of all its parameters together of 2-norm at most g changes
 * the sign of its output, for any input within capacity and any number of passes.
 *
 * Between corrections a deviation of at most eps (2-norm) meets a function layer that has a deviation of at most g in each of its
 * matrices; if every coordinate is still within 1/3 of its true 0 or 1, less what the perturbed correction itself may add, then the
 * corrected vector deviates by what the correction's own perturbation makes, whatever eps was. So deviations do not grow from
 * layer to layer or from pass to pass: that is the induction. Sharper than Theorem D.6, which the audit evaluates beside it.
 *
 * In bounds: n is the number of coordinates that may be other than 0 (`supports`), B = sqrt((sqrt n + eps)^2 + 1) bounds a deviating
 * input with the 1 that a bias sees. The norms are 2-norms of what is there, so the bound holds at every width: rows and columns
 * of zeros are perturbed as well, and are counted in g B. docs/wei-chen-ma/decoder.md has the inequalities in order.
 */
import type { Attention } from "../../spec/networks/attention.js";
import type { AffineMap, AffineRow } from "../../spec/wei-chen-ma/affine.js";
import type { Decoder } from "../../spec/wei-chen-ma/decoder.js";
import { decoderGroups } from "../../spec/wei-chen-ma/decoder-layout.js";
import { rejected, type Rejected } from "../verdict.js";
import { addsNothing } from "./check-attention.js";
import { operatorNorm } from "./norms.js";
import { largest, rootOf, showUpper, square, squareRoot, times, UPPER_ONE, upper, type Upper } from "./upward.js";

/** What a module contributes to the bounds; undefined where all its parameters are 0. */
interface ModuleNorms {
  readonly query: Upper;
  readonly key: Upper;
  readonly value: Upper;
  readonly nullKey: Upper;
  /** Norms of true queries and keys. */
  readonly querySize: Upper;
  readonly keySize: Upper;
  readonly gap: number;
}

/** What a layer contributes. */
interface LayerNorms {
  readonly self: ModuleNorms | undefined;
  readonly cross: ModuleNorms | undefined;
  /** Coordinates that may be other than 0: before the layer, after self-attention, after both, after the function. */
  readonly supports: readonly [input: number, self: number, cross: number, output: number];
  readonly operator: Upper;
  readonly row: Upper;
}

/** The norms of a decoder: all that the inequalities need, whatever g is. */
export interface DecoderNorms {
  readonly layers: readonly LayerNorms[];
  /** Coordinates of the encoder's outputs that may be other than 0. */
  readonly encoded: number;
  /** Coordinates of the last layer that may be other than 0, and the norm of theta_cls on them. */
  readonly classifier: Upper;
  readonly outputs: number;
}

/** Gaps of the modules of each layer, as check-step.ts decides them. */
export type Gaps = readonly { readonly self: number | null; readonly cross: number | null }[];

/** The norms of a decoder whose step was accepted. */
export function decoderNorms(decoder: Decoder, gaps: Gaps): DecoderNorms {
  const { sizes, width, embedding } = decoder;
  const groups = decoderGroups(sizes);
  const encodedSupport = new Set<number>();
  for (const column of embedding) for (const [c, entry] of column.entries()) if (entry !== 0) encodedSupport.add(c);
  for (let k = 0; k < sizes.bits; k++) encodedSupport.add(groups.step + k);
  let support = new Set<number>();
  for (let c = 0; c < groups.written; c++) support.add(c);
  for (let k = 0; k < 2 * sizes.bits; k++) support.add(groups.step + k);
  for (const [c, entry] of decoder.start.entries()) if (entry !== 0) support.add(c);
  const layers = decoder.layers.map(({ self, cross, feedForward: [map] }, j): LayerNorms => {
    const input = support.size;
    const selfNorms = self === null || addsNothing(self) ? undefined : moduleNorms(self, gaps[j]?.self ?? 0);
    const afterSelf = selfNorms === undefined ? support : written(self as Attention, support);
    const crossNorms = cross === null || addsNothing(cross) ? undefined : moduleNorms(cross, gaps[j]?.cross ?? 0);
    const afterCross = crossNorms === undefined ? afterSelf : written(cross as Attention, afterSelf);
    support = supportOf(map, afterCross);
    return {
      self: selfNorms,
      cross: crossNorms,
      supports: [input, afterSelf.size, afterCross.size, support.size],
      operator: operatorNorm(map),
      row: largest(map.rows.map((row) => rootOf(squaredRowNorm(row)))),
    };
  });
  const theta = decoder.classifier.reduce((sum, weight, c) => sum + (support.has(c) ? weight * weight : 0), 0);
  return { layers, encoded: encodedSupport.size, classifier: rootOf(theta), outputs: Math.min(support.size, width) };
}

/** Coordinates that may be other than 0 after a module: those before, and those that its values or null value reach. */
function written({ value, nullValue }: Attention, support: ReadonlySet<number>): Set<number> {
  const after = new Set(support);
  for (const [c, { bias, entries }] of value.rows.entries())
    if (bias !== 0 || entries.length > 0 || nullValue[c] !== 0) after.add(c);
  return after;
}

/** Coordinates that may be other than 0 after a layer of ReLUs: those with a positive bias, and those that read such ones. */
function supportOf({ rows }: AffineMap, input: ReadonlySet<number>): Set<number> {
  const after = new Set<number>();
  for (const [c, { bias, entries }] of rows.entries())
    if (bias > 0 || entries.some(([column]) => input.has(column))) after.add(c);
  return after;
}

/** |w|_2^2 of a row's weights, the bias left out. */
function squaredRowNorm({ entries }: AffineRow): bigint {
  return entries.reduce((sum, [, weight]) => sum + BigInt(weight) * BigInt(weight), 0n);
}

function moduleNorms({ query, key, value, nullKey }: Attention, gap: number): ModuleNorms {
  return {
    query: operatorNorm(query),
    key: operatorNorm(key),
    value: operatorNorm(value),
    nullKey: rootOf(nullKey.reduce((sum, entry) => sum + BigInt(entry) ** 2n, 0n)),
    querySize: largestImage(query),
    keySize: largestImage(key),
    gap,
  };
}

/** A bound of |W h + b| for h with entries 0 and 1: each row is between its least and its largest sum. */
function largestImage({ rows }: AffineMap): Upper {
  let squares = 0n;
  for (const { bias, entries } of rows) {
    let [least, most] = [bias, bias];
    for (const [, weight] of entries) {
      if (weight < 0) least += weight;
      else most += weight;
    }
    const size = BigInt(Math.max(Math.abs(least), Math.abs(most)));
    squares += size * size;
  }
  return rootOf(squares);
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
  let deviation = entry;
  if (g > entry) return fail("verdicts.margin.entry", "expected at least the bound itself", g, entry);
  for (const [j, layer] of norms.layers.entries()) {
    const path = `decoder.layers[${j}]`;
    const [before, afterSelf, afterCross, after] = layer.supports;
    const self = throughModule(layer.self, { g, query: [before, deviation], others: [before, deviation] });
    if (self.used >= self.room)
      return fail(`${path}.self`, "expected perturbed scores to keep their order", self.used, self.room);
    deviation += self.added;
    const cross = throughModule(layer.cross, { g, query: [afterSelf, deviation], others: [norms.encoded, g] });
    if (cross.used >= cross.room)
      return fail(`${path}.cross`, "expected perturbed scores to keep their order", cross.used, cross.room);
    deviation += cross.added;
    const own = times(g, sizeWithBias(afterCross, deviation));
    const coordinate = times(layer.row, deviation) + own;
    const vector = times(layer.operator, deviation) + own;
    const correction = times(g, sizeWithBias(after, vector));
    const used = 3n * coordinate + correction;
    if (used > UPPER_ONE)
      return fail(`${path}.feedForward[1]`, "expected every coordinate to be corrected", used, UPPER_ONE);
    const hidden = rootOf(5 * after) + times(3n * rootOf(2), vector) + correction;
    const inputSize = square(sizeWithBias(after, vector));
    deviation = times(g, squareRoot(2n * inputSize + square(hidden) + UPPER_ONE));
  }
  const path = `decoder.layers[${norms.layers.length - 1}]`;
  if (deviation > entry) {
    const message = "expected the last layer to deviate no more than the first layer's input";
    return { ...fail(path, message, deviation, entry), deviation };
  }
  const output = times(norms.classifier, deviation) + times(g, rootOf(norms.outputs) + deviation);
  if (output >= UPPER_ONE)
    return fail("decoder.classifier", "expected the sign of the output to stay", output, UPPER_ONE);
  return { holds: true };
}

/** B = sqrt((sqrt n + eps)^2 + 1). */
function sizeWithBias(support: number, deviation: Upper): Upper {
  return squareRoot(square(rootOf(support) + deviation) + UPPER_ONE);
}

interface ModuleInput {
  readonly g: Upper;
  /** Coordinates that may be other than 0, and their deviation: of the vector that asks, and of those that it may read. */
  readonly query: readonly [support: number, deviation: Upper];
  readonly others: readonly [support: number, deviation: Upper];
}

/**
 * The deviation that a module adds, and how much of its gap is used: scores of positions deviate by at most `position`, null's by at
 * most `none`; the best and another are at least the gap apart, and one of them may be null.
 */
function throughModule(
  module: ModuleNorms | undefined,
  { g, query, others }: ModuleInput,
): { readonly added: Upper; readonly used: Upper; readonly room: Upper } {
  const perturbed = times(g, sizeWithBias(...others));
  // All parameters are 0: whatever is read, it is what the perturbation put there.
  if (module === undefined) return { added: perturbed, used: 0n, room: UPPER_ONE };
  const asked = times(module.query, query[1]) + times(g, sizeWithBias(...query));
  const answered = times(module.key, others[1]) + perturbed;
  const position = times(asked, module.keySize + answered) + times(module.querySize, answered);
  const none = times(asked, module.nullKey + g) + times(module.querySize, g);
  const used = position + (position > none ? position : none);
  return { added: times(module.value, others[1]) + perturbed, used, room: upper(module.gap) };
}
