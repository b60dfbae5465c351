import { describe, expect, it } from "vitest";
import { checkFilterByEnumeration } from "../../../../checkers/rcnn/check-filter-by-enumeration.js";
import { checkFilter, type FilterCounts } from "../../../../checkers/rcnn/check-filter.js";
import type { Verdict } from "../../../../checkers/verdict.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import type { NormalMachine } from "../../../../spec/machines/machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import type { AlphabetName } from "../../../../spec/rcnn/alphabet.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { FILTER_RULES } from "../../../../spec/rcnn/filter.js";
import { loadMachine } from "../../../../construction/machines/load-machine.js";
import { FOUR, IDLE, machineOf, PAIR } from "../../../mutants/rcnn/samples.js";
import { ruleVolumes } from "./rule-volumes.js";

function countsOf(verdict: Verdict<string, FilterCounts>): FilterCounts {
  if (verdict.verdict !== "accepted") throw new Error(`expected an acceptance, got ${verdict.message}`);
  return verdict.counts;
}

/** A machine of s states that writes, moves and goes on in ever other ways. */
function mixer(s: number): NormalMachine {
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

function expectClosedFormulas(machine: NormalMachine, name: AlphabetName): void {
  const code = cellCode(machine.states.length);
  const s = BigInt(machine.states.length);
  const counts = countsOf(checkFilter(machineToFilter(machine, name), machine, name));
  const letters = 3n ** BigInt(code.lastIndex + 1) + 1n;
  expect(counts.patches).toBe(name === "full" ? letters ** 9n : (9n + 4n * s) * (10n + 4n * s) ** 8n);
  expect(Object.keys(counts.rules)).toEqual([...FILTER_RULES]);
  expect(counts.rules).toEqual(ruleVolumes(code, name));
  expect(Object.values(counts.rules).reduce((a, b) => a + b, 0n)).toBe(counts.patches);
  expect(counts.leaves).toBeGreaterThan(FILTER_RULES.length);
}

describe("checkFilter", () => {
  for (const s of [1, 2, 3, 4, 5, 8, 16, 17, 64]) {
    it(`should accept and count by closed formulas: well-formed, ${s} states`, () => {
      expectClosedFormulas(mixer(s), "well-formed");
    });
  }

  for (const s of [1, 2, 3, 4]) {
    it(`should accept and count by closed formulas: full, ${s} states`, () => {
      expectClosedFormulas(mixer(s), "full");
    });
  }

  for (const name of ["bb2", "bb3", "langtons-ant", "four-borders", "binary-counter"]) {
    it(`should accept the filter of ${name}`, () => {
      expectClosedFormulas(normalForm(loadMachine(name)), "well-formed");
    });
  }

  it("should report each centre as it goes", () => {
    const seen: [number, number][] = [];
    checkFilter(machineToFilter(PAIR), PAIR, "well-formed", (done, total) => seen.push([done, total]));
    expect(seen).toEqual(Array.from({ length: 17 }, (_, i) => [i + 1, 17]));
  });

  it("should leave the full alphabet of many states undecided", () => {
    const filter = machineToFilter(PAIR);
    const many = mixer(129);
    for (const verdict of [checkFilter(filter, many, "full"), checkFilterByEnumeration(filter, many, "full")])
      expect(verdict).toMatchObject({ verdict: "undecided", limit: "letters" });
  });

  it("should refuse machines without states, or with too many", () => {
    expect(() => checkFilter(machineToFilter(PAIR), { ...PAIR, states: [] }, "full")).toThrow(RangeError);
  });
});

describe("checkFilterByEnumeration", () => {
  for (const machine of [IDLE, PAIR]) {
    it(`should count what the search over boxes counts (${machine.name})`, () => {
      const filter = machineToFilter(machine);
      const boxes = countsOf(checkFilter(filter, machine, "well-formed"));
      const enumerated = countsOf(checkFilterByEnumeration(filter, machine, "well-formed"));
      expect(enumerated.patches).toBe(boxes.patches);
      expect(enumerated.rules).toEqual(boxes.rules);
      // Boxes are many patches at once: that is the point.
      expect(enumerated.leaves).toBeGreaterThan(1000 * boxes.leaves);
    });
  }

  it("should reject what the search over boxes rejects, with a patch", () => {
    const filter = machineToFilter(IDLE);
    const other = machineToFilter(PAIR);
    expect(checkFilterByEnumeration(other, IDLE, "well-formed")).toMatchObject({ verdict: "rejected" });
    expect(checkFilterByEnumeration({ layers: filter.layers.slice(1) }, IDLE, "well-formed")).toMatchObject({
      verdict: "rejected",
      code: "shape",
    });
  });

  it("should leave undecided what it would take too long to enumerate", () => {
    expect(checkFilterByEnumeration(machineToFilter(FOUR), FOUR, "full")).toMatchObject({
      verdict: "undecided",
      limit: "combinations",
    });
  });
});
