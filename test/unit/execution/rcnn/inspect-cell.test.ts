import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { inspectCell, withNumber } from "../../../../execution/rcnn/inspect-cell.js";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { formatRational, parseRational, rational } from "../../../../spec/exact/rational.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { evaluate } from "../../../../spec/networks/network.js";
import { alphabet } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, cellFromDigits, toUnits, type Cell } from "../../../../spec/rcnn/cell-code.js";

const machine = normalForm(loadMachine("bb2"));
const code = cellCode(machine.states.length);
const filter = machineToFilter(machine);
const letters = alphabet(code, "well-formed");
const patches = fc.tuple(
  ...Array.from({ length: 9 }, (_, place) => fc.constantFrom(...(place === 4 ? letters.centre : letters.neighbour))),
);

describe("inspectCell", () => {
  it("should say what the definition asked where a head arrives from the left", () => {
    const [blank, head] = [[0, 0, 1] as const, [0, 0, 1, 1, 0, 1] as const].map((digits) =>
      cellFromDigits(code, digits),
    );
    const cells = Array.from({ length: 9 }, (_, place) => (place === 3 ? head : blank) as Cell);
    const { rule, asked, specified, computed, agrees } = inspectCell(code, machine, filter, cells);
    expect([rule, specified.value, computed.value, agrees]).toEqual(["tm-5-head-left", "13/81", "13/81", true]);
    expect(asked[0]).toEqual({ place: 4, question: "val(x, 2)", answer: "1" });
    expect(asked.at(-1)).toEqual({ place: 3, question: "gamma(x)[0]", answer: "2" });
    expect(new Set(asked.map(({ place, question }) => `${place} ${question}`)).size).toBe(asked.length);
  });

  it("should agree with the definition everywhere, and take the network's value apart without a rest", () => {
    fc.assert(
      fc.property(patches, (cells) => {
        const { agrees, computed, matrices } = inspectCell(code, machine, filter, cells);
        const units = cells.map((cell) => rational(toUnits(code, cell.value)));
        expect(agrees).toBe(true);
        expect(evaluate(filter, units).map(formatRational)).toEqual([computed.units]);
        for (const [l, { on, rows, relu }] of matrices.entries()) {
          const layer = filter.layers[l]!;
          expect([rows, relu]).toEqual([layer.rows.length, layer.relu]);
          for (const { row, sum, parts } of on) {
            const total = parts.reduce(
              (so, part) => so.add(parseRational(part.weight).mul(parseRational(part.value))),
              layer.rows[row]!.bias,
            );
            expect(formatRational(total)).toBe(sum);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("should see a weight that was changed", () => {
    const cells = Array.from({ length: 9 }, () => cellFromDigits(code, [0, 0, 1]));
    const changed = withNumber(filter, [4, 0, 0], rational(2n));
    const { agrees, computed, specified } = inspectCell(code, machine, changed, cells);
    expect([agrees, Number(computed.units) - Number(specified.units)]).toEqual([false, 2]);
  });
});

describe("withNumber", () => {
  it("should change one number and no other, drop a weight of 0, and refuse what is not there", () => {
    const row = filter.layers[2]!.rows.length - 1;
    const count = filter.layers[2]!.rows[row]!.entries.length;
    const changed = withNumber(filter, [2, row, count], rational(7n, 3n));
    expect(changed.layers[2]!.rows[row]!.entries.at(-1)?.[1].toFraction()).toBe("7/3");
    const back = withNumber(changed, [2, row, count], filter.layers[2]!.rows[row]!.entries[count - 1]![1]);
    expect(back).toEqual(filter);
    expect(withNumber(filter, [2, row, count], rational(0n)).layers[2]!.rows[row]!.entries).toHaveLength(count - 1);
    for (const place of [
      [5, 0, 0],
      [2, row + 1, 0],
      [2, row, count + 1],
      [2, row, -1],
    ] as const) {
      expect(() => withNumber(filter, place, rational(1n))).toThrow(RangeError);
    }
  });
});
