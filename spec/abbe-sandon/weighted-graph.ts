/**
 * Neural nets as Abbe and Sandon have them: weighted directed graphs without cycles, trained by stochastic gradient descent with
 * batches of one sample. What a number is, is left open: rationals for nets that can be run, monomials for the printed ones.
 */
import type { Arithmetic } from "../exact/arithmetic.js";

/** An activation function with its derivative; either throws a RangeError where it is not determined. */
export interface Activation<Value> {
  readonly value: (x: Value) => Value;
  readonly derivative: (x: Value) => Value;
}

/** An edge that ends in a vertex. */
export interface Edge<Value> {
  readonly from: number;
  readonly weight: Value;
}

/**
 * Vertex 0 is the constant vertex, which outputs 1; vertices 1 ... inputs are the input vertices, which output 1 or -1; the others
 * apply the activation to the sum over the edges that end in them, each edge coming from a vertex of a smaller number. The last
 * vertex is the output.
 */
export interface WeightedGraph<Value> {
  /** n. */
  readonly inputs: number;
  /** The edges that end in vertex inputs + 1 + i are computed[i]. */
  readonly computed: readonly (readonly Edge<Value>[])[];
}

/** All values of a forward pass. */
export interface ForwardPass<Value> {
  /** The sum that enters each computed vertex. Shape: computed */
  readonly sums: readonly Value[];
  /** The output of every vertex. Shape: 1 + inputs + computed */
  readonly outputs: readonly Value[];
}

/** The forward pass at an input. @param input shape: inputs */
export function forwardPass<Value>(
  { inputs, computed }: WeightedGraph<Value>,
  { value }: Activation<Value>,
  { zero, one, add, multiply }: Arithmetic<Value>,
  input: readonly Value[],
): ForwardPass<Value> {
  if (input.length !== inputs)
    throw new RangeError(`forwardPass: expected ${inputs} input values, got ${input.length}`);
  const outputs: Value[] = [one, ...input];
  const sums = computed.map((edges) => {
    const sum = edges.reduce((total, { from, weight }) => add(total, multiply(weight, at(outputs, from))), zero);
    outputs.push(value(sum));
    return sum;
  });
  return { sums, outputs };
}

/**
 * Back-propagation: the derivative of the loss with respect to each weight.
 *
 * @param lossDerivative the derivative of the loss with respect to the output of the last vertex
 * @returns in the places of `computed`
 */
export function backPropagation<Value>(
  graph: WeightedGraph<Value>,
  activation: Activation<Value>,
  arithmetic: Arithmetic<Value>,
  pass: ForwardPass<Value>,
  lossDerivative: Value,
): Value[][] {
  const { zero, multiply, isZero } = arithmetic;
  const last = at(pass.sums, pass.sums.length - 1);
  const bySum = isZero(lossDerivative) ? zero : multiply(lossDerivative, activation.derivative(last));
  return backPropagationFromSum(graph, activation, arithmetic, pass, bySum);
}

/** The same from the derivative of the loss with respect to the sum that enters the last vertex. */
export function backPropagationFromSum<Value>(
  { inputs, computed }: WeightedGraph<Value>,
  { derivative }: Activation<Value>,
  { zero, add, multiply, isZero }: Arithmetic<Value>,
  { sums, outputs }: ForwardPass<Value>,
  lossDerivativeBySum: Value,
): Value[][] {
  const byOutput: Value[] = outputs.map(() => zero);
  const gradient: Value[][] = computed.map(() => []);
  for (let i = computed.length - 1; i >= 0; i--) {
    const above = at(byOutput, inputs + 1 + i);
    const inner = (): Value => (isZero(above) ? zero : multiply(above, derivative(at(sums, i))));
    const bySum = i === computed.length - 1 ? lossDerivativeBySum : inner();
    gradient[i] = at(computed, i).map(({ from, weight }) => {
      if (isZero(bySum)) return zero;
      byOutput[from] = add(at(byOutput, from), multiply(weight, bySum));
      return multiply(at(outputs, from), bySum);
    });
  }
  return gradient;
}

/** The derivative of L(output - label) for L(x) = x^2: twice the difference. */
export function squareLossDerivative<Value>({ add, negate }: Arithmetic<Value>, output: Value, label: Value): Value {
  const difference = add(output, negate(label));
  return add(difference, difference);
}

/** A step of SGD: what the net said, and the net afterwards. */
export interface SgdStep<Value> {
  readonly output: Value;
  readonly graph: WeightedGraph<Value>;
}

/**
 * One step of SGD on a sample: every weight less the learning rate times its derivative, and plus a noise term where there is
 * noise (noisy or perturbed SGD).
 *
 * @param noise in the places of `computed`
 */
export function sgdStep<Value>(
  graph: WeightedGraph<Value>,
  activation: Activation<Value>,
  arithmetic: Arithmetic<Value>,
  learningRate: Value,
  sample: { readonly input: readonly Value[]; readonly label: Value },
  noise?: readonly (readonly Value[])[],
): SgdStep<Value> {
  const { add, multiply, negate } = arithmetic;
  const pass = forwardPass(graph, activation, arithmetic, sample.input);
  const output = at(pass.outputs, pass.outputs.length - 1);
  const loss = squareLossDerivative(arithmetic, output, sample.label);
  const gradient = backPropagation(graph, activation, arithmetic, pass, loss);
  const computed = graph.computed.map((edges, i) =>
    edges.map(({ from, weight }, e) => {
      const stepped = add(weight, negate(multiply(learningRate, at(at(gradient, i), e))));
      return { from, weight: noise === undefined ? stepped : add(stepped, at(at(noise, i), e)) };
    }),
  );
  return { output, graph: { inputs: graph.inputs, computed } };
}

function at<Item>(items: readonly Item[], i: number): Item {
  const item = items[i];
  if (item === undefined) throw new RangeError(`expected a place below ${items.length}, got ${i}`);
  return item;
}
