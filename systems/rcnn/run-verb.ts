/** weightproof run MACHINE */
import { InputError } from "../../inputs/input-error.js";
import { isSymbol, showSymbol } from "../../inputs/machines/foreign-machine.js";
import { machineToFilter } from "../../construction/rcnn/machine-to-filter.js";
import { runFast } from "../../execution/machines/fast-simulator.js";
import { runPicture } from "../../execution/pictures/run-picture.js";
import { FilterTable } from "../../execution/rcnn/filter-table.js";
import { GridLimitError } from "../../execution/rcnn/growing-grid.js";
import { valuesToGrid } from "../../execution/rcnn/letter-grid.js";
import type { AlphabetMachine, TapeStart } from "../../spec/machines/alphabet-machine.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { blankConfiguration } from "../../spec/machines/simulate.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { encodeConfiguration } from "../../spec/rcnn/configuration-code.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import { grouped, labelled, printJson } from "../print-verdict.js";
import { loadWithInput, type GivenInput, type LoadedMachine, type TapeOptions } from "./load-with-input.js";
import { runSource, type EndOfTape, type SourceRun } from "./run-source.js";

/** The options of run. */
export interface RunOptions extends TapeOptions {
  readonly steps?: number;
  readonly svg?: string;
}

/** Steps after which a run without --steps gives up undecided. */
export const DEFAULT_STEPS = 100_000_000;

/** Largest grid that is drawn under the summary. */
const DRAWN_ROWS = 24;
const DRAWN_COLUMNS = 100;

/** Rolls a machine's filter out from each input, or from a blank tape, and prints how it ended. @throws {InputError} */
export function runVerb(io: Io, argument: string, options: RunOptions): ExitCode {
  const loaded = loadWithInput(argument, options);
  const { machine, source, inputs } = loaded;
  const limit = options.steps ?? DEFAULT_STEPS;
  if (options.svg !== undefined) assertDrawable(loaded);
  const results: object[] = [];
  let exit: ExitCode = EXIT.accepted;
  for (const input of inputs) {
    let run: SourceRun;
    try {
      run = runSource(machine, source, input.starts, {
        steps: limit,
        onProgress: ({ steps }) => io.progress("steps", steps, limit),
      });
    } catch (error) {
      if (!(error instanceof GridLimitError)) throw error;
      results.push({ verdict: "undecided", limit: "grid-cells", message: error.message });
      if (!io.json) io.print(`undecided: ${machine.name}: limit grid-cells: ${error.message}\n`);
      exit = EXIT.undecided;
      continue;
    }
    if (options.svg !== undefined && source !== undefined) io.save(options.svg, drawRun(source, run));
    results.push(toJson(machine, input, run));
    if (!io.json) io.print(describe(machine, input, run));
    if (!run.halted && options.steps === undefined) exit = EXIT.undecided;
  }
  if (io.json) printJson(io, results.length === 1 ? results[0] : results);
  return exit;
}

function assertDrawable({ source, inputs }: LoadedMachine): void {
  if (source !== undefined && inputs.length === 1 && inputs[0]?.starts === undefined) return;
  throw new InputError("--svg: a picture is of a run from a blank tape, of a machine with three symbols on one tape");
}

function toJson(machine: AlphabetMachine, { from, starts }: GivenInput, run: SourceRun): object {
  const { halted, steps, state, accepts, nonblank, target, way } = run;
  const tapes = run.tapes.map((tape) => spellTape(machine, tape));
  const input =
    starts === undefined
      ? null
      : {
          from,
          tapes: starts.map(({ rows, headRow, headColumn }) => ({
            rows: spellRows(machine, rows),
            headRow,
            headColumn,
          })),
        };
  return {
    name: machine.name,
    halted,
    steps,
    state,
    accepts,
    ...(machine.tapes === 1 ? { tape: tapes[0] ?? null } : { tapes }),
    nonblank,
    input,
    way,
    layers: target.layers,
    rows: target.rows,
    columns: target.columns,
    patches: target.patches,
  };
}

/** Symbols one after the other; with spaces between them if some have several characters. */
function spellRows({ symbols }: AlphabetMachine, rows: readonly (readonly number[])[]): string[] {
  const between = symbols.every(isSymbol) ? "" : " ";
  return rows.map((row) => row.map((symbol) => symbols[symbol] as string).join(between));
}

