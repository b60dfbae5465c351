/** The certificates that forgeries start from. */
import { describe, expect, it } from "vitest";
import { SOURCE, textOf, TINY, TWINS } from "./both.js";

describe("the certificates of forge.ts", () => {
  it("should be what certify makes today (--update writes them anew)", async () => {
    await expect(textOf(SOURCE)).toMatchFileSnapshot("certificates/small.json");
    await expect(textOf(TINY)).toMatchFileSnapshot("certificates/tiny.json");
    await expect(textOf(TWINS)).toMatchFileSnapshot("certificates/twins.json");
    await expect(textOf(TINY, "full")).toMatchFileSnapshot("certificates/tiny-full.json");
  });
});
