import { describe, expect, it } from "vitest";
import { NetworkReplay, OutOfBudget } from "../../../../checkers/rcnn/network-replay.js";
import type { PatchEvaluator, PatchOutcome } from "../../../../checkers/rcnn/patch-evaluator.js";
import type { Network } from "../../../../spec/networks/network.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";

describe("NetworkReplay", () => {
  /** A filter that counts up at one cell and keeps all others: each layer changes one cell of a hundred. */
  const counting = {
    at: (patch: readonly bigint[]): PatchOutcome => {
      const centre = patch[4] as bigint;
      return { value: centre > 1000n ? centre + 1n : centre, gradient: [] } as unknown as PatchOutcome;
    },
  } as unknown as PatchEvaluator;
  const head: Network = { layers: [] };
  const shape = { rows: 10, mainColumns: 5, columns: 5, layers: 2 ** 53 - 1 };
  const start = Array.from({ length: 100 }, (_, k) => (k === 44 ? 1001n : 0n));

  it("should keep no more cells than may be evaluated, however few of them change", () => {
    const replay = new NetworkReplay(counting, head, cellCode(2), shape, 2000);
    expect(() => replay.rollOut(start, true)).toThrow(OutOfBudget);
    // 100 cells of the first layer, then 9 a layer: 20 grids of 100 cells are the limit, not the evaluations.
    expect(replay.cells).toBe(100 + 9 * 19);
  });

  it("should evaluate to the limit where only two grids are kept", () => {
    const replay = new NetworkReplay(counting, head, cellCode(2), shape, 2000);
    expect(() => replay.rollOut(start, false)).toThrow(OutOfBudget);
    expect(replay.cells).toBe(2001);
  });
});
