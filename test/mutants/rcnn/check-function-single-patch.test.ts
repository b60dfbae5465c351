import { describe, expect, it } from "vitest";
import { checkFunction, type FunctionFault } from "../../../checkers/rcnn/check-function.js";
import type { Verdict } from "../../../checkers/verdict.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { formatRational } from "../../../spec/exact/rational.js";
import { alphabet, type AlphabetName } from "../../../spec/rcnn/alphabet.js";
import { cellCode, toUnits, type Cell } from "../../../spec/rcnn/cell-code.js";
import { CENTRE, PLACES } from "../../../spec/rcnn/patch.js";
import { expectDifference } from "./judged.js";
import { PAIR } from "./samples.js";
import { wrongAt } from "./single-patch.js";

const CODE = cellCode(2);

/** Patches that together hold the first, the last and many other letters at every place. */
function patchesOf(name: AlphabetName): Cell[][] {
  const { centre, neighbour } = alphabet(CODE, name);
  const at = (place: number, k: number): Cell => {
    const letters = place === CENTRE ? centre : neighbour;
    return letters.at(k % letters.length) as Cell;
  };
  return [
    ...[0, -1].map((k) => Array.from({ length: PLACES }, (_, place) => at(place, k))),
    ...[1, 2, 3, 5, 7, 11, 13, 17].map((k) => Array.from({ length: PLACES }, (_, place) => at(place, k * (place + 1)))),
  ];
}

function expectWrongThere(verdict: Verdict<FunctionFault, unknown>, patch: readonly Cell[]): void {
  if (verdict.verdict !== "rejected") throw new Error(`expected value, got ${verdict.verdict}`);
  expect(verdict.code).toBe("value");
  expect(verdict.witness["patch"]).toEqual(patch.map(({ value }) => formatRational(value)));
}

describe("checkFunction on filters that are wrong at one patch of all", () => {
  const filter = machineToFilter(PAIR);
  for (const amount of [1n, -162n]) {
    it(`should find the patch at which the output is ${amount} more`, () => {
      for (const patch of patchesOf("well-formed")) {
        const units = patch.map((cell) => toUnits(CODE, cell.value));
        const wrong = wrongAt(filter, units, amount);
        const verdict = checkFunction(wrong, PAIR, "well-formed");
        expectWrongThere(verdict, patch);
        if (verdict.verdict === "rejected") expectDifference(wrong, PAIR, "well-formed", verdict, "single patch");
      }
    });
  }

  it("should find it among all digit strings", () => {
    const full = machineToFilter(PAIR, "full");
    for (const patch of patchesOf("full").slice(0, 5)) {
      const units = patch.map((cell) => toUnits(CODE, cell.value));
      expectWrongThere(checkFunction(wrongAt(full, units, 1n), PAIR, "full"), patch);
    }
  });

  it("should accept what is wrong outside of the alphabet alone", () => {
    const [patch] = patchesOf("well-formed") as [Cell[]];
    const units = patch.map((cell) => toUnits(CODE, cell.value));
    // Digit strings have even u, and p is 27.
    for (let place = 0; place < PLACES; place++) {
      expect(checkFunction(wrongAt(filter, units.with(place, 1n), 1n), PAIR, "well-formed").verdict).toBe("accepted");
    }
  });
});
