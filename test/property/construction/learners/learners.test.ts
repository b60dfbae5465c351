import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileLearner } from "../../../../construction/learners/learner-file.js";
import { learners, type Learner } from "../../../../construction/learners/learners.js";
import { evaluateBound } from "../../../../construction/learners/step-bound.js";
import {
  readAnswer,
  startConfiguration,
  xorTape,
  type Example,
  type Sign,
} from "../../../../construction/learners/xor-tape.js";
import { runFastOnGrid } from "../../../../execution/machines/fast-simulator.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";

const sign: fc.Arbitrary<Sign> = fc.constantFrom(1, -1);

/** A training set of up to 20 examples of up to 9 coordinates, its labels from a rule or from nowhere, and a point. */
const instance = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20 }))
  .chain(([d, m]) => {
    const point = fc.array(sign, { minLength: d, maxLength: d });
    const rule = fc.tuple(point, fc.constantFrom("parity", "coordinate", "conjunction", "alternating", "none"));
    return fc.record({
      rows: fc.array(fc.tuple(point, sign), { minLength: m, maxLength: m }),
      x: point,
      rule,
      /** Whether x and the examples are close to one another. */
      close: fc.boolean(),
    });
  })
  .map(({ rows, x, rule: [mask, kind], close }) => {
    const near = (point: Sign[]): Sign[] =>
      close ? point.map((entry, j) => (j % 3 === 0 ? entry : (x[j] as Sign))) : point;
    const examples = rows.map(([random, y], i): Example => {
      const point = near(random);
      if (kind === "parity") {
        return { x: point, y: point.filter((_, j) => mask[j] === -1).reduce((a, b) => (a * b) as Sign, 1) };
      }
      if (kind === "coordinate") return { x: point, y: point[i === 0 ? 0 : Math.min(1, point.length - 1)] as Sign };
      if (kind === "conjunction")
        return { x: point, y: point.every((entry, j) => mask[j] === 1 || entry === 1) ? 1 : -1 };
      if (kind === "alternating") return { x: point, y: i % 2 === 0 ? 1 : -1 };
      return { x: point, y };
    });
    return { examples, x };
  });

describe.each(learners)("$name", (learner: Learner) => {
  const machine = normalForm(compileLearner(learner).machine);

  it("should agree with its oracle within its bound of steps, with any number of padding columns", () => {
    const answers = new Map<number, number>();
    fc.assert(
      fc.property(instance, fc.nat({ max: 3 }), ({ examples, x }, more) => {
        const [d, m] = [x.length, examples.length];
        const start = startConfiguration(xorTape(examples, x), learner.paddingColumns + more);
        const run = runFastOnGrid(machine, start, { maxSteps: evaluateBound(learner.maxSteps, d, m) });
        expect(run.halted).toBe(true);
        const read = readAnswer(run.configuration, d + 1);
        expect(read).toEqual({ ok: true, answer: learner.oracle(examples, x) });
        if (read.ok) answers.set(read.answer, (answers.get(read.answer) ?? 0) + 1);
      }),
      { numRuns: 500 },
    );
    for (const answer of [1, -1]) expect(answers.get(answer)).toBeGreaterThan(20);
  });
});
