import { describe, expect, it } from "vitest";
import { checkFunction } from "../../../checkers/rcnn/check-function.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { judge } from "./judged.js";
import { AMOUNTS, mutantsAt, numberPlaces } from "./number-mutants.js";
import { expectationOf, firstDisagreement } from "./plain-enumeration.js";
import { PAIR } from "./samples.js";

const FILTER = machineToFilter(PAIR);
const EXPECTATION = expectationOf(PAIR);

describe("checkFunction on filters with one number changed", () => {
  // test/slow changes every number in every way; here every so many places are changed in three ways each.
  const strides = [61, 83, 53, 7, 5];
  const ways = Object.keys(AMOUNTS);
  const sampled = numberPlaces(FILTER)
    .filter(({ layer }, i) => i % (strides[layer] as number) === 0)
    .map((place, i) => [place, [0, 3, 5].map((k) => ways[(i + k) % ways.length])] as const);
  for (const layer of FILTER.layers.keys()) {
    it(`should be right about changes of V${layer + 1}`, () => {
      const judgements = sampled
        .filter(([place]) => place.layer === layer)
        .flatMap(([place, chosen]) => mutantsAt(FILTER, place).filter(({ amount }) => chosen.includes(amount)))
        .map((mutant) => judge(mutant.network, EXPECTATION, mutant.name));
      expect(judgements.length).toBeGreaterThan(4);
      expect(judgements.some((judgement) => judgement !== "harmless")).toBe(true);
    });
  }
});

describe("plain enumeration", () => {
  it("should find nothing in the filter itself, and something wherever checkFunction does", () => {
    expect(firstDisagreement(FILTER, EXPECTATION)).toBeUndefined();
    const kinds = new Set<string | undefined>();
    for (const [i, place] of numberPlaces(FILTER).entries()) {
      if (i % 19 !== 0) continue;
      const { network, name } = mutantsAt(FILTER, place)[i % 7] ?? { network: FILTER, name: "itself" };
      if (checkFunction(network, PAIR, "well-formed").verdict !== "rejected") continue;
      const found = firstDisagreement(network, EXPECTATION);
      kinds.add(found?.kind);
      expect(found, name).toBeDefined();
    }
    expect([...kinds].toSorted()).toEqual(["derivative", "kink", "value"]);
  });
});
