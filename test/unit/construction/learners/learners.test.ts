import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compileLearner, learnerFile } from "../../../../construction/learners/learner-file.js";
import { learners, type Learner } from "../../../../construction/learners/learners.js";
import { evaluateBound } from "../../../../construction/learners/step-bound.js";
import { readAnswer, startConfiguration, xorTape } from "../../../../construction/learners/xor-tape.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { runFastOnGrid } from "../../../../execution/machines/fast-simulator.js";
import {
  TAPE_SYMBOLS,
  type SourceMachine,
  type SourceTransition,
  type TapeSymbol,
} from "../../../../spec/machines/machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { instanceCount, instances } from "./training-sets.js";

const folder = resolve(dirname(fileURLToPath(import.meta.url)), "../../../../machines/learners");

/** Sizes (d, m) that are small enough for all training sets and all test points. */
const SIZES: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 2],
  [1, 3],
  [1, 4],
  [1, 5],
  [2, 1],
  [2, 2],
  [2, 3],
  [2, 4],
  [3, 1],
  [3, 2],
  [3, 3],
  [4, 1],
];

/** The machine with a halting state "undefined" in place of its undefined entries. */
function exposeUndefined(machine: SourceMachine): SourceMachine {
  const rows = machine.states
    .filter((state) => !machine.halting.includes(state))
    .map((state) => {
      const broken = TAPE_SYMBOLS.map(
        (symbol) => [symbol, { write: symbol, move: "stay", next: "undefined" }] as const,
      );
      return [state, new Map<TapeSymbol, SourceTransition>([...broken, ...(machine.table.get(state) ?? [])])] as const;
    });
  return {
    ...machine,
    states: [...machine.states, "undefined"],
    halting: [...machine.halting, "undefined"],
    table: new Map(rows),
  };
}

describe.each(learners)("$name", (learner: Learner) => {
  const compiled = compileLearner(learner);
  const machine = normalForm(compiled.machine);

  it("should agree with its oracle on every training set and every point of every small size", () => {
    let visited = 0;
    const answers = new Set<number>();
    for (const [d, m] of SIZES) {
      const maxSteps = evaluateBound(learner.maxSteps, d, m);
      for (const { examples, x } of instances(d, m)) {
        const start = startConfiguration(xorTape(examples, x), learner.paddingColumns);
        const run = runFastOnGrid(machine, start, { maxSteps });
        const expected = learner.oracle(examples, x);
        const place = (): string => JSON.stringify({ examples, x });
        if (!run.halted) throw new Error(`${place()}: not halted after ${maxSteps} steps`);
        const read = readAnswer(run.configuration, d + 1);
        if (!read.ok) throw new Error(`${place()}: ${read.message}`);
        if (read.answer !== expected) throw new Error(`${place()}: expected ${expected}, got ${read.answer}`);
        answers.add(read.answer);
        visited += 1;
      }
    }
    expect(visited).toBe(SIZES.reduce((total, [d, m]) => total + instanceCount(d, m), 0));
    expect(visited).toBe(56_904);
    expect(answers).toEqual(new Set([1, -1]));
  });

  it("should keep its claims: before minimization it makes the same runs and meets no undefined entry", () => {
    expect(compiled.flat.undefinedTransitions.length).toBeGreaterThan(0);
    const strict = normalForm(exposeUndefined(compiled.flat.machine));
    for (const [d, m] of SIZES.filter((size) => instanceCount(...size) <= 2048)) {
      for (const { examples, x } of instances(d, m)) {
        const start = startConfiguration(xorTape(examples, x), learner.paddingColumns);
        const run = runFastOnGrid(strict, start, { maxSteps: 10_000 });
        const short = runFastOnGrid(machine, start, { maxSteps: 10_000 });
        if (strict.states[run.configuration.state] !== "halt" || run.steps !== short.steps) {
          throw new Error(`${JSON.stringify({ examples, x })}: ends in "${strict.states[run.configuration.state]}"`);
        }
      }
    }
  });

  it("should have a committed machine file that is compiled from its program, byte for byte", () => {
    const text = readFileSync(join(folder, `${learner.name}.yaml`), "utf8");
    expect(learnerFile(learner)).toBe(text);
    expect(readMachine(text, `${learner.name}.yaml`)).toEqual(compiled.machine);
  });

  it("should have at most 32 states in normal form, so 5 digits of state", () => {
    expect(machine.states.length).toBeLessThanOrEqual(32);
  });
});

describe("machines/learners", () => {
  it("should hold the learners and nothing else", () => {
    expect(readdirSync(folder).toSorted()).toEqual(learners.map(({ name }) => `${name}.yaml`).toSorted());
  });
});
