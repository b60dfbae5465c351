/** A few bombs, each in a process with little memory; all of them in test/slow/bombs.test.ts. */
import { describe, expect, it } from "vitest";
import { BOMBS, itIsAnswered } from "./bombs.js";
import { MATERIALIZER } from "./corpus.js";

const MIB = 2 ** 20;

describe("bombs", () => {
  it("should be files of less than 1 MiB, of several shapes", () => {
    expect(BOMBS.length).toBeGreaterThan(15);
    for (const { id, input } of BOMBS) expect(MATERIALIZER.bytesOf(input).length, id).toBeLessThan(MIB);
  });

  for (const one of BOMBS.filter(({ id }) => /^rcnn-filter-(?:bombs-001|bombs-003|found-002)$/.test(id)))
    itIsAnswered(one);
});
