import { describe, expect, it } from "vitest";
import {
  startOfTape,
  stepTape,
  symbolUnderHead,
  tapeNormalForm,
  tapesMachineFault,
  type TapesEntry,
  type TapesMachine,
} from "../../../../spec/machines/tape-machine.js";

const FLIP: TapesMachine = {
  name: "flip",
  tapes: 1,
  symbols: ["_", "a", "b"],
  states: ["end", "go", "halt", "back"],
  start: "go",
  halting: ["end"],
  table: new Map<string, ReadonlyMap<string, TapesEntry>>([
    [
      "go",
      new Map<string, TapesEntry>([
        ["a", { write: ["b"], moves: ["right"], next: "go" }],
        ["b", { write: ["a"], moves: ["left"], next: "end" }],
      ]),
    ],
    ["back", new Map<string, TapesEntry>([["_", { write: ["_"], moves: ["stay"], next: "go" }]])],
  ]),
};

describe("tapeNormalForm", () => {
  it("should put the start first, then what works, then what halts and is entered", () => {
    const machine = tapeNormalForm(FLIP);
    expect(machine.states).toEqual(["go", "halt", "back", "end"]);
    expect(machine.halting).toEqual([false, false, false, true]);
    expect(machine.table[0]).toEqual([
      { write: 0, move: 0, next: 3 },
      { write: 2, move: 1, next: 0 },
      { write: 1, move: -1, next: 3 },
    ]);
    expect(machine.table[3]).toEqual([0, 1, 2].map((write) => ({ write, move: 0, next: 3 })));
  });

  it("should add a halting state under a name that is not taken, where none is declared", () => {
    const { states, halting } = tapeNormalForm({ ...FLIP, states: ["go", "halt", "back", "end"], halting: [] });
    expect(states.at(-1)).toBe("halt-2");
    expect(halting.at(-1)).toBe(true);
  });

  it("should refuse two tapes and inconsistent machines", () => {
    expect(() => tapeNormalForm({ ...FLIP, tapes: 2 })).toThrow("expected one tape");
    expect(() => tapeNormalForm({ ...FLIP, start: "x" })).toThrow('state "x" is not declared');
    expect(tapesMachineFault({ ...FLIP, symbols: [] })).toContain("at least one symbol");
    expect(tapesMachineFault({ ...FLIP, symbols: ["_", "a", "a"] })).toBe('symbol "a" is declared twice');
    expect(tapesMachineFault({ ...FLIP, halting: ["go"] })).toBe('halting state "go" has entries');
  });
});

describe("stepTape", () => {
  const machine = tapeNormalForm(FLIP);
  it("should write, move and change state, and erase with the blank", () => {
    let configuration = startOfTape([1, 2]);
    expect([configuration.head, symbolUnderHead(configuration)]).toEqual([1, 1]);
    configuration = stepTape(machine, configuration, "two-way").after;
    expect(configuration).toMatchObject({ state: 0, head: 2 });
    configuration = stepTape(machine, configuration, "two-way").after;
    expect([configuration.state, configuration.head, [...configuration.cells]]).toEqual([
      3,
      1,
      [
        [1, 2],
        [2, 1],
      ],
    ]);
  });

  it("should stay at the left end of a one-way tape", () => {
    const before = startOfTape([2]);
    expect(stepTape(machine, before, "two-way").after.head).toBe(0);
    expect(stepTape(machine, before, "one-way")).toMatchObject({ after: { head: 1 }, move: -1, written: 1 });
  });
});
