import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AMENDMENTS } from "../../../../amendments/welper/index.js";
import { TRACING_AMENDMENTS } from "../../../../spec/welper/reading.js";

describe("amendments to Welper", () => {
  it("should be those of the document, and hold those that certificates name", () => {
    const text = readFileSync("docs/welper/divergences.md", "utf8");
    const ids = [...text.matchAll(/^\| `([a-z0-9-]+)` +\|/gm)].map(([, id]) => id);
    expect(ids).toEqual(AMENDMENTS.map(({ id }) => id));
    for (const id of TRACING_AMENDMENTS) expect(ids).toContain(id);
  });

  it.each(AMENDMENTS)("should have a smallest counterexample to the print: $id", ({ replay, instances }) => {
    const { instance, printed, amended, smaller } = replay();
    expect([printed.holds, amended.holds]).toEqual([false, true]);
    const all = [...instances()];
    expect(all[smaller]?.text).toBe(instance);
    for (const one of all) expect(one.amended().holds, one.text).toBe(true);
  });

  it("should say what each counterexample is", () => {
    expect(Object.fromEntries(AMENDMENTS.map(({ id, replay }) => [id, replay().instance]))).toEqual({
      "step-sign": "m = 2, from e_0 to e_1",
      "tie-at-zero": "m = 2, gradient 0",
      "weights-k": "a chain of 1 and a state that loops",
      "pairs-twice": "a chain of 1",
      "a2-count": "m = 2",
      "corner-w": "m = 2, v = 0, w = 1",
      "fan-loss": "a chain of 1",
      differentiable: "a chain of 1",
      "tripling-type": "a chain of 1, state s0, symbol -1",
      "shift-sign": "move left",
      "clamped-shift": "1 cells, head at 0, move left",
      "stay-reads": "tape -1 1, head at 0, writes 1, moves stay",
      "unit-vectors": "3 symbols, now 0, target 1",
      "label-offset": "labels -1, -1, -1, -1",
      "held-root": "l = 1",
      "dyadic-perp": "labels -1, -1, -1, -1",
      "one-label": "1 label",
      "stop-norm": "|f - y| = 3",
      "fixed-start": "first cell 1",
    });
  });
});
