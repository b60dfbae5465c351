import { describe, expect, it } from "vitest";
import { checkDimensions, checkWeightSets } from "../../../checkers/rcnn/check-lemma5.js";
import { checkTable } from "../../../checkers/networks/check-table.js";
import { synthesisReport } from "../../../construction/rcnn/lemma5/synthesize.js";
import { tableToNetwork } from "../../../construction/rcnn/lemma5/table-to-network.js";
import { ONE, rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import { normalForm } from "../../../spec/machines/normal-form.js";
import { evaluate } from "../../../spec/networks/network.js";
import { pointKey, type Table, type TablePoint } from "../../../spec/networks/table.js";
import { memoryGrid } from "../../../spec/rcnn/definition-5.js";
import { applyLayer, patchAt, type Grid } from "../../../spec/rcnn/grid.js";
import { cellCode } from "../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../../spec/rcnn/cell-rule.js";
import { CENTRE } from "../../../spec/rcnn/patch.js";
import { readBbchallenge } from "../../three-symbol-readers.js";

const MACHINE = normalForm(readBbchallenge("1RB1LB_1LA1RZ"));
const CODE = cellCode(MACHINE.states.length);
const LAYERS = 14;

/** f_mem with the first `memorized` rows of a 2 x 2 memory set to 1/3 and -1/3, and 3 padding columns. */
function start(memorized: number): Grid {
  const weights = [0, 1].map((r) =>
    [0, 1].map((c) => (r < memorized ? rational((r + c) % 2 === 1 ? 1n : -1n, 3n) : ZERO)),
  );
  return memoryGrid(weights, [ONE, ONE], 3);
}

function patchValues(grid: Grid, cell: number): readonly Rational[] {
  return patchAt(CODE, grid, Math.floor(cell / grid.columns), cell % grid.columns).cells.map(({ value }) => value);
}

/** f-bar and its Jacobian at every patch that the layers meet, from an empty, a half full and a full memory. */
function visitedPatches(): Table {
  const questions = cellFeatures(CODE, MACHINE);
  const points = new Map<string, TablePoint>();
  for (const memorized of [0, 1, 2]) {
    let grid = start(memorized);
    for (let l = 0; l < LAYERS; l++) {
      for (let cell = 0; cell < grid.values.length; cell++) {
        const patch = patchAt(CODE, grid, Math.floor(cell / grid.columns), cell % grid.columns);
        const at = patchValues(grid, cell);
        const outcome = cellRule(CODE, questions, patch);
        const slopes = at.map((_, i) => rational(i === CENTRE ? BigInt(outcome.slope) : 0n));
        const centre = patch.cells[CENTRE];
        if (centre === undefined) throw new Error("expected nine cells");
        points.set(pointKey(at), { at, value: [outcomeValue(outcome, centre)], jacobian: [slopes] });
      }
      grid = applyLayer(CODE, MACHINE, grid).grid;
    }
  }
  return { inputs: 9, outputs: 1, points: [...points.values()] };
}

describe("Lemma 5 on the patches that the two-state busy beaver meets", () => {
  const table = visitedPatches();
  const network = tableToNetwork(table);

  it("should give a network that all checkers accept", () => {
    expect(checkTable(network, table)).toEqual({
      verdict: "accepted",
      result: { points: 74, values: 74, derivatives: 74 * 9, relus: 74 * (900 + 3942) },
    });
    expect(checkDimensions(network, table).verdict).toBe("accepted");
    // X_i has 12 values, Y_i 11 (p is never put out), so Corollary 3 counts 16 * 12 + 4 * 2 * 11 + 5 = 285 numbers.
    expect(checkWeightSets(network, table)).toEqual({
      verdict: "accepted",
      result: { W1: 50, "W1'": 6, "W1+": 4, "W2'": 22, "W2+": 1, U: 79 },
    });
  });

  it("should have the sizes that docs/lemma-5.md reports", () => {
    const { dimensions, halfWidth, entries, weightSets } = synthesisReport(network, table);
    expect(dimensions.printed).toMatchObject({ d1: 6660, d2: 3996 });
    expect(dimensions.built).toMatchObject({ d1: 900, d2: 3942 });
    expect(halfWidth).toBe("1/2430");
    expect(entries).toBe(39_084);
    expect(weightSets.at(-1)).toMatchObject({ set: "U", bound: 285, actual: 79 });
  });

  it("should be the layer itself, wherever the layers lead", () => {
    let grid = start(2);
    let cells = 0;
    // The yardstick is slow: every third layer is compared.
    for (let l = 0; l < LAYERS; l++) {
      const next = applyLayer(CODE, MACHINE, grid).grid;
      if (l % 3 === 0) {
        for (const [cell, expected] of next.values.entries()) {
          expect(evaluate(network, patchValues(grid, cell))[0]?.equals(expected)).toBe(true);
          cells++;
        }
      }
      grid = next;
    }
    expect(cells).toBe(5 * 2 * 5);
  });
});
