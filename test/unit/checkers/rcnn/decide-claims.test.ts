import { describe, expect, it } from "vitest";
import { checkFunction } from "../../../../checkers/rcnn/check-function.js";
import { checkReadout } from "../../../../checkers/rcnn/check-readout.js";
import { checkReplay } from "../../../../checkers/rcnn/check-replay.js";
import { checkStep } from "../../../../checkers/rcnn/check-step.js";
import { checkWeights } from "../../../../checkers/rcnn/check-weights.js";
import { decideClaims, type FilterClaims } from "../../../../checkers/rcnn/decide-claims.js";
import type { Verdict } from "../../../../checkers/verdict.js";
import { readoutNetwork } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { rational } from "../../../../spec/exact/rational.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { withRow } from "../../../mutants/networks/samples.js";
import { FOUR, PAIR } from "../../../mutants/rcnn/samples.js";

const CLAIM: FilterClaims = {
  machine: PAIR,
  alphabet: "well-formed",
  filter: machineToFilter(PAIR),
  head: readoutNetwork(),
  replay: [{ rows: 3, columns: 3, headRow: 1, headColumn: 1, layers: 5 }],
};

function countsOf<Counts>(verdict: Verdict<string, Counts>): Counts {
  if (verdict.verdict !== "accepted") throw new Error(verdict.message);
  return verdict.result;
}

describe("decideClaims", () => {
  it("should say of a true claim what each checker counts, large numbers as text", () => {
    const patches = countsOf(checkFunction(CLAIM.filter, PAIR, "well-formed"));
    const step = countsOf(checkStep(PAIR));
    expect(countsOf(decideClaims(CLAIM))).toEqual({
      function: {
        patches: String(patches.patches),
        leaves: patches.leaves,
        rules: Object.fromEntries(Object.entries(patches.rules).map(([rule, volume]) => [rule, String(volume)])),
      },
      step: { closedPatches: String(step.closedPatches), cases: step.cases },
      weights: countsOf(checkWeights(CLAIM.filter, cellCode(2), "well-formed")),
      head: countsOf(checkReadout(CLAIM.head)),
      replay: countsOf(checkReplay(CLAIM.filter, PAIR, CLAIM.replay)),
    });
  });

  it("should fail by the first part that fails, whichever it is", () => {
    const other = machineToFilter(FOUR);
    const weight = withRow(CLAIM.filter, 4, 0, (row) => ({ ...row, bias: rational(1n, 7n) }));
    const value = withRow(CLAIM.filter, 2, 0, (row) => ({ ...row, bias: rational(1n, 2n) }));
    const head = withRow(CLAIM.head, 1, 0, (row) => ({ ...row, bias: rational(0n) }));
    const run = { rows: 0, columns: 3, headRow: 1, headColumn: 1, layers: 5 };
    const fates: readonly (readonly [Partial<FilterClaims>, string])[] = [
      [{ filter: weight, head, replay: [run] }, "weight-outside-set"],
      [{ filter: value, head, replay: [run] }, "value"],
      [{ head, replay: [run] }, "head-value"],
      [{ replay: [run] }, "replay-run"],
      [{ filter: other }, "weight-outside-set"],
      [{ machine: FOUR }, "weight-outside-set"],
      [{ alphabet: "full" }, "weight-outside-set"],
    ];
    for (const [change, code] of fates)
      expect(decideClaims({ ...CLAIM, ...change })).toMatchObject({ verdict: "rejected", code });
  });

  it("should be undecided where a part is, and never accept then", () => {
    const long = { ...(CLAIM.replay[0] as (typeof CLAIM.replay)[0]), layers: 10_000_000 };
    expect(decideClaims({ ...CLAIM, replay: [long] })).toMatchObject({ verdict: "undecided", limit: "replay-cells" });
    const many = { ...PAIR, states: Array.from({ length: 129 }, (_, q) => `q${q}`) };
    expect(decideClaims({ ...CLAIM, machine: many, alphabet: "full" })).toMatchObject({
      verdict: "undecided",
      limit: "letters",
    });
  });

  it("should report how far the long parts are", () => {
    const parts = new Set<string>();
    decideClaims(CLAIM, (part, done, total) => {
      expect(done).toBeLessThanOrEqual(total);
      parts.add(part);
    });
    expect([...parts]).toEqual(["patches", "steps"]);
  });
});
