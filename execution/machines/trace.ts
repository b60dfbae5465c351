/**
 * A debugger's view of a run on a finite grid: configurations one after the other, each with the place in the source
 * that its state comes from, and stops at labels and steps.
 *
 * It works on every machine. A compiled program brings its origins along; for a machine file alone, state names of the
 * form LABEL.LINE and the listing in the file's comments say the same.
 */
import type { Origin } from "../../construction/language/flatten.js";
import { placeOfState } from "../../construction/language/program-file.js";
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { suggestion } from "../../inputs/near-names.js";
import type { NormalMachine, TapeSymbol } from "../../spec/machines/machine.js";
import { isHalted, step, type Configuration } from "../../spec/machines/simulate.js";

/** Where the states of a machine come from. */
export interface TraceSource {
  /** The origins of states, from CompiledProgram.origins. */
  readonly origins?: ReadonlyMap<string, readonly Origin[]>;
  /** The program's lines, from CompiledProgram.listing or readListing; used where origins say nothing. */
  readonly listing?: readonly string[];
}

/** Where to stop. */
export interface Breakpoints {
  /** Labels, or whole state names: stop where the machine comes to one from elsewhere. */
  readonly labels?: readonly string[];
  /** Numbers of steps after which to stop. */
  readonly steps?: readonly number[];
}

/** A line of the source that a state stands for. */
export interface TracePlace {
  readonly labels: readonly string[];
  readonly line: number;
  /** The text of the line; undefined where no listing is known. */
  readonly text: string | undefined;
}

/** One configuration of a traced run. */
export interface TracePoint {
  /** Steps of the normal machine so far. */
  readonly steps: number;
  readonly configuration: Configuration;
  readonly state: string;
  /** Lines that the state stands for; several where states were merged, none for other machines. */
  readonly places: readonly TracePlace[];
  /** "label" or "step" for a breakpoint, "halted" at the end; undefined for any other point. */
  readonly stop: "label" | "step" | "halted" | undefined;
}

/**
 * The configurations of a run, the given one first, up to the halt; each with its places and the reason to stop there,
 * if there is one. The caller decides how many to take.
 *
 * @throws {InputError} if a breakpoint names no label and no state of the machine
 * @throws {RangeError} if the configuration is malformed
 */
export function* trace(
  machine: NormalMachine,
  configuration: Configuration,
  source: TraceSource = {},
  breakpoints: Breakpoints = {},
): Generator<TracePoint> {
  const places = machine.states.map((state) => placesOf(state, source));
  const names = machine.states.map((state, q) => {
    return new Set([state, ...(places[q] as readonly TracePlace[]).flatMap(({ labels }) => labels)]);
  });
  const wanted = breakpoints.labels ?? [];
  assertKnown(wanted, names);
  const stepsToStop = new Set(breakpoints.steps);
  const isIn = (label: string, state: number): boolean => names[state]?.has(label) === true;

  let now = configuration;
  let before: number | undefined;
  for (let steps = 0; ; steps++) {
    const { state } = now;
    const last = before;
    const entered = last !== undefined && wanted.some((label) => isIn(label, state) && !isIn(label, last));
    const halted = isHalted(machine, now);
    const stop = halted ? "halted" : entered ? "label" : stepsToStop.has(steps) ? "step" : undefined;
    yield { steps, configuration: now, state: machine.states[state] ?? "", places: places[state] ?? [], stop };
    if (halted) return;
    before = state;
    now = step(machine, now);
  }
}

/**
 * The next point of a trace at which there is a reason to stop; the last point before the budget is spent if there is
 * none, and undefined if the trace has ended.
 *
 * @param maxPoints how many points to take at most: an integer, at least 1
 * @throws {RangeError} if maxPoints is not that
 */
export function nextStop(points: Generator<TracePoint>, maxPoints: number): TracePoint | undefined {
  if (!Number.isSafeInteger(maxPoints) || maxPoints < 1) {
    throw new RangeError(`nextStop: expected maxPoints to be an integer of at least 1, got ${maxPoints}`);
  }
  let last: TracePoint | undefined;
  for (let taken = 0; taken < maxPoints; taken++) {
    const { value, done } = points.next();
    if (done === true) return last;
    last = value;
    if (value.stop !== undefined) return value;
  }
  return last;
}

const GLYPHS = { 0: ".", 1: "+", [-1]: "-" } as const;

/** A trace point as text: one line with step, state and source, then the tape with brackets around the head's cell. */
export function formatTracePoint(
  { steps, configuration, state, places, stop }: TracePoint,
  glyphs: Readonly<Record<TapeSymbol, string>> = GLYPHS,
): string {
  const { rows, columns, tape, headRow, headColumn } = configuration;
  const source = places.map(({ line, text }) => `line ${line}${text === undefined ? "" : `: ${text.trim()}`}`);
  const reason = stop === undefined || stop === "halted" ? (stop ?? "") : `breakpoint (${stop})`;
  const head = [`step ${steps}`, state, ...source, reason].filter((part) => part !== "").join(" | ");
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_unused, column) => {
      const glyph = glyphs[tape[row * columns + column] ?? 0];
      return row === headRow && column === headColumn ? `[${glyph}]` : ` ${glyph} `;
    }).join(""),
  );
  return [head, ...lines.map((line) => `  ${line.trimEnd()}`)].join("\n");
}

function placesOf(state: string, { origins, listing }: TraceSource): readonly TracePlace[] {
  const known = origins?.get(state);
  if (known !== undefined) return known.map(({ labels, line, text }) => ({ labels, line, text }));
  const place = placeOfState(state);
  return place === undefined ? [] : [{ labels: [place.label], line: place.line, text: listing?.[place.line - 1] }];
}

function assertKnown(wanted: readonly string[], names: readonly ReadonlySet<string>[]): void {
  const all = new Set(names.flatMap((each) => [...each]));
  const unknown = wanted.find((label) => !all.has(label));
  if (unknown === undefined) return;
  throw new InputError(
    `breakpoint ${quoteInput(unknown)} is neither a label nor a state of the machine${suggestion(unknown, all)}`,
  );
}
