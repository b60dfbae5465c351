/**
 * Algorithm 1 replayed by definition on whole grids, forward and backward. It knows nothing of waves or windows, and compares
 * every entry with Lemmas 3 and 4.
 */
import type { Network } from "../../spec/networks/network.js";
import { PHASE_VALUE, toUnits, type CellCode } from "../../spec/rcnn/cell-code.js";
import { rejected, type Rejected } from "../verdict.js";
import { NetworkReplay, NoValue, type Units } from "./network-replay.js";
import type { PatchEvaluator } from "./patch-evaluator.js";

/** Coordinates and examples; the dummy sample is not counted. */
export interface TrainingSize {
  readonly d: number;
  readonly m: number;
}

/** A step of training that is not what Lemmas 3 and 4 say. */
export interface WrongStep {
  /** From 1 to m + 1. */
  readonly step: number;
  readonly message: string;
}

/**
 * Replays Algorithm 1 with L = m + 2 layers and one padding column on all 2^(m (d + 1)) training sets of a size.
 *
 * @returns how many there are, or the first that goes wrong
 */
export function replayTraining(
  evaluator: PatchEvaluator,
  head: Network,
  code: CellCode,
  { d, m }: TrainingSize,
): number | Rejected<"memory-replay"> {
  const sets = 2 ** (m * (d + 1));
  const replay = new NetworkReplay(evaluator, head, code, {
    rows: m + 1,
    mainColumns: d + 1,
    columns: 1,
    layers: m + 2,
  });
  for (let number = 0; number < sets; number++) {
    const examples = Array.from({ length: m }, (_, i) =>
      Array.from({ length: d + 1 }, (_unused, j) => ((number >> (i * (d + 1) + j)) & 1 ? -1n : 1n)),
    );
    const trained = replaySet(replay, code, examples);
    if ("weights" in trained) continue;
    return rejected("memory-replay", "verdicts.memorization", trained.message, {
      examples: examples.map((entries) => entries.join(",")),
      step: trained.step,
    });
  }
  return sets;
}

/**
 * Replays Algorithm 1 on one training set.
 *
 * @param examples rows [x, y] of 1 and -1, without the dummy sample; shape: m x (d + 1)
 * @returns W after the last step, or the first step that is wrong
 * @throws {OutOfBudget}
 */
export function replaySet(
  replay: NetworkReplay,
  code: CellCode,
  examples: readonly Units[],
): { readonly weights: Units } | WrongStep {
  const { rows, mainColumns } = replay.shape;
  const memory = toUnits(code, PHASE_VALUE.neg());
  const third = code.scale / 3n;
  const all = [...examples, Array.from({ length: mainColumns }, () => 1n)];
  /** [x, 1] of each example: what a row of W ends as, but for the sign. */
  const inputs = all.map((example) => example.with(-1, 1n));
  const rowOf = (k: number): number => Math.floor(k / mainColumns);
  let weights: Units = Array.from({ length: rows * mainColumns }, () => 0n);
  for (const [i, example] of all.entries()) {
    const step = i + 1;
    try {
      const y = example.at(-1) as bigint;
      const z = inputs[i] as Units;
      const rolled = replay.rollOut(replay.memoryLayer(weights, z), true);
      const last = rolled.grids.at(-1) as Units;
      const output = replay.output(last);
      if (output !== 0n) return { step, message: `expected output 0, got ${output}` };
      const width = last.length / rows;
      if (last.some((cell, k) => k % width < mainColumns && cell !== memory)) {
        return { step, message: "expected every cell of the main grid in the memory phase" };
      }
      const gradient = replay.gradient(rolled, z);
      const residual = output - (code.scale / 18n) * y;
      weights = weights.map((w, k) => w - 6n * residual * (gradient[k] as bigint));
    } catch (error) {
      if (error instanceof NoValue) return { step, message: error.message };
      throw error;
    }
    const wrong = weights.findIndex((w, k) => {
      const row = all[rowOf(k)] as Units;
      const entry = (inputs[rowOf(k)] as Units)[k % mainColumns] as bigint;
      return w !== (rowOf(k) <= i ? third * (row.at(-1) as bigint) * entry : 0n);
    });
    if (wrong >= 0) {
      return { step, message: `a weight is not what Lemma 4 says: row ${rowOf(wrong)}, column ${wrong % mainColumns}` };
    }
  }
  return { weights };
}
