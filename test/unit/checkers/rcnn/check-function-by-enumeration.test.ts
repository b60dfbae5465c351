import { describe, expect, it } from "vitest";
import { checkFunctionByEnumeration } from "../../../../checkers/rcnn/check-function-by-enumeration.js";
import { checkFunction } from "../../../../checkers/rcnn/check-function.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import type { AffineMap, AffineRow } from "../../../../spec/networks/network.js";
import { alphabet } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits, type Cell } from "../../../../spec/rcnn/cell-code.js";
import { CENTRE, PLACES } from "../../../../spec/rcnn/patch.js";
import { withRow } from "../../../mutants/networks/samples.js";
import { withCellFunction, withGate } from "../../../mutants/rcnn/gates.js";
import { withIdleRow } from "../../../mutants/rcnn/number-mutants.js";
import { FOUR, IDLE, PAIR } from "../../../mutants/rcnn/samples.js";
import { wrongAt } from "../../../mutants/rcnn/single-patch.js";
import { countsOf, mixer } from "./closed-formulas.js";

const CODE = cellCode(1);

/** above, left, centre, right, below */
const CROSS: readonly number[] = [1, 3, 4, 5, 7];

describe("checkFunctionByEnumeration", () => {
  it("should reject what the search over boxes rejects, with a patch", () => {
    const filter = machineToFilter(IDLE);
    const other = machineToFilter(PAIR);
    expect(checkFunctionByEnumeration(other, IDLE, "well-formed")).toMatchObject({ verdict: "rejected" });
    expect(checkFunctionByEnumeration({ layers: filter.layers.slice(1) }, IDLE, "well-formed")).toMatchObject({
      verdict: "rejected",
      code: "shape",
    });
  });

  it("should reject a filter that is wrong at one cross of cells, with the patch", () => {
    const filter = machineToFilter(IDLE);
    const { centre, neighbour } = alphabet(CODE, "well-formed");
    // The last places change last: these patches are met soon.
    for (const [k, amount] of [
      [0, 1n],
      [-1, -54n],
    ] as const) {
      const patch = Array.from({ length: PLACES }, (_, place): Cell | undefined => {
        const letters = place === CENTRE ? centre : neighbour;
        // No line of f-bar asks about a corner, and nothing is split there.
        return CROSS.includes(place) ? letters.at(place < CENTRE ? k : 0) : undefined;
      });
      const wrong = wrongAt(
        filter,
        patch.map((cell) => (cell === undefined ? undefined : toUnits(CODE, cell.value))),
        amount,
      );
      const verdict = checkFunctionByEnumeration(wrong, IDLE, "well-formed");
      if (verdict.verdict !== "rejected") throw new Error(`expected value, got ${verdict.verdict}`);
      expect([verdict.code, verdict.path]).toEqual(["value", "filter"]);
      const found = verdict.witness["patch"] as readonly string[];
      for (const place of CROSS) expect(found[place]).toBe(formatRational((patch[place] as Cell).value));
    }
  });

  it("should reject a derivative by any place where the value is right, and a gate at its kink", () => {
    const filter = machineToFilter(IDLE);
    for (let place = 0; place < PLACES; place++) {
      const letters = alphabet(CODE, "well-formed")[place === CENTRE ? "centre" : "neighbour"];
      const [wiggled, wiggle] = withCellFunction(filter, "wiggle", place, toUnits(CODE, (letters[0] as Cell).value));
      const read = withRow(wiggled, 2, 0, (row) => ({ ...row, entries: [...row.entries, [wiggle, ONE]] }));
      const verdict = checkFunctionByEnumeration(read, IDLE, "well-formed");
      expect(verdict).toMatchObject({ verdict: "rejected", code: "derivative", path: "filter" });
      expect(verdict).toMatchObject({ message: `the derivative by place ${place} differs` });
      // A gate of the wiggle alone is at 0 there, and it moves.
      const gate = withGate(wiggled, { bias: ZERO, entries: [[wiggle, ONE]] }, ZERO);
      const kinked = checkFunctionByEnumeration(gate, IDLE, "well-formed");
      if (kinked.verdict !== "rejected") throw new Error(`expected kink, got ${kinked.verdict}`);
      expect([kinked.code, kinked.path]).toEqual(["kink", "filter"]);
      if (CROSS.includes(place))
        expect((kinked.witness["patch"] as string[])[place]).toBe(formatRational((letters[0] as Cell).value));
    }
  });

  it("should reject a filter that does not look at a cell that f-bar looks at", () => {
    const filter = machineToFilter(IDLE);
    const [units, ...others] = filter.layers as [AffineMap, ...AffineMap[]];
    for (const place of CROSS) {
      // The units of this place are 1, whatever it holds.
      const rows = units.rows.map((row) => (row.entries[0]?.[0] === place ? { bias: ONE, entries: [] } : row));
      const blind = { layers: [{ ...units, rows }, ...others] };
      expect(checkFunctionByEnumeration(blind, IDLE, "well-formed"), `${place}`).toMatchObject({
        verdict: "rejected",
        code: expect.stringMatching(/^(value|derivative|kink)$/) as string,
      });
    }
  });

  it("should leave undecided what it would take too long to enumerate", () => {
    expect(checkFunctionByEnumeration(machineToFilter(FOUR), FOUR, "full")).toMatchObject({
      verdict: "undecided",
      limit: "combinations",
    });
    expect(checkFunctionByEnumeration(machineToFilter(PAIR), mixer(129), "full")).toMatchObject({
      verdict: "undecided",
      limit: "letters",
    });
  });

  it("should count what the search over boxes counts (idle)", () => {
    // One gate is 0 everywhere: it does not move, so it is at no kink. All gates are twice as high and count half as much.
    const still = withIdleRow(machineToFilter(IDLE), 2, { bias: ZERO, entries: [] });
    const times = ({ bias, entries }: AffineRow, factor: Rational): AffineRow => ({
      bias: bias.mul(factor),
      entries: entries.map(([column, weight]) => [column, weight.mul(factor)] as const),
    });
    const filter = {
      layers: still.layers.map((layer, l) => {
        if (l === 2) return { ...layer, rows: layer.rows.map((row) => times(row, rational(2n))) };
        const halved = (row: AffineRow): AffineRow => ({ ...times(row, rational(1n, 2n)), bias: row.bias });
        return l === 3 ? { ...layer, rows: layer.rows.map(halved) } : layer;
      }),
    };
    const boxes = countsOf(checkFunction(filter, IDLE, "well-formed"));
    const enumerated = countsOf(checkFunctionByEnumeration(filter, IDLE, "well-formed"));
    expect(enumerated.patches).toBe(boxes.patches);
    expect(enumerated.rules).toEqual(boxes.rules);
    expect(enumerated.leaves).toBeGreaterThan(1000 * boxes.leaves);
  });
});
