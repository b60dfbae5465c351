/**
 * A ReLU network with one output as integers: its value and its gradient at an integer point, by its own forward and
 * backward pass through the matrices.
 *
 * Each layer is brought to one denominator, so every sum is a sum of integers held in JavaScript numbers. Beside each
 * sum the sum of absolute values is formed; if that ever reaches 2^53 the pass stops with an error, so no result is
 * rounded.
 */
import { commonDenominator, toInteger } from "./common-denominator.js";
import type { AffineMap, Network } from "../../spec/networks/network.js";

/** A layer as sparse rows; all numbers are integers. */
interface IntegerLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly relu: boolean;
  /** Shape: outputs + 1; row r owns the entries start[r] ... start[r + 1] - 1. */
  readonly start: Int32Array;
  readonly column: Int32Array;
  /** weight * denominator */
  readonly weight: Float64Array;
  /** bias * (product of the denominators up to this layer) */
  readonly bias: Float64Array;
}

const LIMIT = 2 ** 53;

/** A network from integers to an integer. Shapes: `inputs` numbers in, one number out. */
export class IntegerNetwork {
  readonly inputs: number;
  readonly #layers: readonly IntegerLayer[];
  /** Product of the denominators of all layers: the network's output is an integer over this. */
  readonly #unit: number;

  /**
   * @throws {RangeError} if the network has no layers or more than one output, or if a weight over its layer's
   *   denominator is not an exact JavaScript number
   */
  constructor(network: Network) {
    const [first] = network.layers;
    if (first === undefined) throw new RangeError("IntegerNetwork: expected at least one layer, got none");
    this.inputs = first.inputs;
    let unit = 1n;
    this.#layers = network.layers.map((layer) => {
      const denominator = commonDenominator(layer);
      unit *= denominator;
      return integerLayer(layer, denominator, unit);
    });
    const outputs = this.#layers.at(-1)?.outputs;
    if (outputs !== 1) throw new RangeError(`IntegerNetwork: expected one output, got ${outputs}`);
    this.#unit = exactNumber(unit);
  }

  /** Indices of the inputs that some first-layer unit reads, rising. */
  inputsRead(): number[] {
    const [first] = this.#layers;
    return [...new Set(first?.column)].toSorted((a, b) => a - b);
  }

  /**
   * The network's value.
   *
   * @param input integers; shape: inputs
   * @throws {RangeError} if a sum reaches 2^53 or the value is not an integer
   */
  value(input: ArrayLike<number>): number {
    const activations = this.#forward(input);
    return this.#wholePart((activations.at(-1) as Float64Array)[0] as number, "value");
  }

  /**
   * The network's value and its partial derivatives, by one forward and one backward pass.
   *
   * A ReLU at 0 passes nothing on. If its pre-activation changes with an input and a derivative arrives at it, the
   * network has a kink there and no gradient.
   *
   * @param input integers; shape: inputs
   * @throws {RangeError} if a sum reaches 2^53, a result is not an integer, or the point is a kink
   */
  gradient(input: ArrayLike<number>): { readonly value: number; readonly gradient: Float64Array } {
    const activations = this.#forward(input);
    const value = this.#wholePart((activations.at(-1) as Float64Array)[0] as number, "value");
    const gradient = this.#backward(activations, this.#layers.length, Float64Array.of(1));
    return { value, gradient: gradient.map((derivative) => this.#wholePart(derivative, "derivative")) };
  }

  /** From the derivative by the outputs of the first `depth` layers to the derivative by the inputs. */
  #backward(activations: readonly Float64Array[], depth: number, outermost: Float64Array): Float64Array {
    let upstream = outermost;
    for (let i = depth - 1; i >= 0; i--) {
      const layer = this.#layers[i] as IntegerLayer;
      if (layer.relu) upstream = this.#throughRelu(activations, i, upstream);
      upstream = transposed(layer, upstream);
    }
    return upstream;
  }

  /** The derivative by the inputs of layer i's ReLUs, from the derivative by their outputs. */
  #throughRelu(activations: readonly Float64Array[], i: number, upstream: Float64Array): Float64Array {
    const pre = activations[i + 1] as Float64Array;
    return upstream.map((derivative, row) => {
      const x = pre[row] as number;
      if (x === 0 && derivative !== 0 && this.#varies(activations, i, row)) {
        throw new RangeError("IntegerNetwork: a ReLU sits at its kink, so there is no gradient");
      }
      return x > 0 ? derivative : 0;
    });
  }

  /** Whether the pre-activation of row `row` of layer i changes with some input. */
  #varies(activations: readonly Float64Array[], i: number, row: number): boolean {
    const layer = this.#layers[i] as IntegerLayer;
    const alone = new Float64Array(layer.outputs);
    alone[row] = 1;
    return this.#backward(activations, i, transposed(layer, alone)).some((derivative) => derivative !== 0);
  }

  /** Inputs and pre-activations of all layers; a pre-activation that a ReLU clips is stored as it was. */
  #forward(input: ArrayLike<number>): Float64Array[] {
    if (input.length !== this.inputs) {
      throw new RangeError(`IntegerNetwork: expected ${this.inputs} inputs, got ${input.length}`);
    }
    const passed: Float64Array[] = [Float64Array.from(input)];
    let clip = false;
    for (const layer of this.#layers) {
      passed.push(affine(layer, passed.at(-1) as Float64Array, clip));
      clip = layer.relu;
    }
    if (clip) passed.push((passed.pop() as Float64Array).map((pre) => Math.max(pre, 0)));
    return passed;
  }

  #wholePart(scaled: number, what: string): number {
    const quotient = scaled / this.#unit;
    if (!Number.isSafeInteger(quotient)) {
      throw new RangeError(`IntegerNetwork: expected an integer ${what}, got ${scaled}/${this.#unit}`);
    }
    return quotient;
  }
}

