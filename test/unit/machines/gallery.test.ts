import { describe, expect, it } from "vitest";
import { galleryNames, loadMachine } from "../../../inputs/machines/load-machine.js";
import { writeBbchallenge } from "../../../inputs/machines/write-bbchallenge.js";
import { runFast, runFastOnGrid } from "../../../execution/machines/fast-simulator.js";
import type { TapeSymbol } from "../../../spec/machines/machine.js";
import { normalForm } from "../../../spec/machines/normal-form.js";
import { blankConfiguration, runFromBlank, step, type Configuration } from "../../../spec/machines/simulate.js";
import { readBbchallenge } from "../../three-symbol-readers.js";

const STEPS_OF_A_SKEPTIC = 100_000;

/** Learners need data on their tape: they have no published run from a blank one. */
const LEARNERS = ["conjunction", "dictator", "exact-match", "majority", "nearest-example", "parity"];
const published = galleryNames().filter((name) => !LEARNERS.includes(name));

describe("the gallery", () => {
  it("should hold the machines that the documentation names", () => {
    expect(galleryNames()).toEqual([...published, ...LEARNERS].toSorted());
    expect(published).toEqual([
      "bb2",
      "bb2x3",
      "bb3",
      "bb4",
      "bb5",
      "binary-counter",
      "four-borders",
      "langtons-ant",
      "turmite-121",
      "turmite-32",
    ]);
  });

  it.each(published)("should name %s as its file, with a sentence, a source and an expected result", (name) => {
    const source = loadMachine(name);
    expect(source.name).toBe(name);
    expect(source.notes.about).toMatch(/^[A-Z].{10,}[^.]$/);
    expect(source.notes.source).toMatch(/.{5,}/);
    const { steps, nonblank, halts } = source.expected;
    expect(halts === false || (steps !== undefined && nonblank !== undefined)).toBe(true);
  });

  it.each(LEARNERS)("should name %s as its file, with a sentence", (name) => {
    const source = loadMachine(name);
    expect(source.name).toBe(name);
    expect(source.notes.about).toMatch(/^[A-Z].{10,}[^.]$/);
  });

  it.each(published)("should replay the expected result of %s", (name) => {
    const source = loadMachine(name);
    const run = runFast(normalForm(source), { maxSteps: source.expected.steps ?? STEPS_OF_A_SKEPTIC });
    if (source.expected.halts === false) expect(run.halted).toBe(false);
    else expect(run).toMatchObject({ halted: true, ...source.expected });
  });

  it.each(published.filter((name) => name !== "bb5"))("should run %s in both simulators to the same end", (name) => {
    const machine = normalForm(loadMachine(name));
    const { at: fastAt, ...fast } = runFast(machine, { maxSteps: 5000 });
    const { at, ...reference } = runFromBlank(machine, { maxSteps: 5000 });
    expect(fast).toEqual(reference);
    const { top, bottom, left, right } = reference.visited;
    for (let row = top - 1; row <= bottom + 1; row++) {
      for (let column = left - 1; column <= right + 1; column++) expect(fastAt(row, column)).toBe(at(row, column));
    }
  });
});

describe("the champions", () => {
  // Published: text, steps, non-blank cells. They repeat what the files say, so that a file cannot vouch for itself.
  const published: [string, string, number, number][] = [
    ["bb2", "1RB1LB_1LA1RZ", 6, 4],
    ["bb3", "1RB1RZ_1LB0RC_1LC1LA", 21, 5],
    ["bb4", "1RB1LB_1LA0LC_1RZ1LD_1RD0RA", 107, 13],
    ["bb5", "1RB1LC_1RC1RB_1RD0LE_1LA1LD_1RZ0LA", 47_176_870, 4098],
    ["bb2x3", "1RB2LB1RZ_2LA2RB1LB", 38, 9],
  ];

  it.each(published)("should have %s as published: %s", (name, text, steps, nonblank) => {
    const source = loadMachine(name);
    expect(source.expected).toEqual({ steps, nonblank });
    expect(writeBbchallenge(source)).toBe(text);
    expect(readBbchallenge(text)).toMatchObject({ states: source.states, table: source.table });
  });

  it("should count the same steps whether the halt is written 1RZ or ---", () => {
    const written = runFromBlank(normalForm(readBbchallenge("1RB1LB_1LA1RZ")), { maxSteps: 100 });
    const implied = runFromBlank(normalForm(readBbchallenge("1RB1LB_1LA---")), { maxSteps: 100 });
    expect([written.steps, implied.steps]).toEqual([6, 6]);
    expect([written.halted, implied.halted]).toEqual([true, true]);
  });

  it("should visit 12,289 cells with bb5", () => {
    const { visited } = runFast(normalForm(loadMachine("bb5")), { maxSteps: 47_176_870 });
    expect(visited.right - visited.left + 1).toBe(12_289);
    expect(visited.bottom - visited.top).toBe(0);
  });

  it("should not halt one step early", () => {
    for (const [name, , steps] of published) {
      expect(runFast(normalForm(loadMachine(name)), { maxSteps: steps - 1 }).halted).toBe(false);
    }
  });
});

