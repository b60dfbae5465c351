import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine, sourceMachine } from "../../../arbitraries/machines.js";
import { decodeSourceMachine, encodeNormalMachine, encodeSourceMachine } from "../../../certificates/machine-json.js";
import { galleryNames, loadMachine } from "../../../inputs/machines/load-machine.js";
import type { SourceMachine } from "../../../spec/machines/machine.js";
import { normalForm } from "../../../spec/machines/normal-form.js";
import { SOURCE } from "../../mutants/rcnn/certificates.js";

describe("encodeSourceMachine", () => {
  it("should spell a machine with its rows and entries in order", () => {
    expect(encodeSourceMachine(SOURCE)).toEqual({
      name: "mutant",
      about: "A machine to be mutated",
      source: "these tests",
      states: ["A", "B", "Z", "idle"],
      start: "A",
      halting: ["Z", "idle"],
      table: [
        [
          "A",
          [
            [0, 1, "right", "B"],
            [1, 1, "left", "B"],
            [-1, 0, "up", "Z"],
          ],
        ],
        [
          "B",
          [
            [0, 1, "down", "A"],
            [1, -1, "stay", "A"],
          ],
        ],
      ],
    });
  });

  it("should give one spelling, however the table was filled", () => {
    const rows = [...SOURCE.table].map(([state, row]) => [state, new Map([...row].toReversed())] as const);
    const other: SourceMachine = { ...SOURCE, table: new Map(rows.toReversed()) };
    expect(encodeSourceMachine(other)).toEqual(encodeSourceMachine(SOURCE));
  });

  it("should leave out states without entries, and what a file expects of a machine", () => {
    const table = new Map(SOURCE.table).set("idle", new Map());
    const json = encodeSourceMachine({ ...SOURCE, expected: { steps: 7 }, table });
    expect(json).toEqual(encodeSourceMachine(SOURCE));
    expect(JSON.stringify(json)).not.toContain("steps");
  });

  it("should be undone by decodeSourceMachine, but for what was left out", () => {
    fc.assert(
      fc.property(sourceMachine(), (machine) => {
        const json = encodeSourceMachine(machine);
        const decoded = decodeSourceMachine(json);
        expect(encodeSourceMachine(decoded)).toEqual(json);
        expect(JSON.parse(JSON.stringify(json))).toEqual(json);
        expect(normalForm(decoded)).toEqual(normalForm(machine));
        expect(decoded.notes).toEqual(machine.notes);
      }),
    );
  });

  it("should carry names that are keys of every object elsewhere", () => {
    const names = ["__proto__", "constructor", "toString"];
    const machine: SourceMachine = {
      name: "__proto__",
      states: names,
      start: "__proto__",
      halting: ["toString"],
      table: new Map([["__proto__", new Map([[0, { write: 1, move: "stay", next: "constructor" }]])]]),
      notes: {},
      expected: {},
    };
    const decoded = decodeSourceMachine(JSON.parse(JSON.stringify(encodeSourceMachine(machine))) as never);
    expect(normalForm(decoded)).toEqual(normalForm(machine));
    expect(normalForm(decoded).states).toEqual(["first", "__proto__", "constructor", "toString"]);
  });
});

describe("encodeNormalMachine", () => {
  it("should list indices of halting states, and entries for blank, +1 and -1", () => {
    fc.assert(
      fc.property(normalMachine(), (machine) => {
        const json = encodeNormalMachine(machine);
        expect(json.halting).toEqual(machine.halting.flatMap((halts, q) => (halts ? [q] : [])));
        for (const [q, row] of json.table.entries()) {
          for (const [k, symbol] of ([0, 1, -1] as const).entries()) {
            const { write, move, next } = machine.table[q]?.[symbol] ?? {};
            expect(row[k]).toEqual([write, move, next]);
          }
        }
      }),
    );
  });

  it("should tell all gallery machines apart", () => {
    const texts = galleryNames().map((name) => JSON.stringify(encodeNormalMachine(normalForm(loadMachine(name)))));
    expect(new Set(texts).size).toBe(texts.length);
  });
});
