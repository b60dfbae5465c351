import { describe, expect, it } from "vitest";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { galleryNames, loadMachine } from "../../../../inputs/machines/load-machine.js";
import { GridLimitError } from "../../../../execution/rcnn/growing-grid.js";
import { runMachine, type MachineRun } from "../../../../execution/rcnn/run-machine.js";
import type { Move, NormalMachine, SourceMachine, TapeSymbol } from "../../../../spec/machines/machine.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { readBbchallenge } from "../../../three-symbol-readers.js";

/** One working state that writes +1 on every cell and moves on. */
function runner(move: Move): SourceMachine {
  const entry = { write: 1, move, next: "A" } as const;
  const row = new Map<TapeSymbol, typeof entry>([
    [0, entry],
    [1, entry],
    [-1, entry],
  ]);
  return {
    name: "runner",
    states: ["A"],
    start: "A",
    halting: [],
    table: new Map([["A", row]]),
    notes: {},
    expected: {},
  };
}

/** A machine that starts in a halting state. */
const idle: SourceMachine = {
  name: "idle",
  states: ["Z"],
  start: "Z",
  halting: ["Z"],
  table: new Map(),
  notes: {},
  expected: {},
};

describe("runMachine", () => {
  it.each([
    ["1RB1LB_1LA1RZ", 6, 4],
    ["1RB1RZ_1LB0RC_1LC1LA", 21, 5],
    ["1RB1LB_1LA0LC_1RZ1LD_1RD0RA", 107, 13],
  ])("should halt on %s after %d steps with %d ones", (text, steps, nonblank) => {
    const run = runMachine(readBbchallenge(text));
    expect(run).toMatchObject({ halted: true, isFixed: true, steps, layers: steps + 1, nonblank });
    expect(run.rows).toBe(1);
  });

  it("should give the published result of every machine of the gallery that has one", () => {
    const short = galleryNames()
      .map((name) => loadMachine(name))
      .filter(({ expected }) => (expected.steps ?? Infinity) < 1e6);
    expect(short.length).toBeGreaterThanOrEqual(5);
    for (const machine of short) {
      const { steps, nonblank } = machine.expected;
      const run = runMachine(machine);
      expect([machine.name, run.halted, run.steps]).toEqual([machine.name, true, steps]);
      if (nonblank !== undefined) expect([machine.name, run.nonblank]).toEqual([machine.name, nonblank]);
    }
  });

  it("should count Langton's ant's black cells as published, and never call it halted", () => {
    const ant = loadMachine("langtons-ant");
    const black = (steps: number): number => {
      const run = runMachine(ant, { steps });
      expect(run).toMatchObject({ halted: false, isFixed: false, steps, layers: steps + 1 });
      return run.nonblank;
    };
    expect(Array.from({ length: 10 }, (_, i) => black(i + 1))).toEqual([1, 2, 3, 4, 3, 4, 5, 6, 7, 6]);
    expect(black(100)).toBe(20);
    expect(black(500)).toBe(62);
    expect(black(12000 + 104) - black(12000)).toBe(12);
  });

  it("should stop at the limit, and at the halt if it comes with the last step allowed", () => {
    const machine = readBbchallenge("1RB1LB_1LA1RZ");
    const states = normalForm(machine).states;
    expect(runMachine(machine, { steps: 5 })).toMatchObject({ halted: false, steps: 5, layers: 6, isFixed: false });
    const last = runMachine(machine, { steps: 6 });
    expect(last).toMatchObject({ halted: true, steps: 6, layers: 7 });
    expect(states[last.state]).toBe("Z");
    expect(runMachine(machine, { steps: 7 })).toMatchObject({ halted: true, steps: 6, layers: 7 });
    const none = runMachine(machine, { steps: 0 });
    expect(none).toMatchObject({ halted: false, steps: 0, layers: 1, nonblank: 0 });
    expect(states[none.state]).toBe("A");
  });

  it("should count no step for a machine that starts in a halting state", () => {
    expect(runMachine(idle)).toMatchObject({ halted: true, steps: 0, layers: 1, nonblank: 0 });
    expect(runMachine(idle, { steps: 0 })).toMatchObject({ halted: true, steps: 0, layers: 1 });
    expect(runMachine(idle, { steps: 9 })).toMatchObject({ halted: true, steps: 0, layers: 1 });
  });

  it("should not call a loop in place halted", () => {
    const loop = runner("stay");
    expect(runMachine(loop)).toMatchObject({ halted: false, isFixed: true, steps: 1, nonblank: 1 });
    expect(runMachine(loop, { steps: 1000 })).toMatchObject({ halted: false, isFixed: true, steps: 1000, nonblank: 1 });
    const first: NormalMachine = {
      name: "only the first state",
      states: ["first"],
      halting: [false],
      table: [
        {
          0: { write: 0, move: "stay", next: 0 },
          1: { write: 1, move: "stay", next: 0 },
          [-1]: { write: -1, move: "stay", next: 0 },
        },
      ],
    };
    expect(runMachine(first)).toMatchObject({ halted: false, isFixed: true, steps: 0, nonblank: 0 });
    expect(runMachine(first, { steps: 3 })).toMatchObject({ halted: false, isFixed: true, steps: 3 });
    expect(runMachine({ ...first, halting: [true] })).toMatchObject({ halted: true, steps: 0 });
  });

  it.each<[Move, number, number]>([
    ["up", -1, 0],
    ["down", 1, 0],
    ["left", 0, -1],
    ["right", 0, 1],
  ])("should grow the grid before a head that moves %s comes to the border", (move, rowOffset, columnOffset) => {
    const run = runMachine(runner(move), { steps: 1000 });
    expect(run).toMatchObject({ halted: false, isFixed: false, steps: 1000, nonblank: 1000 });
    expect(Math.min(run.rows, run.columns)).toBe(1);
    expect(run.head.row - run.start.row).toBe(1000 * rowOffset);
    expect(run.head.column - run.start.column).toBe(1000 * columnOffset);
    expect(run.at(999 * rowOffset, 999 * columnOffset)).toBe(1);
    expect(run.at(1000 * rowOffset, 1000 * columnOffset)).toBe(0);
    expect(run.at(-rowOffset, -columnOffset)).toBe(0);
    expect(run.at(5000, 5000)).toBe(0);
  });

  it("should count evaluations on all the grids that it went through", () => {
    const evaluations = (steps: number): number => runMachine(runner("right"), { steps }).evaluations;
    // Both are further than any window reaches.
    const perStep = (evaluations(1500) - evaluations(1400)) / 100;
    expect(perStep).toBeGreaterThanOrEqual(2);
    expect(perStep).toBeLessThanOrEqual(4);
    expect(evaluations(1500)).toBeGreaterThan(1500 * perStep);
  });

  it("should refuse to outgrow maxCells", () => {
    const grow = () => runMachine(runner("right"), { steps: 1000, maxCells: 512 });
    expect(grow).toThrow(GridLimitError);
    expect(grow).toThrow("runMachine: expected a grid of at most 512 cells, the machine needs 528");
    expect(() => runMachine(runner("right"), { steps: 1, maxCells: 1 })).toThrow(GridLimitError);
  });

  it.each([-1, 0.5, NaN])("should refuse %d as a number of steps or cells", (value) => {
    expect(() => runMachine(idle, { steps: value })).toThrow("runMachine: expected steps");
    expect(() => runMachine(idle, { maxCells: value })).toThrow("runMachine: expected maxCells");
  });

  it("should report progress between layers", () => {
    const seen: number[] = [];
    runMachine(runner("stay"), { steps: 10, onProgress: ({ steps }) => seen.push(steps) });
    expect(seen).toEqual([]);
    const flip: SourceMachine = {
      ...runner("stay"),
      table: new Map([
        [
          "A",
          new Map([
            [0, { write: 1, move: "stay", next: "A" }],
            [1, { write: 0, move: "stay", next: "A" }],
          ]),
        ],
      ]),
    };
    const run = runMachine(flip, { steps: 2 ** 21 + 5, onProgress: ({ steps }) => seen.push(steps) });
    expect(seen).toEqual([2 ** 20 - 1, 2 ** 21 - 1]);
    expect(run).toMatchObject({ halted: false, isFixed: false, steps: 2 ** 21 + 5, nonblank: 1 });
  });

  it("should roll out the filter that it is given, not the machine", () => {
    const machine = readBbchallenge("1RB1LB_1LA1RZ");
    const mirrored = machineToFilter(normalForm(readBbchallenge("1LB1RB_1RA1LZ")));
    expect(runMachine(machine, { filter: mirrored })).toMatchObject({ halted: true, steps: 6, nonblank: 4 });
    const moved = (run: MachineRun): number => run.head.column - run.start.column;
    expect(moved(runMachine(machine, { steps: 1 }))).toBe(1);
    expect(moved(runMachine(machine, { steps: 1, filter: mirrored }))).toBe(-1);
  });

  it("should notice a filter that does not keep the head", () => {
    const machine = readBbchallenge("1RB1LB_1LA1RZ");
    const filter = machineToFilter(normalForm(machine));
    const [v1, v2, v3, v4, v5] = filter.layers;
    // Without the terms of heads that arrive, a head that moves is gone.
    const arrivals = v5!.rows.map((row) => ({
      ...row,
      entries: row.entries.filter(([term]) => term < v4!.rows.length - 8),
    }));
    const headless = { layers: [v1!, v2!, v3!, v4!, { ...v5!, rows: arrivals }] };
    expect(() => runMachine(machine, { filter: headless })).toThrow("expected the filter to keep one head, got 0");
  });
});
