/**
 * f-bar_head (B.2) as a network of one hidden layer: four ReLUs, one at each kink of the head (B.3 allows six).
 *
 * f(x) = -1 + 18 r(x + 1/6) - 36 r(x) + 36 r(x - 1/9) - 18 r(x - 1/6), with r the ReLU: the weight of a ReLU is the change
 * of slope at its kink. In Definition 5, U2 holds the first layer and U1 the second (amendment head-shapes).
 */
import { type PiecewiseLinear } from "../../spec/exact/piecewise-linear.js";
import { ONE, ZERO, type Rational } from "../../spec/exact/rational.js";
import type { AffineRow, Network } from "../../spec/networks/network.js";
import type { CellCode } from "../../spec/rcnn/cell-code.js";
import { READOUT, readoutInUnits } from "../../spec/rcnn/readout.js";

/** The head in x-units: one input, four hidden ReLUs, one output. */
export function readoutNetwork(): Network {
  return headToNetwork(READOUT);
}

/**
 * The head in integers: F = 3^(K-2) f of u = 2 * 3^K x. All weights are 1, 2, -1 or -2; biases are integers of at most
 * 3^(K-1).
 */
export function readoutNetworkInUnits(code: CellCode): Network {
  return headToNetwork(readoutInUnits(code));
}

function headToNetwork({ leftValue, kinks, slopes }: PiecewiseLinear): Network {
  const hidden = kinks.map((kink): AffineRow => ({ bias: kink.neg(), entries: [[0, ONE]] }));
  const entries: [number, Rational][] = slopes.map((slope, k) => [k, slope.sub(slopes[k - 1] ?? ZERO)]);
  return {
    layers: [
      { name: "U2", inputs: 1, rows: hidden, relu: true },
      { name: "U1", inputs: hidden.length, rows: [{ bias: leftValue, entries }], relu: false },
    ],
  };
}
