/** Training of extended networks of hundreds and thousands of vertices, on tensors. */
import { describe, expect, it } from "vitest";
import { algorithmFor, type AlgorithmName } from "../../construction/welper/algorithms/algorithms.js";
import { extend } from "../../construction/welper/extend.js";
import { loadBackend } from "../../execution/tensors/backends.js";
import { trainExtended } from "../../execution/welper/train-extended.js";
import { hypercube, type Example } from "../../inputs/examples/examples.js";

const PROBLEMS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  and: (a, b) => a + b > 0,
  or: (a, b) => a + b > -1,
  xor: (a, b) => a !== b,
};

describe("training of extended networks", () => {
  it.each([
    ["grid-search", [2, 1], "and"],
    ["grid-search", [2, 1], "xor"],
    ["perceptron", [2, 1], "and"],
    ["perceptron", [2, 1], "or"],
    ["memorize", [2, 2, 1], "xor"],
  ] as const)("should do what %s does on %s for %s, bit for bit", async (name: AlgorithmName, shape, problem) => {
    const examples = hypercube(2).map((x): Example => ({ x, y: PROBLEMS[problem]?.(x[0] ?? 1, x[1] ?? 1) ? 1 : -1 }));
    const algorithm = algorithmFor(name, shape, examples.length);
    const extended = extend({ algorithm, shape, examples });
    const training = trainExtended(await loadBackend("wasm"), extended, {
      method: "projected",
      maxSteps: 1000,
      points: [],
    });
    expect(training).toMatchObject({ stopped: true, bitExact: true, weights: algorithm.oracle(examples) });
    expect(training.steps.every(({ loss }, k) => k === 0 || loss <= (training.steps[k - 1]?.loss ?? 0))).toBe(true);
  });
});
