import { describe, expect, it } from "vitest";
import { readListing, writeProgramFile } from "../../../../construction/language/program-file.js";
import { compileProgram } from "../../../../construction/language/compile.js";
import {
  again,
  label,
  leave,
  left,
  loop,
  onSymbol,
  program,
  right,
  sequence,
  write,
} from "../../../../construction/language/statement.js";
import { InputError } from "../../../../inputs/input-error.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { runFastOnGrid } from "../../../../execution/machines/fast-simulator.js";
import { formatTracePoint, nextStop, trace, type TracePoint } from "../../../../execution/machines/trace.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import type { Configuration } from "../../../../spec/machines/simulate.js";

/** Walks to the first blank and back, three times. */
const compiled = compileProgram(
  program(
    "walk",
    "Walks to and fro over a run of marks",
    loop(
      "round",
      loop("out", onSymbol({ blank: leave("out") }), right),
      left,
      label("turn", onSymbol({ minus: leave("round") }), write(-1), left),
      loop("home", onSymbol({ blank: sequence(right, again("round")) }), left),
    ),
  ),
);
const machine = normalForm(compiled.machine);
const start: Configuration = {
  rows: 2,
  columns: 4,
  tape: [0, 1, 1, 0, 0, 0, 0, 0],
  headRow: 0,
  headColumn: 1,
  state: 0,
};

describe("trace", () => {
  it("should show every configuration of the run, the last one as halted", () => {
    const points = [...trace(machine, start)];
    const run = runFastOnGrid(machine, start, { maxSteps: 1000 });
    expect(points.length).toBe(run.steps + 1);
    expect(points.map(({ steps }) => steps)).toEqual(points.map((_, i) => i));
    expect(points[0]).toMatchObject({ configuration: start, state: "first", places: [], stop: undefined });
    expect(points.at(-1)).toMatchObject({ configuration: run.configuration, state: "halt", stop: "halted" });
    expect(points.slice(0, -1).every(({ stop }) => stop === undefined)).toBe(true);
  });

  it("should name the line that a state comes from, from origins or from the machine file alone", () => {
    const text = writeProgramFile(compiled, "here");
    const fromFile = normalForm(readMachine(text, "walk.yaml"));
    const first = [...trace(machine, start, compiled)].map(({ places }) => places[0]);
    const second = [...trace(fromFile, start, { listing: readListing(text) })].map(({ places }) => places[0]);
    expect(first.map((place) => place?.line)).toEqual(second.map((place) => place?.line));
    expect(first.map((place) => place?.text)).toEqual(second.map((place) => place?.text?.trim()));
    expect(first[1]).toEqual({ labels: ["walk", "round", "out"], line: 4, text: "on blank: leave out" });
  });

  it("should stop where the run comes to a label, not where it stays in it", () => {
    const stops = [...trace(machine, start, compiled, { labels: ["turn", "home"] })].filter(
      ({ stop }) => stop === "label",
    );
    expect(stops.map(({ state }) => state.split(".")[0])).toEqual(["turn", "home", "turn"]);
    // "round" is around all of it: the run comes to it once.
    const rounds = [...trace(machine, start, compiled, { labels: ["round"] })].filter(({ stop }) => stop === "label");
    expect(rounds.map(({ steps }) => steps)).toEqual([1]);
  });

  it("should not stop at a label where it starts", () => {
    const [, second] = [...trace(machine, start, compiled)];
    const inside = second?.configuration ?? start;
    const stops = [...trace(machine, inside, compiled, { labels: ["out"] })].filter(({ stop }) => stop === "label");
    expect(stops.length).toBeGreaterThan(0);
    expect(stops[0]?.steps).toBeGreaterThan(0);
  });

  it("should stop at numbers of steps and at states by their full name", () => {
    const states = machine.states.filter((state) => state.startsWith("out"));
    const stops = [...trace(machine, start, {}, { steps: [0, 3], labels: states })].filter(
      ({ stop }) => stop !== undefined,
    );
    expect(stops.slice(0, 3).map(({ steps, stop }) => [steps, stop])).toEqual([
      [0, "step"],
      [1, "label"],
      [3, "step"],
    ]);
    expect(stops.length).toBeGreaterThan(4);
  });

  it("should refuse a breakpoint that nothing has, with a hint", () => {
    expect(() => trace(machine, start, compiled, { labels: ["trun"] }).next()).toThrow(InputError);
    expect(() => trace(machine, start, compiled, { labels: ["trun"] }).next()).toThrow(
      'breakpoint "trun" is neither a label nor a state of the machine (did you mean "turn"?)',
    );
  });
});

describe("nextStop", () => {
  it("should run from stop to stop, and to the budget where there is none", () => {
    const points = trace(machine, start, compiled, { labels: ["turn"] });
    const seen = [nextStop(points, 100), nextStop(points, 100), nextStop(points, 100), nextStop(points, 100)];
    expect(seen.map((point) => point?.stop)).toEqual(["label", "label", "halted", undefined]);
    expect(seen[3]).toBe(undefined);
    const short = trace(machine, start);
    expect(nextStop(short, 3)).toMatchObject({ steps: 2, stop: undefined });
    expect(nextStop(short, 1)).toMatchObject({ steps: 3 });
  });

  it.each([0, -1, 1.5, Number.NaN])("should refuse a budget of %d points", (budget) => {
    expect(() => nextStop(trace(machine, start), budget)).toThrow("nextStop: expected maxPoints");
  });
});

describe("formatTracePoint", () => {
  it("should show step, state, line and tape with the head in brackets", () => {
    const points = [...trace(machine, start, compiled, { steps: [2] })];
    expect(formatTracePoint(points[0] as TracePoint)).toBe("step 0 | first\n   . [+] +  .\n   .  .  .  .");
    expect(formatTracePoint(points[2] as TracePoint)).toBe(
      "step 2 | out.4 | line 4: on blank: leave out | breakpoint (step)\n   .  + [+] .\n   .  .  .  .",
    );
    expect(formatTracePoint(points.at(-1) as TracePoint).split("\n")[0]).toMatch(/ \| halt \| halted$/);
  });
});
