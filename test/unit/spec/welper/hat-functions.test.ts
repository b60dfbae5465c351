import { describe, expect, it } from "vitest";
import { formatRational, ONE, rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";
import {
  edge,
  edgePrinted,
  hat,
  hatPrinted,
  profile,
  profilePrinted,
  rationalValue,
  sided,
  sidedPrinted,
} from "../../../../spec/welper/hat-functions.js";
import { cornerPoint, derivativesAtVertex, valueAtPoint } from "../../../../spec/welper/relu-loss.js";

/** Vertices and all points of edges at quarters: the vertices of all corners S_v^(1/4), S_v^(1/2), S_vw^(1/4). */
function points(m: number): [v: number, w: number, quarters: number][] {
  return Array.from({ length: m }, (_, v) => v).flatMap((v) =>
    Array.from({ length: m }, (_, w) => w).flatMap((w) =>
      [0, 1, 2, 3].map((quarters): [number, number, number] => [v, w, quarters]),
    ),
  );
}

function dense(m: number, [v, w, quarters]: [number, number, number]): Rational[] {
  const part = rational(BigInt(quarters), 4n);
  return Array.from({ length: m }, (_, u) => (u === v ? ONE.sub(part) : ZERO).add(u === w ? part : ZERO));
}

describe("the functions of appendix A", () => {
  it("should be the same in short form and as printed, at all vertices of all corners", () => {
    let compared = 0;
    for (let m = 2; m <= 5; m++) {
      for (const point of points(m)) {
        for (let v = 0; v < m; v++) {
          for (let w = 0; w < m; w++) {
            const both = [
              [hat(v, 4), [hatPrinted(m, v, rational(1n, 4n))]],
              [hat(v, 2), [hatPrinted(m, v, rational(1n, 2n))]],
              ...(v === w
                ? []
                : [
                    [edge(v, w), edgePrinted(m, v, w)],
                    [sided(v, w), [sidedPrinted(m, v, w, rational(1n, 4n))]],
                    [profile(v, w), profilePrinted(m, v, w)],
                  ]),
            ] as const;
            for (const [short, printed] of both) {
              const value = valueAtPoint(short as ReturnType<typeof hat>, cornerPoint(point[0], point[1], point[2], 4));
              const exact = rationalValue(printed as ReturnType<typeof edgePrinted>, dense(m, point));
              expect(formatRational(exact)).toBe(formatRational(rational(BigInt(value), 4n)));
              compared++;
            }
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(8000);
  });

  it("should have the profile of Figure 2 along an edge", () => {
    const along = [0, 1, 2, 3, 4].map((quarters) => valueAtPoint(profile(0, 1), cornerPoint(0, 1, quarters, 4)) / 4);
    expect(along).toEqual([0, 1, 1, 0.5, 0]);
  });

  it("should be affine on corners: a difference on S_v^mu is the derivative (6)", () => {
    for (let m = 2; m <= 4; m++) {
      for (const units of [hat(0, 4), edge(0, 1), profile(0, 1), profile(1, 0)]) {
        for (let v = 0; v < m; v++) {
          const slopes = derivativesAtVertex(units, v, m);
          const at = valueAtPoint(units, cornerPoint(v, v, 0, 4));
          slopes.forEach((slope, w) => expect(valueAtPoint(units, cornerPoint(v, w, 1, 4)) - at).toBe(slope));
        }
      }
    }
  });
});
