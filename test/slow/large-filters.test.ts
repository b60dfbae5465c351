/** Filters of many states, plain enumeration of four, and machines at random for longer. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../arbitraries/machines.js";
import { checkFunctionByEnumeration } from "../../checkers/rcnn/check-function-by-enumeration.js";
import { checkFunction, type FunctionResult } from "../../checkers/rcnn/check-function.js";
import { checkStep } from "../../checkers/rcnn/check-step.js";
import { checkWeights } from "../../checkers/rcnn/check-weights.js";
import type { Verdict } from "../../checkers/verdict.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { FOUR, PAIR } from "../mutants/rcnn/samples.js";
import { ruleVolumes } from "../unit/checkers/rcnn/rule-volumes.js";

function countsOf(verdict: Verdict<string, FunctionResult>): FunctionResult {
  if (verdict.verdict !== "accepted") throw new Error(`expected an acceptance, got ${verdict.message}`);
  return verdict.result;
}

/** One machine of exactly s states, drawn at random; the same one each time. */
function drawn(s: number): NormalMachine {
  const [machine] = fc.sample(normalMachine({ minStates: s, maxStates: s }), { numRuns: 1, seed: s });
  return machine as NormalMachine;
}

function expectAccepted(machine: NormalMachine, name: AlphabetName): void {
  const code = cellCode(machine.states.length);
  const filter = machineToFilter(machine, name);
  const { patches, rules } = countsOf(checkFunction(filter, machine, name));
  const s = BigInt(machine.states.length);
  const letters = 3n ** BigInt(code.lastIndex + 1) + 1n;
  expect(patches).toBe(name === "full" ? letters ** 9n : (9n + 4n * s) * (10n + 4n * s) ** 8n);
  expect(rules).toEqual(ruleVolumes(code, name));
  const weights = checkWeights(filter, code, name);
  expect(weights).toMatchObject({ verdict: "accepted", result: { withinWidthBound: true } });
}

describe("checkFunction", () => {
  for (const [s, name] of [
    [128, "well-formed"],
    [256, "well-formed"],
    [8, "full"],
    [15, "full"],
    [16, "full"],
  ] as const) {
    it(`should accept and count a filter of ${s} states (${name})`, () => {
      expect(drawn(s).states).toHaveLength(s);
      expectAccepted(drawn(s), name);
    });
  }

  it("should accept the filters of many machines", () => {
    const sizes = fc.constantFrom<[AlphabetName, number]>(["well-formed", 40], ["full", 6]);
    fc.assert(
      fc.property(
        sizes.chain(([name, maxStates]) => fc.tuple(fc.constant(name), normalMachine({ maxStates }))),
        ([name, machine]) => {
          expect(checkFunction(machineToFilter(machine, name), machine, name).verdict).toBe("accepted");
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([PAIR, FOUR])("should count what plain enumeration counts ($name)", (machine) => {
    const filter = machineToFilter(machine);
    const boxes = countsOf(checkFunction(filter, machine, "well-formed"));
    const enumerated = countsOf(checkFunctionByEnumeration(filter, machine, "well-formed"));
    expect([enumerated.patches, enumerated.rules]).toEqual([boxes.patches, boxes.rules]);
    // Boxes are many patches at once: that is the point.
    expect(enumerated.leaves).toBeGreaterThan(1000 * boxes.leaves);
  });
});

describe("checkStep", () => {
  it("should decide 256 states", () => {
    const n = 10n + 4n * 256n;
    expect(checkStep(drawn(256))).toEqual({
      verdict: "accepted",
      result: { closedPatches: (n - 1n) * n ** 8n, cases: 10692 * 256 },
    });
  });
});
