import { describe, expect, it } from "vitest";
import { DECODER_LEMMA_AMENDMENTS } from "../../../../amendments/wei-chen-ma/decoder-lemmas.js";
import { DECODER_RUN_AMENDMENTS } from "../../../../amendments/wei-chen-ma/decoder-runs.js";
import { DECODER_AMENDMENTS } from "../../../../spec/wei-chen-ma/decoder-reading.js";

const ALL = [...DECODER_RUN_AMENDMENTS, ...DECODER_LEMMA_AMENDMENTS];

/** The smallest counterexample of each, and how many instances come before it. */
const FIRST: Readonly<Record<string, readonly [smaller: number, instance: string]>> = {
  "initial-output": [0, "T = 1"],
  "halting-label": [1, "a machine that does not halt, T = 1"],
  "position-bits": [0, "T = 1"],
  "halting-loop": [0, "1 steps after the halt, moves -1"],
  "left-end": [1, "moves -1"],
  "first-symbol": [2, "alphabet of 2, inputs 0 and 1"],
  "first-step-outside": [1, "x_1 = 1"],
  "extra-step": [0, "a machine that halts after 1 steps"],
  "long-input": [2, "w = 1, m = 3, position 1"],
  affine: [1, "h = 0"],
  "c3-pos1": [0, "i = 0"],
  "pair-width": [11, "|Z| = |A| = 12, w = 1"],
  scratch: [0, "|A| = 1, w = 1"],
  "i-prime": [0, "l = 0, 0"],
  "c5-case-2": [3, "i' = 010, t = 001, bit 3"],
  "c5-null": [1, "1 bits known, i' = 0"],
  "c3-cites": [1, "w = 1, f^(2)"],
  "c7-query": [1, "w = 2, l = 1"],
  "encoder-uncorrected": [1, "m = 1"],
  "hard-max-min": [1, "values 2 and -1, scores 1 and 0"],
  precision: [2, "p = 1, 3 ties"],
};

describe("amendments to decoders", () => {
  it("should be those that certificates name, but for the two of round", () => {
    const others = new Set(["round-variable", "round-weights"]);
    expect(ALL.map(({ id }) => id).toSorted()).toEqual(DECODER_AMENDMENTS.filter((id) => !others.has(id)).toSorted());
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
  });

  it.each(ALL.map((one) => [one.id, one] as const))("should replay %s at its smallest instance", (id, one) => {
    const { smaller, instance, printed, amended } = one.replay();
    expect([smaller, instance]).toEqual(FIRST[id]);
    expect([printed.holds, amended.holds]).toEqual([false, true]);
    expect(printed.found).not.toBe("");
  });

  it.each(ALL.map((one) => [one.id, one] as const))(
    "should have an amended reading of %s that holds on the whole family",
    (_, one) => {
      for (const { text, amended } of one.instances()) expect(amended(), text).toMatchObject({ holds: true });
    },
  );
});
