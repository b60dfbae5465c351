/** A bit of the smallest certificate turned, at every byte: the second checker accepts none. All bits are in test/slow/. */
import { describe, expect, it } from "vitest";
import { BYTES, DECIDED, expectHarm, oneEach } from "./corpus-bit-flips.js";

describe("the second checker on a certificate with one bit turned", () => {
  const bitOf = (byte: number): number => (5 * byte + (byte >> 3)) % 8;

  it("should reject it at every byte of the parts that are fixed or have a digest", () => {
    expect(DECIDED.from).toBeGreaterThan(500);
    expect(DECIDED.to).toBeGreaterThan(DECIDED.from + 1000);
    expectHarm("second", [...oneEach(0, DECIDED.from, bitOf), ...oneEach(DECIDED.to, BYTES.length, bitOf)]);
  });

  it("should reject it at every fourth byte of the parts that are calculated again", () => {
    expectHarm(
      "second",
      oneEach(DECIDED.from, DECIDED.to, bitOf).filter((_, i) => i % 4 === 0),
    );
  });
});
