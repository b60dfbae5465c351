/** Runs at the borders of a grid. */
import { expect, it } from "vitest";
import { QUICK, saidWith } from "./said.js";

it("should see padding beyond the last column, and not the next row", () => {
  // The head stays in its corner, where a move to the right leads nowhere; after that it goes up from the lower rows.
  const runs = [
    { rows: 2, columns: 2, headRow: 0, headColumn: 1, layers: 2, cells: 8, haltsAtLayer: null, tape: [".+", ".."] },
    { rows: 3, columns: 2, headRow: 1, headColumn: 1, layers: 3, cells: 18, haltsAtLayer: null, tape: ["..", ".-", ".."] },
    { rows: 2, columns: 2, headRow: 1, headColumn: 0, layers: 4, cells: 16, haltsAtLayer: null, tape: ["..", "+-"] },
  ]; // prettier-ignore
  for (const run of runs) expect(saidWith(["verdicts", "replay"], [run], QUICK), JSON.stringify(run)).toBe("accepted");
});
