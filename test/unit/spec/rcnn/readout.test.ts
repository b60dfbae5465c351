import { slopeAt, valueAt } from "../../../../spec/exact/piecewise-linear.js";
import { describe, expect, it } from "vitest";
import { readoutNetwork, readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { formatRational, parseRational, rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian } from "../../../../spec/networks/network.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import {
  readout,
  readoutAsPrinted,
  readoutInUnits,
  readoutSlope,
  readoutSlopeAsPrinted,
} from "../../../../spec/rcnn/readout.js";

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
    const spell = (number: ReturnType<typeof readoutSlope>): string =>
      number === undefined ? "-" : formatRational(number);
    expect([formatRational(readout(at)), spell(readoutSlope(at))]).toEqual([value, slope]);
    expect([formatRational(readoutAsPrinted(at)), spell(readoutSlopeAsPrinted(at))]).toEqual([printed, printedSlope]);
  });

  it("should differ between the readings at 0 and 3^-2 only", () => {
    for (let k = -108n; k <= 108n; k++) {
      const x = rational(k, 108n);
      const same = readout(x).equals(readoutAsPrinted(x));
      expect(same).toBe(k !== 0n && k !== 12n);
      expect(readoutSlope(x)?.toFraction()).toBe(readoutSlopeAsPrinted(x)?.toFraction());
    }
  });

  it("should be the same function in integers, scaled by 3^(K-2) and 2 * 3^K", () => {
    for (const states of [1, 2, 5, 64]) {
      const code = cellCode(states);
      const integers = readoutInUnits(code);
      const height = rational(3n ** BigInt(code.lastIndex - 2));
      expect(integers.slopes.map(formatRational)).toEqual(["1", "-1", "1", "0"]);
      const third = code.scale / 6n;
      expect(integers.kinks.map(formatRational)).toEqual(
        [-third, 0n, 2n * 3n ** BigInt(code.lastIndex - 2), third].map(String),
      );
      for (let k = -108n; k <= 108n; k++) {
        const x = rational(k, 108n);
        const u = x.mul(rational(code.scale));
        expect(valueAt(integers, u).equals(height.mul(readout(x)))).toBe(true);
        const slope = readoutSlope(x);
        expect(slopeAt(integers, u)?.toFraction()).toBe(slope?.mul(height).div(rational(code.scale)).toFraction());
      }
    }
  });

  it("should agree with its network in value, slope and kinks", () => {
    const code = cellCode(3);
    const networks = [
      [readoutNetwork(), rational(1n), rational(1n)],
      [readoutNetworkInUnits(code), rational(code.scale), rational(3n ** BigInt(code.lastIndex - 2))],
    ] as const;
    for (const [network, scale, height] of networks) {
      for (let k = -108n; k <= 108n; k++) {
        const x = rational(k, 108n);
        const { value, jacobian, kink } = evaluateWithJacobian(network, [x.mul(scale)]);
        expect(value.map(formatRational)).toEqual([formatRational(readout(x).mul(height))]);
        const slope = readoutSlope(x);
        expect(kink).toBe(slope === undefined);
        if (slope !== undefined) {
          expect(jacobian[0]?.map(formatRational)).toEqual([formatRational(slope.mul(height).div(scale))]);
        }
      }
    }
  });
});
