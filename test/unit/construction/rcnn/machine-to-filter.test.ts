import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patch } from "../../../../arbitraries/rcnn/cells.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { rational, type Rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian } from "../../../../spec/networks/network.js";
import { ALPHABET_NAMES, type AlphabetName } from "../../../../spec/rcnn/alphabet.js";
import {
  cellCode,
  cellFromDigits,
  PADDING_CELL,
  stateDigits,
  toUnits,
  type Cell,
} from "../../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, RULE_LINES, outcomeValue } from "../../../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf } from "../../../../spec/rcnn/patch.js";
import { FOUR, IDLE, PAIR } from "../../../mutants/rcnn/samples.js";

const CODE = cellCode(4);
const FILTERS = new Map(ALPHABET_NAMES.map((name) => [name, machineToFilter(FOUR, name)]));

/** Compares filter and f-bar at nine cells, by definition, and returns the rule that applied. */
function compareAt(name: AlphabetName, cells: readonly Cell[]): string {
  const outcome = cellRule(CODE, cellFeatures(CODE, FOUR), patchOf(cells));
  const found = evaluateWithJacobian(
    FILTERS.get(name) as NonNullable<ReturnType<typeof FILTERS.get>>,
    cells.map(({ value }) => rational(toUnits(CODE, value))),
  );
  expect(found.kink).toBe(false);
  const expected = rational(toUnits(CODE, outcomeValue(outcome, cells[CENTRE] as Cell)));
  expect((found.value[0] as Rational).equals(expected)).toBe(true);
  const slopes = (found.jacobian[0] as readonly Rational[]).map(({ s, n, d }) => `${s * n}/${d}`);
  expect(slopes).toEqual(Array.from({ length: 9 }, (_, place) => (place === CENTRE ? `${outcome.slope}/1` : "0/1")));
  return outcome.rule;
}

const head = (q: number, ...tape: [0 | 1, -1 | 0 | 1]): Cell =>
  cellFromDigits(CODE, [...tape, 1, 1, ...stateDigits(CODE, q)]);
const blank = cellFromDigits(CODE, [0, 0, 1]);

describe("machineToFilter", () => {
  for (const name of ALPHABET_NAMES) {
    it(`should be f-bar, value and Jacobian, at random patches (${name})`, () => {
      const seen = new Set<string>();
      fc.assert(
        fc.property(fc.oneof(patch(CODE, name), patch(CODE, "well-formed")), ({ cells }) => {
          seen.add(compareAt(name, cells));
        }),
        { numRuns: name === "full" ? 60 : 150 },
      );
      expect(seen.size).toBeGreaterThan(6);
    });

    it(`should know which of several heads f-bar asks first (${name})`, () => {
      const seen = new Set<string>();
      // Every choice of head or none at the four neighbours, heads of all states among them, around a cell without head.
      for (let choice = 0; choice < 5 ** 4; choice++) {
        const cells: Cell[] = Array.from({ length: 9 }, () => blank);
        for (const [k, place] of [7, 1, 5, 3].entries()) {
          const q = Math.floor(choice / 5 ** k) % 5;
          if (q > 0) cells[place] = head(q - 1, 0, (((choice + k) % 3) - 1) as -1 | 0 | 1);
        }
        if (choice % 7 === 3) cells[CENTRE] = head(choice % 4, 0, 1);
        if (name === "full" ? choice % 25 === 0 || choice < 25 : choice % 3 === 0) seen.add(compareAt(name, cells));
      }
      expect([...seen].toSorted()).toEqual(RULE_LINES.filter((rule) => rule.startsWith("tm-")).toSorted());
    });

    it(`should hold heads back at every border, in data and in padding columns (${name})`, () => {
      for (let q = 0; q < 4; q++) {
        for (const tape of [
          [0, -1],
          [0, 0],
          [0, 1],
          [1, 0],
        ] as const) {
          for (let borders = 0; borders < 16; borders++) {
            const cells: Cell[] = Array.from({ length: 9 }, () => blank);
            for (const [k, place] of [7, 1, 5, 3].entries()) if ((borders >> k) % 2 === 1) cells[place] = PADDING_CELL;
            if (borders % 2 === 1) for (const corner of [0, 2, 6, 8]) cells[corner] = PADDING_CELL;
            cells[CENTRE] = head(q, ...(tape as [0 | 1, -1 | 0 | 1]));
            if ((q + borders) % (name === "full" ? 5 : 2) === 0) expect(compareAt(name, cells)).toBe("tm-1-head-here");
          }
        }
      }
    });
  }

  it("should be of the same depth and shape for every machine and alphabet", () => {
    for (const machine of [IDLE, PAIR, FOUR]) {
      for (const name of ALPHABET_NAMES) {
        const { layers } = machineToFilter(machine, name);
        expect(layers.map((layer) => [layer.name, layer.relu])).toEqual([
          ["V1", true],
          ["V2", false],
          ["V3", true],
          ["V4", false],
          ["V5", false],
        ]);
        expect(layers[0]?.inputs).toBe(9);
        expect(layers[4]?.rows).toHaveLength(1);
        for (const { entries } of layers[0]?.rows ?? []) expect(entries).toHaveLength(1);
        // f-bar asks nothing of the corners, and the filter reads nothing there.
        const read = new Set((layers[0]?.rows ?? []).map(({ entries }) => entries[0]?.[0]));
        for (const corner of [0, 2, 6, 8]) expect(read).not.toContain(corner);
      }
    }
  });

  it("should be the same for the same machine, and choose the well-formed alphabet unless told", () => {
    expect(machineToFilter(FOUR)).toEqual(machineToFilter(FOUR, "well-formed"));
    expect(machineToFilter(FOUR, "full")).toEqual(machineToFilter(FOUR, "full"));
  });

  it("should refuse a machine that is not in normal form", () => {
    const acting = {
      ...PAIR,
      table: [PAIR.table[1] as (typeof PAIR.table)[0], PAIR.table[1] as (typeof PAIR.table)[0]],
    };
    expect(() => machineToFilter(acting)).toThrow(RangeError);
    expect(() => machineToFilter({ ...PAIR, states: [] })).toThrow(RangeError);
  });
});
