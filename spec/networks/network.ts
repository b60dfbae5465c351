/**
 * Feed-forward ReLU networks as exact numbers (section 2.2), and what they compute: values and Jacobians by definition.
 *
 * This is the yardstick: one affine map after the other in rationals, dense in spirit, sparse in storage. Checkers and
 * engines that are faster are compared with it.
 */
import { ONE, ZERO, type Rational } from "../exact/rational.js";

/**
 * One row of an affine map: bias + sum of weight * input[column]. Columns rise strictly; no weight is 0.
 *
 * @example
 * ```ts
 * import { rational, type AffineRow } from "weightproof";
 *
 * // 1/2 + 3 x_0 - x_4
 * const row: AffineRow = {
 *   bias: rational(1n, 2n),
 *   entries: [
 *     [0, rational(3n)],
 *     [4, rational(-1n)],
 *   ],
 * };
 * row.entries.map(([column]) => column); // => [0, 4]
 * ```
 */
export interface AffineRow {
  readonly bias: Rational;
  readonly entries: readonly (readonly [column: number, weight: Rational])[];
}

/**
 * An affine map R^inputs -> R^rows.length, followed by an entrywise ReLU or by nothing.
 *
 * @example
 * ```ts
 * import { evaluate, rational, type AffineMap } from "weightproof";
 *
 * // relu(x - 2)
 * const map: AffineMap = {
 *   name: "V1",
 *   inputs: 1,
 *   rows: [{ bias: rational(-2n), entries: [[0, rational(1n)]] }],
 *   relu: true,
 * };
 * evaluate({ layers: [map] }, [rational(5n)]).map(String); // => ["3"]
 * ```
 */
export interface AffineMap {
  readonly name: string;
  readonly inputs: number;
  readonly rows: readonly AffineRow[];
  readonly relu: boolean;
}

/**
 * Layers in the order of application; layer i+1 has as many inputs as layer i has rows.
 *
 * @example
 * ```ts
 * import { evaluate, rational, type AffineMap, type Network } from "weightproof";
 *
 * // |x| = relu(x) + relu(-x)
 * const one = rational(1n);
 * const row = (...weights: bigint[]) => ({
 *   bias: rational(0n),
 *   entries: weights.map((weight, column) => [column, rational(weight)] as const),
 * });
 * const hidden: AffineMap = { name: "V1", inputs: 1, rows: [row(1n), row(-1n)], relu: true };
 * const network: Network = { layers: [hidden, { name: "V2", inputs: 2, rows: [row(1n, 1n)], relu: false }] };
 * evaluate(network, [one.neg()]).map(String); // => ["1"]
 * ```
 */
export interface Network {
  readonly layers: readonly AffineMap[];
}

/** A value, its partial derivatives by each input, and whether some ReLU sat exactly at its kink with a live input. */
export interface ValueAndJacobian {
  /** Shape: outputs. */
  readonly value: readonly Rational[];
  /** Shape: outputs x inputs. */
  readonly jacobian: readonly (readonly Rational[])[];
  /** True if the network has no derivative there by this reckoning; `jacobian` then means nothing. */
  readonly kink: boolean;
}

function applyRow(row: AffineRow, input: readonly Rational[]): Rational {
  let sum = row.bias;
  for (const [column, weight] of row.entries) sum = sum.add(weight.mul(input[column] ?? ZERO));
  return sum;
}

/**
 * The network's value at a point.
 *
 * @param input shape: inputs of the first layer
 * @throws {RangeError} if the input has another length
 *
 * @example
 * ```ts
 * import { evaluate, rational, type Network } from "weightproof";
 *
 * const network: Network = {
 *   layers: [{ name: "W", inputs: 2, rows: [{ bias: rational(1n), entries: [[1, rational(1n, 3n)]] }], relu: false }],
 * };
 * evaluate(network, [rational(7n), rational(2n)]).map((value) => value.toFraction()); // => ["5/3"]
 * evaluate(network, [rational(7n)]); // throws RangeError
 * ```
 */
export function evaluate(network: Network, input: readonly Rational[]): Rational[] {
  assertInput(network, input, "evaluate");
  let current: Rational[] = [...input];
  for (const layer of network.layers) {
    current = layer.rows.map((row) => {
      const sum = applyRow(row, current);
      return layer.relu && sum.s < 0n ? ZERO : sum;
    });
  }
  return current;
}

/**
 * The network's value and Jacobian at a point, by the chain rule.
 *
 * A ReLU whose pre-activation is exactly 0 has no derivative unless its pre-activation is locally constant; the first
 * case sets `kink`, the second contributes 0.
 *
 * @param input shape: inputs of the first layer
 * @throws {RangeError} if the input has another length
 *
 * @example
 * ```ts
 * import { evaluateWithJacobian, rational, type Network } from "weightproof";
 *
 * // relu(x)
 * const relu: Network = {
 *   layers: [{ name: "W", inputs: 1, rows: [{ bias: rational(0n), entries: [[0, rational(1n)]] }], relu: true }],
 * };
 * const at = (x: bigint) => evaluateWithJacobian(relu, [rational(x)]);
 * String(at(3n).jacobian[0]?.[0]); // => "1"
 * String(at(-3n).jacobian[0]?.[0]); // => "0"
 * at(0n).kink; // => true
 * ```
 */
export function evaluateWithJacobian(network: Network, input: readonly Rational[]): ValueAndJacobian {
  assertInput(network, input, "evaluateWithJacobian");
  const width = input.length;
  let values: Rational[] = [...input];
  let jacobian: Rational[][] = input.map((_, i) => input.map((_, j) => (i === j ? ONE : ZERO)));
  let kink = false;
  for (const layer of network.layers) {
    const nextValues: Rational[] = [];
    const nextJacobian: Rational[][] = [];
    for (const row of layer.rows) {
      const sum = applyRow(row, values);
      const gradient: Rational[] = Array.from({ length: width }, () => ZERO);
      for (const [column, weight] of row.entries) {
        const inner = jacobian[column] as readonly Rational[];
        for (const [j, slope] of inner.entries()) gradient[j] = (gradient[j] as Rational).add(weight.mul(slope));
      }
      const off = layer.relu && (sum.n === 0n || sum.s < 0n);
      if (layer.relu && sum.n === 0n && gradient.some((g) => g.n !== 0n)) kink = true;
      nextValues.push(off ? ZERO : sum);
      nextJacobian.push(off ? gradient.map(() => ZERO) : gradient);
    }
    values = nextValues;
    jacobian = nextJacobian;
  }
  return { value: values, jacobian, kink };
}

function assertInput(network: Network, input: readonly Rational[], caller: string): void {
  const expected = network.layers[0]?.inputs ?? 0;
  if (input.length !== expected) {
    throw new RangeError(`${caller}: expected ${expected} inputs, got ${input.length}`);
  }
}
