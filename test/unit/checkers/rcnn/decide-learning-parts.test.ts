/**
 * What decideLearning makes of verdicts that no run can cause: a filter that memorizes has tables, and trains on every set.
 * If the argument behind memorization were wrong, it might not.
 */
import { afterEach, expect, it, vi } from "vitest";
import { decideLearning, type LearningRun } from "../../../../checkers/rcnn/check-learning.js";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { PAIR } from "../../../mutants/rcnn/samples.js";

interface Bent {
  head?: unknown;
  bounds?: unknown;
  training?: unknown;
  /** What the tables are when they are asked for after memorization was decided. */
  tables?: unknown;
  memorized: boolean;
}

const bent = vi.hoisted((): Bent => ({ memorized: false }));

vi.mock(import("../../../../checkers/rcnn/check-readout.js"), async (original) => {
  const actual = await original();
  return {
    ...actual,
    checkReadout: (...given) => (bent.head as ReturnType<typeof actual.checkReadout>) ?? actual.checkReadout(...given),
  };
});
vi.mock(import("../../../../checkers/rcnn/float-bounds.js"), async (original) => {
  const actual = await original();
  type Bounds = ReturnType<typeof actual.checkFloatBounds>;
  return { ...actual, checkFloatBounds: (...given) => (bent.bounds as Bounds) ?? actual.checkFloatBounds(...given) };
});
vi.mock(import("../../../../checkers/rcnn/replay-training.js"), async (original) => {
  const actual = await original();
  type Trained = ReturnType<typeof actual.replaySet>;
  return { ...actual, replaySet: (...given) => (bent.training as Trained) ?? actual.replaySet(...given) };
});
vi.mock(import("../../../../checkers/rcnn/check-memorization.js"), async (original) => {
  const actual = await original();
  return {
    ...actual,
    checkMemorization: (...given) => {
      const verdict = actual.checkMemorization(...given);
      bent.memorized = true;
      return verdict;
    },
  };
});
vi.mock(import("../../../../checkers/rcnn/gate-tables.js"), async (original) => {
  const actual = await original();
  type Tables = ReturnType<typeof actual.gateTables>;
  return {
    ...actual,
    gateTables: (...given) => (bent.memorized ? (bent.tables as Tables) : undefined) ?? actual.gateTables(...given),
  };
});

afterEach(() => {
  bent.head = bent.bounds = bent.training = bent.tables = undefined;
  bent.memorized = false;
});

const run: LearningRun = {
  machine: PAIR,
  filter: machineToFilter(PAIR),
  head: readoutNetworkInUnits(cellCode(2)),
  shape: { d: 1, m: 1, columns: 1, layers: 3 },
  examples: ["+ -"],
  points: ["-"],
  float32: true,
};
const undecided = { verdict: "undecided", limit: "none", message: "bent" } as const;

it("should accept the run, through the same replaced modules", () => {
  expect(decideLearning(run).verdict).toBe("accepted");
});

it("should not accept what a part leaves undecided", () => {
  for (const part of ["head", "bounds", "tables"] as const) {
    bent.memorized = false;
    bent[part] = undecided;
    expect([part, decideLearning(run)]).toEqual([part, undecided]);
    bent[part] = undefined;
  }
});

it("should not accept a training step that is wrong, and name its example", () => {
  bent.training = { step: 2, message: "bent" };
  expect(decideLearning(run)).toEqual({
    verdict: "rejected",
    code: "learning-training",
    path: "examples[1]",
    message: "bent",
    witness: { step: 2 },
  });
});
