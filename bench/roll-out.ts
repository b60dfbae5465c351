/**
 * Roll-outs of filters: event-driven against a dense sweep, tables in an array against tables by hash, and runs of machines
 * against the plain simulator. Each ratio is of user times on one core, the best of a few rounds that take turns.
 *
 *   npm run bench -- roll-out
 */
import { machineToFilter } from "../construction/rcnn/machine-to-filter.js";
import { loadMachine } from "../inputs/machines/load-machine.js";
import { runFast } from "../execution/machines/fast-simulator.js";
import { FilterTable } from "../execution/rcnn/filter-table.js";
import { valuesToGrid } from "../execution/rcnn/letter-grid.js";
import { rollOutDense } from "../execution/rcnn/roll-out-dense.js";
import { RollOut } from "../execution/rcnn/roll-out.js";
import { runMachine } from "../execution/rcnn/run-machine.js";
import { rational } from "../spec/exact/rational.js";
import { normalForm } from "../spec/machines/normal-form.js";
import { blankConfiguration } from "../spec/machines/simulate.js";
import { cellCode, cellFromDigits } from "../spec/rcnn/cell-code.js";
import { encodeConfiguration } from "../spec/rcnn/configuration-code.js";

const ROUNDS = 3;

/** User time (milliseconds) of each task: the least of ROUNDS rounds. */
function leastTimes(tasks: readonly (() => void)[]): number[] {
  const least = tasks.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, task] of tasks.entries()) {
      const begin = process.cpuUsage().user;
      task();
      least[i] = Math.min(least[i] as number, (process.cpuUsage().user - begin) / 1000);
    }
  }
  return least;
}

function print(...cells: readonly (string | number)[]): void {
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
}

function header(...cells: readonly string[]): void {
  process.stdout.write("\n");
  print(...cells);
  print(...cells.map(() => "---"));
}

const milliseconds = (time: number): string => time.toFixed(time < 10 ? 1 : 0);
const ratio = (a: number, b: number): string => (a / b).toFixed(a / b < 10 ? 1 : 0);

/** One machine on one finite grid: event-driven by array, event-driven by hash, dense. */
function compareEngines(name: string, rows: number, columns: number, layers: number, eventLayers: number): void {
  const machine = normalForm(loadMachine(name));
  const code = cellCode(machine.states.length);
  const filter = machineToFilter(machine);
  const table = new FilterTable(filter, code);
  const hashed = new FilterTable(filter, code, { denseLimit: 0 });
  const start = blankConfiguration(rows, columns, rows >> 1, columns >> 1);
  const grid = valuesToGrid(table.letters, rows, columns, encodeConfiguration(code, start));
  let evaluations = 0;
  const [array, hash, dense] = leastTimes([
    () => {
      const run = new RollOut(table, grid);
      run.advance(eventLayers);
      evaluations = run.evaluations;
    },
    () => new RollOut(hashed, grid).advance(eventLayers),
    () => rollOutDense(table, grid, layers),
  ]) as [number, number, number];
  const perLayer = dense / layers;
  print(
    name,
    `${rows} x ${columns}`,
    (evaluations / eventLayers).toFixed(1),
    ((1e6 * array) / eventLayers).toFixed(0),
    ((1e6 * hash) / eventLayers).toFixed(0),
    (1e6 * perLayer).toFixed(0),
    ratio(perLayer, array / eventLayers),
    ratio(hash, array),
  );
}

/** The message of the start that spreads over a whole grid: the other extreme, in which most cells change at some time. */
function compareSpreading(rows: number, data: number, padding: number): void {
  const machine = normalForm(loadMachine("bb5"));
  const code = cellCode(machine.states.length);
  const table = new FilterTable(machineToFilter(machine), code);
  const columns = data + padding;
  const values = Array.from({ length: rows * columns }, (_, i) => {
    return i % columns < data ? rational(i % 2 === 0 ? 1n : -1n, 3n) : cellFromDigits(code, [1]).value;
  });
  const grid = valuesToGrid(table.letters, rows, columns, values);
  const layers = rows + columns;
  let evaluations = 0;
  const [event, dense] = leastTimes([
    () => {
      const run = new RollOut(table, grid);
      run.advance(layers);
      evaluations = run.evaluations;
    },
    () => rollOutDense(table, grid, layers),
  ]) as [number, number];
  print(
    `${rows} x ${columns}`,
    layers,
    evaluations,
    rows * columns * layers,
    milliseconds(event),
    milliseconds(dense),
    ratio(dense, event),
  );
}

/** A run from a blank tape, compilation included, beside the plain simulator. */
function compareRun(name: string, steps?: number): void {
  const source = loadMachine(name);
  const machine = normalForm(source);
  let run = runMachine(source, { steps: 0 });
  const [filter, plain] = leastTimes([
    () => {
      run = runMachine(source, steps === undefined ? {} : { steps });
    },
    () => runFast(machine, { maxSteps: steps ?? Number.MAX_SAFE_INTEGER }),
  ]) as [number, number];
  print(
    name,
    run.steps,
    run.nonblank,
    run.patches,
    milliseconds(filter),
    ((1e6 * filter) / run.layers).toFixed(0),
    milliseconds(plain),
    ratio(filter, plain),
  );
}

process.stdout.write("Nanoseconds a layer, head in the middle of a blank grid:\n");
header("machine", "grid", "cells evaluated", "events", "events, hash", "dense", "dense : events", "hash : array");
compareEngines("bb5", 1, 1000, 100, 100_000);
compareEngines("bb5", 1, 32_768, 10, 5_000_000);
compareEngines("langtons-ant", 100, 100, 20, 10_000);
compareEngines("langtons-ant", 400, 400, 2, 11_000);

process.stdout.write("\nThe phase that spreads from the corner, until it has reached every cell:\n");
header("grid", "layers", "evaluated", "cells x layers", "events (ms)", "dense (ms)", "dense : events");
compareSpreading(20, 10, 50);
compareSpreading(50, 20, 100);

process.stdout.write("\nRuns from a blank tape, compilation of the filter included:\n");
header("machine", "steps", "non-blank", "patches", "filter (ms)", "ns a layer", "plain (ms)", "filter : plain");
compareRun("langtons-ant", 100_000);
compareRun("bb5");
