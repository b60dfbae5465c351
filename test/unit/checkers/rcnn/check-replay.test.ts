import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../../arbitraries/machines.js";
import { checkReplay, type ReplayResult, type ReplayRun } from "../../../../checkers/rcnn/check-replay.js";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import type { NormalMachine, TapeSymbol } from "../../../../spec/machines/machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import {
  blankConfiguration,
  isHalted,
  runFromBlank,
  step,
  type Configuration,
} from "../../../../spec/machines/simulate.js";
import { ALPHABET_NAMES } from "../../../../spec/rcnn/alphabet.js";
import { IDLE, PAIR } from "../../../mutants/rcnn/samples.js";

function resultsOf(machine: NormalMachine, runs: readonly ReplayRun[]): readonly ReplayResult[] {
  const verdict = checkReplay(machineToFilter(machine), machine, runs);
  if (verdict.verdict !== "accepted") throw new Error(`expected an acceptance, got ${verdict.message}`);
  return verdict.result;
}

/** The run by the simulator alone. */
function simulated(machine: NormalMachine, run: ReplayRun): ReplayResult {
  const blank = blankConfiguration(run.rows, run.columns, run.headRow, run.headColumn);
  const given = [...(run.input ?? []).join("")].map((sign): TapeSymbol => (sign === "." ? 0 : sign === "+" ? 1 : -1));
  let configuration: Configuration = run.input === undefined ? blank : { ...blank, tape: given };
  let haltsAtLayer: number | null = isHalted(machine, configuration) ? 0 : null;
  for (let layer = 1; layer <= run.layers; layer++) {
    configuration = step(machine, configuration);
    if (isHalted(machine, configuration)) haltsAtLayer ??= layer;
  }
  const text = configuration.tape.map((symbol) => (symbol === 0 ? "." : symbol === 1 ? "+" : "-")).join("");
  const tape = Array.from({ length: run.rows }, (_, r) => text.slice(r * run.columns, (r + 1) * run.columns));
  return { ...run, cells: run.rows * run.columns * run.layers, haltsAtLayer, tape };
}

describe("checkReplay", () => {
  it("should replay any machine on any grid, from any cell, with either filter", () => {
    const side = fc.integer({ min: 1, max: 4 });
    const signs = { minLength: 16, maxLength: 16 };
    fc.assert(
      fc.property(
        normalMachine({ maxStates: 4 }),
        fc.array(
          fc.tuple(
            side,
            side,
            fc.nat(),
            fc.nat(),
            fc.nat({ max: 12 }),
            fc.array(fc.constantFrom("-", ".", "+"), signs),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        fc.constantFrom(...ALPHABET_NAMES),
        (machine, list, name) => {
          const runs = list.map(([rows, columns, row, column, layers, cells]) => {
            const input = Array.from({ length: rows }, (_, r) => cells.slice(r * columns, (r + 1) * columns).join(""));
            const isBlank = input.every((line) => /^\.*$/.test(line));
            const head = { headRow: row % rows, headColumn: column % columns };
            return { rows, columns, ...head, ...(isBlank ? {} : { input }), layers };
          });
          const verdict = checkReplay(machineToFilter(machine, name), machine, runs);
          expect(verdict).toEqual({ verdict: "accepted", result: runs.map((run) => simulated(machine, run)) });
        },
      ),
      { numRuns: 25 },
    );
  });

  it("should find the halt of the champion of two states where the published count has it", () => {
    const machine = normalForm(loadMachine("bb2"));
    const { steps, nonblank } = runFromBlank(machine, { maxSteps: 100 });
    expect(steps).toBe(6);
    const [result] = resultsOf(machine, [{ rows: 1, columns: 6, headRow: 0, headColumn: 3, layers: 10 }]);
    // The added first step comes before the published ones.
    expect(result?.haltsAtLayer).toBe(steps + 1);
    expect(result?.cells).toBe(60);
    expect(result?.tape.join("").replaceAll(".", "")).toHaveLength(nonblank);
  });

  it("should accept no runs, and runs of no layers", () => {
    expect(resultsOf(PAIR, [])).toEqual([]);
    const run: ReplayRun = { rows: 2, columns: 3, headRow: 1, headColumn: 2, layers: 0 };
    expect(resultsOf(PAIR, [run])).toEqual([{ ...run, cells: 0, haltsAtLayer: null, tape: ["...", "..."] }]);
  });

  it("should refuse an input of another size in its first and its last row, and a blank one", () => {
    const run: ReplayRun = { rows: 2, columns: 3, headRow: 1, headColumn: 2, layers: 1 };
    for (const input of [
      ["+++"],
      ["+++", "++"],
      ["++", "+++"],
      ["+++", "++++"],
      ["+++", "+++", "+++"],
      ["...", "..."],
    ]) {
      const verdict = checkReplay(machineToFilter(PAIR), PAIR, [run, { ...run, input }]);
      expect(verdict).toMatchObject({ code: "replay-run", path: "verdicts.replay[1].input" });
    }
  });

  it("should say that a machine that starts halted halts at layer 0", () => {
    const halted: NormalMachine = { ...IDLE, halting: [true] };
    const run: ReplayRun = { rows: 1, columns: 1, headRow: 0, headColumn: 0, layers: 1 };
    expect(resultsOf(halted, [run])[0]?.haltsAtLayer).toBe(0);
  });
});
