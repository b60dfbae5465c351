import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AMENDMENTS } from "../../../../amendments/wei-chen-ma/index.js";
import { CIRCUIT_AMENDMENTS } from "../../../../spec/wei-chen-ma/reading.js";

describe("amendments to Wei, Chen, Ma", () => {
  it("should be those of the document, and hold those that certificates name", () => {
    const text = readFileSync("docs/wei-chen-ma/divergences.md", "utf8");
    const ids = [...text.matchAll(/^\| `([a-z0-9-]+)` +\|/gm)].map(([, id]) => id);
    expect(ids).toEqual(AMENDMENTS.map(({ id }) => id));
    for (const id of CIRCUIT_AMENDMENTS) expect(ids).toContain(id);
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
    });
  });
});
