/** Structural hashing and constant propagation of a circuit, each if asked for, and counted. */
import { GraphBuilder, type BuildOptions } from "../../inputs/circuits/graph-builder.js";
import {
  complement,
  FALSE,
  isComplemented,
  variableOf,
  type AndInverterGraph,
  type Literal,
} from "../../spec/circuits/and-inverter-graph.js";

/** What was left out. */
export interface Simplified {
  readonly graph: AndInverterGraph;
  readonly gatesBefore: number;
  readonly gatesAfter: number;
}

/** The same function with as many gates or fewer; gates that no output depends on are left out. */
export function simplifyGraph(source: AndInverterGraph, options: Required<BuildOptions>): Simplified {
  const builder = new GraphBuilder(source.inputs, options);
  const needed = neededVariables(source);
  const literals: Literal[] = [FALSE, ...source.inputs.map((_, i) => builder.input(i))];
  const translate = (literal: Literal): Literal => {
    const translated = literals[variableOf(literal)] as Literal;
    return isComplemented(literal) ? complement(translated) : translated;
  };
  for (const [i, [a, b]] of source.ands.entries())
    literals.push(needed[source.inputs.length + 1 + i] === true ? builder.and(translate(a), translate(b)) : FALSE);
  const graph = builder.graph(source.outputs.map(({ name, literal }) => ({ name, literal: translate(literal) })));
  // Folding may leave gates without a reader.
  const last = hasIdleGate(graph) ? simplifyGraph(graph, options).graph : graph;
  return { graph: last, gatesBefore: source.ands.length, gatesAfter: last.ands.length };
}

function hasIdleGate(graph: AndInverterGraph): boolean {
  return neededVariables(graph)
    .slice(graph.inputs.length + 1)
    .includes(false);
}

/** Which variables an output depends on. */
function neededVariables({ inputs, ands, outputs }: AndInverterGraph): boolean[] {
  const needed = Array.from({ length: inputs.length + ands.length + 1 }, () => false);
  for (const { literal } of outputs) needed[variableOf(literal)] = true;
  for (let i = ands.length - 1; i >= 0; i--) {
    if (needed[inputs.length + 1 + i] !== true) continue;
    for (const literal of ands[i] as readonly [Literal, Literal]) needed[variableOf(literal)] = true;
  }
  return needed;
}
