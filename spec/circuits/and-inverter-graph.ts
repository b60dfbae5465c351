/**
 * Boolean circuits as and-inverter graphs: gates AND of two literals, a literal being a variable or its complement. Every
 * format of circuits is read into one, and a circuit certificate carries one as what its network has to compute.
 *
 * Numbers are those of AIGER: literal 2 v is variable v, literal 2 v + 1 its complement. Variable 0 is the constant false,
 * variables 1 ... m are the inputs, variable m + 1 + i is gate i. A gate reads only literals of smaller variables, the larger
 * one first, so a graph has no cycle and is evaluated in the order in which it is written.
 */

/**
 * A variable (even) or its complement (odd): 2 v or 2 v + 1.
 *
 * @example
 * ```ts
 * import { complement, type Literal } from "weightproof";
 *
 * const literal: Literal = 6;
 * complement(literal); // => 7
 * ```
 */
export type Literal = number;

/** The literal of the constant 0. */
export const FALSE: Literal = 0;
/** The literal of the constant 1. */
export const TRUE: Literal = 1;

/**
 * An output and the literal that it shows.
 *
 * @example
 * ```ts
 * import { GraphBuilder, type CircuitOutput } from "weightproof";
 *
 * const builder = new GraphBuilder(["a"]);
 * const output: CircuitOutput = { name: "same", literal: builder.input(0) };
 * builder.graph([output]).outputs; // => [{ name: "same", literal: 2 }]
 * ```
 */
export interface CircuitOutput {
  readonly name: string;
  readonly literal: Literal;
}

/**
 * A function {0, 1}^m -> {0, 1}^k as gates.
 *
 * @example
 * ```ts
 * import { evaluateGraph, type AndInverterGraph } from "weightproof";
 *
 * // Variable 1 and the complement of variable 2.
 * const circuit: AndInverterGraph = { inputs: ["a", "b"], ands: [[5, 2]], outputs: [{ name: "y", literal: 6 }] };
 * evaluateGraph(circuit, [true, false]); // => [true]
 * ```
 */
export interface AndInverterGraph {
  /** Their names, each once. Shape: m. */
  readonly inputs: readonly string[];
  readonly ands: readonly (readonly [larger: Literal, smaller: Literal])[];
  /** Names are there once. Shape: k. */
  readonly outputs: readonly CircuitOutput[];
}

/**
 * The other literal of the same variable.
 *
 * @example
 * ```ts
 * import { complement } from "weightproof";
 *
 * complement(complement(4)); // => 4
 * ```
 */
export function complement(literal: Literal): Literal {
  return literal ^ 1;
}

/** The variable of a literal. */
export function variableOf(literal: Literal): number {
  return literal >>> 1;
}

/** Whether a literal is the complement of its variable. */
export function isComplemented(literal: Literal): boolean {
  return (literal & 1) === 1;
}

/** Where a value breaks the promises of AndInverterGraph: a JSON path and what was expected there. */
export interface GraphFault {
  readonly path: string;
  readonly message: string;
}

/** Most variables of a graph: literals stay below 2^31. */
export const MAX_VARIABLES: number = 2 ** 29;

/** The first promise that a graph breaks, or undefined. */
export function graphFault({ inputs, ands, outputs }: AndInverterGraph): GraphFault | undefined {
  if (inputs.length + ands.length > MAX_VARIABLES)
    return { path: "ands", message: `expected at most ${MAX_VARIABLES} inputs and gates` };
  const repeated = firstRepeated(inputs);
  if (repeated !== undefined) return { path: `inputs[${repeated}]`, message: "expected each input name once" };
  for (const [i, [larger, smaller]] of ands.entries()) {
    const most = 2 * (inputs.length + i) + 1;
    if (!isLiteral(larger, most))
      return { path: `ands[${i}][0]`, message: `expected a literal from 0 to ${most}, got ${larger}` };
    if (!isLiteral(smaller, larger))
      return { path: `ands[${i}][1]`, message: `expected a literal from 0 to ${larger}, got ${smaller}` };
  }
  if (outputs.length === 0) return { path: "outputs", message: "expected at least one output" };
  const twice = firstRepeated(outputs.map(({ name }) => name));
  if (twice !== undefined) return { path: `outputs[${twice}].name`, message: "expected each output name once" };
  const most = 2 * (inputs.length + ands.length) + 1;
  const wrong = outputs.findIndex(({ literal }) => !isLiteral(literal, most));
  if (wrong < 0) return undefined;
  return { path: `outputs[${wrong}].literal`, message: `expected a literal from 0 to ${most}` };
}

function isLiteral(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= most;
}

function firstRepeated(names: readonly string[]): number | undefined {
  const seen = new Set<string>();
  for (const [i, name] of names.entries()) {
    if (seen.has(name)) return i;
    seen.add(name);
  }
  return undefined;
}

/**
 * The outputs at an input, gate by gate: the definition.
 *
 * @param bits shape: m
 * @returns shape: k
 * @throws {RangeError} if there are not as many bits as inputs
 *
 * @example
 * ```ts
 * import { evaluateGraph, GraphBuilder } from "weightproof";
 *
 * const builder = new GraphBuilder(["a", "b"]);
 * const circuit = builder.graph([{ name: "xor", literal: builder.xor(builder.input(0), builder.input(1)) }]);
 * evaluateGraph(circuit, [true, true]); // => [false]
 * ```
 */
export function evaluateGraph({ inputs, ands, outputs }: AndInverterGraph, bits: readonly boolean[]): boolean[] {
  if (bits.length !== inputs.length)
    throw new RangeError(`evaluateGraph: expected ${inputs.length} bits, got ${bits.length}`);
  const values: boolean[] = [false, ...bits];
  const valueOf = (literal: Literal): boolean => values[variableOf(literal)] !== isComplemented(literal);
  for (const [larger, smaller] of ands) values.push(valueOf(larger) && valueOf(smaller));
  return outputs.map(({ literal }) => valueOf(literal));
}
