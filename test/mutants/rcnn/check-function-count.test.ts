/**
 * "volume" is a defence: the boxes of the search are parts of parts of the alphabet, so no filter can make their volumes add
 * up to anything else. To see it at work, the number that they are compared with is replaced.
 */
import { afterEach, expect, it, vi } from "vitest";
import { checkFunction } from "../../../checkers/rcnn/check-function.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { PAIR } from "./samples.js";

const bent = vi.hoisted(() => ({ change: 0n }));

vi.mock(import("../../../spec/rcnn/alphabet.js"), async (original) => {
  const actual = await original();
  return { ...actual, patchCount: (letters) => actual.patchCount(letters) + bent.change };
});

afterEach(() => {
  bent.change = 0n;
});

it("should not accept leaves that do not add up to the alphabet", () => {
  const filter = machineToFilter(PAIR);
  expect(checkFunction(filter, PAIR, "well-formed").verdict).toBe("accepted");
  for (const change of [1n, -1n, -(18n ** 8n)]) {
    bent.change = change;
    const verdict = checkFunction(filter, PAIR, "well-formed");
    if (verdict.verdict !== "rejected") throw new Error(`expected volume, got ${verdict.verdict}`);
    expect([verdict.code, verdict.path]).toEqual(["volume", "filter"]);
    expect(BigInt(String(verdict.witness["patches"])) - BigInt(String(verdict.witness["visited"]))).toBe(change);
  }
});
