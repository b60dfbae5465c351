import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceMachine } from "../../../../arbitraries/machines.js";
import { compileProgram } from "../../../../construction/language/compile.js";
import {
  plainTape,
  startConfiguration,
  xorTape,
  type Example,
  type Sign,
} from "../../../../construction/learners/xor-tape.js";
import { withXorInput, xorToPlain } from "../../../../construction/learners/xor-to-plain.js";
import { runFastOnGrid } from "../../../../execution/machines/fast-simulator.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { step, type Configuration } from "../../../../spec/machines/simulate.js";
import { instanceCount, instances } from "../../../unit/construction/learners/training-sets.js";

const machine = normalForm(compileProgram(xorToPlain).machine);

function data(): fc.Arbitrary<{ readonly examples: Example[]; readonly x: Sign[] }> {
  const sign: fc.Arbitrary<Sign> = fc.constantFrom(1, -1);
  return fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).chain(([d, m]) => {
    const x = fc.array(sign, { minLength: d, maxLength: d });
    return fc.record({ examples: fc.array(fc.record({ x, y: sign }), { minLength: m, maxLength: m }), x });
  });
}

/** The routine's run from an XOR tape; asserts that it ends on the plain tape, head where it was. */
function convert(examples: readonly Example[], x: readonly Sign[], paddingColumns: number): number {
  const run = runFastOnGrid(machine, startConfiguration(xorTape(examples, x), paddingColumns), { maxSteps: 100_000 });
  const plain = startConfiguration(plainTape(examples, x), paddingColumns);
  if (!run.halted) throw new Error("not halted");
  expect({ ...run.configuration, state: 0 }).toEqual(plain);
  return run.steps;
}

describe("xorToPlain", () => {
  it("should do on the tape what xorToPlainTape does with data, for all small training sets", () => {
    let visited = 0;
    for (const [d, m] of [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
      [1, 3],
      [3, 1],
    ] as const) {
      for (const { examples, x } of instances(d, m)) {
        convert(examples, x, 1);
        visited += 1;
      }
      visited -= instanceCount(d, m);
    }
    expect(visited).toBe(0);
  });

  it("should do so for larger ones, in at most 10 (d + 2)(m + 2) steps", () => {
    fc.assert(
      fc.property(data(), fc.integer({ min: 1, max: 3 }), ({ examples, x }, paddingColumns) => {
        const [d, m] = [x.length, examples.length];
        expect(convert(examples, x, paddingColumns)).toBeLessThanOrEqual(10 * (d + 2) * (m + 2));
      }),
      { numRuns: 300 },
    );
  });
});

describe("withXorInput", () => {
  it("should make a machine do on the XOR tape what it does on plain rows", () => {
    const cases = fc.tuple(sourceMachine({ maxStates: 4 }), data());
    fc.assert(
      fc.property(cases, ([source, { examples, x }]) => {
        const plain = normalForm(source);
        const combined = normalForm(withXorInput(source));
        const begin = runFastOnGrid(machine, startConfiguration(xorTape(examples, x), 1), { maxSteps: 100_000 }).steps;
        let now: Configuration = step(plain, startConfiguration(plainTape(examples, x), 1));
        let other: Configuration = startConfiguration(xorTape(examples, x), 1);
        for (let steps = 0; steps < begin; steps++) other = step(combined, other);
        for (let steps = 0; steps < 20; steps++) {
          expect(combined.states[other.state]).toBe(plain.states[now.state]);
          expect({ ...other, state: 0 }).toEqual({ ...now, state: 0 });
          now = step(plain, now);
          other = step(combined, other);
        }
      }),
    );
  });

  it("should refuse a machine with states of the routine's names", () => {
    const [, clash] = withXorInput({
      name: "a",
      states: ["a"],
      start: "a",
      halting: ["a"],
      table: new Map(),
      notes: {},
      expected: {},
    }).states;
    const source = {
      name: "b",
      states: [clash ?? ""],
      start: clash ?? "",
      halting: [],
      table: new Map(),
      notes: {},
      expected: {},
    };
    expect(() => withXorInput(source)).toThrow(`withXorInput: expected no state "${clash}", got one`);
  });
});
