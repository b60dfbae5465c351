/** Circuits of any size, by name: those of the gallery's .aag files, and larger ones for tests and benchmarks. */
import { GraphBuilder } from "../../inputs/circuits/graph-builder.js";
import type { AndInverterGraph, Literal } from "../../spec/circuits/and-inverter-graph.js";
import { add, equal, lessThan, majority, multiplexer, multiply, parity, word, type Word } from "./arithmetic.js";

const TIDY = { hashing: true, constants: true } as const;

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i}`);
}

function outputs(prefix: string, literals: Word): { readonly name: string; readonly literal: Literal }[] {
  return literals.map((literal, i) => ({ name: `${prefix}${i}`, literal }));
}

/** Two words of one width and a builder for what is made of them. */
function ofTwoWords(
  width: number,
  make: (builder: GraphBuilder, a: Word, b: Word) => AndInverterGraph,
): AndInverterGraph {
  const builder = new GraphBuilder([...names("a", width), ...names("b", width)], TIDY);
  return make(builder, word(builder, 0, width), word(builder, width, width));
}

/** The parity of n bits. */
export function parityCircuit(n: number): AndInverterGraph {
  const builder = new GraphBuilder(names("x", n), TIDY);
  return builder.graph([{ name: "parity", literal: parity(builder, word(builder, 0, n)) }]);
}

/** The sum of two words of n bits, n + 1 outputs. */
export function adderCircuit(n: number): AndInverterGraph {
  return ofTwoWords(n, (builder, a, b) => builder.graph(outputs("s", add(builder, a, b))));
}

/** The majority of n bits. */
export function majorityCircuit(n: number): AndInverterGraph {
  const builder = new GraphBuilder(names("x", n), TIDY);
  return builder.graph([{ name: "majority", literal: majority(builder, word(builder, 0, n)) }]);
}

/** One of 2^k data bits. */
export function multiplexerCircuit(k: number): AndInverterGraph {
  const builder = new GraphBuilder([...names("s", k), ...names("d", 2 ** k)], TIDY);
  const literal = multiplexer(builder, word(builder, 0, k), word(builder, k, 2 ** k));
  return builder.graph([{ name: "out", literal }]);
}

/** a < b and a = b for words of n bits. */
export function comparatorCircuit(n: number): AndInverterGraph {
  return ofTwoWords(n, (builder, a, b) =>
    builder.graph([
      { name: "less", literal: lessThan(builder, a, b) },
      { name: "equal", literal: equal(builder, a, b) },
    ]),
  );
}

/** The product of two words of n bits, 2 n outputs. */
export function multiplierCircuit(n: number): AndInverterGraph {
  return ofTwoWords(n, (builder, a, b) => builder.graph(outputs("p", multiply(builder, a, b))));
}

/** The circuits whose files in circuits/ are made here, by name. */
export const GALLERY_CIRCUITS: Readonly<Record<string, () => AndInverterGraph>> = {
  parity8: () => parityCircuit(8),
  adder4: () => adderCircuit(4),
  majority7: () => majorityCircuit(7),
  mux16: () => multiplexerCircuit(4),
  comparator4: () => comparatorCircuit(4),
  multiplier4: () => multiplierCircuit(4),
};
