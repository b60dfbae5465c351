import { describe, expect, it } from "vitest";
import { gateTables, type GateTables } from "../../../../checkers/rcnn/gate-tables.js";
import { placeCells, placeUnits } from "../../../../checkers/rcnn/letters.js";
import { NetworkReplay, NoValue, OutOfBudget, type Units } from "../../../../checkers/rcnn/network-replay.js";
import { PatchEvaluator } from "../../../../checkers/rcnn/patch-evaluator.js";
import { replaySet, replayTraining } from "../../../../checkers/rcnn/replay-training.js";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { alphabet } from "../../../../spec/rcnn/alphabet.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { PAIR } from "../../../mutants/rcnn/samples.js";

const code = cellCode(2);
const units = placeUnits(code, placeCells(alphabet(code, "well-formed")));
const evaluator = new PatchEvaluator(gateTables(machineToFilter(PAIR), units) as GateTables, units);
const head = readoutNetworkInUnits(code);

/** Three examples of two coordinates, with every pattern of signs in some column; rows [x, y]. */
const EXAMPLES: readonly Units[] = [
  [1n, -1n, 1n],
  [-1n, -1n, -1n],
  [-1n, 1n, -1n],
];
const SHAPE = { rows: 4, mainColumns: 3, columns: 1, layers: 5 };

/** y [x, 1] / 3 in u-units, and the dummy sample. */
const third = code.scale / 3n;
const WEIGHTS = [
  ...EXAMPLES.flatMap((row) => [...row.slice(0, 2), 1n].map((entry) => entry * (row[2] as bigint) * third)),
  third,
  third,
  third,
];

/** A replay whose parts a test may bend in one step, counted from 1. */
function bent(
  step: number,
  change: Partial<Record<"output" | "cell" | "gradient" | "fail", (value: bigint) => bigint>>,
) {
  const replay = new NetworkReplay(evaluator, head, code, SHAPE);
  let now = 0;
  let unbent: ReturnType<NetworkReplay["rollOut"]>;
  return Object.assign(Object.create(replay) as NetworkReplay, {
    memoryLayer: (weights: Units, z: Units) => {
      now++;
      return replay.memoryLayer(weights, z);
    },
    rollOut: (start: Units, keepAll: boolean) => {
      const rolled = replay.rollOut(start, keepAll);
      unbent = rolled;
      change.fail?.(BigInt(now));
      const last = rolled.grids.at(-1) as Units;
      if (now !== step || change.cell === undefined) return rolled;
      const bend = change.cell;
      return {
        ...rolled,
        grids: rolled.grids.with(
          -1,
          last.map((u, cell) => (bend(BigInt(cell)) === 1n ? u + 2n : u)),
        ),
      };
    },
    output: (grid: Units) => {
      if (change.cell !== undefined) return 0n;
      return now === step && change.output !== undefined ? change.output(replay.output(grid)) : replay.output(grid);
    },
    gradient: (_rolled: unknown, z: Units) => {
      const slopes = replay.gradient(unbent, z);
      const bend = change.gradient;
      return now === step && bend !== undefined ? slopes.map((d, k) => d + bend(BigInt(k))) : slopes;
    },
  });
}

