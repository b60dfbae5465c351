import { describe, expect, it } from "vitest";
import {
  formatRational,
  MAX_NUMERAL_DIGITS,
  negativePowerOfThree,
  ONE,
  parseRational,
  rational,
  ZERO,
} from "../../../../spec/exact/rational.js";

describe("rational", () => {
  it.each<[bigint, bigint, bigint, bigint, bigint]>([
    [6n, 4n, 1n, 3n, 2n],
    [-6n, 4n, -1n, 3n, 2n],
    [6n, -4n, -1n, 3n, 2n],
    [-6n, -4n, 1n, 3n, 2n],
    [8n, 4n, 1n, 2n, 1n],
  ])("should reduce %s / %s", (numerator, denominator, s, n, d) => {
    const { s: sign, n: top, d: bottom } = rational(numerator, denominator);
    expect([sign, top, bottom]).toEqual([s, n, d]);
  });

  it("should take an absent denominator for 1", () => {
    expect(rational(-7n).equals(rational(-7n, 1n))).toBe(true);
    expect(rational(5n).d).toBe(1n);
  });

  it("should keep integers that no float holds", () => {
    const large = 2n ** 80n + 1n;
    expect(rational(large, 3n).mul(3n).n).toBe(large);
  });

  it("should refuse the denominator 0", () => {
    expect(() => rational(1n, 0n)).toThrow(RangeError);
    expect(() => rational(0n, 0n)).toThrow(RangeError);
  });

  it("should name 0 and 1", () => {
    expect([ZERO.s * ZERO.n, ZERO.d]).toEqual([0n, 1n]);
    expect([ONE.s * ONE.n, ONE.d]).toEqual([1n, 1n]);
  });
});

describe("negativePowerOfThree", () => {
  it.each([0, 1, 2, 40])("should give 3^-%i", (i) => {
    const { n, d } = negativePowerOfThree(i);
    let power = 1n;
    for (let j = 0; j < i; j++) power += power + power;
    expect([n, d]).toEqual([1n, power]);
  });
});

describe("parseRational", () => {
  it.each<[string, bigint, bigint]>([
    ["0", 0n, 1n],
    ["7", 7n, 1n],
    ["-7", -7n, 1n],
    ["10", 10n, 1n],
    ["-907", -907n, 1n],
    ["1/3", 1n, 3n],
    ["-10/27", -10n, 27n],
    ["8/105", 8n, 105n],
  ])("should read %s", (text, numerator, denominator) => {
    const value = parseRational(text);
    expect([value.s * value.n, value.d]).toEqual([numerator, denominator]);
    expect(formatRational(value)).toBe(text);
  });

  it.each([
    "",
    "-",
    "/",
    "/3",
    "1/",
    "+1",
    "-0",
    "00",
    "01",
    "-01",
    "1/03",
    "1/0",
    "0/1",
    "0/3",
    "5/1",
    "2/4",
    "-2/4",
    "1/-3",
    "-1/-3",
    "1/+3",
    "1//3",
    "1/3/5",
    " 1",
    "1 ",
    "1\n",
    "1/ 3",
    "x1",
    "1x",
    "1/3x",
    "0x1f",
    "1_000",
    "1.5",
    ".5",
    "1e3",
    "1n",
    "NaN",
    "Infinity",
    "-Infinity",
    "\u0661",
    "\u22121",
  ])("should refuse %j", (text) => {
    expect(() => parseRational(text)).toThrow(RangeError);
  });

  it("should say which reduced form it expected", () => {
    expect(() => parseRational("-6/4")).toThrow("expected the reduced form -3/2, got -6/4");
    expect(() => parseRational("4/2")).toThrow("expected the reduced form 2, got 4/2");
  });

  it("should read numerals of the greatest length, both signs and both sides of the slash", () => {
    const nines = "9".repeat(MAX_NUMERAL_DIGITS);
    const ten = `1${"0".repeat(MAX_NUMERAL_DIGITS - 1)}`;
    const text = `-${nines}/${ten}`;
    expect(text.length).toBe(2 * MAX_NUMERAL_DIGITS + 2);
    expect(formatRational(parseRational(text))).toBe(text);
  });

  it("should refuse longer texts before it reads them", () => {
    const text = `1${"0".repeat(2 * MAX_NUMERAL_DIGITS + 2)}`;
    expect(() => parseRational(text)).toThrow(RangeError);
    expect(() => parseRational(text)).toThrow(`expected at most ${MAX_NUMERAL_DIGITS} digits`);
    expect(() => parseRational(" ".repeat(2 * MAX_NUMERAL_DIGITS + 3))).toThrow(/digits/);
  });
});

describe("formatRational", () => {
  it.each<[bigint, bigint, string]>([
    [0n, 5n, "0"],
    [0n, -5n, "0"],
    [12n, 4n, "3"],
    [-12n, 4n, "-3"],
    [1n, -3n, "-1/3"],
    [10n, 4n, "5/2"],
  ])("should spell %s / %s", (numerator, denominator, text) => {
    expect(formatRational(rational(numerator, denominator))).toBe(text);
  });
});
