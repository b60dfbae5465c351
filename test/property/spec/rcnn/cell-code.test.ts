import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digit, digitCell, wellFormedCell } from "../../../../arbitraries/rcnn/cells.js";
import { configuration, normalMachine } from "../../../../arbitraries/machines.js";
import { formatRational, negativePowerOfThree, rational, ZERO } from "../../../../spec/exact/rational.js";
import { allCells, wellFormedCells } from "../../../../spec/rcnn/alphabet.js";
import {
  cellCode,
  cellFromDigits,
  cellFromValue,
  fromUnits,
  headOnCell,
  state,
  toUnits,
  val,
  type CellCode,
} from "../../../../spec/rcnn/cell-code.js";
import { encodeConfiguration, tapeCell } from "../../../../spec/rcnn/configuration-code.js";

const anyCode: fc.Arbitrary<CellCode> = fc.integer({ min: 1, max: 300 }).map(cellCode);

describe("cells", () => {
  it("should survive the way from digits to value, to units and back", () => {
    fc.assert(
      fc.property(
        anyCode.chain((code) => fc.tuple(fc.constant(code), digitCell(code))),
        ([code, cell]) => {
          expect(cellFromValue(code, cell.value)).toEqual(cell);
          const units = toUnits(code, cell.value);
          expect(units % 2n).toBe(0n);
          expect(fromUnits(code, units).equals(cell.value)).toBe(true);
        },
      ),
    );
  });

  it("should be different wherever a digit is", () => {
    fc.assert(
      fc.property(
        anyCode.chain((code) => fc.tuple(fc.constant(code), digitCell(code), digitCell(code))),
        ([, one, other]) => {
          expect(one.value.equals(other.value)).toBe(String(one.digits) === String(other.digits));
        },
      ),
    );
  });

  it("should have the value and the state that the sums of B.1.1 give", () => {
    fc.assert(
      fc.property(
        anyCode.chain((code) => fc.tuple(fc.constant(code), digitCell(code))),
        ([code, cell]) => {
          let [value, ofState] = [ZERO, ZERO];
          for (let i = 0; i <= code.lastIndex; i++) {
            const term = rational(BigInt(val(cell, i) ?? 9)).mul(negativePowerOfThree(i));
            value = value.add(term);
            if (i >= 4) ofState = ofState.add(term);
          }
          expect(cell.value.equals(value)).toBe(true);
          expect(state(cell)?.equals(ofState.mul(rational(81n)))).toBe(true);
        },
      ),
    );
  });

  it("should have digits exactly for the multiples of 3^-K up to half of 3 - 3^-K", () => {
    const near = anyCode.chain((code) => {
      const most = (3n ** BigInt(code.lastIndex + 1) - 1n) / 2n;
      return fc.tuple(
        fc.constant(code),
        fc.bigInt({ min: -2n * most, max: 2n * most }),
        fc.bigInt({ min: 1n, max: 6n }),
      );
    });
    fc.assert(
      fc.property(near, ([code, numerator, divisor]) => {
        const power = 3n ** BigInt(code.lastIndex);
        const value = rational(numerator, power * divisor);
        const isDigitString = numerator % divisor === 0n && value.abs().lte(rational((3n * power - 1n) / 2n, power));
        expect(cellFromValue(code, value).digits !== undefined).toBe(isDigitString);
      }),
    );
  });

  it("should fill up with zeros on the right", () => {
    fc.assert(
      fc.property(anyCode, fc.array(digit(), { maxLength: 4 }), (code, digits) => {
        const cell = cellFromDigits(code, digits);
        expect(cell.digits?.slice(0, digits.length)).toEqual(digits);
        expect(cell.digits?.slice(digits.length).every((one) => one === 0)).toBe(true);
      }),
    );
  });
});

describe("heads", () => {
  it.each([1, 2, 3, 4])(
    "should be read from well-formed cells only, among all digit strings for %i states",
    (states) => {
      const code = cellCode(states);
      const wellFormed = new Set(wellFormedCells(code).map(({ value }) => formatRational(value)));
      const withHead = allCells(code).filter((cell) => headOnCell(code, cell) !== undefined);
      expect(withHead).toHaveLength(4 * states);
      for (const { value } of withHead) expect(wellFormed).toContain(formatRational(value));
    },
  );

  it("should be drawn by the arbitrary of well-formed cells, state by state", () => {
    const code = cellCode(5);
    const drawn = fc.sample(wellFormedCell(code), 2000).map(({ value }) => formatRational(value));
    expect(new Set(drawn)).toEqual(new Set(wellFormedCells(code).map(({ value }) => formatRational(value))));
  });
});

describe("grids of cells", () => {
  it("should read off as the configuration they were made from", () => {
    const drawn = normalMachine().chain((machine) => fc.tuple(fc.constant(machine), configuration(machine)));
    fc.assert(
      fc.property(drawn, ([machine, one]) => {
        const code = cellCode(machine.states.length);
        const read = encodeConfiguration(code, one).map((value) => tapeCell(code, cellFromValue(code, value)));
        expect(read).toEqual(
          one.tape.map((symbol, k) => ({
            symbol,
            state: k === one.headRow * one.columns + one.headColumn ? one.state : undefined,
          })),
        );
      }),
    );
  });
});
