/**
 * Replays concrete runs: the filter, evaluated from its numbers, layer by layer on a grid, against the reference
 * simulator. Every cell of every layer is compared exactly, the state included. Adds nothing to the proof of
 * check-step.ts but an independent look at the same claim, on runs that a reader can follow.
 */
import { formatRational } from "../../spec/exact/rational.js";
import type { NormalMachine, TapeSymbol } from "../../spec/machines/machine.js";
import { blankConfiguration, isHalted, step, type Configuration } from "../../spec/machines/simulate.js";
import type { Network } from "../../spec/networks/network.js";
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { cellCode, fromUnits, PADDING, toUnits, type CellCode } from "../../spec/rcnn/cell-code.js";
import { encodeTapeCell } from "../../spec/rcnn/configuration-code.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import { rejected, type Rejected, type Verdict, undecided, accepted } from "../verdict.js";
import { Work, withinWork } from "../work.js";
import { gateTables, type TableFault } from "./gate-tables.js";
import { placeCells, placeUnits } from "./letters.js";
import { PatchEvaluator } from "./patch-evaluator.js";

/** A run from a tape in the compute phase, the machine's first state at the given cell. */
export interface ReplayRun {
  readonly rows: number;
  readonly columns: number;
  readonly headRow: number;
  readonly headColumn: number;
  /** The tape, a text of "-", "." and "+" for each row; blank if absent. */
  readonly input?: readonly string[];
  /** How often the filter is applied. */
  readonly layers: number;
}

/** A replayed run: its parameters, and the state of affairs at its end. */
export interface ReplayResult extends ReplayRun {
  /** Cells compared: rows * columns * layers. */
  readonly cells: number;
  /** The layer from which on the state is a halting one, or null if none is. */
  readonly haltsAtLayer: number | null;
  /** The tape after the last layer: "-" for -1, "." for blank, "+" for +1. */
  readonly tape: readonly string[];
}

/**
 * Why a run is not replayed as stated: no tables, a run that cannot be started, a cell that differs from the
 * simulator's.
 */
export type ReplayFault = TableFault | "replay-run" | "replay-cell";

/** Most cells that a certificate's runs may ask to have compared. */
export const MAX_REPLAY_CELLS = 5_000_000;

/** To make the tape of the next layer and the patch around a cell of it. */
const STEPS_PER_CELL = 64;

/** Replays the given runs, each from its own start. */
export function checkReplay(
  filter: Network,
  machine: NormalMachine,
  runs: readonly ReplayRun[],
  work: Work = new Work(),
): Verdict<ReplayFault, readonly ReplayResult[]> {
  return withinWork(() => decide(filter, machine, runs, work));
}

function decide(
  filter: Network,
  machine: NormalMachine,
  runs: readonly ReplayRun[],
  work: Work,
): Verdict<ReplayFault, readonly ReplayResult[]> {
  const code = cellCode(machine.states.length);
  const units = placeUnits(code, placeCells(alphabet(code, "well-formed")));
  const tables = gateTables(filter, units, work);
  if ("verdict" in tables) return tables;
  const evaluator = new PatchEvaluator(tables, units, work);
  const results: ReplayResult[] = [];
  let budget = MAX_REPLAY_CELLS;
  for (const [i, run] of runs.entries()) {
    const fault = runFault(run, `verdicts.replay[${i}]`);
    if (fault !== undefined) return fault;
    // A run of no layers still has a grid, which is made and printed.
    budget -= run.rows * run.columns * Math.max(1, run.layers);
    if (budget < 0) {
      return undecided("replay-cells", `more than ${MAX_REPLAY_CELLS} cells to compare`);
    }
    const result = replay(evaluator, machine, run, `verdicts.replay[${i}]`, work);
    if ("verdict" in result) return result;
    results.push(result);
  }
  return accepted(results);
}

function runFault(run: ReplayRun, path: string): Rejected<ReplayFault> | undefined {
  const { rows, columns, headRow, headColumn, layers, input } = run;
  const whole = [rows, columns, headRow, headColumn, layers].every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!whole) return rejected("replay-run", path, "expected whole numbers");
  // Where there is no row or no column, there is no place for the head.
  if (headRow >= rows || headColumn >= columns) return rejected("replay-run", path, "expected the head on the grid");
  const fits = input === undefined || (input.length === rows && input.every((line) => line.length === columns));
  if (!fits) return rejected("replay-run", `${path}.input`, `expected ${rows} rows of ${columns} symbols`);
  // A blank input has one spelling: none.
  return input !== undefined && input.every((line) => /^\.*$/.test(line))
    ? rejected("replay-run", `${path}.input`, "expected no input where all cells are blank")
    : undefined;
}

function replay(
  evaluator: PatchEvaluator,
  machine: NormalMachine,
  run: ReplayRun,
  path: string,
  work: Work,
): ReplayResult | Rejected<ReplayFault> {
  const { rows, columns, headRow, headColumn, layers } = run;
  const code = cellCode(machine.states.length);
  const padding = evaluator.letterOf(toUnits(code, PADDING));
  const lettersOf = encoder(evaluator, code);
  const x = (letter: number): string => formatRational(fromUnits(code, evaluator.letters[letter] as bigint));
  const patch = Array.from({ length: PLACES }, () => padding);
  const blank = blankConfiguration(rows, columns, headRow, headColumn);
  const given = Array.from(run.input?.join("") ?? "", (sign): TapeSymbol => (sign === "." ? 0 : sign === "+" ? 1 : -1));
  let configuration: Configuration = run.input === undefined ? blank : { ...blank, tape: given };
  let grid = lettersOf(configuration);
  let haltsAtLayer = isHalted(machine, configuration) ? 0 : null;
  for (let layer = 1; layer <= layers; layer++) {
    const before = grid;
    const at = (row: number, column: number): number =>
      row >= 0 && row < rows && column >= 0 && column < columns ? (before[row * columns + column] as number) : padding;
    work.spend(STEPS_PER_CELL * before.length);
    configuration = step(machine, configuration);
    const expected = lettersOf(configuration);
    for (const [i, wanted] of expected.entries()) {
      const row = Math.floor(i / columns);
      const column = i % columns;
      for (let p = 0; p < PLACES; p++) patch[p] = at(row + Math.floor(p / 3) - 1, column + (p % 3) - 1);
      const outcome = evaluator.atLetters(patch);
      const actual = typeof outcome === "string" ? undefined : outcome.value;
      if (actual === evaluator.letters[wanted]) continue;
      return rejected("replay-cell", path, `layer ${layer} differs from the machine at row ${row}, column ${column}`, {
        patch: patch.map(x),
        expected: x(wanted),
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

/** The letters of a configuration's cells; each content of a cell is encoded once. */
function encoder(evaluator: PatchEvaluator, code: CellCode): (configuration: Configuration) => number[] {
  const known = new Map<number, number>();
  const letterOf = (symbol: TapeSymbol, state: number | undefined): number => {
    const key = 3 * ((state ?? -1) + 1) + symbol;
    let letter = known.get(key);
    if (letter === undefined) {
      letter = evaluator.letterOf(toUnits(code, encodeTapeCell(code, { symbol, state })));
      known.set(key, letter);
    }
    return letter;
  };
  return ({ tape, columns, headRow, headColumn, state }) => {
    const head = headRow * columns + headColumn;
    return tape.map((symbol, i) => letterOf(symbol, i === head ? state : undefined));
  };
}
