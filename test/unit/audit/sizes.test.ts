import { describe, expect, it } from "vitest";
import { boundEntries, exponentFor, logOfOneDraw, placements } from "../../../audit/rcnn/probability.js";
import { scrambledMachine, waitingMachine } from "../../../audit/rcnn/sample-machine.js";
import {
  bitsFor,
  gatedWidths,
  literalFilterSizes,
  literalZeros,
  parametersOf,
  printedSetSize,
  printedWidths,
  weightSetSize,
  weightsOf,
  type Widths,
} from "../../../audit/rcnn/sizes.js";
import { zerosOfTheFilter } from "../../../audit/rcnn/constants-literal.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { isNormal } from "../../../spec/machines/normal-form.js";

describe("sizes", () => {
  it("should count the parameters of Definition 5 layer by layer", () => {
    // 9-100-100-100-100-1 and 1-100-1, weights and biases, by hand.
    expect(parametersOf(printedWidths(1n))).toBe(10n * 100n + 3n * 101n * 100n + 101n + 2n * 100n + 101n);
    expect(weightsOf(printedWidths(1n))).toBe(9n * 100n + 3n * 100n ** 2n + 100n + 100n + 100n);
  });

  it("should bound the rows of every filter that is built", () => {
    for (const s of [1, 2, 3, 5, 8, 13, 31, 64, 100]) {
      const rows = machineToFilter(scrambledMachine(s)).layers.map((layer) => layer.rows.length);
      const bound = gatedWidths(BigInt(s)).filter;
      expect(
        rows.every((count, i) => BigInt(count) <= (bound[i] as bigint)),
        `s = ${s}: ${rows.join(", ")}`,
      ).toBe(true);
      // All four directions occur among so many moves.
      if (s >= 8) expect(rows.slice(2)).toEqual([21, 15, 1]);
    }
  });

  it("should count zeros of f-bar by formula as by enumeration", () => {
    expect(zerosOfTheFilter()).toBe(literalZeros(1n));
  });

  it("should ask Lemma 5 for ten units a cell value in the first layer", () => {
    for (const s of [1n, 7n, 256n]) expect(literalFilterSizes(s).d1).toBe(10n * (9n + 4n * s + 8n * (10n + 4n * s)));
  });

  it("should keep U_s within the printed size, the last s included", () => {
    for (const s of [1, 2, 3, 255, 256]) expect(weightSetSize(s) <= printedSetSize(BigInt(s))).toBe(true);
  });

  it("should name n things with the fewest bits", () => {
    expect([1n, 2n, 3n, 4n, 5n, 256n, 257n].map(bitsFor)).toEqual([0n, 1n, 2n, 2n, 3n, 8n, 9n]);
  });
});

describe("probabilities", () => {
  it("should count draws that have a unit somewhere as plain enumeration does", () => {
    // A head alone: one input, two hidden units of which one is used, weights and biases from {0, 1, 2}.
    const room = { filter: [], head: [2n, 1n] } as unknown as Widths;
    const used = { filter: [], head: [1n, 1n] } as unknown as Widths;
    const entries = 2 * 2 + 3;
    let good = 0;
    for (let k = 0; k < 3 ** entries; k++) {
      const draw = Array.from({ length: entries }, (_, i) => Math.floor(k / 3 ** i) % 3);
      // Hidden unit p has weight draw[2p] and bias draw[2p + 1]; wanted: 1 and 2, read with weight 1, output bias 2.
      const isThere = [0, 1].some(
        (p) => draw[2 * p] === 1 && draw[2 * p + 1] === 2 && draw[4 + p] === 1 && draw[5 - p] === 0 && draw[6] === 2,
      );
      if (isThere) good++;
    }
    const counted = placements(room, used) * 3n ** (BigInt(entries) - boundEntries(room, used));
    expect(BigInt(good)).toBe(counted);
  });

  it("should give the exponent back that a probability was made from", () => {
    // |U|^-N = s^(-c s^2) for s = 2: c = N ln |U| / (4 ln 2).
    const log = logOfOneDraw(2, 8n);
    expect(Number(exponentFor(2, log).toFixed(12))).toBeCloseTo(
      (8 * Math.log(Number(weightSetSize(2)))) / (4 * Math.log(2)),
      9,
    );
    expect(() => exponentFor(1, log)).toThrow("exponentFor: expected at least 2 states, got 1");
  });
});

describe("sample machines", () => {
  it("should be in normal form", () => {
    for (const s of [1, 2, 3, 17]) expect(isNormal(scrambledMachine(s))).toBe(true);
    for (const t of [1, 2, 9]) expect(isNormal(waitingMachine(t))).toBe(true);
  });
});
