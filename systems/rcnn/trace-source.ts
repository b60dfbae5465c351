/** trace of machines with more symbols or tapes than the theorem's: in the source's own steps. */
import { InputError } from "../../inputs/input-error.js";
import {
  hasHalted,
  startConfigurationOf,
  stepAlphabet,
  type AlphabetTape,
} from "../../spec/machines/alphabet-machine.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import type { LoadedMachine } from "./load-with-input.js";
import { glyphsOf } from "./run-verb.js";

/** Options of trace that are for such machines. */
interface SourceTraceOptions {
  readonly steps: number;
  readonly data?: string;
  readonly break?: readonly string[];
  readonly at?: readonly number[];
}

/** Prints the configurations of a run of the source. @throws {InputError} for options that are not for such a machine */
export function traceSource(io: Io, { machine, inputs }: LoadedMachine, options: SourceTraceOptions): ExitCode {
  if (io.json || options.data !== undefined)
    throw new InputError("--json and --data: of trace, they are for machines with three symbols on one tape");
  const glyphs = glyphsOf(machine);
  let now = startConfigurationOf(machine, inputs[0]?.starts);
  for (let steps = 0; ; steps++) {
    const { state, tapes, stopped } = now;
    const isWanted =
      (options.break === undefined && options.at === undefined) ||
      options.break?.includes(state) === true ||
      options.at?.includes(steps) === true;
    const halted = hasHalted(machine, now);
    const end = stopped ? " | stops: no rule" : halted ? " | halted" : "";
    if (isWanted || halted)
      io.print(
        `step ${stopped ? steps - 1 : steps} | ${state}${end}\n${tapes.map((tape) => draw(tape, glyphs)).join("")}`,
      );
    if (halted || steps >= options.steps) return EXIT.accepted;
    now = stepAlphabet(machine, now);
  }
}

/** The rows of a tape around its cells that are not blank and its head, which is in brackets. */
function draw({ cells, row, column }: AlphabetTape, glyphs: readonly string[]): string {
  const places = [...cells.keys()].map((place) => place.split(",").map(Number) as [number, number]);
  const rows = [row, ...places.map(([r]) => r)];
  const columns = [column, ...places.map(([, c]) => c)];
  const [top, bottom, left, right] = [Math.min(...rows), Math.max(...rows), Math.min(...columns), Math.max(...columns)];
  let drawing = "";
  for (let r = top; r <= bottom; r++) {
    let line = "  ";
    for (let c = left; c <= right; c++) {
      const glyph = glyphs[cells.get(`${r},${c}`) ?? 0] as string;
      line += r === row && c === column ? `[${glyph}]` : ` ${glyph} `;
    }
    drawing += `${line.trimEnd()}\n`;
  }
  return drawing;
}
