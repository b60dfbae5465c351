/** Circuits as JSON: an and-inverter graph with its names. */
import { graphFault, type AndInverterGraph, type Literal } from "../../spec/circuits/and-inverter-graph.js";

/** Literals are those of AIGER: 2 v and 2 v + 1; variable 0 is false, then inputs, then gates in their order. */
export interface CircuitJson {
  readonly inputs: readonly string[];
  readonly ands: readonly (readonly [larger: Literal, smaller: Literal])[];
  readonly outputs: readonly (readonly [name: string, literal: Literal])[];
}

/** The JSON form of a graph. */
export function encodeCircuit({ inputs, ands, outputs }: AndInverterGraph): CircuitJson {
  return { inputs, ands, outputs: outputs.map(({ name, literal }) => [name, literal]) };
}

/** Why JSON of the schema's shape is no graph. */
export interface CircuitFault {
  readonly path: string;
  readonly message: string;
}

/** The graph that JSON of the schema's shape spells, or why it is none. */
export function decodeCircuit({ inputs, ands, outputs }: CircuitJson): AndInverterGraph | CircuitFault {
  const graph = { inputs, ands, outputs: outputs.map(([name, literal]) => ({ name, literal })) };
  const fault = graphFault(graph);
  if (fault === undefined) return graph;
  return { ...fault, path: fault.path.replace(".name", "[0]").replace(".literal", "[1]") };
}