describe("langtons-ant", () => {
  const ant = normalForm(loadMachine("langtons-ant"));
  const black = (maxSteps: number): number => runFromBlank(ant, { maxSteps }).nonblank;

  it("should have the published numbers of black cells", () => {
    const first = Array.from({ length: 10 }, (_, i) => black(i + 1));
    expect(first).toEqual([1, 2, 3, 4, 3, 4, 5, 6, 7, 6]);
    expect([black(100), black(500)]).toEqual([20, 62]);
  });

  it("should face north and turn right on white first", () => {
    expect(runFromBlank(ant, { maxSteps: 1 })).toMatchObject({ headRow: 0, headColumn: 1 });
    expect(runFromBlank(ant, { maxSteps: 2 })).toMatchObject({ headRow: 1, headColumn: 1 });
  });

  it("should build the highway: 12 more black cells every 104 steps from step 9977 on", () => {
    const cells = (maxSteps: number): number => runFast(ant, { maxSteps }).nonblank;
    for (let period = 0; period < 5; period++) {
      const begin = 9977 + 104 * period;
      expect(cells(begin + 104) - cells(begin)).toBe(12);
      expect(cells(begin + 50 + 104) - cells(begin + 50)).toBe(12);
    }
  });
});

describe("turmite-121", () => {
  it("should go step by step where the relative turmite goes", () => {
    // The published table: colour to write, turn in quarters to the right (undefined: halt), next state.
    const table = [
      [
        [1, 1, 0],
        [0, 1, 1],
      ],
      [
        [1, undefined, 0],
        [1, 3, 0],
      ],
    ] as const;
    const ahead = [
      [-1, 0],
      [0, 1],
      [1, 0],
      [0, -1],
    ] as const;
    const machine = normalForm(loadMachine("turmite-121"));
    const tape = new Map<string, 0 | 1>();
    let [row, column, heading, state, steps] = [0, 0, 0, 0, 0];
    for (let halted = false; !halted;) {
      const [write, turn, next] = table[state as 0 | 1][tape.get(`${row} ${column}`) ?? 0];
      tape.set(`${row} ${column}`, write);
      state = next;
      steps += 1;
      halted = turn === undefined;
      if (turn !== undefined) {
        heading = (heading + turn) % 4;
        row += ahead[heading as 0 | 1 | 2 | 3][0];
        column += ahead[heading as 0 | 1 | 2 | 3][1];
      }
      const run = runFromBlank(machine, { maxSteps: steps });
      const black = [...tape.values()].filter((colour) => colour === 1).length;
      expect(run).toMatchObject({ halted, steps, headRow: row, headColumn: column, nonblank: black });
    }
    expect(steps).toBe(121);
  });
});

describe("binary-counter", () => {
  it("should hold 0, 1, ..., 16 in turn, least digit on the right", () => {
    const machine = normalForm(loadMachine("binary-counter"));
    const numbers: number[] = [];
    for (let maxSteps = 4; maxSteps <= 65; maxSteps++) {
      const run = runFromBlank(machine, { maxSteps });
      const digits = [-4, -3, -2, -1, 0].map((column) => run.at(0, column)).filter((symbol) => symbol !== 0);
      const number = digits.reduce<number>((sum, digit) => 2 * sum + (digit === 1 ? 1 : 0), 0);
      const returning = machine.states[run.state] === "return" || run.halted;
      if (returning && number !== numbers.at(-1)) numbers.push(number);
    }
    expect(numbers).toEqual(Array.from({ length: 17 }, (_, i) => i));
  });
});

describe("four-borders", () => {
  const machine = normalForm(loadMachine("four-borders"));
  const tapes: ((i: number) => TapeSymbol)[] = [
    () => 0,
    () => 1,
    () => -1,
    (i) => ([0, 1, -1] as const)[(i * i + i) % 3] ?? 0,
    (i) => ([1, 1, 0, -1, 1] as const)[(i * 7) % 5] ?? 0,
  ];

  function* grids(): Generator<Configuration> {
    for (let rows = 1; rows <= 5; rows++) {
      for (let columns = 1; columns <= 5; columns++) {
        for (let head = 0; head < rows * columns; head++) {
          for (const symbolAt of tapes) {
            const blank = blankConfiguration(rows, columns, Math.floor(head / columns), head % columns);
            yield { ...blank, tape: blank.tape.map((_, i) => symbolAt(i)) };
          }
        }
      }
    }
  }

  it("should bump into all four borders in turn and halt top left on +1, on every grid up to 5 x 5", () => {
    let cases = 0;
    for (const begin of grids()) {
      const order: string[] = [];
      let now = begin;
      for (let steps = 0; machine.halting[now.state] !== true; steps++) {
        expect(steps).toBeLessThan(400);
        // The border is felt where a phase ends: "doubt" leads on to the next side.
        const side = machine.states[now.state]?.split("-")[0] ?? "";
        now = step(machine, now);
        const sideNow = machine.states[now.state]?.split("-")[0] ?? "";
        if (sideNow === side) continue;
        order.push(side);
        if (side === "right") expect(now.headColumn).toBe(now.columns - 1);
        if (side === "down") expect(now.headRow).toBe(now.rows - 1);
        if (side === "left") expect(now.headColumn).toBe(0);
        if (side === "up") expect(now.headRow).toBe(0);
      }
      expect(order).toEqual(["first", "right", "down", "left", "up", "answer"]);
      expect([now.headRow, now.headColumn, now.tape[0]]).toEqual([0, 0, 1]);
      const path = now.tape.filter((_, i) => {
        const [row, column] = [Math.floor(i / now.columns), i % now.columns];
        return row === now.rows - 1 || column === 0 || (column === now.columns - 1 && row >= begin.headRow);
      });
      expect(path.filter((symbol) => symbol !== 0).length).toBe(1);
      cases += 1;
    }
    expect(cases).toBe(5 * 15 * 15);
  });

  it("should agree with the fast simulator on every one of these grids", () => {
    for (const begin of grids()) {
      const run = runFastOnGrid(machine, begin, { maxSteps: 1000 });
      expect(run.halted).toBe(true);
      let now = begin;
      for (let steps = 0; steps < run.steps; steps++) now = step(machine, now);
      expect(run.configuration).toEqual(now);
    }
  });
});
