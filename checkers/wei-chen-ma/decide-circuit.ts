/** All claims about a circuit's network, decided from its numbers. */
import { formatRational, type Rational } from "../../spec/exact/rational.js";
import type { AndInverterGraph } from "../../spec/circuits/and-inverter-graph.js";
import { leastWidth, oneNorm, parametersOf, type FeedForward, type Layer } from "../../spec/wei-chen-ma/affine.js";
import type { CircuitVerdictsJson, FlipJson } from "../../certificates/wei-chen-ma/circuit-certificate.js";
import { accepted, rejected, type Rejected, type Verdict } from "../verdict.js";
import { Work } from "../work.js";
import { checkCorrection, type CorrectionUnit } from "./check-correction.js";
import { checkFlip } from "./check-flip.js";
import { checkFunction, type CheckedFunction, type FunctionCode } from "./check-function.js";
import { checkMargin } from "./check-margin.js";
import { sampleNumbers } from "./check-sample.js";
import { largestSum } from "./exactness.js";
import { marginConstants, type MarginData } from "./margin-constants.js";
import { countNonzero, largestWeight } from "./norms.js";
import { d6BoundAt } from "./theorem-d6.js";

/** Why a claim about a circuit's network is rejected. */
export type CircuitDecisionFault = FunctionCode | "shape" | "correction" | "margin" | "theorem" | "flip";

/** What is claimed beyond the numbers. */
export interface CircuitClaim {
  readonly circuit: AndInverterGraph;
  readonly network: FeedForward;
  /** w. */
  readonly width: number;
  readonly margin: {
    readonly lower: Rational;
    readonly sigma: Rational;
    readonly bound: Rational;
    readonly flip: FlipJson | null;
  };
}

/** What the margin claims read, once everything else is decided. */
export interface DecidedNetwork {
  readonly checked: CheckedFunction;
  readonly corrections: readonly (readonly CorrectionUnit[])[];
  readonly data: MarginData;
}

/** Decides shape, corrections and function of a network. @throws {OutOfWork} */
export function decideNetwork(
  circuit: AndInverterGraph,
  network: FeedForward,
  work: Work = new Work(),
): Verdict<CircuitDecisionFault, DecidedNetwork> {
  const shape = shapeFault(circuit, network);
  if (shape !== undefined) return shape;
  const corrections: (readonly CorrectionUnit[])[] = [];
  for (let l = 2; l < network.layers.length - 1; l += 4) {
    const [first, second] = network.layers.slice(l, l + 2) as [Layer, Layer];
    const verdict = checkCorrection(first, second, `network.layers[${l}]`, `network.layers[${l + 1}]`);
    if (verdict.verdict !== "accepted") return verdict;
    corrections.push(verdict.result.units);
  }
  const checked = checkFunction(circuit, network, work);
  if (checked.verdict !== "accepted") return checked;
  const data = marginConstants(network, checked.result, corrections);
  if ("kinkAfter" in data)
    return rejected(
      "margin",
      `network.layers[${4 * data.kinkAfter - 2}]`,
      "expected no kink of a correction at 0 or 1",
    );
  return accepted({ checked: checked.result, corrections, data });
}

/** Decides everything; the result is what a certificate states. @throws {OutOfWork} */
export function decideCircuit(
  claim: CircuitClaim,
  work: Work = new Work(),
): Verdict<CircuitDecisionFault, CircuitVerdictsJson> {
  const { circuit, network, width, margin } = claim;
  const least = leastWidth(network);
  if (width < least) return rejected("shape", "width", `expected at least ${least}, got ${width}`);
  const decided = decideNetwork(circuit, network, work);
  if (decided.verdict !== "accepted") return decided;
  const { checked, corrections, data } = decided.result;
  const lower = checkMargin(data, margin.lower);
  if (lower.verdict !== "accepted") return lower;
  const bound = d6BoundAt(data, margin.sigma);
  if (margin.bound.gt(bound)) {
    const message = `expected a bound of at most ${bound.toString(12)} at this sigma`;
    return rejected("theorem", "verdicts.margin.theorem.bound", message, { stated: formatRational(margin.bound) });
  }
  if (margin.flip !== null) {
    const flip = checkFlip(circuit, network, margin.flip, "verdicts.margin.flip");
    if (flip.verdict !== "accepted") return flip;
  }
  const [inputs, outputs, depth] = [circuit.inputs.length, circuit.outputs.length, network.layers.length - 1];
  const alpha = oneNorm(network.layers);
  const parameters = parametersOf(width, depth, inputs, outputs);
  const coordinates = corrections.reduce((sum, units) => sum + units.length, 0);
  const sum = largestSum(network);
  const { layers, gates } = checked;
  return accepted({
    function: { layers, gates, inputs: checked.inputs },
    binary: { coordinates: checked.coordinates },
    correction: { pairs: corrections.length, coordinates, radius: "1/3" },
    norms: {
      alpha: String(alpha),
      parameters: String(parameters),
      depth,
      leastWidth: least,
      largestWeight: largestWeight(network.layers),
      nonzero: countNonzero(network.layers),
    },
    margin: {
      lower: formatRational(margin.lower),
      theorem: { sigma: formatRational(margin.sigma), bound: formatRational(margin.bound) },
      flip: margin.flip,
    },
    exactness: {
      largestSum: String(sum),
      float32: sum <= 2n ** 24n,
      float16: sum <= 2n ** 11n,
      bfloat16: sum <= 2n ** 8n,
    },
    sample: sampleNumbers({
      alpha,
      parameters,
      margin: { numerator: margin.lower.n, denominator: margin.lower.d },
      inputs,
      width: widestLayer(network, inputs),
      size: inputs + checked.coordinates,
    }),
  });
}

/** r of the layered circuit: its input is a layer. */
function widestLayer({ layers }: FeedForward, inputs: number): number {
  return layers.reduce((most, { rows }, l) => (l % 4 === 1 ? Math.max(most, rows.length) : most), inputs);
}

/** Two maps for each layer of gates, two for each correction between them, and the output; ReLUs after all but the last. */
function shapeFault(circuit: AndInverterGraph, { layers }: FeedForward): Rejected<"shape"> | undefined {
  if (layers.length % 4 !== 3)
    return rejected("shape", "network.layers", `expected 4 L - 1 maps for L layers of gates, got ${layers.length}`);
  const wrong = layers.findIndex(({ relu }, l) => relu !== l < layers.length - 1);
  if (wrong >= 0)
    return rejected("shape", `network.layers[${wrong}].relu`, "expected a ReLU after every map but the last");
  const { inputs } = layers[0] as Layer;
  if (inputs !== circuit.inputs.length)
    return rejected("shape", "network.layers[0].inputs", `expected ${circuit.inputs.length}, got ${inputs}`);
  const { rows } = layers.at(-1) as Layer;
  if (rows.length === circuit.outputs.length) return undefined;
  const message = `expected ${circuit.outputs.length} rows, one an output, got ${rows.length}`;
  return rejected("shape", `network.layers[${layers.length - 1}].rows`, message);
}