/** weight * relu(input) + bias, row by row, or weight * input + bias if the input was not clipped. */
function affine(layer: IntegerLayer, input: Float64Array, clip: boolean): Float64Array {
  const { start, column, weight, bias, outputs } = layer;
  const output = new Float64Array(outputs);
  for (let row = 0; row < outputs; row++) {
    let sum = bias[row] as number;
    let size = Math.abs(sum);
    for (let k = start[row] as number; k < (start[row + 1] as number); k++) {
      const x = input[column[k] as number] as number;
      if (clip && x <= 0) continue;
      const term = (weight[k] as number) * x;
      sum += term;
      size += Math.abs(term);
    }
    if (size >= LIMIT) throw new RangeError("IntegerNetwork: a sum reached 2^53 in the forward pass");
    output[row] = sum;
  }
  return output;
}

/** The transpose of a layer's weights, applied to the derivative by its rows. */
function transposed(layer: IntegerLayer, upstream: Float64Array): Float64Array<ArrayBuffer> {
  const { start, column, weight, inputs, outputs } = layer;
  const sum = new Float64Array(inputs);
  const size = new Float64Array(inputs);
  for (let row = 0; row < outputs; row++) {
    const derivative = upstream[row] as number;
    if (derivative === 0) continue;
    for (let k = start[row] as number; k < (start[row + 1] as number); k++) {
      const j = column[k] as number;
      const term = (weight[k] as number) * derivative;
      sum[j] = (sum[j] as number) + term;
      size[j] = (size[j] as number) + Math.abs(term);
    }
  }
  if (size.some((total) => total >= LIMIT)) {
    throw new RangeError("IntegerNetwork: a sum reached 2^53 in the backward pass");
  }
  return sum;
}

function integerLayer(layer: AffineMap, denominator: bigint, unit: bigint): IntegerLayer {
  const start = new Int32Array(layer.rows.length + 1);
  const columns: number[] = [];
  const weights: number[] = [];
  for (const [r, row] of layer.rows.entries()) {
    for (const [column, weight] of row.entries) {
      columns.push(column);
      weights.push(exactNumber(toInteger(weight, denominator)));
    }
    start[r + 1] = columns.length;
  }
  return {
    inputs: layer.inputs,
    outputs: layer.rows.length,
    relu: layer.relu,
    start,
    column: Int32Array.from(columns),
    weight: Float64Array.from(weights),
    bias: Float64Array.from(layer.rows, (row) => exactNumber(toInteger(row.bias, unit))),
  };
}

/** value * unit; unit is a multiple of the denominator. */
function exactNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`IntegerNetwork: expected integers below 2^53, got ${value}`);
  }
  return number;
}
