/** The smallest certificate, byte by byte. */
import { expect } from "vitest";
import { BASES } from "../../corpus/rcnn/bases.js";
import { unharmedBy, type Flip } from "../../corpus/bit-flips.js";
import type { CheckerName } from "../../corpus/case.js";
import { MATERIALIZER } from "./corpus.js";

const TEXT = MATERIALIZER.textOf(BASES.still);
export const BYTES: Uint8Array = new TextEncoder().encode(TEXT);

const LEAVES = /"leaves": ([0-9]+)/;
const LEAVES_AT = (LEAVES.exec(TEXT)?.index ?? 0) + '"leaves": '.length;
const LEAVES_TEXT = LEAVES.exec(TEXT)?.[1] ?? "";

/** The bytes of what is decided by calculating alone: alphabet, constants, verdicts. What else there is has a digest or is fixed. */
export const DECIDED: { readonly from: number; readonly to: number } = {
  from: TEXT.indexOf('"alphabet"'),
  to: TEXT.indexOf('"filter": {'),
};

/** Whether a flip turns the count of boxes into another count, which the second checker leaves alone. */
function isLeftAlone({ byte, bit }: Flip, checker: CheckerName): boolean {
  const digit = byte - LEAVES_AT;
  if (checker === "first" || digit < 0 || digit >= LEAVES_TEXT.length) return false;
  const turned = String.fromCharCode((BYTES[byte] as number) ^ (1 << bit));
  return digit === 0 ? /[1-9]/.test(turned) : /[0-9]/.test(turned);
}

/** Asserts that after each of some flips a checker rejects the file, but for those of the count that it leaves alone. */
export function expectHarm(checker: CheckerName, flips: readonly Flip[]): void {
  expect(unharmedBy(BYTES, checker, flips)).toEqual(flips.filter((flip) => isLeftAlone(flip, checker)));
}

/** One flip of each byte of a range, its bit from byte to byte another. */
export function oneEach(from: number, to: number, bitOf: (byte: number) => number): Flip[] {
  return Array.from({ length: to - from }, (_, i) => ({ byte: from + i, bit: bitOf(from + i) }));
}
