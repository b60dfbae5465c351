/**
 * Decides whether a one-hidden-layer ReLU network of one input equals f-bar_head (B.2, as amended) on the whole real
 * line.
 *
 * Nothing is sampled. Network and head are piecewise linear functions with finitely many kinks. On each open interval
 * between neighbouring kinks of either, both slopes are constants, read off the weights; if they agree on every
 * interval, the functions differ by a constant, and one value decides.
 *
 * The same function is not enough. Kinks of several units that meet in one point can cancel, but back-propagation gives
 * each ReLU at its kink a derivative of its own and adds up something else than the function's slope. So units may have
 * their kinks only where the head has kinks, whether or not anything reads them.
 */
import { slopeAt, type PiecewiseLinear, valueAt } from "../../spec/exact/piecewise-linear.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { AffineMap, AffineRow, Network } from "../../spec/networks/network.js";
import { evaluate } from "../../spec/networks/network.js";
import { READOUT } from "../../spec/rcnn/readout.js";
import { rejected, type Rejected, type Verdict, accepted } from "../verdict.js";

/**
 * `shape`: not one input, one ReLU layer, one affine output. `too-many-units`: more hidden units than B.3 allows.
 * `slope`: another derivative on an interval. `value`: the right derivatives everywhere, but a constant off. `kink`:
 * the right function, but a hidden unit with its kink where the function has none.
 */
export type ReadoutFault = "shape" | "too-many-units" | "slope" | "value" | "kink";

/** What was compared. */
export interface ReadoutResult {
  /** Hidden ReLUs. */
  readonly units: number;
  /** Points where the slope of the network or of the head may change. */
  readonly kinks: number;
  /** Open intervals between them, the two unbounded ones included: kinks + 1. */
  readonly intervals: number;
}

/** "At most 6 ReLUs" (end of B.3). */
export const MAX_HEAD_UNITS = 6;

/**
 * Checks that a network computes a head everywhere.
 *
 * @param network one input, one ReLU layer, one affine output, in the units of `head`
 * @param target f-bar_head in x-units if absent; readoutInUnits(code) for a network in u-units
 */
export function checkReadout(
  network: Network,
  target: PiecewiseLinear = READOUT,
): Verdict<ReadoutFault, ReadoutResult> {
  const fault = findShapeFault(network);
  if (fault !== undefined) return fault;
  const [hidden, output] = network.layers as [AffineMap, AffineMap];
  const units = hidden.rows.length;
  if (units > MAX_HEAD_UNITS) {
    return rejected("too-many-units", "head.layers[0].rows", `expected at most ${MAX_HEAD_UNITS} units, got ${units}`, {
      units,
      limit: MAX_HEAD_UNITS,
    });
  }

  const kinks = distinctRising([...target.kinks, ...ownKinks(hidden)]);
  const points = intervalPoints(kinks);
  for (const [k, point] of points.entries()) {
    const found = slopeOfNetwork(hidden, output, point);
    const expected = slopeAt(target, point) as Rational;
    if (found.equals(expected)) continue;
    const [from, to] = [kinks[k - 1], kinks[k]];
    return rejected("slope", "head", "the derivative of the network is not that of the head between two kinks", {
      from: from === undefined ? "-infinity" : formatRational(from),
      to: to === undefined ? "infinity" : formatRational(to),
      network: formatRational(found),
      head: formatRational(expected),
    });
  }

  const [anywhere] = points as [Rational];
  const found = evaluate(network, [anywhere])[0] as Rational;
  const expected = valueAt(target, anywhere);
  if (!found.equals(expected)) {
    return rejected("value", "head.layers[1].rows[0].bias", "the network differs from the head by a constant", {
      at: formatRational(anywhere),
      network: formatRational(found),
      head: formatRational(expected),
    });
  }
  for (const [unit, { bias }] of hidden.rows.entries()) {
    const weight = inputWeight(hidden, unit);
    if (weight.n === 0n) continue;
    const kink = bias.neg().div(weight);
    if (target.kinks.some((own) => own.equals(kink))) continue;
    const message = "a hidden unit has its kink where the head has none, so that a gradient taken there differs";
    return rejected("kink", `head.layers[0].rows[${unit}]`, message, {
      at: formatRational(kink),
      kinks: target.kinks.map(formatRational),
    });
  }
  return accepted({ units, kinks: kinks.length, intervals: points.length });
}

