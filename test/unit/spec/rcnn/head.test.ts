import { describe, expect, it } from "vitest";
import { headNetwork, headNetworkInUnits } from "../../../../construction/rcnn/head-network.js";
import { formatRational, parseRational, rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian } from "../../../../spec/networks/network.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import {
  head,
  headAsPrinted,
  headInUnits,
  headSlope,
  headSlopeAsPrinted,
  slopeOfHead,
  valueOfHead,
} from "../../../../spec/rcnn/head.js";

/** x, then value and slope as amended, then value and slope as printed; "-" where there is no derivative. */
const ROWS: readonly (readonly [x: string, value: string, slope: string, printed: string, printedSlope: string])[] = [
  ["-1", "-1", "0", "-1", "0"],
  ["-1/6", "-1", "-", "-1", "-"],
  ["-5/36", "-1/2", "18", "-1/2", "18"],
  ["-1/9", "0", "18", "0", "18"],
  ["-1/18", "1", "18", "1", "18"],
  ["0", "2", "-", "1", "-"],
  ["1/18", "1", "-18", "1", "-18"],
  ["1/9", "0", "-", "1", "-"],
  ["5/36", "1/2", "18", "1/2", "18"],
  ["1/6", "1", "-", "1", "-"],
  ["1", "1", "0", "1", "0"],
];

describe("head", () => {
  it.each(ROWS)("should have the value and the slope of the table at %s", (x, value, slope, printed, printedSlope) => {
    const at = parseRational(x);
    const spell = (number: ReturnType<typeof headSlope>): string =>
      number === undefined ? "-" : formatRational(number);
    expect([formatRational(head(at)), spell(headSlope(at))]).toEqual([value, slope]);
    expect([formatRational(headAsPrinted(at)), spell(headSlopeAsPrinted(at))]).toEqual([printed, printedSlope]);
  });

  it("should differ between the readings at 0 and 3^-2 only", () => {
    for (let k = -108n; k <= 108n; k++) {
      const x = rational(k, 108n);
      const same = head(x).equals(headAsPrinted(x));
      expect(same).toBe(k !== 0n && k !== 12n);
      expect(headSlope(x)?.toFraction()).toBe(headSlopeAsPrinted(x)?.toFraction());
    }
  });

  it("should be the same function in integers, scaled by 3^(K-2) and 2 * 3^K", () => {
    for (const states of [1, 2, 5, 64]) {
      const code = cellCode(states);
      const integers = headInUnits(code);
      const height = rational(3n ** BigInt(code.lastIndex - 2));
      expect(integers.slopes.map(formatRational)).toEqual(["1", "-1", "1", "0"]);
      const third = code.scale / 6n;
      expect(integers.kinks.map(formatRational)).toEqual(
        [-third, 0n, 2n * 3n ** BigInt(code.lastIndex - 2), third].map(String),
      );
      for (let k = -108n; k <= 108n; k++) {
        const x = rational(k, 108n);
        const u = x.mul(rational(code.scale));
        expect(valueOfHead(integers, u).equals(height.mul(head(x)))).toBe(true);
        const slope = headSlope(x);
        expect(slopeOfHead(integers, u)?.toFraction()).toBe(slope?.mul(height).div(rational(code.scale)).toFraction());
      }
    }
  });

  it("should agree with its network in value, slope and kinks", () => {
    const code = cellCode(3);
    const networks = [
      [headNetwork(), rational(1n), rational(1n)],
      [headNetworkInUnits(code), rational(code.scale), rational(3n ** BigInt(code.lastIndex - 2))],
    ] as const;
    for (const [network, scale, height] of networks) {
      for (let k = -108n; k <= 108n; k++) {
        const x = rational(k, 108n);
        const { value, jacobian, kink } = evaluateWithJacobian(network, [x.mul(scale)]);
        expect(value.map(formatRational)).toEqual([formatRational(head(x).mul(height))]);
        const slope = headSlope(x);
        expect(kink).toBe(slope === undefined);
        if (slope !== undefined) {
          expect(jacobian[0]?.map(formatRational)).toEqual([formatRational(slope.mul(height).div(scale))]);
        }
      }
    }
  });
});