/** A text for a tape whose cells are in one row, several for one that has more. */
function spellTape(machine: AlphabetMachine, tape: EndOfTape | undefined): string | string[] | null {
  if (tape === undefined) return null;
  const rows = spellRows(machine, tape.rows);
  if (machine.tapes > 1 || (rows.length < 2 && !isPlanar(machine))) return rows[0] ?? "";
  return rows;
}

function isPlanar({ table }: AlphabetMachine): boolean {
  return [...table.values()].some((row) =>
    [...row.values()].some(({ moves }) => moves.some((move) => move === "up" || move === "down")),
  );
}

function describe(machine: AlphabetMachine, { from, starts }: GivenInput, run: SourceRun): string {
  const { halted, isFixed, accepts, steps, state, nonblank, target, way, targetStates } = run;
  const decided = accepts === true ? "accepts" : accepts === false ? "rejects" : "halted";
  const end = halted ? decided : isFixed ? "not halted, and nothing changes any more" : "not halted";
  const { rows, columns } = target;
  const through =
    way === "filter"
      ? "its filter"
      : `the filter of a machine with ${grouped(targetStates ?? 0)} states, ${way === "recoding" ? "to which its symbols are recoded" : "to which its tapes are reduced"}`;
  const lines = labelled([
    [
      "input",
      starts === undefined
        ? "none: a blank tape"
        : `${describeInput(machine, starts)} (${from === "file" ? "of its file" : "as told"})`,
    ],
    ["steps", `${grouped(steps)} of the machine, in ${grouped(target.layers)} layers of ${through}`],
    ["state", showState(state)],
    ["tape", `${grouped(nonblank)} cells not blank, on a grid of ${grouped(rows)} x ${grouped(columns)}`],
    ["filter", `evaluated at ${grouped(target.patches)} different patches`],
  ]);
  return `${end}: ${machine.name}\n${lines}${run.tapes.map((tape, t) => drawTape(machine, tape, t)).join("")}`;
}

function showState(state: string): string {
  return /^[\x21-\x7e]+$/.test(state) ? state : JSON.stringify(state);
}

function describeInput(machine: AlphabetMachine, starts: readonly TapeStart[]): string {
  return starts
    .map(({ rows, headRow, headColumn }, t) => {
      const tape = starts.length === 1 ? "" : `tape ${t + 1}: `;
      const [first = ""] = spellRows(machine, rows.slice(0, 1));
      const shown = JSON.stringify(first.length <= 60 ? first : `${first.slice(0, 57)}...`);
      const size = rows.length > 1 ? ` and ${rows.length - 1} more rows` : "";
      return `${tape}${shown}${size}, head at row ${headRow}, column ${headColumn}`;
    })
    .join("; ");
}

/** Largest run that is drawn. */
const PICTURE_STEPS = 1_000_000;
const PICTURE_CELLS = 20_000;

/** The run once more, on the smallest grid whose border it does not feel, with a margin of one cell where it moves. */
function drawRun(source: SourceMachine, { steps, target: { layers } }: SourceRun): string {
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

/** The cells that are not blank, in the source's symbols, and the head in brackets, if they fit on a screen. */
function drawTape(machine: AlphabetMachine, tape: EndOfTape | undefined, index: number): string {
  if (tape === undefined) return "";
  const { rows, head } = tape;
  const [top, left] = head === undefined ? [0, 0] : [Math.min(0, head.row), Math.min(0, head.column)];
  const bottom = Math.max(rows.length - 1, head?.row ?? 0);
  const right = Math.max((rows[0]?.length ?? 0) - 1, head?.column ?? 0);
  if (bottom - top >= DRAWN_ROWS || right - left >= DRAWN_COLUMNS) return "";
  const glyphs = glyphsOf(machine);
  let drawing = machine.tapes === 1 ? "\n" : `\n  tape ${index + 1}\n`;
  for (let row = top; row <= bottom; row++) {
    let line = " ";
    for (let column = left; column <= right; column++) {
      const glyph = glyphs[rows[row]?.[column] ?? 0] as string;
      line += row === head?.row && column === head.column ? `[${glyph}]` : ` ${glyph} `;
    }
    drawing += `${line.trimEnd()}\n`;
  }
  return drawing;
}

/** How symbols are drawn: as they are spelled, and a space, which would not show, as the first of _ . · that is no symbol. */
export function glyphsOf({ symbols }: AlphabetMachine): string[] {
  const visible = ["_", ".", "\u00B7", "\u25A1"].find((glyph) => !symbols.includes(glyph)) ?? "_";
  return symbols.map((symbol) =>
    symbol === " " ? visible : /^[^\s\p{C}]+$/u.test(symbol) ? symbol : showSymbol(symbol),
  );
}
