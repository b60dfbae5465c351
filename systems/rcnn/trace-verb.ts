/** weightproof trace MACHINE: configurations, one by one, with the source lines of a compiled machine. */
import { readListing } from "../../construction/language/program-file.js";
import { startConfiguration, xorTape } from "../../construction/learners/xor-tape.js";
import { InputError } from "../../inputs/input-error.js";
import { galleryFiles } from "../../inputs/machines/load-machine.js";
import { tapeSymbolsOf } from "../../inputs/machines/three-symbols.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import { readExamples } from "../../inputs/examples/read-examples.js";
import { formatTracePoint, trace, type TracePoint } from "../../execution/machines/trace.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { GridInput } from "../../execution/rcnn/growing-grid.js";
import type { TapeSymbol } from "../../spec/machines/machine.js";
import { blankConfiguration, type Configuration } from "../../spec/machines/simulate.js";
import type { Sign } from "../../spec/rcnn/training-set.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import { printJson } from "../print-verdict.js";
import { loadWithInput, type LoadedMachine, type TapeOptions } from "./load-with-input.js";
import { glyphsOf } from "./run-verb.js";
import { gridInput } from "./run-source.js";
import { traceSource } from "./trace-source.js";

/** The options of trace. */
export interface TraceOptions extends TapeOptions {
  readonly data?: string;
  readonly point?: string;
  readonly columns: number;
  readonly grid: readonly [rows: number, columns: number];
  readonly break?: readonly string[];
  readonly at?: readonly number[];
  readonly steps: number;
}

/** Prints the configurations of a run. @throws {InputError} */
export function traceVerb(io: Io, argument: string, options: TraceOptions): ExitCode {
  const loaded = loadWithInput(argument, options);
  if (loaded.source === undefined) return traceSource(io, loaded, options);
  const machine = normalForm(loaded.source);
  const [blank = ".", ...others] = glyphsOf(loaded.machine);
  const code = tapeSymbolsOf(loaded.machine.symbols);
  const glyphs = { 0: blank, 1: others[code.indexOf(1) - 1] ?? "+", [-1]: others[code.indexOf(-1) - 1] ?? "-" };
  const breakpoints = { labels: options.break ?? [], steps: options.at ?? [] };
  const stopsOnly = breakpoints.labels.length + breakpoints.steps.length > 0;
  const shown: TracePoint[] = [];
  for (const point of trace(machine, start(loaded, options), { listing: listingOf(argument) }, breakpoints)) {
    const last = point.steps >= options.steps;
    if (!stopsOnly || point.stop !== undefined) {
      if (io.json) shown.push(point);
      else io.print(`${formatTracePoint(point, glyphs)}\n`);
    }
    if (last) break;
  }
  if (io.json) printJson(io, shown);
  return EXIT.accepted;
}

/** The XOR tape of a training set and a point, or a blank grid with the head in the middle. */
function start({ machine, inputs }: LoadedMachine, { data, point, columns, grid }: TraceOptions): Configuration {
  if (data === undefined) {
    if (point !== undefined) throw new InputError("--point needs --data");
    const [rows, width] = grid;
    const input = gridInput(machine, inputs[0]?.starts?.[0]);
    if (input === undefined) return blankConfiguration(rows, width, (rows - 1) >> 1, (width - 1) >> 1);
    return inputConfiguration(input, rows, width);
  }
  const bits = machine.name === "parity" ? "minus" : "plus";
  const examples = readExamples(readTextFile(data), data, bits);
  const d = examples[0]?.x.length ?? 0;
  const x = point === undefined ? (examples[0]?.x ?? []) : readPoint(point, d);
  return startConfiguration(xorTape(examples, x), columns);
}

/** An input on a grid of at least the given size, with as much room on both sides. */
function inputConfiguration(
  { rows: lines, headRow, headColumn }: GridInput,
  rows: number,
  columns: number,
): Configuration {
  const tall = Math.max(lines.length, headRow + 1);
  const wide = Math.max(headColumn + 1, ...lines.map((line) => line.length));
  const [height, width] = [Math.max(rows, tall + 2), Math.max(columns, wide + 4)];
  const [top, left] = [(height - tall) >> 1, (width - wide) >> 1];
  const blank = blankConfiguration(height, width, top + headRow, left + headColumn);
  const tape = blank.tape.map((_, i): TapeSymbol => {
    return lines[Math.floor(i / width) - top]?.[(i % width) - left] ?? 0;
  });
  return { ...blank, tape };
}

function readPoint(text: string, d: number): Sign[] {
  const fields = text.split(",").map((field) => field.trim());
  if (fields.length !== d)
    throw new InputError(`--point: expected ${d} coordinates as in the data, got ${fields.length}`);
  return fields.map((field) => {
    if (field === "1" || field === "+1") return 1;
    if (field === "-1" || field === "0") return -1;
    throw new InputError(`--point: expected 1, -1 or 0, got ${JSON.stringify(field)}`);
  });
}

/** The program that a compiled machine's file carries in its comments; empty for other machines. */
function listingOf(argument: string): string[] {
  const file = galleryFiles().get(argument) ?? argument;
  try {
    return readListing(readTextFile(file));
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}
