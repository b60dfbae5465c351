import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finiteTable } from "../../../arbitraries/tables.js";
import { writeTable } from "../../../inputs/tables/write-table.js";
import { rational } from "../../../spec/exact/rational.js";
import { halfWidth } from "../../../spec/rcnn/lemma5/functions.js";
import { coordinateValues, findTableFault, type Table } from "../../../spec/networks/table.js";

describe("finiteTable", () => {
  it("should give only tables without fault, inside its bounds", () => {
    const options = { maxInputs: 4, maxOutputs: 3, maxPoints: 7 };
    const sizes = new Set<number>();
    fc.assert(
      fc.property(finiteTable(options), (table) => {
        expect(findTableFault(table)).toBeUndefined();
        expect(table.inputs).toBeLessThanOrEqual(4);
        expect(table.outputs).toBeLessThanOrEqual(3);
        expect(table.points.length).toBeLessThanOrEqual(7);
        sizes.add(table.points.length);
      }),
    );
    expect(sizes.size).toBe(7);
  });

  it("should often give what the lemma finds hard: shared coordinates, close values, values 0, several of everything", () => {
    const tables = fc.sample(finiteTable(), { numRuns: 200, seed: 5 });
    const count = (has: (table: Table) => boolean): number => tables.filter(has).length;
    const shares = (table: Table): boolean =>
      coordinateValues(table).some((values) => values.length < table.points.length);
    expect(count(shares)).toBeGreaterThan(40);
    expect(count((table) => halfWidth(table).lt(rational(1n, 50n)))).toBeGreaterThan(15);
    expect(count((table) => table.points.some(({ value }) => value.some((y) => y.n === 0n)))).toBeGreaterThan(40);
    expect(count(({ inputs, outputs, points }) => inputs > 1 && outputs > 1 && points.length > 2)).toBeGreaterThan(20);
  });

  it("should shrink to one point at 0 with value 0 and derivative 0", () => {
    const result = fc.check(fc.property(finiteTable(), (_table: Table) => false));
    const [smallest] = result.counterexample as [Table];
    expect(writeTable(smallest)).toBe(
      '{"format":"weightproof-table","version":1,"inputs":1,"outputs":1,"points":[\n' +
        '{"at":["0"],"value":["0"],"jacobian":[["0"]]}\n]}\n',
    );
  });

  it("should shrink to the smallest table with two points that share a coordinate", () => {
    const shares = (table: Table): boolean =>
      table.points.length > 1 && coordinateValues(table).some((values) => values.length < table.points.length);
    const result = fc.check(
      fc.property(finiteTable(), (table) => !shares(table)),
      { numRuns: 1000 },
    );
    const [smallest] = result.counterexample as [Table];
    expect(smallest.points.length).toBe(2);
    expect(smallest.inputs).toBe(2);
    expect(smallest.outputs).toBe(1);
  });

  it.each([{ maxInputs: 0 }, { maxOutputs: 1.5 }, { maxPoints: -1 }])("should refuse %j", (options) => {
    expect(() => finiteTable(options)).toThrow(/^finiteTable: expected an integer max[A-Z][a-z]+ from 1 on/);
  });
});
