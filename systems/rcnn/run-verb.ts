/** weightproof run MACHINE */
import { loadMachine, type LoadOptions } from "../../inputs/machines/load-machine.js";
import { InputError } from "../../inputs/input-error.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { runFast } from "../../execution/machines/fast-simulator.js";
import { runPicture } from "../../execution/pictures/run-picture.js";
import { FilterTable } from "../../execution/rcnn/filter-table.js";
import { GridLimitError } from "../../execution/rcnn/growing-grid.js";
import { valuesToGrid } from "../../execution/rcnn/letter-grid.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { blankConfiguration } from "../../spec/machines/simulate.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { encodeConfiguration } from "../../spec/rcnn/configuration-code.js";
import { runMachine, type MachineRun } from "../../execution/rcnn/run-machine.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import { grouped, labelled, printJson } from "../print-verdict.js";

/** The options of run. */
export interface RunOptions extends LoadOptions {
  readonly steps?: number;
  readonly svg?: string;
}

/** Steps after which a run without --steps gives up undecided. */
export const DEFAULT_STEPS = 100_000_000;

/** Largest grid that is drawn under the summary. */
const DRAWN_ROWS = 24;
const DRAWN_COLUMNS = 100;

/** Rolls a machine's filter out from a blank tape and prints how it ended. @throws {InputError} */
export function runVerb(io: Io, argument: string, options: RunOptions): ExitCode {
  const source = loadMachine(argument, options);
  const limit = options.steps ?? DEFAULT_STEPS;
  let run: MachineRun;
  try {
    run = runMachine(source, { steps: limit, onProgress: ({ steps }) => io.progress("steps", steps, limit) });
  } catch (error) {
    if (!(error instanceof GridLimitError)) throw error;
    return printOutgrown(io, source.name, error.message);
  }
  if (options.svg !== undefined) io.save(options.svg, drawRun(source, run));
  const { halted, steps, nonblank, layers } = run;
  const { rows, columns } = run;
  if (io.json) {
    printJson(io, { name: source.name, halted, steps, nonblank, layers, rows, columns, patches: run.patches });
  } else io.print(describe(source.name, run));
  return halted || options.steps !== undefined ? EXIT.accepted : EXIT.undecided;
}

/** Largest run that is drawn. */
const PICTURE_STEPS = 1_000_000;
const PICTURE_CELLS = 20_000;

/** The run once more, on the smallest grid whose border it does not feel, with a margin of one cell where it moves. */
function drawRun(source: SourceMachine, { steps, layers }: MachineRun): string {
  const machine = normalForm(source);
  const { top, bottom, left, right } = runFast(machine, { maxSteps: Math.min(steps, PICTURE_STEPS) }).visited;
  const [tall, wide] = [bottom > top ? 1 : 0, right > left ? 1 : 0];
  const rows = bottom - top + 1 + 2 * tall;
  const columns = right - left + 1 + 2 * wide;
  if (steps > PICTURE_STEPS || rows * columns > PICTURE_CELLS) {
    const limits = `${grouped(PICTURE_STEPS)} steps and ${grouped(PICTURE_CELLS)} cells`;
    throw new InputError(`--svg: a picture has at most ${limits}; take fewer with --steps`);
  }
  const code = cellCode(machine.states.length);
  const table = new FilterTable(machineToFilter(machine), code);
  const cells = encodeConfiguration(code, blankConfiguration(rows, columns, tall - top, wide - left));
  const start = valuesToGrid(table.letters, rows, columns, cells);
  return runPicture({
    title: `${source.name}: ${grouped(steps)} steps from a blank tape`,
    machine,
    table,
    start,
    layers,
  });
}

function printOutgrown(io: Io, name: string, message: string): ExitCode {
  if (io.json) printJson(io, { verdict: "undecided", limit: "grid-cells", message });
  else io.print(`undecided: ${name}: limit grid-cells: ${message}\n`);
  return EXIT.undecided;
}

function describe(name: string, run: MachineRun): string {
  const { halted, isFixed, steps, nonblank, layers, rows, columns, patches } = run;
  const end = halted ? "halted" : isFixed ? "not halted, and nothing changes any more" : "not halted";
  const lines = labelled([
    ["steps", `${grouped(steps)} of the machine, in ${grouped(layers)} layers of its filter`],
    ["tape", `${grouped(nonblank)} cells not blank, on a grid of ${grouped(rows)} x ${grouped(columns)}`],
    ["filter", `evaluated at ${grouped(patches)} different patches`],
  ]);
  return `${end}: ${name}\n${lines}${drawTape(run)}`;
}

/** The cells that are not blank and the head ("-" for -1, "+" for +1, the head in brackets), if they fit on a screen. */
function drawTape({ box, at, start, head }: MachineRun): string {
  const [headRow, headColumn] = [head.row - start.row, head.column - start.column];
  if (box.bottom - box.top >= DRAWN_ROWS || box.right - box.left >= DRAWN_COLUMNS) return "";
  let drawing = "\n";
  for (let row = box.top; row <= box.bottom; row++) {
    let line = " ";
    for (let column = box.left; column <= box.right; column++) {
      const isHead = row === headRow && column === headColumn;
      const symbol = { [-1]: "-", 0: ".", 1: "+" }[at(row, column)];
      line += isHead ? `[${symbol}]` : ` ${symbol} `;
    }
    drawing += `${line.trimEnd()}\n`;
  }
  return drawing;
}
