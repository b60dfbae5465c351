import { describe, expect, it } from "vitest";
import { checkCorrection } from "../../../../checkers/wei-chen-ma/check-correction.js";
import { countNonzero, largestWeight, operatorNorm } from "../../../../checkers/wei-chen-ma/norms.js";
import {
  ceilingRoot,
  largest,
  rootOf,
  showUpper,
  square,
  times,
  upper,
  upperRational,
  withBias,
} from "../../../../checkers/wei-chen-ma/upward.js";
import { rational } from "../../../../spec/exact/rational.js";
import type { AffineRow, Layer } from "../../../../spec/wei-chen-ma/affine.js";
import { roundOutput, roundRows } from "../../../../spec/wei-chen-ma/round.js";

describe("bounds from above", () => {
  it("should never be below, and close", () => {
    for (let n = 0n; n < 200n; n++) {
      const root = ceilingRoot(n);
      expect(root * root >= n && (n === 0n || (root - 1n) ** 2n < n)).toBe(true);
      const bound = rootOf(n);
      expect(bound * bound >= n << 128n && (n === 0n ? bound === 0n : (bound - 1n) ** 2n < n << 128n)).toBe(true);
    }
    expect(square(rootOf(2)) >= upper(2)).toBe(true);
    expect(showUpper(withBias(rootOf(2)), 6)).toBe("1.732051");
    expect(showUpper(upperRational(rational(1n, 3n)), 3)).toBe("0.334");
    expect(times(upperRational(rational(1n, 3n)), upper(3)) > upper(1)).toBe(true);
    expect(largest([])).toBe(0n);
    expect(largest([1n, 3n, 2n])).toBe(3n);
    expect(() => ceilingRoot(-1n)).toThrow("expected a number from 0 on");
    expect(() => upper(-1)).toThrow("expected an integer from 0 on");
    expect(() => upperRational(rational(-1n, 2n))).toThrow("expected a number from 0 on");
  });
});

describe("norms", () => {
  it("should count and bound", () => {
    const rows: AffineRow[] = [
      {
        bias: -7,
        entries: [
          [0, 1],
          [2, -2],
        ],
      },
      { bias: 0, entries: [[2, 3]] },
    ];
    expect(operatorNorm({ rows })).toBe(rootOf(14));
    expect(operatorNorm({ rows: rows.slice(1) })).toBe(rootOf(9));
    const ones = [0, 1].map(() => ({ bias: 5, entries: [0, 1].map((column) => [column, 1] as const) }));
    expect(operatorNorm({ rows: ones })).toBe(rootOf(4));
    expect(largestWeight([{ inputs: 3, rows }])).toBe(7);
    expect(countNonzero([{ inputs: 3, rows }])).toBe(4);
    expect(operatorNorm({ rows: [] })).toBe(0n);
  });
});

describe("correction functions on the whole real line", () => {
  const COORDINATES = 5;
  const pair = (): [Layer, Layer] => {
    const places = Array.from({ length: COORDINATES }, (_, k) => k);
    return [
      { name: "a", inputs: COORDINATES, relu: true, rows: places.flatMap((k) => [...roundRows(k)]) },
      { name: "b", inputs: 2 * COORDINATES, relu: true, rows: places.map((k) => roundOutput(2 * k)) },
    ];
  };
  const check = (a: Layer, b: Layer): ReturnType<typeof checkCorrection> => checkCorrection(a, b, "a", "b");
  const withRow = (layer: Layer, r: number, row: AffineRow): Layer => ({
    ...layer,
    rows: layer.rows.map((old, i) => (i === r ? row : old)),
  });

  it("should accept round, in these weights and in others", () => {
    const [a, b] = pair();
    const verdict = check(a, b);
    expect(verdict.verdict === "accepted" && verdict.result.units[4]?.relus).toEqual([
      { slope: 3, bias: -1, weight: 1 },
      { slope: 3, bias: -2, weight: -1 },
    ]);
    const split = withRow(withRow(a, 0, { bias: 2, entries: [[0, -3]] }), 1, { bias: 1, entries: [[0, -3]] });
    // 1 - (phi(2 - 3 z) - phi(1 - 3 z)) is round as well.
    expect(
      check(
        split,
        withRow(b, 0, {
          bias: 1,
          entries: [
            [0, -1],
            [1, 1],
          ],
        }),
      ).verdict,
    ).toBe("accepted");
  });

  it("should reject whatever is not round, at every coordinate", () => {
    const [a, b] = pair();
    const rejection = (first: Layer, second: Layer): unknown => {
      const verdict = check(first, second);
      return verdict.verdict === "rejected" ? [verdict.code, verdict.path] : verdict.verdict;
    };
    for (let k = 0; k < COORDINATES; k++) {
      // Radius 1/4: 2 z - 1/2 in integers would be 4 z - 1 and 4 z - 3 with half the weight, so another slope.
      expect(rejection(withRow(a, 2 * k, { bias: -1, entries: [[k, 4]] }), b)).toEqual(["correction", `b.rows[${k}]`]);
      expect(rejection(withRow(a, 2 * k + 1, { bias: -3, entries: [[k, 3]] }), b)).toEqual([
        "correction",
        `b.rows[${k}]`,
      ]);
      expect(rejection(a, withRow(b, k, { bias: 0, entries: [[2 * k, 1]] }))).toEqual(["correction", `b.rows[${k}]`]);
      expect(rejection(a, withRow(b, k, { bias: 0, entries: [] }))).toEqual(["correction", `b.rows[${k}]`]);
      expect(
        rejection(
          a,
          withRow(b, k, {
            bias: 1,
            entries: [
              [2 * k, 1],
              [2 * k + 1, -1],
            ],
          }),
        ),
      ).toEqual(["correction", `b.rows[${k}]`]);
      const other = (k + 1) % COORDINATES;
      const rows: AffineRow["entries"] =
        other < k
          ? [
              [other, 3],
              [k, 3],
            ]
          : [
              [k, 3],
              [other, 3],
            ];
      expect(rejection(withRow(a, 2 * k, { bias: -1, entries: rows }), b)).toEqual(["correction", `a.rows[${2 * k}]`]);
      expect(rejection(withRow(a, 2 * k, { bias: -1, entries: [[other, 3]] }), b)).toEqual([
        "correction",
        `a.rows[${2 * k}]`,
      ]);
    }
    expect(rejection({ ...a, relu: false }, b)).toEqual(["correction", "a"]);
    expect(rejection(a, { ...b, relu: false })).toEqual(["correction", "b"]);
    expect(rejection(a, { ...b, rows: b.rows.slice(1) })).toEqual(["correction", "b"]);
  });

  it("should see a bend that lies beyond all kinks of the inner ReLUs", () => {
    const far: Layer = { name: "a", inputs: 1, relu: true, rows: [...roundRows(0), { bias: -10, entries: [[0, 1]] }] };
    const second = (weight: number): Layer => ({
      name: "b",
      inputs: 3,
      relu: true,
      rows: [
        {
          bias: 0,
          entries:
            weight === 0
              ? [
                  [0, 1],
                  [1, -1],
                ]
              : [
                  [0, 1],
                  [1, -1],
                  [2, weight],
                ],
        },
      ],
    });
    const near = { ...far, rows: far.rows.slice(0, 2) };
    expect(check(near, { ...second(0), inputs: 2 }).verdict).toBe("accepted");
    expect(check(far, second(0)).verdict).toBe("rejected");
    expect(check(far, second(1)).verdict).toBe("rejected");
    expect(check(far, second(-1)).verdict).toBe("rejected");
  });
});
