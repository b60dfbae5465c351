/** Learners: their circuits against the interpreter, and the mistake bounds of their theory on every sequence of samples. */
import { describe, expect, it } from "vitest";
import { compileProgram } from "../../../../construction/abbe-sandon/language/compile.js";
import * as expressions from "../../../../construction/abbe-sandon/language/expression.js";
import type { Program } from "../../../../construction/abbe-sandon/language/expression.js";
import { interpret, programStep } from "../../../../construction/abbe-sandon/language/interpret.js";
import { GALLERY_LEARNERS } from "../../../../construction/abbe-sandon/learners/gallery.js";
import { perceptronLearner } from "../../../../construction/abbe-sandon/learners/levels.js";
import { learnerStep } from "../../../../spec/abbe-sandon/learner.js";
import { evaluateGraph } from "../../../../spec/circuits/and-inverter-graph.js";

type Target = (x: number) => boolean;

const bitsOf = (word: bigint, width: number): boolean[] =>
  Array.from({ length: width }, (_, i) => ((word >> BigInt(i)) & 1n) === 1n);

/** The most mistakes on any sequence of samples of a target: the longest path of mistakes, which alone change the memory. */
function mostMistakes(program: Program, target: Target): number {
  const known = new Map<bigint, number>();
  const open = new Set<bigint>();
  const from = (memory: bigint): number => {
    const before = known.get(memory);
    if (before !== undefined) return before;
    if (open.has(memory)) return Infinity;
    open.add(memory);
    let most = 0;
    for (let x = 0; x < 2 ** program.inputs; x++) {
      const step = programStep(program, memory, BigInt(x), target(x));
      if (step.answer !== target(x)) most = Math.max(most, 1 + from(step.memory));
    }
    open.delete(memory);
    known.set(memory, most);
    return most;
  };
  return from(0n);
}

const worst = (program: Program, targets: readonly Target[]): number =>
  Math.max(...targets.map((target) => mostMistakes(program, target)));

const subsets = (n: number): number[] => Array.from({ length: 2 ** n }, (_, a) => a);
const parityOf = (word: number): number => word.toString(2).replaceAll("0", "").length % 2;
const learner = (name: string, n: number): Program => (GALLERY_LEARNERS[name] as (n: number) => Program)(n);

/** Targets by their tables. */
const parities = (n: number): Target[] => subsets(n).map((a) => (x) => parityOf(a & x) === 1);
const conjunctions = (n: number): Target[] =>
  subsets(n).flatMap((a) =>
    subsets(n).map(
      (b): Target =>
        (x) =>
          (a & ~x) === 0 && (b & x) === 0,
    ),
  );
const disjunctions = (n: number, k: number): Target[] =>
  subsets(n)
    .filter((a) => a.toString(2).replaceAll("0", "").length === k)
    .map((a) => (x) => (a & x) !== 0);
/** Of two bits, everything but XOR and its complement is a decision list, and a threshold function. */
const allButXor: Target[] = subsets(4)
  .filter((table) => table !== 6 && table !== 9)
  .map((table) => (x) => ((table >> x) & 1) === 1);

describe("learners", () => {
  const cases = [
    ["constant", 2],
    ["conjunction", 1],
    ["conjunction", 3],
    ["parity", 1],
    ["parity", 3],
    ["parity", 5],
    ["halving", 1],
    ["halving", 3],
    ["decision-list", 1],
    ["decision-list", 2],
    ["perceptron", 1],
    ["perceptron", 3],
    ["winnow", 1],
    ["winnow", 4],
    ["winnow", 5],
  ] as const;

  it.each(cases)("should have a circuit that computes what the program says: %s of %i bits", (name, n) => {
    const program = learner(name, n);
    const compiled = compileProgram(program);
    const { circuit } = compiled;
    const bits = program.inputs + program.memory;
    // All assignments where they are few, else some from a fixed congruential sequence.
    let state = 1n;
    for (let i = 0; i < Math.min(2 ** bits, 300); i++) {
      state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
      const assignment = bits <= 8 ? BigInt(i) : ((state >> 7n) * (state >> 3n)) % 2n ** BigInt(bits);
      const [x, b] = [assignment % 2n ** BigInt(n), assignment >> BigInt(n)];
      const { answer, next } = interpret(program, x, b);
      const expected = [answer, ...bitsOf(next, program.memory)];
      expect(evaluateGraph(circuit, bitsOf(assignment, bits))).toEqual(expected);
      const held = bitsOf(b, program.memory);
      for (const label of [true, false])
        expect(learnerStep(compiled, held, bitsOf(x, n), label).memory).toEqual(
          answer === label ? held : expected.slice(1),
        );
    }
  });

  it("should make as few mistakes as their theory allows, on every sequence of samples", () => {
    const found = {
      constant: worst(learner("constant", 2), [() => false, () => true]),
      conjunction: [1, 2, 3].map((n) => worst(learner("conjunction", n), conjunctions(n))),
      parity: [1, 2, 3, 4].map((n) => worst(learner("parity", n), parities(n))),
      halving: [1, 2, 3].map((n) => worst(learner("halving", n), parities(n))),
      decisionList: worst(learner("decision-list", 2), allButXor),
      winnow: [1, 2].map((k) => worst(learner("winnow", 4), disjunctions(4, k))),
    };
    // Theory: 1; n + 1; n; n; at most (4n + 2)(n + 1) = 30; at most 2 k (log2 n + 1) + 1 = 7, 13.
    expect(found).toEqual({
      constant: 1,
      conjunction: [2, 3, 4],
      parity: [1, 2, 3, 4],
      halving: [1, 2, 3],
      decisionList: expect.toSatisfy((most: number) => most > 0 && most <= 30),
      winnow: [3, 5],
    });
    // OR of two bits: u = (1, 1, 1) has |u . x| >= 1 on all points, so |u|^2 (n + 1) / 1 = 9.
    expect(worst(perceptronLearner(2, 6), disjunctions(2, 2))).toBeLessThanOrEqual(9);
    expect(worst(perceptronLearner(2, 6), allButXor)).toBeLessThan(Infinity);
  });

  it("should refuse what a program may not read, and words that do not fit", () => {
    const { point, memory, constant, and, slice } = expressions;
    const program = { name: "p", inputs: 2, memory: 1, answer: point(0, 1), next: memory(0, 1) };
    expect(() => compileProgram({ ...program, next: memory(1, 1) })).toThrow(
      "expected bits of a memory of 1, got 1 to 1",
    );
    expect(() => compileProgram({ ...program, answer: point(2, 1) })).toThrow(
      "expected bits of a point of 2, got 2 to 2",
    );
    expect(() => compileProgram({ ...program, answer: point(0, 2) })).toThrow("expected an answer of one bit, got 2");
    expect(() => compileProgram({ ...program, next: point(0, 2) })).toThrow("expected a next memory of 1 bits, got 2");
    expect(() => and(point(0, 1), point(0, 2))).toThrow("and: expected words of one width, got 1 and 2");
    expect(() => constant(4, 2)).toThrow("constant: expected a number of 2 bits, got 4");
    expect(() => slice(point(0, 2), 1, 2)).toThrow("slice: expected bits of a word of 2, got 1 to 2");
  });
});
