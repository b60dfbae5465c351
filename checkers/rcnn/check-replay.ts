/**
 * Replays concrete runs: the filter, evaluated from its numbers, layer by layer on a grid, against the reference simulator.
 * Every cell of every layer is compared exactly, the state included. Adds nothing to the proof of check-step.ts but an
 * independent look at the same claim, on runs that a reader can follow.
 */
import { formatRational } from "../../spec/exact/rational.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { blankConfiguration, isHalted, step } from "../../spec/machines/simulate.js";
import type { Network } from "../../spec/networks/network.js";
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { cellCode, fromUnits, PADDING, toUnits } from "../../spec/rcnn/cell-code.js";
import { encodeConfiguration } from "../../spec/rcnn/configuration-code.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import { rejected, type Rejected, type Undecided, type Verdict } from "../verdict.js";
import { gateTables, type GateTables, type TableFault } from "./gate-tables.js";
import { placeCells, placeUnits } from "./letters.js";

/** A run from a blank tape in the compute phase, the machine's first state at the given cell. */
export interface ReplayRun {
  readonly rows: number;
  readonly columns: number;
  readonly headRow: number;
  readonly headColumn: number;
  /** How often the filter is applied. */
  readonly layers: number;
}

export interface ReplayResult extends ReplayRun {
  /** Cells compared: rows * columns * layers. */
  readonly cells: number;
  /** The layer from which on the state is a halting one, or null if none is. */
  readonly haltsAtLayer: number | null;
  /** The tape after the last layer: "-" for -1, "." for blank, "+" for +1. */
  readonly tape: readonly string[];
}

export type ReplayFault = TableFault | "replay-run" | "replay-cell";

/** Most cells that a certificate's runs may ask to have compared. */
export const MAX_REPLAY_CELLS = 5_000_000;

/** Replays the given runs, each from its own start. */
export function checkReplay(
  filter: Network,
  machine: NormalMachine,
  runs: readonly ReplayRun[],
): Verdict<ReplayFault, readonly ReplayResult[]> {
  const code = cellCode(machine.states.length);
  const units = placeUnits(code, placeCells(alphabet(code, "well-formed")));
  const tables = gateTables(filter, units);
  if ("verdict" in tables) return tables;
  const evaluate = patchEvaluator(tables, units);
  const results: ReplayResult[] = [];
  let budget = MAX_REPLAY_CELLS;
  for (const [i, run] of runs.entries()) {
    const fault = runFault(run, `replay[${i}]`);
    if (fault !== undefined) return fault;
    // A run of no layers still has a grid, which is made and printed.
    budget -= run.rows * run.columns * Math.max(1, run.layers);
    if (budget < 0) {
      return { verdict: "undecided", limit: "replay-cells", message: `more than ${MAX_REPLAY_CELLS} cells to compare` };
    }
    const result = replay(evaluate, machine, run, `replay[${i}]`);
    if ("verdict" in result) return result;
    results.push(result);
  }
  return { verdict: "accepted", counts: results };
}

function runFault(run: ReplayRun, path: string): Rejected<ReplayFault> | undefined {
  const { rows, columns, headRow, headColumn, layers } = run;
  const whole = [rows, columns, headRow, headColumn, layers].every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!whole) return rejected("replay-run", path, "expected whole numbers");
  // Where there is no row or no column, there is no place for the head.
  return headRow < rows && headColumn < columns
    ? undefined
    : rejected("replay-run", path, "expected the head on the grid");
}

/** The filter at a patch of cells of the alphabet, in u-units; undefined if that is no integer. */
type PatchEvaluator = (patch: readonly bigint[]) => bigint | undefined;

function patchEvaluator(tables: GateTables, units: readonly (readonly bigint[])[]): PatchEvaluator {
  const summands = tables.places.map((classes, place) => {
    const byValue = new Map<bigint, Float64Array>();
    for (const { letters, value } of classes) {
      for (const letter of letters) byValue.set(units[place]?.[letter] as bigint, value);
    }
    return byValue;
  });
  const scale = tables.unit * tables.outputUnit;
  return (patch) => {
    const pre = tables.bias.slice();
    for (let place = 0; place < PLACES; place++) {
      const value = (summands[place] as (typeof summands)[number]).get(patch[place] as bigint) as Float64Array;
      for (let gate = 0; gate < pre.length; gate++) pre[gate] = (pre[gate] as number) + (value[gate] as number);
    }
    let output = tables.outputBias;
    for (let gate = 0; gate < pre.length; gate++) {
      output += (tables.outputWeight[gate] as number) * Math.max(0, pre[gate] as number);
    }
    const scaled = BigInt(output);
    return scaled % scale === 0n ? scaled / scale : undefined;
  };
}

function replay(
  evaluate: PatchEvaluator,
  machine: NormalMachine,
  run: ReplayRun,
  path: string,
): ReplayResult | Rejected<ReplayFault> | Undecided {
  const { rows, columns, headRow, headColumn, layers } = run;
  const code = cellCode(machine.states.length);
  const padding = toUnits(code, PADDING);
  let configuration = blankConfiguration(rows, columns, headRow, headColumn);
  let grid = encodeConfiguration(code, configuration).map((x) => toUnits(code, x));
  let haltsAtLayer = isHalted(machine, configuration) ? 0 : null;
  for (let layer = 1; layer <= layers; layer++) {
    const before = grid;
    const at = (row: number, column: number): bigint =>
      row >= 0 && row < rows && column >= 0 && column < columns ? (before[row * columns + column] as bigint) : padding;
    configuration = step(machine, configuration);
    const expected = encodeConfiguration(code, configuration).map((x) => toUnits(code, x));
    for (const [i, wanted] of expected.entries()) {
      const row = Math.floor(i / columns);
      const column = i % columns;
      const patch = Array.from({ length: PLACES }, (_, p) => at(row + Math.floor(p / 3) - 1, column + (p % 3) - 1));
      const actual = evaluate(patch);
      if (actual === wanted) continue;
      return rejected("replay-cell", path, `layer ${layer} differs from the machine at row ${row}, column ${column}`, {
        patch: patch.map((u) => formatRational(fromUnits(code, u))),
        expected: formatRational(fromUnits(code, wanted)),
        actual: actual === undefined ? "no cell value" : formatRational(fromUnits(code, actual)),
      });
    }
    grid = expected;
    if (haltsAtLayer === null && isHalted(machine, configuration)) haltsAtLayer = layer;
  }
  const symbols = configuration.tape.map((symbol) => ({ [-1]: "-", 0: ".", 1: "+" })[symbol]);
  const tape = Array.from({ length: rows }, (_, row) => symbols.slice(row * columns, (row + 1) * columns).join(""));
  return { ...run, cells: rows * columns * layers, haltsAtLayer, tape };
}
