import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AMENDMENTS } from "../../../../amendments/wei-chen-ma/index.js";
import { DECODER_AMENDMENTS } from "../../../../spec/wei-chen-ma/decoder-reading.js";
import { CIRCUIT_AMENDMENTS } from "../../../../spec/wei-chen-ma/reading.js";

describe("amendments to Wei, Chen, Ma", () => {
  it("should be those of the document, and hold those that certificates name", () => {
    const text = readFileSync("docs/wei-chen-ma/divergences.md", "utf8");
    const ids = [...text.matchAll(/^\| `([a-z0-9-]+)` +\|/gm)].map(([, id]) => id);
    expect(ids).toEqual(AMENDMENTS.map(({ id }) => id));
    for (const id of [...CIRCUIT_AMENDMENTS, ...DECODER_AMENDMENTS]) expect(ids).toContain(id);
  });

  it.each(AMENDMENTS)("should have a smallest counterexample to the print: $id", ({ replay, instances }) => {
    const { instance, printed, amended, smaller } = replay();
    expect([printed.holds, amended.holds]).toEqual([false, true]);
    const all = [...instances()];
    expect(all[smaller]?.text).toBe(instance);
    for (const one of all) expect(one.amended().holds, one.text).toBe(true);
  });

  it("should say what each counterexample is", () => {
    const replayed = Object.fromEntries(AMENDMENTS.map(({ id, replay }) => [id, replay().instance]));
    expect(replayed).toEqual({
      constants: "m = 0, values 0",
      "several-outputs": "k = 2",
      "round-variable": "z = 1/2, x = 0",
      "round-weights": "z = 1/2",
      "toy-sign": "d = 1, delta = -1/2",
      "q-times": "q = 2",
      "not-diagonal": "gates id, id of inputs 0, 0",
      "d1-index": "i = 0",
      "local-mu0": "t = 2",
      "initial-output": "T = 1",
      "halting-label": "a machine that does not halt, T = 1",
      "position-bits": "T = 1",
      "halting-loop": "1 steps after the halt, moves -1",
      "left-end": "moves -1",
      "first-symbol": "alphabet of 2, inputs 0 and 1",
      "first-step-outside": "x_1 = 1",
      "extra-step": "a machine that halts after 1 steps",
      "long-input": "w = 1, m = 3, position 1",
      affine: "h = 0",
      "c3-pos1": "i = 0",
      "pair-width": "|Z| = |A| = 12, w = 1",
      scratch: "|A| = 1, w = 1",
      "i-prime": "l = 0, 0",
      "c5-case-2": "i' = 010, t = 001, bit 3",
      "c5-null": "1 bits known, i' = 0",
      "c3-cites": "w = 1, f^(2)",
      "c7-query": "w = 2, l = 1",
      "encoder-uncorrected": "m = 1",
      "hard-max-min": "values 2 and -1, scores 1 and 0",
      precision: "p = 1, 3 ties",
    });
  });
});
