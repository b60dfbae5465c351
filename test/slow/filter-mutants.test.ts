/** Every number of two small filters, changed in every way: see test/mutants/rcnn. */
import { describe, expect, it } from "vitest";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { judge } from "../mutants/rcnn/judged.js";
import { AMOUNTS, mutantsAt, numberPlaces } from "../mutants/rcnn/number-mutants.js";
import { expectationOf } from "../mutants/rcnn/plain-enumeration.js";
import { IDLE, PAIR } from "../mutants/rcnn/samples.js";

for (const machine of [IDLE, PAIR]) {
  describe(`checkFilter on the filter of ${machine.name} with any one number changed`, () => {
    const filter = machineToFilter(machine);
    const expectation = expectationOf(machine);
    for (const layer of filter.layers.keys()) {
      it(`should be right about every change of V${layer + 1}`, () => {
        const tally = new Map<string, number>();
        const count = (key: string): unknown => tally.set(key, (tally.get(key) ?? 0) + 1);
        const mutants = numberPlaces(filter)
          .filter((place) => place.layer === layer)
          .flatMap((place) => mutantsAt(filter, place));
        for (const mutant of mutants) {
          const judgement = judge(mutant.network, expectation, mutant.name);
          const part = mutant.place.entry === 0 ? "biases" : "weights";
          count(judgement);
          count(`${part} ${mutant.amount}: ${judgement === "harmless" ? "harmless" : "rejected"}`);
        }
        const rows = [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, n]) => `${key}: ${n}`);
        console.log(`${machine.name} V${layer + 1}: ${mutants.length} mutants\n  ${rows.join("\n  ")}`);
        expect(mutants.length).toBeGreaterThan(Object.keys(AMOUNTS).length);
        expect(tally.get("harmless") ?? 0).toBeLessThan(mutants.length);
      });
    }
  });
}
