/** Every bit of the smallest certificate turned: the first checker accepts none. */
import { describe, it } from "vitest";
import { BYTES, expectHarm, oneEach } from "../mutants/corpus-bit-flips.js";

describe("the first checker on a certificate with one bit turned", () => {
  for (let bit = 0; bit < 8; bit++) {
    it(`should reject it at every byte, bit ${bit}`, () => {
      expectHarm(
        "first",
        oneEach(0, BYTES.length, () => bit),
      );
    });
  }
});
