import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian } from "../../../../spec/networks/network.js";
import { wellFormedCells } from "../../../../spec/rcnn/alphabet.js";
import { cellCode, PHASE_VALUE, toUnits } from "../../../../spec/rcnn/cell-code.js";
import { encodeTapeCell } from "../../../../spec/rcnn/configuration-code.js";
import { readout, readoutAsPrinted, readoutSlope, readoutSlopeAsPrinted } from "../../../../spec/rcnn/readout.js";

const STATES = [1, 2, 3, 4, 5, 7, 8, 16, 100, 256, 4096];

describe("head", () => {
  it.each(STATES)("should saturate at every final cell and vanish at blanks, for %i states", (states) => {
    const code = cellCode(states);
    for (const symbol of [1, -1] as const) {
      expect(readout(encodeTapeCell(code, { symbol, state: undefined })).equals(BigInt(symbol))).toBe(true);
      for (let state = 0; state < states; state++) {
        const x = encodeTapeCell(code, { symbol, state });
        expect(readout(x).equals(BigInt(symbol))).toBe(true);
        expect(readoutSlope(x)?.n).toBe(0n);
      }
    }
    expect(readout(encodeTapeCell(code, { symbol: 0, state: undefined })).n).toBe(0n);
    for (let state = 0; state < states; state++) {
      const share = readout(encodeTapeCell(code, { symbol: 0, state }));
      expect(share.gte(rational(2n, 3n)) && share.lt(1n)).toBe(true);
    }
  });

  it("should vanish with slope 18 in the memory phase, so that eta = 1/54 adds a third", () => {
    const memory = PHASE_VALUE.neg();
    expect(readout(memory).n).toBe(0n);
    expect(readoutSlope(memory)?.mul(rational(1n, 54n)).equals(rational(1n, 3n))).toBe(true);
  });

  it("should differ from the printed table at two points only, and never in slope", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 10n }), (n, d) => {
        const x = rational(n, d);
        fc.pre(x.n !== 0n && !x.equals(PHASE_VALUE));
        expect(readoutAsPrinted(x).equals(readout(x))).toBe(true);
        expect(readoutSlopeAsPrinted(x)?.toFraction()).toBe(readoutSlope(x)?.toFraction());
      }),
    );
  });

  it("should be continuous: 18 is a Lipschitz constant", () => {
    const number = fc
      .tuple(fc.bigInt({ min: -600n, max: 600n }), fc.constantFrom(108n, 54n, 3n ** 8n, 1000n))
      .map(([n, d]) => rational(n, d));
    fc.assert(
      fc.property(number, number, (x, y) => {
        expect(
          readout(x)
            .sub(readout(y))
            .abs()
            .lte(x.sub(y).abs().mul(rational(18n))),
        ).toBe(true);
      }),
    );
  });

  it.each([1, 2, 5, 16])("should agree with the integer network at every well-formed cell, for %i states", (states) => {
    const code = cellCode(states);
    const network = readoutNetworkInUnits(code);
    const height = rational(3n ** BigInt(code.lastIndex - 2));
    for (const { value } of wellFormedCells(code)) {
      const { value: outputs, kink } = evaluateWithJacobian(network, [rational(toUnits(code, value))]);
      expect(outputs[0]?.equals(readout(value).mul(height))).toBe(true);
      expect(kink).toBe(readoutSlope(value) === undefined);
    }
  });
});
