/** Filters of many states, plain enumeration of four, and machines at random for longer. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../arbitraries/machines.js";
import { checkFilterByEnumeration } from "../../checkers/rcnn/check-filter-by-enumeration.js";
import { checkFilter, type FilterCounts } from "../../checkers/rcnn/check-filter.js";
import { checkStep } from "../../checkers/rcnn/check-step.js";
import { checkWeights } from "../../checkers/rcnn/check-weights.js";
import type { Verdict } from "../../checkers/verdict.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { ONE, rational } from "../../spec/exact/rational.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import type { AlphabetName } from "../../spec/rcnn/alphabet.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { withIdleRow } from "../mutants/rcnn/number-mutants.js";
import { FOUR, PAIR } from "../mutants/rcnn/samples.js";
import { ruleVolumes } from "../unit/checkers/rcnn/rule-volumes.js";

function countsOf(verdict: Verdict<string, FilterCounts>): FilterCounts {
  if (verdict.verdict !== "accepted") throw new Error(`expected an acceptance, got ${verdict.message}`);
  return verdict.counts;
}

/** One machine of exactly s states, drawn at random; the same one each time. */
function drawn(s: number): NormalMachine {
  const [machine] = fc.sample(normalMachine({ minStates: s, maxStates: s }), { numRuns: 1, seed: s });
  return machine as NormalMachine;
}

function expectAccepted(machine: NormalMachine, name: AlphabetName): void {
  const code = cellCode(machine.states.length);
  const filter = machineToFilter(machine, name);
  const { patches, rules } = countsOf(checkFilter(filter, machine, name));
  const s = BigInt(machine.states.length);
  const letters = 3n ** BigInt(code.lastIndex + 1) + 1n;
  expect(patches).toBe(name === "full" ? letters ** 9n : (9n + 4n * s) * (10n + 4n * s) ** 8n);
  expect(rules).toEqual(ruleVolumes(code, name));
  const weights = checkWeights(filter, code, name);
  expect(weights).toMatchObject({ verdict: "accepted", counts: { withinWidthBound: true } });
}

describe("checkFilter", () => {
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
          expect(checkFilter(machineToFilter(machine, name), machine, name).verdict).toBe("accepted");
        },
      ),
      { numRuns: 300 },
    );
  });

  it("should give up undecided, and not accept, when a filter takes more boxes than the limit", () => {
    // A gate that nothing reads weighs all nine cells in generic proportions, and is about 0 in the midst of the patches.
    const weights = [1n, 3n, 7n, 11n, 13n, 17n, 19n, 23n, 29n].map((weight) => rational(weight));
    const low = rational(-1_000_001n, 2n);
    let filter = machineToFilter(PAIR);
    const [units, functions] = filter.layers.map(({ rows }) => rows.length) as [number, number];
    for (const place of weights.keys()) {
      filter = withIdleRow(filter, 0, { bias: low.neg(), entries: [[place, ONE]] });
      filter = withIdleRow(filter, 1, { bias: low, entries: [[units + place, ONE]] });
    }
    const entries = weights.map((weight, place) => [functions + place, weight] as const);
    filter = withIdleRow(filter, 2, { bias: rational(1n, 3n), entries });
    expect(checkFilter(filter, PAIR, "well-formed")).toMatchObject({ verdict: "undecided", limit: "boxes" });
  });

  it("should count what plain enumeration counts, for four states", () => {
    const filter = machineToFilter(FOUR);
    const boxes = countsOf(checkFilter(filter, FOUR, "well-formed"));
    const enumerated = countsOf(checkFilterByEnumeration(filter, FOUR, "well-formed"));
    expect([enumerated.patches, enumerated.rules]).toEqual([boxes.patches, boxes.rules]);
  });
});

describe("checkStep", () => {
  it("should decide 256 states", () => {
    const n = 10n + 4n * 256n;
    expect(checkStep(drawn(256))).toEqual({
      verdict: "accepted",
      counts: { closedPatches: (n - 1n) * n ** 8n, cases: 10692 * 256 },
    });
  });
});
