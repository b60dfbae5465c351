/** Numbers of two small filters, changed in every way: see test/mutants/rcnn. */
import { afterAll, describe, expect, it } from "vitest";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { judge } from "../mutants/rcnn/judged.js";
import { HARMLESS_ROWS, mutantsAt, numberPlaces, withIdleRow } from "../mutants/rcnn/number-mutants.js";
import { expectationOf } from "../mutants/rcnn/plain-enumeration.js";
import { IDLE, PAIR } from "../mutants/rcnn/samples.js";

/** Numbers that one test changes, each in up to eight ways. */
const CHUNK = 60;

/** Every so many-th number is changed: all of the smaller filter, a sixth of the larger one, which takes as long. */
const SAMPLES = [
  { machine: IDLE, stride: 1 },
  { machine: PAIR, stride: 6 },
];

for (const { machine, stride } of SAMPLES) {
  describe(`checkFunction on the filter of ${machine.name} with any one number changed`, () => {
    const filter = machineToFilter(machine);
    const places = numberPlaces(filter).filter((_, i) => i % stride === 0);
    const expectation = expectationOf(machine);
    const tally = new Map<string, number>();

    for (let from = 0; from < places.length; from += CHUNK) {
      const chunk = places.slice(from, from + CHUNK);
      it(`should be right about changes of numbers ${from} to ${from + chunk.length - 1}`, () => {
        for (const mutant of chunk.flatMap((place) => mutantsAt(filter, place))) {
          const judgement = judge(mutant.network, expectation, mutant.name);
          const key = `V${mutant.place.layer + 1} ${judgement}`;
          tally.set(key, (tally.get(key) ?? 0) + 1);
        }
      });
    }

    afterAll(() => {
      const lines = [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => `${key}: ${count}`);
      console.log(`${machine.name}: ${[...tally.values()].reduce((a, b) => a + b, 0)} mutants; ${lines.join(", ")}`);
      expect(tally.get("V3 harmless")).toBeGreaterThan(0);
    });
  });
}

describe("checkFunction on a filter with a row that nothing reads", () => {
  it.each(HARMLESS_ROWS.flatMap((rows, layer) => rows.slice(1).map((row) => ({ layer, row }))))(
    "should accept another of layer $layer that changes nothing",
    ({ layer, row }) => {
      const changed = withIdleRow(machineToFilter(PAIR), layer, row);
      expect(judge(changed, expectationOf(PAIR), `idle row in V${layer + 1}`)).toBe("harmless");
    },
  );
});
