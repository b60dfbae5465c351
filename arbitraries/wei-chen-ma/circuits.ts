/**
 * Arbitraries for fast-check: circuits as and-inverter graphs, and perturbations of a network's parameters.
 */
import fc from "fast-check";
import type { AndInverterGraph, Literal } from "../../spec/circuits/and-inverter-graph.js";
import { rational, type Rational } from "../../spec/exact/rational.js";
import type { FeedForward } from "../../spec/wei-chen-ma/affine.js";

/**
 * Bounds of andInverterGraph.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { andInverterGraph, type GraphOptions } from "weightproof/arbitraries";
 *
 * const options: GraphOptions = { maxInputs: 2, maxGates: 3, maxOutputs: 1 };
 * fc.sample(andInverterGraph(options), { numRuns: 50, seed: 1 }).every(({ ands }) => ands.length <= 3); // => true
 * ```
 */
export interface GraphOptions {
  /** Largest number of inputs, from 0 on; 4 if absent. */
  readonly maxInputs?: number;
  /** Largest number of gates, from 0 on; 12 if absent. */
  readonly maxGates?: number;
  /** Largest number of outputs, from 1 on; 3 if absent. */
  readonly maxOutputs?: number;
}

/**
 * A circuit whose gates read any literals before them: constants, repeated gates and gates that nothing reads among them.
 * Shrinks to no input, no gate and the one output false.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { andInverterGraph } from "weightproof/arbitraries";
 *
 * fc.assert(fc.property(andInverterGraph(), ({ ands }) => ands.every(([larger, smaller]) => larger >= smaller)));
 * ```
 * @throws {RangeError} if an option is not an integer in its range
 */
export function andInverterGraph(options: GraphOptions = {}): fc.Arbitrary<AndInverterGraph> {
  const { maxInputs = 4, maxGates = 12, maxOutputs = 3 } = options;
  for (const [name, value, least] of [
    ["maxInputs", maxInputs, 0],
    ["maxGates", maxGates, 0],
    ["maxOutputs", maxOutputs, 1],
  ] as const) {
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(`andInverterGraph: expected an integer ${name} from ${least} on, got ${value}`);
  }
  // A gate picks literals by their share of those that are there, so that it stays one of them while shrinking.
  const pick = fc.nat({ max: 2 ** 20 });
  return fc
    .record({
      inputs: fc.nat({ max: maxInputs }),
      gates: fc.array(fc.tuple(pick, pick), { maxLength: maxGates }),
      outputs: fc.array(pick, { minLength: 1, maxLength: maxOutputs }),
    })
    .map(({ inputs, gates, outputs }) => {
      const literalBelow = (variables: number, chosen: number): Literal => chosen % (2 * variables);
      const ands = gates.map(([a, b], i) => {
        const [x, y] = [literalBelow(1 + inputs + i, a), literalBelow(1 + inputs + i, b)];
        return x >= y ? ([x, y] as const) : ([y, x] as const);
      });
      return {
        inputs: Array.from({ length: inputs }, (_, i) => `x${i}`),
        ands,
        outputs: outputs.map((chosen, j) => ({
          name: `y${j}`,
          literal: literalBelow(1 + inputs + ands.length, chosen),
        })),
      };
    });
}

/**
 * An entry of a perturbation; the column after the last is the bias.
 *
 * @example
 * ```ts
 * import type { PerturbationEntry } from "weightproof/arbitraries";
 * import { rational } from "weightproof";
 *
 * const entry: PerturbationEntry = [0, 2, 1, rational(1n, 8n)];
 * entry.length; // => 4
 * ```
 */
export type PerturbationEntry = readonly [layer: number, row: number, column: number, value: Rational];

/**
 * A perturbation of a few parameters of a network with squared 2-norm at most that of the bound; places rise, each is there once.
 *
 * @param bound above 0
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { rational } from "weightproof";
 * import { perturbation } from "weightproof/arbitraries";
 *
 * const layers = [{ name: "W", inputs: 1, relu: false, rows: [{ bias: 0, entries: [] }] }];
 * const bound = rational(1n, 2n);
 * fc.assert(fc.property(perturbation({ layers }, bound), (delta) => delta.every(([, , , value]) => value.abs().lte(bound))));
 * ```
 */
export function perturbation(network: FeedForward, bound: Rational): fc.Arbitrary<readonly PerturbationEntry[]> {
  const { layers } = network;
  const entry = fc.nat({ max: layers.length - 1 }).chain((layer) => {
    const { rows, inputs } = layers[layer] as FeedForward["layers"][number];
    return fc.tuple(
      fc.constant(layer),
      fc.nat({ max: rows.length - 1 }),
      fc.nat({ max: inputs }),
      fc.integer({ min: -8, max: 8 }),
    );
  });
  return fc
    .uniqueArray(entry, {
      minLength: 1,
      maxLength: 24,
      selector: ([layer, row, column]) => `${layer} ${row} ${column}`,
    })
    .map((entries) => {
      const chosen = entries.filter(([, , , size]) => size !== 0);
      const squares = chosen.reduce((sum, [, , , size]) => sum + size * size, 0);
      // size / root of squares, rounded up, has norm at most 1.
      const scale = bound.div(BigInt(Math.ceil(Math.sqrt(squares)) || 1));
      return chosen
        .toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
        .map(([layer, row, column, size]) => [layer, row, column, scale.mul(rational(BigInt(size)))] as const);
    });
}
