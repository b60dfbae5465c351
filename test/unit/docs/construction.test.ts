/** The width bounds of docs/construction.md, on machines of every small size. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../arbitraries/index.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";

describe("docs/construction.md", () => {
  it("should bound the widths of every well-formed filter", () => {
    fc.assert(
      fc.property(normalMachine({ maxStates: 24 }), (machine) => {
        const s = machine.states.length;
        const [v1 = 0, v2 = 0, v3, v4, v5] = machineToFilter(machine).layers.map(({ rows }) => rows.length);
        expect(v1).toBeLessThanOrEqual(148 + 24 * s);
        expect(v2).toBeLessThanOrEqual(67 + 12 * s);
        expect([v3, v4, v5]).toEqual([21, 15, 1]);
        if (s >= 2) expect(Math.max(v1, v2)).toBeLessThanOrEqual(100 * s);
      }),
      { numRuns: 60 },
    );
  });
});
