/**
 * An and-inverter graph as a layered circuit (section 3). Literals are carried in the polarity in which they are read: v is the
 * AND of its literals, NOT v the OR of their complements (De Morgan), so NOT is needed at inputs alone and costs one layer
 * there. ID carries what is read later.
 */
import {
  complement,
  FALSE,
  isComplemented,
  TRUE,
  variableOf,
  type AndInverterGraph,
  type Literal,
} from "../../spec/circuits/and-inverter-graph.js";
import type { Gate, LayeredCircuit } from "../../spec/circuits/layered-circuit.js";

/** The layered circuit that computes the outputs in their order. */
export function circuitToLayers(graph: AndInverterGraph): LayeredCircuit {
  const { inputs, outputs } = graph;
  const levels = levelsOf(graph);
  const literals = outputs.map(({ literal }) => literal);
  const depth = literals.reduce((most, literal) => Math.max(most, levels[literal] as number), 1);
  const lastUse = lastUses(graph, levels, depth);
  const born = Array.from({ length: depth }, (): Literal[] => []);
  for (let literal = 0; literal < levels.length; literal++) {
    const level = levels[literal] as number;
    if (level > 0 && level < depth && (lastUse[literal] as number) >= level) (born[level] as Literal[]).push(literal);
  }
  const layers: Gate[][] = [];
  let live: Literal[] = inputs.map((_, i) => 2 * (i + 1));
  for (let level = 1; level <= depth; level++) {
    const placeOf = new Map(live.map((literal, place) => [literal, place]));
    const isOwn = (literal: Literal): boolean => levels[literal] === level || variableOf(literal) === 0;
    const gateFor = (literal: Literal): Gate =>
      isOwn(literal) ? ownGate(graph, literal, placeOf) : { kind: "id", parents: [placeOf.get(literal) as number] };
    live =
      level === depth
        ? literals
        : [...live.filter((literal) => (lastUse[literal] as number) >= level), ...(born[level] as Literal[])];
    layers.push(live.map(gateFor));
  }
  return { inputs: inputs.length, layers };
}

/** The first layer in which each literal can be, by literal: inputs 0, their complements and constants 1. */
function levelsOf({ inputs, ands }: AndInverterGraph): number[] {
  const levels = [1, 1, ...inputs.flatMap(() => [0, 1])];
  for (const [a, b] of ands) {
    const [x, y, notX, notY] = [a, b, complement(a), complement(b)].map((literal) => levels[literal] as number) as [
      number,
      number,
      number,
      number,
    ];
    levels.push(1 + Math.max(x, y), 1 + Math.max(notX, notY));
  }
  return levels;
}

/** The last layer in which each literal is read, -1 where it is not. */
function lastUses({ inputs, ands, outputs }: AndInverterGraph, levels: readonly number[], depth: number): number[] {
  const lastUse = levels.map(() => -1);
  const use = (literal: Literal, level: number): void => {
    if ((lastUse[literal] as number) < level) lastUse[literal] = level;
  };
  for (const { literal } of outputs) use(literal, depth);
  for (let literal = levels.length - 1; literal >= 2; literal--) {
    if ((lastUse[literal] as number) < 0) continue;
    const before = (levels[literal] as number) - 1;
    const gate = ands[variableOf(literal) - inputs.length - 1];
    if (gate === undefined) {
      if (isComplemented(literal)) use(complement(literal), before);
    } else for (const parent of gate) use(isComplemented(literal) ? complement(parent) : parent, before);
  }
  // What is shown at the end is not carried into the last layer, but made there or read from the one before.
  return lastUse.map((last, literal) => (last === depth && levels[literal] !== depth ? depth - 1 : last));
}

/** The gate that makes a literal in its first layer. */
function ownGate({ inputs, ands }: AndInverterGraph, literal: Literal, placeOf: ReadonlyMap<Literal, number>): Gate {
  if (literal === FALSE) return { kind: "false", parents: [] };
  if (literal === TRUE) return { kind: "true", parents: [] };
  const place = (one: Literal): number => placeOf.get(one) as number;
  const gate = ands[variableOf(literal) - inputs.length - 1];
  if (gate === undefined) return { kind: "not", parents: [place(complement(literal))] };
  const [a, b] = gate;
  return isComplemented(literal)
    ? { kind: "or", parents: [place(complement(a)), place(complement(b))] }
    : { kind: "and", parents: [place(a), place(b)] };
}