describe("replaySet", () => {
  it("should end with the examples in the rows of W", () => {
    expect(replaySet(new NetworkReplay(evaluator, head, code, SHAPE), code, EXAMPLES)).toEqual({ weights: WEIGHTS });
  });

  it("should name the step whose output is not 0", () => {
    for (const step of [1, 2, 4]) {
      for (const by of [1n, -1n]) {
        const wrong = replaySet(bent(step, { output: (value) => value + by }), code, EXAMPLES);
        expect(wrong).toEqual({ step, message: `expected output 0, got ${by}` });
      }
    }
  });

  it("should name the step that leaves a cell of the main grid out of the memory phase, and let padding columns be", () => {
    // Four columns, the last of them padding.
    for (const step of [1, 3, 4]) {
      for (const cell of [0n, 2n, 9n, 14n]) {
        const wrong = replaySet(bent(step, { cell: (at) => (at === cell ? 1n : 0n) }), code, EXAMPLES);
        expect(wrong).toMatchObject({ step, message: expect.stringContaining("memory phase") as string });
      }
    }
    expect(replaySet(bent(4, { cell: (at) => (at % 4n === 3n ? 1n : 0n) }), code, EXAMPLES)).toHaveProperty("weights");
  });

  it("should name the step and the weight that an SGD step gets wrong, in rows that are written and in others", () => {
    for (const step of [1, 2, 4]) {
      for (const weight of [0, 2, 4, 11]) {
        for (const by of [1n, -2n]) {
          const wrong = replaySet(bent(step, { gradient: (k) => (k === BigInt(weight) ? by : 0n) }), code, EXAMPLES);
          const place = `row ${Math.floor(weight / 3)}, column ${weight % 3}`;
          expect(wrong).toMatchObject({ step, message: expect.stringContaining(place) as string });
        }
      }
    }
  });

  it("should name the step that has no value, and hide no other error", () => {
    const failing = (step: number, error: Error) =>
      bent(step, {
        fail: (now) => {
          if (now === BigInt(step)) throw error;
          return now;
        },
      });
    for (const step of [1, 4]) {
      expect(replaySet(failing(step, new NoValue("none")), code, EXAMPLES)).toEqual({ step, message: "none" });
      expect(() => replaySet(failing(step, new OutOfBudget()), code, EXAMPLES)).toThrow(OutOfBudget);
    }
  });
});

describe("replaySet on derivatives", () => {
  it("should follow the derivative through every layer, not only the first and the last", () => {
    // The row that is memorized loses its derivative while the row below it is still zero: in the second layer alone.
    const broken = {
      at: (patch: readonly bigint[]) => {
        const outcome = evaluator.at(patch);
        const isMet = patch[4] === -code.scale / 9n && patch[7] === 0n;
        return typeof outcome === "object" && isMet ? { ...outcome, gradient: outcome.gradient.with(4, 0n) } : outcome;
      },
    } as unknown as PatchEvaluator;
    const wrong = replaySet(new NetworkReplay(broken, head, code, SHAPE), code, EXAMPLES);
    expect(wrong).toMatchObject({ step: 1, message: expect.stringContaining("Lemma 4") as string });
  });
});

describe("replayTraining", () => {
  it("should count all training sets of a size", () => {
    expect(replayTraining(evaluator, head, code, { d: 1, m: 1 })).toBe(4);
    expect(replayTraining(evaluator, head, code, { d: 2, m: 1 })).toBe(8);
    expect(replayTraining(evaluator, head, code, { d: 1, m: 2 })).toBe(16);
  });

  it("should try every sign of every coordinate and label, each set once", () => {
    // Seen by the grids that the first layer is asked about: W diag(z) is 0 at first, so the examples show from step 2 on.
    const seen = new Set<string>();
    const original = NetworkReplay.prototype.memoryLayer;
    let inputs: string[] = [];
    NetworkReplay.prototype.memoryLayer = function (weights, z) {
      inputs.push(`${z.join()}|${weights.map((w) => w / third).join()}`);
      // A step for each of two examples, and one for the dummy sample.
      if (inputs.length === 3) {
        seen.add(inputs.join(" "));
        inputs = [];
      }
      return original.call(this, weights, z);
    };
    try {
      expect(replayTraining(evaluator, head, code, { d: 1, m: 2 })).toBe(16);
    } finally {
      NetworkReplay.prototype.memoryLayer = original;
    }
    expect(seen.size).toBe(16);
  });

  it("should show the training set that goes wrong", () => {
    // Wrong where row 1 of W is y [x, 1] / 3 with x = -1 and y = -1, so with weights +, -.
    const wrongAt = {
      at: (patch: readonly bigint[]) => {
        const outcome = evaluator.at(patch);
        const isMet = patch[4] === third && patch[5] === -third;
        return typeof outcome === "object" && isMet ? { ...outcome, value: outcome.value + 1n } : outcome;
      },
    } as unknown as PatchEvaluator;
    const verdict = replayTraining(wrongAt, head, code, { d: 1, m: 1 });
    expect(verdict).toMatchObject({
      verdict: "rejected",
      code: "memory-replay",
      path: "verdicts.memorization",
      witness: { step: 2 },
    });
    expect(verdict).toMatchObject({ witness: { examples: ["-1,-1"] } });
  });
});
