import { describe, expect, it } from "vitest";
import {
  constant,
  equal,
  fullAdder,
  lessThan,
  multiplexer,
  word,
} from "../../../../construction/circuits/arithmetic.js";
import * as made from "../../../../construction/circuits/standard-circuits.js";
import { GraphBuilder } from "../../../../inputs/circuits/graph-builder.js";
import { evaluateGraph, type AndInverterGraph } from "../../../../spec/circuits/and-inverter-graph.js";

/** The outputs as a number, the first being the lowest bit. */
function valueOf(graph: AndInverterGraph, input: number): number {
  const bits = graph.inputs.map((_, i) => Math.floor(input / 2 ** i) % 2 === 1);
  return evaluateGraph(graph, bits).reduce((sum, bit, i) => sum + (bit ? 2 ** i : 0), 0);
}

function everywhere(graph: AndInverterGraph, expected: (input: number) => number): void {
  for (let x = 0; x < 2 ** graph.inputs.length; x++) expect(valueOf(graph, x), String(x)).toBe(expected(x));
}

const ones = (x: number): number => [...x.toString(2)].filter((bit) => bit === "1").length;

describe("circuits on words", () => {
  it("should compute what their names say, at every input", () => {
    for (const n of [1, 2, 3]) {
      const mask = 2 ** n - 1;
      everywhere(made.adderCircuit(n), (x) => (x & mask) + (x >> n));
      everywhere(made.multiplierCircuit(n), (x) => (x & mask) * (x >> n));
      everywhere(made.comparatorCircuit(n), (x) => ((x & mask) < x >> n ? 1 : 0) + ((x & mask) === x >> n ? 2 : 0));
    }
    for (const n of [1, 2, 5, 7]) {
      everywhere(made.parityCircuit(n), (x) => ones(x) % 2);
      everywhere(made.majorityCircuit(n), (x) => (2 * ones(x) > n ? 1 : 0));
    }
    everywhere(made.multiplexerCircuit(2), (x) => (x >> (2 + (x & 3))) & 1);
  });

  it("should refuse words that do not fit", () => {
    const builder = new GraphBuilder(["a", "b", "c"]);
    const [one, two] = [word(builder, 0, 1), word(builder, 1, 2)];
    expect(() => lessThan(builder, one, two)).toThrow("expected words of one width, got 1 and 2");
    expect(() => equal(builder, two, one)).toThrow("expected words of one width");
    expect(() => multiplexer(builder, one, one)).toThrow("expected 2 data bits, got 1");
    expect(() => builder.input(3)).toThrow("expected a number below 3, got 3");
    expect(constant(5, 4)).toEqual([1, 0, 1, 0]);
    expect(fullAdder(builder, 2, 4, 6).sum).toBeGreaterThan(6);
  });

  it("should keep or fold gates as it is told", () => {
    const count = (options: object): number => {
      const builder = new GraphBuilder(["a", "b"], options);
      const [a, b] = [builder.input(0), builder.input(1)];
      const all = [builder.and(a, b), builder.and(b, a), builder.and(a, 1), builder.and(a, 0), builder.and(a, a ^ 1)];
      return builder.graph(all.map((literal, i) => ({ name: `${i}`, literal }))).ands.length;
    };
    expect([
      count({}),
      count({ hashing: true }),
      count({ constants: true }),
      count({ hashing: true, constants: true }),
    ]).toEqual([5, 4, 2, 1]);
  });
});
