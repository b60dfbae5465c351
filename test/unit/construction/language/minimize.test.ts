import { describe, expect, it } from "vitest";
import { mergeCompatibleStates } from "../../../../construction/language/merge-compatible.js";
import { minimizeMachine, removeDeadStates } from "../../../../construction/language/minimize.js";
import type { Move, SourceMachine, TapeSymbol } from "../../../../spec/machines/machine.js";

type Entries = Readonly<Record<string, readonly (readonly [TapeSymbol, TapeSymbol, Move, string])[]>>;

/** A machine from rows of [read, write, move, next]; the first state starts. */
function machine(entries: Entries, halting: readonly string[]): SourceMachine {
  const rows = Object.entries(entries).map(([state, row]) => {
    return [state, new Map(row.map(([read, write, move, next]) => [read, { write, move, next }]))] as const;
  });
  const states = [...Object.keys(entries), ...halting];
  return { name: "m", states, start: states[0] ?? "", halting, table: new Map(rows), notes: {}, expected: {} };
}

describe("minimizeMachine", () => {
  it("should merge equivalent states under the name that is met first, and say where states went", () => {
    const { machine: smallest, stateOf } = minimizeMachine(
      machine(
        {
          a: [
            [0, 1, "right", "c"],
            [1, 1, "left", "b"],
            [-1, 1, "left", "end"],
          ],
          b: [
            [0, 0, "up", "end"],
            [1, 0, "up", "end"],
            [-1, 0, "up", "b"],
          ],
          c: [
            [0, 0, "up", "end"],
            [1, 0, "up", "end"],
            [-1, 0, "up", "c"],
          ],
          unreached: [[0, 0, "up", "a"]],
        },
        ["end", "unused"],
      ),
    );
    expect(smallest.states).toEqual(["a", "c", "end"]);
    expect(smallest.table.get("a")?.get(1)).toEqual({ write: 1, move: "left", next: "c" });
    expect(Object.fromEntries(stateOf)).toEqual({ a: "a", b: "c", c: "c", end: "end" });
  });

  it("should keep halting states of different names apart, and undefined entries as they are", () => {
    const { machine: smallest } = minimizeMachine(
      machine(
        {
          a: [
            [0, 0, "up", "yes"],
            [1, 0, "up", "no"],
            [-1, 0, "up", "b"],
          ],
          b: [
            [0, 0, "up", "no"],
            [1, 0, "up", "no"],
          ],
        },
        ["yes", "no"],
      ),
    );
    expect(smallest.states).toEqual(["a", "b", "yes", "no"]);
    expect(smallest.table.get("b")?.has(-1)).toBe(false);
  });

  it("should keep the first halting state where an absent entry may enter it", () => {
    const source = machine({ a: [[0, 0, "up", "second"]] }, ["first", "second"]);
    expect(minimizeMachine(source).machine.halting).toEqual(["first", "second"]);
    expect(removeDeadStates(source).machine.halting).toEqual(["first", "second"]);
  });

  it("should take a machine that starts in a halting state", () => {
    expect(minimizeMachine(machine({}, ["end"])).machine.states).toEqual(["end"]);
  });
});

describe("mergeCompatibleStates", () => {
  it("should merge states that are undefined where the other one acts", () => {
    const { machine: smaller, stateOf } = mergeCompatibleStates(
      machine(
        {
          a: [
            [0, 1, "right", "b"],
            [1, 1, "left", "a"],
          ],
          b: [
            [1, 1, "left", "a"],
            [-1, 0, "up", "end"],
          ],
        },
        ["end"],
      ),
    );
    expect(smaller.states).toEqual(["a", "end"]);
    expect(stateOf.get("b")).toBe("a");
    expect(smaller.table.get("a")?.size).toBe(3);
    expect(smaller.table.get("a")?.get(0)).toEqual({ write: 1, move: "right", next: "a" });
  });

  it("should take a merge back if what follows from it does not fit", () => {
    const source = machine(
      {
        a: [
          [0, 1, "right", "c"],
          [1, 1, "left", "b"],
        ],
        b: [[0, 1, "right", "d"]],
        c: [
          [0, 0, "up", "end"],
          [1, 0, "down", "a"],
          [-1, 0, "up", "a"],
        ],
        d: [
          [0, 0, "down", "end"],
          [1, 0, "up", "a"],
          [-1, 0, "up", "a"],
        ],
      },
      ["end"],
    );
    expect(mergeCompatibleStates(source).machine).toEqual({ ...source, states: ["a", "c", "b", "d", "end"] });
  });

  it("should never merge a halting state, not even with a state that has no entries", () => {
    const source = machine(
      {
        a: [
          [0, 1, "right", "b"],
          [1, 1, "left", "dead"],
        ],
        b: [
          [1, 1, "left", "end"],
          [-1, 0, "up", "a"],
        ],
        dead: [],
      },
      ["end"],
    );
    const { machine: smaller, stateOf } = mergeCompatibleStates(source);
    expect(stateOf.get("end")).toBe("end");
    expect(smaller.halting).toEqual(["end"]);
    expect(stateOf.get("a")).not.toBe(stateOf.get("b"));
  });
});
