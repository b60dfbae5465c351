import { describe, expect, it } from "vitest";
import { formatRational, parseRational, type Rational } from "../../../../spec/exact/rational.js";
import {
  assertTable,
  coordinateValues,
  distinct,
  findTableFault,
  inputValues,
  outputValues,
  pointKey,
  slopes,
  type Table,
  type TablePoint,
} from "../../../../spec/networks/table.js";

const q = (...texts: string[]): Rational[] => texts.map(parseRational);

/** Three points, three inputs, three outputs: every index has a first, a middle and a last. */
function sample(): Table {
  const jacobian = [q("0", "1", "0"), q("1/2", "0", "0"), q("0", "0", "-1")];
  return {
    inputs: 3,
    outputs: 3,
    points: [
      { at: q("0", "1/3", "2"), value: q("1", "0", "5"), jacobian },
      { at: q("0", "1/3", "-2"), value: q("1", "0", "6"), jacobian },
      { at: q("1", "0", "2"), value: q("-1", "0", "7"), jacobian },
    ],
  };
}

function withPoint(p: number, change: Partial<TablePoint>): Table {
  const table = sample();
  return { ...table, points: table.points.map((point, k) => (k === p ? { ...point, ...change } : point)) };
}

describe("findTableFault", () => {
  it("should find nothing in a good table", () => {
    expect(findTableFault(sample())).toBeUndefined();
    expect(() => assertTable(sample(), "caller")).not.toThrow();
    const points = [{ at: q("0"), value: q("1"), jacobian: [q("2")] }];
    expect(findTableFault({ inputs: 1, outputs: 1, points })).toBeUndefined();
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 60])("should reject %d inputs and outputs", (count) => {
    expect(findTableFault({ ...sample(), inputs: count })).toMatchObject({ code: "bad-inputs", path: "inputs" });
    expect(findTableFault({ ...sample(), outputs: count })).toMatchObject({ code: "bad-outputs", path: "outputs" });
  });

  it("should reject a table without points", () => {
    expect(findTableFault({ ...sample(), points: [] })).toMatchObject({ code: "no-points", path: "points" });
  });

  it.each([0, 1, 2])("should reject every wrong length at point %i", (p) => {
    const place = `points[${p}]`;
    const good = sample().points[p] as TablePoint;
    for (const list of [[], q("0", "1"), q("0", "1", "2", "3")]) {
      expect(findTableFault(withPoint(p, { at: list }))).toMatchObject({ code: "at-length", path: `${place}.at` });
      expect(findTableFault(withPoint(p, { value: list }))).toMatchObject({
        code: "value-length",
        path: `${place}.value`,
      });
      for (const j of [0, 1, 2]) {
        const jacobian = good.jacobian.map((row, k) => (k === j ? list : row));
        const expected = { code: "jacobian-columns", path: `${place}.jacobian[${j}]` };
        expect(findTableFault(withPoint(p, { jacobian }))).toMatchObject(expected);
      }
    }
    for (const jacobian of [[], good.jacobian.slice(1), [...good.jacobian, q("0", "0", "0")]]) {
      expect(findTableFault(withPoint(p, { jacobian }))).toMatchObject({
        code: "jacobian-rows",
        path: `${place}.jacobian`,
      });
    }
  });

  it.each([
    [0, 1],
    [0, 2],
    [1, 2],
  ])("should name both of two equal points %i and %i", (first, second) => {
    const table = sample();
    const fault = findTableFault(withPoint(second, { at: table.points[first]?.at ?? [] }));
    expect(fault).toMatchObject({ code: "duplicate-point", path: `points[${second}].at` });
    expect(fault?.message).toContain(`points[${first}]`);
  });

  it("should be what assertTable throws", () => {
    expect(() => assertTable({ ...sample(), inputs: 0 }, "caller")).toThrow(
      new RangeError("caller: inputs: expected an integer from 1 on, got 0"),
    );
  });
});

describe("the alphabets of a table", () => {
  const texts = (values: readonly Rational[]): string[] => values.map(formatRational);

  it("should be the distinct numbers, rising: of each coordinate, of all, of the values, of the slopes", () => {
    expect(coordinateValues(sample()).map(texts)).toEqual([
      ["0", "1"],
      ["0", "1/3"],
      ["-2", "2"],
    ]);
    expect(texts(inputValues(sample()))).toEqual(["-2", "0", "1/3", "1", "2"]);
    expect(texts(outputValues(sample()))).toEqual(["-1", "0", "1", "5", "6", "7"]);
    expect(texts(slopes(sample()))).toEqual(["-1", "0", "1/2", "1"]);
    expect(texts(distinct(q("1", "-1", "1/2", "1", "-1")))).toEqual(["-1", "1/2", "1"]);
    expect(pointKey(q("1/3", "0"))).toBe("(1/3, 0)");
  });
});
