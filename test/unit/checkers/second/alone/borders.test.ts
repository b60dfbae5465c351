/** Runs at the borders of a grid. */
import { expect, it } from "vitest";
import { TEXT } from "../forge.js";
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

it("should keep the head where it would leave the last row", () => {
  // From the first state to A, from A at a blank to the right and to B, from B at a blank down, from A at 1 up and to Z.
  const run = { rows: 1, columns: 2, headRow: 0, headColumn: 0, layers: 4, cells: 8, haltsAtLayer: 4, tape: ["+-"] };
  expect(saidWith(["verdicts", "replay"], [run], TEXT)).toBe("accepted");
});
