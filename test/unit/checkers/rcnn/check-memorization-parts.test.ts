/**
 * What checkMemorization makes of a wave that does not run as Lemma 3 says, and of a training set that goes wrong. No filter
 * that is right at all patches can cause either; if the local argument were wrong, it might.
 */
import { afterEach, expect, it, vi } from "vitest";
import { checkMemorization } from "../../../../checkers/rcnn/check-memorization.js";
import { rejected } from "../../../../checkers/verdict.js";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { cellCode } from "../../../../spec/rcnn/cell-code.js";
import { PAIR } from "../../../mutants/rcnn/samples.js";

const bent = vi.hoisted(() => ({ wave: undefined as unknown, training: undefined as unknown }));

vi.mock(import("../../../../checkers/rcnn/memory-wave.js"), async (original) => {
  const actual = await original();
  type Wave = typeof actual.replayWave;
  return { ...actual, replayWave: (rows, tau) => ((bent.wave as Wave) ?? actual.replayWave)(rows, tau) };
});
vi.mock(import("../../../../checkers/rcnn/replay-training.js"), async (original) => {
  const actual = await original();
  type Training = typeof actual.replayTraining;
  return {
    ...actual,
    replayTraining: (...given) => ((bent.training as Training) ?? actual.replayTraining)(...given),
  };
});

afterEach(() => {
  bent.wave = bent.training = undefined;
});

const decide = () => checkMemorization(machineToFilter(PAIR), readoutNetworkInUnits(cellCode(2)), cellCode(2));

it("should not accept a wave that does not agree, or takes too long, in the last grid too", () => {
  for (const [rows, tau, wave] of [
    [3, 2, { agrees: false, layers: 2 }],
    [32, 32, { agrees: true, layers: 33 }],
  ] as const) {
    bent.wave = (r: number, t: number) => (r === rows && t === tau ? wave : { agrees: true, layers: r });
    expect(decide()).toMatchObject({
      verdict: "rejected",
      code: "memory-wave",
      path: "filter",
      witness: { rows, tau },
    });
  }
  bent.wave = (rows: number) => ({ agrees: true, layers: rows });
  expect(decide().verdict).toBe("accepted");
});

it("should not accept a training set that goes wrong, of the last size too", () => {
  const verdict = rejected("memory-replay", "verdicts.memorization", "bent");
  bent.training = (_evaluator: unknown, _head: unknown, _code: unknown, { m }: { m: number }) =>
    m === 3 ? verdict : 1;
  expect(decide()).toEqual(verdict);
});