function findShapeFault(network: Network): Rejected<ReadoutFault> | undefined {
  const { layers } = network;
  if (layers.length !== 2) {
    return rejected("shape", "head.layers", `expected two layers, got ${layers.length}`, { got: layers.length });
  }
  const [hidden, output] = layers as [AffineMap, AffineMap];
  const { inputs, relu } = hidden;
  if (inputs !== 1)
    return rejected("shape", "head.layers[0].inputs", `expected one input, got ${inputs}`, { got: inputs });
  if (!relu) return rejected("shape", "head.layers[0].relu", "expected a ReLU after the first layer", { got: relu });
  if (output.inputs !== hidden.rows.length) {
    const message = `expected ${hidden.rows.length} inputs, one for each unit, got ${output.inputs}`;
    return rejected("shape", "head.layers[1].inputs", message, { got: output.inputs });
  }
  const outputs = output.rows.length;
  if (outputs !== 1)
    return rejected("shape", "head.layers[1].rows", `expected one output, got ${outputs}`, { got: outputs });
  if (output.relu) {
    return rejected("shape", "head.layers[1].relu", "expected no ReLU after the second layer", { got: output.relu });
  }
  for (const [l, layer] of layers.entries()) {
    for (const [r, row] of layer.rows.entries()) {
      let least = 0;
      for (const [e, [column]] of row.entries.entries()) {
        const path = `head.layers[${l}].rows[${r}].entries[${e}]`;
        if (!Number.isInteger(column) || column < least || column >= layer.inputs) {
          const message = `expected a column from ${least} on, below ${layer.inputs}, got ${column}`;
          return rejected("shape", path, message, { got: column });
        }
        least = column + 1;
      }
    }
  }
  return undefined;
}

/** The weight by which a unit of the first layer reads x. */
function inputWeight(layer: AffineMap, unit: number): Rational {
  return (layer.rows[unit] as AffineRow).entries[0]?.[1] ?? ZERO;
}

/** Where the units of the first layer have their kinks; a unit that does not read x has none. */
function ownKinks(hidden: AffineMap): Rational[] {
  return hidden.rows.flatMap((row, unit) => {
    const weight = inputWeight(hidden, unit);
    return weight.n === 0n ? [] : [row.bias.neg().div(weight)];
  });
}

/** The derivative of the network at a point that is not a kink of any ReLU. */
function slopeOfNetwork(hidden: AffineMap, output: AffineMap, x: Rational): Rational {
  let slope = ZERO;
  const [row] = output.rows as readonly [AffineRow];
  for (const [unit, weight] of row.entries) {
    const inner = inputWeight(hidden, unit);
    const { bias } = hidden.rows[unit] as AffineRow;
    if (inner.mul(x).add(bias).s > 0n) slope = slope.add(weight.mul(inner));
  }
  return slope;
}

/** One point of each open interval that the kinks cut the line into, from left to right. */
function intervalPoints(kinks: readonly Rational[]): Rational[] {
  const [first] = kinks;
  if (first === undefined) return [ZERO];
  const last = kinks.at(-1) as Rational;
  const inner = kinks.slice(1).map((kink, k) => kink.add(kinks[k] ?? kink).div(rational(2n)));
  return [first.sub(ONE), ...inner, last.add(ONE)];
}

function distinctRising(values: Rational[]): Rational[] {
  const rising = values.sort((a, b) => a.compare(b));
  return rising.filter((value, k) => rising[k - 1]?.equals(value) !== true);
}
