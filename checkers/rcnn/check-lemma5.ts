/**
 * Decides, from a network's numbers alone, what Lemma 5, Lemma 6 and Corollary 3 (B.4.1) claim about its size and its
 * weights. Whether it realizes the table is decided by check-table.ts.
 */
import { formatRational, ZERO, type Rational } from "../../spec/exact/rational.js";
import {
  MATRIX_NAMES,
  printedDimensions,
  RELU_AFTER,
  unionBound,
  weightBounds,
  weightDomain,
  weightSets,
  weightsOf,
  type Dimensions,
  type MatrixName,
} from "../../spec/rcnn/lemma5/weights.js";
import type { AffineMap, Network } from "../../spec/networks/network.js";
import { distinct, type Table } from "../../spec/networks/table.js";
import { rejected, type Rejected, type Verdict, accepted } from "../verdict.js";
import { findShapeFault, type ShapeCode } from "../networks/check-shape.js";

type LayerCode = "not-five-layers" | "relu-misplaced";

/** Why a network has not the shape of Lemma 5. */
export type DimensionCode = ShapeCode | LayerCode | "too-wide";

/** Why a network's numbers are not those of Lemma 6. */
export type WeightCode = ShapeCode | LayerCode | "too-many-weights" | "weight-outside-set" | "union-too-large";

/** How many different nonzero numbers each matrix holds, and all together with 0. */
export type WeightCounts = Readonly<Record<MatrixName | "U", number>>;

/**
 * Decides Equation (3) and the counts d'_1 and d'_2 as upper bounds (amendment L5-4): five layers, ReLUs after the first
 * and the third, no layer with more rows than printed. The counts say how many rows there are.
 */
export function checkDimensions(network: Network, table: Table): Verdict<DimensionCode, Dimensions> {
  const fault = findShapeFault(network, table) ?? findLayerFault(network);
  if (fault !== undefined) return fault;
  const { d1, bumps, d2, thresholds } = printedDimensions(table);
  const limits = [d1, bumps, d2, thresholds];
  const rows = network.layers.map((layer) => layer.rows.length);
  for (const [k, limit] of limits.entries()) {
    const found = rows[k] ?? 0;
    if (found > limit) {
      const message = `expected at most ${limit} rows of ${MATRIX_NAMES[k]}, got ${found}`;
      return rejected("too-wide", `network.layers[${k}].rows`, message, { limit, found });
    }
  }
  const [r1 = 0, r2 = 0, r3 = 0, r4 = 0] = rows;
  return accepted({ d1: r1, bumps: r2, d2: r3, thresholds: r4 });
}

/**
 * Decides Lemma 6 and Corollary 3 with X, Y = f(X) and G = g(X) of the table: each matrix holds no more different nonzero
 * numbers than printed, all matrices together, with 0, no more than Corollary 3 counts, and each matrix only numbers that X,
 * Y and G determine.
 */
export function checkWeightSets(network: Network, table: Table): Verdict<WeightCode, WeightCounts> {
  const fault = findShapeFault(network, table) ?? findLayerFault(network);
  if (fault !== undefined) return fault;
  const domain = weightDomain(table);
  const found = MATRIX_NAMES.map((name, k) => ({ k, name, weights: weightsOf(network.layers[k] as AffineMap) }));
  const bounds = weightBounds(domain);
  for (const { k, name, weights } of found) {
    const limit = bounds[name].printed;
    if (weights.length > limit) {
      const message = `expected at most ${limit} different nonzero numbers in ${name}, got ${weights.length}`;
      return rejected("too-many-weights", `network.layers[${k}]`, message, { limit, found: weights.length });
    }
  }
  const limit = unionBound(domain).printed;
  const union = distinct([ZERO, ...found.flatMap(({ weights }) => weights)]).length;
  if (union > limit) {
    const message = `expected at most ${limit} different numbers in all matrices, got ${union}`;
    return rejected("union-too-large", "network.layers", message, { limit, found: union });
  }
  const sets = weightSets(domain);
  for (const { k, name, weights } of found) {
    const outside = findOutside(weights, sets[name]);
    if (outside !== undefined) {
      const weight = formatRational(outside);
      const message = `expected only numbers that X, Y and G determine in ${name}, got ${weight}`;
      return rejected("weight-outside-set", `network.layers[${k}]`, message, { weight });
    }
  }
  const counts = Object.fromEntries(found.map(({ name, weights }) => [name, weights.length]));
  return accepted({ ...(counts as Record<MatrixName, number>), U: union });
}

function findLayerFault({ layers }: Network): Rejected<LayerCode> | undefined {
  if (layers.length !== MATRIX_NAMES.length) {
    const message = `expected 5 layers, got ${layers.length}`;
    return rejected("not-five-layers", "network.layers", message, { found: layers.length });
  }
  for (const [k, { relu }] of layers.entries()) {
    if (relu !== RELU_AFTER[k]) {
      const message = `expected ${relu ? "no ReLU" : "a ReLU"} after ${MATRIX_NAMES[k]}`;
      return rejected("relu-misplaced", `network.layers[${k}].relu`, message, { found: relu });
    }
  }
  return undefined;
}

function findOutside(weights: readonly Rational[], set: readonly Rational[]): Rational | undefined {
  const known = new Set(set.map(formatRational));
  return weights.find((weight) => !known.has(formatRational(weight)));
}
