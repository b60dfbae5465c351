/** What checkFunction counts, by closed formulas. */
import { expect } from "vitest";
import { checkFunction, type FunctionResult } from "../../../../checkers/rcnn/check-function.js";
import type { Verdict } from "../../../../checkers/verdict.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import type { NormalMachine } from "../../../../spec/machines/machine.js";
import type { AlphabetName } from "../../../../spec/rcnn/alphabet.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { RULE_LINES } from "../../../../spec/rcnn/cell-rule.js";
import { machineOf } from "../../../mutants/rcnn/samples.js";
import { ruleVolumes } from "./rule-volumes.js";

/** The counts of an acceptance. */
export function countsOf(verdict: Verdict<string, FunctionResult>): FunctionResult {
  if (verdict.verdict !== "accepted") throw new Error(`expected an acceptance, got ${verdict.message}`);
  return verdict.result;
}

/** A machine of s states that writes, moves and goes on in ever other ways. */
export function mixer(s: number): NormalMachine {
  const writes = [".", "+", "-"] as const;
  const moves = ["U", "L", "D", "S", "R"] as const;
  return machineOf(
    `mixer ${s}`,
    ...Array.from({ length: s }, (_, q) => {
      const entry = (k: 0 | 1 | 2) => {
        const next = (7 * q + 3 * k + 1) % s;
        return q === 0
          ? (`${writes[k]}S${next}` as const)
          : (`${writes[(q + 2 * k) % 3] as "."}${moves[(q * 3 + k) % 5] as "U"}${next}` as const);
      };
      return [entry(0), entry(1), entry(2)] as const;
    }),
  );
}

/** Asserts that the compiled filter of a machine is accepted, with the counts that the formulas give. */
export function expectClosedFormulas(machine: NormalMachine, name: AlphabetName): void {
  const code = cellCode(machine.states.length);
  const s = BigInt(machine.states.length);
  const counts = countsOf(checkFunction(machineToFilter(machine, name), machine, name));
  const letters = 3n ** BigInt(code.lastIndex + 1) + 1n;
  expect(counts.patches).toBe(name === "full" ? letters ** 9n : (9n + 4n * s) * (10n + 4n * s) ** 8n);
  expect(Object.keys(counts.rules)).toEqual([...RULE_LINES]);
  expect(counts.rules).toEqual(ruleVolumes(code, name));
  expect(Object.values(counts.rules).reduce((a, b) => a + b, 0n)).toBe(counts.patches);
  expect(counts.leaves).toBeGreaterThan(RULE_LINES.length);
}
