import { expect, it } from "vitest";
import { commonDenominator, lcmOfDenominators, scaled } from "../../../../checkers/networks/common-denominator.js";
import { rational } from "../../../../spec/exact/rational.js";

it("should find the least denominator of all numbers, biases and weights alike", () => {
  expect(lcmOfDenominators([])).toBe(1n);
  expect(lcmOfDenominators([rational(1n, 4n), rational(5n), rational(-1n, 6n), rational(3n, 4n)])).toBe(12n);
  const rows = [
    { bias: rational(1n, 10n), entries: [[0, rational(1n, 4n)]] },
    { bias: rational(0n), entries: [[1, rational(2n, 3n)]] },
  ] as const;
  expect(commonDenominator(rows)).toBe(60n);
});

it("should give integers over it, with their sign", () => {
  expect(scaled(rational(-5n, 6n), 12n)).toBe(-10n);
  expect(scaled(rational(0n), 12n)).toBe(0n);
});
