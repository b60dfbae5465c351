import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Diagrams,
  DiagramLimit,
  limitOf,
  type Node,
  type Variable,
} from "../../../../checkers/wei-chen-ma/decision-diagram.js";
import { OutOfWork, Work } from "../../../../checkers/work.js";

/** A function of three variables with 3, 2 and 4 values as a table, and its diagram. */
const SIZES = [3, 2, 4] as const;
const CELLS = 24;

function build(table: readonly number[]): { diagrams: Diagrams; variables: Variable[]; node: Node } {
  const diagrams = new Diagrams(new Work());
  const variables = SIZES.map((size, i) => diagrams.variable(`v${i}`, size));
  return { diagrams, variables, node: fromTable(diagrams, variables, table) };
}

function fromTable(diagrams: Diagrams, variables: readonly Variable[], table: readonly number[]): Node {
  const [a, b, c] = variables as [Variable, Variable, Variable];
  const terms: (readonly [Node, number])[] = [];
  for (let i = 0; i < CELLS; i++) {
    const cell = diagrams.affine(-2, [
      [diagrams.is(a, i >> 3), 1],
      [diagrams.is(b, (i >> 2) & 1), 1],
      [diagrams.is(c, i & 3), 1],
    ]);
    terms.push([diagrams.map(cell, (value) => Math.max(value, 0)), table[i] as number]);
  }
  return diagrams.affine(0, terms);
}

const tables = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: CELLS, maxLength: CELLS });

/** The value at a cell, by holding variables one by one. */
function valueAt(diagrams: Diagrams, variables: readonly Variable[], node: Node, i: number): number | undefined {
  const held = [i >> 3, (i >> 2) & 1, i & 3];
  return diagrams.constantOf(
    held.reduce((at, value, v) => diagrams.restrict(at, variables[v] as Variable, value), node),
  );
}

describe("Diagrams", () => {
  it("should have one node for each function, however it was made", () => {
    fc.assert(
      fc.property(tables, tables, (f, g) => {
        const { diagrams, variables, node } = build(f);
        const sum = diagrams.add(node, fromTable(diagrams, variables, g));
        expect(sum).toBe(
          fromTable(
            diagrams,
            variables,
            f.map((value, i) => value + (g[i] as number)),
          ),
        );
        const squares = diagrams.map(node, (value) => value * value);
        expect(squares).toBe(
          fromTable(
            diagrams,
            variables,
            f.map((value) => value * value),
          ),
        );
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("should hold the value of every cell, and know the least and the largest", () => {
    fc.assert(
      fc.property(tables, (f) => {
        const { diagrams, variables, node } = build(f);
        for (let i = 0; i < CELLS; i++) expect(valueAt(diagrams, variables, node, i)).toBe(f[i]);
        expect(diagrams.range(node)).toEqual([Math.min(...f), Math.max(...f)]);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it("should find an assignment where a value is wanted, and none where there is none", () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: -2, max: 2 }), (f, wanted) => {
        const { diagrams, variables, node } = build(f);
        const found = diagrams.find(node, (value) => value === wanted);
        expect(found !== undefined).toBe(f.includes(wanted));
        if (found === undefined) return;
        const index = variables.reduce(
          (sum, variable, v) => sum * (SIZES[v] as number) + (found.at.get(variable) ?? 0),
          0,
        );
        expect(f[index]).toBe(wanted);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it("should need one node for an indicator, whatever the number of values, but for the last", () => {
    const diagrams = new Diagrams(new Work());
    const variable = diagrams.variable("z", 500);
    const before = diagrams.size;
    for (let k = 0; k < 499; k++) diagrams.is(variable, k);
    expect(diagrams.size - before).toBe(499);
    expect(diagrams.restrict(diagrams.is(variable, 499), variable, 499)).toBe(diagrams.one);
    expect(diagrams.restrict(diagrams.is(variable, 499), variable, 3)).toBe(diagrams.zero);
  });

  it("should choose by a variable of two values", () => {
    const diagrams = new Diagrams(new Work());
    const bit = diagrams.variable("bit", 2);
    expect(diagrams.choose(bit, diagrams.one, diagrams.zero)).toBe(diagrams.is(bit, 1));
    expect(diagrams.choose(bit, diagrams.zero, diagrams.one)).toBe(diagrams.is(bit, 0));
  });

  it("should end at its limits: nodes, work, and the size of a leaf", () => {
    const few = new Diagrams(new Work(), 8);
    const bits = Array.from({ length: 8 }, (_, i) => few.variable(`b${i}`, 2));
    expect(() =>
      few.affine(
        0,
        bits.map((bit, i) => [few.is(bit, 1), 2 ** i]),
      ),
    ).toThrow(DiagramLimit);
    const lazy = new Diagrams(new Work(0, 8));
    const one = lazy.variable("b", 2);
    expect(() =>
      lazy.affine(0, [
        [lazy.is(one, 1), 2],
        [lazy.is(one, 1), 3],
      ]),
    ).toThrow(OutOfWork);
    expect(() => lazy.constant(2 ** 53)).toThrow(DiagramLimit);
    expect(limitOf(new DiagramLimit("x"))).toEqual({ limit: "diagram-nodes", message: "x" });
    expect(limitOf(new OutOfWork("work", 1))?.limit).toBe("work");
    expect(limitOf(new RangeError("Maximum call stack size exceeded"))?.limit).toBe("diagram-nodes");
    expect(limitOf(new TypeError("other"))).toBeUndefined();
  });
});
