/** The parts of a certificate that must follow from others: reading, digests, machine, code, networks. */
import { describe, expect, it } from "vitest";
import { encodeNormalMachine, encodeSourceMachine } from "../../../../../certificates/machine-json.js";
import type { SourceMachine, SourceTransition, TapeSymbol } from "../../../../../spec/machines/machine.js";
import { normalForm } from "../../../../../spec/machines/normal-form.js";
import { cellCode } from "../../../../../spec/rcnn/cell-code.js";
import { dataOf, get, put, TEXT, type Json, type Path } from "../forge.js";
import { expectWith, said, saidOf, saidWith, QUICK, SHORT } from "./said.js";

describe("reading and digests", () => {
  it("should be those of the amendments in force", () => {
    const amendments = get(dataOf(SHORT), ["reading", "amendments"]) as string[];
    for (const i of amendments.keys())
      expectWith(["reading", "amendments", i], ["other"], `reading reading.amendments[${i}]`, SHORT);
    const more = `reading reading.amendments[${amendments.length}]`;
    expectWith(["reading", "amendments"], [[...amendments, "more"]], more, SHORT);
    expectWith(["reading", "amendments"], [amendments.slice(0, -1)], "reading reading.amendments[13]", SHORT);
  });

  it("should be digests of each part", () => {
    for (const part of ["source", "machine", "filter", "head"]) {
      const [right, other] = [get(dataOf(QUICK), ["digests", part]) as string, `sha256:${"0".repeat(64)}`];
      expect(said(QUICK.replace(right, other))).toBe(`digest digests.${part}`);
    }
  });
});

const table = (rows: Record<string, [TapeSymbol, SourceTransition][]>): SourceMachine["table"] =>
  new Map(Object.entries(rows).map(([state, entries]) => [state, new Map(entries)]));

const go = (next: string): [TapeSymbol, SourceTransition][] => [
  [0, { write: 1, move: "up", next }],
  [1, { write: -1, move: "down", next }],
  [-1, { write: 0, move: "left", next }],
];

/** Machines whose normal forms differ in what is added, named, and left out. */
const MACHINES: readonly Pick<SourceMachine, "states" | "start" | "halting" | "table">[] = [
  { states: ["A"], start: "A", halting: [], table: new Map() },
  { states: ["A"], start: "A", halting: ["A"], table: new Map() },
  { states: ["A"], start: "A", halting: [], table: table({ A: go("A") }) },
  { states: ["A", "Z"], start: "A", halting: ["Z"], table: table({ A: go("A") }) },
  { states: ["A", "Z"], start: "A", halting: ["Z"], table: table({ A: go("A").slice(1) }) },
  { states: ["A", "Z"], start: "Z", halting: ["Z"], table: table({ A: go("A") }) },
  { states: ["Y", "A", "Z"], start: "A", halting: ["Z", "Y"], table: table({ A: go("Z").slice(0, 2) }) },
  { states: ["Y", "A", "Z"], start: "A", halting: ["Z", "Y"], table: table({ A: go("Z") }) },
  { states: ["Z", "A", "B"], start: "B", halting: ["Z"], table: table({ B: go("Z").slice(1, 2) }) },
  { states: ["A", "B"], start: "A", halting: [], table: table({ A: go("B"), B: go("A").slice(2) }) },
  { states: ["A", "B"], start: "A", halting: [], table: table({ A: go("B") }) },
  { states: ["first", "first-2", "halt"], start: "halt", halting: [], table: table({ first: go("halt") }) },
  { states: ["halt", "halt-2", "first"], start: "halt", halting: [], table: table({ halt: go("halt") }) },
  { states: ["A", "first"], start: "A", halting: ["first"], table: table({ A: go("first") }) },
  { states: ["A", "first"], start: "A", halting: ["first"], table: table({ A: go("A") }) },
  { states: ["B", "Z", "A"], start: "A", halting: ["Z"], table: table({ B: go("A"), A: go("B") }) },
];

describe("the normal form of a source", () => {
  /** What is said of a source with the normal form that `spec` has for it, or another; "code" if it is the right one. */
  const saidOfMachine = (change: (json: Json) => unknown, source: (typeof MACHINES)[0], name = "tiny"): string =>
    saidOf((json) => {
      const machine = { ...source, name, notes: {}, expected: {} };
      put(json, ["source"], encodeSourceMachine(machine) as unknown as Json);
      put(json, ["machine"], encodeNormalMachine(normalForm(machine)) as unknown as Json);
      put(json, ["code", "states"], 99);
      change(json);
    }, SHORT);
  const same = (): undefined => undefined;

  it("should be the one that the definitions give", () => {
    for (const [i, source] of MACHINES.entries()) {
      expect(saidOfMachine(same, source), `machine ${i}`).toBe("code code.states");
      const more = (json: Json): unknown => (get(json, ["machine", "halting"]) as Json[]).push(0);
      expect(saidOfMachine(more, source), `machine ${i}`).toMatch(/^normal-form machine\.halting\[\d\]$/);
    }
    expect(saidOfMachine((json) => put(json, ["machine", "name"], "x"), MACHINES[0] as (typeof MACHINES)[0])).toBe(
      "normal-form machine.name",
    );
  });

  it("should differ at the place that is named", () => {
    expectWith(["machine", "states", 1], ["x"], "normal-form machine.states[1]", SHORT);
    expectWith(["machine", "table", 1, 2, 0], [1], "normal-form machine.table[1][2][0]", SHORT);
    expectWith(["machine", "table", 1, 0, 1], ["left"], "normal-form machine.table[1][0][1]", SHORT);
    expectWith(["machine", "table", 0, 0, 2], [0], "normal-form machine.table[0][0][2]", SHORT);
    expectWith(["machine", "table", 1], [undefined], "normal-form machine.table[1]", SHORT);
  });

  it("should not be asked for where the source is no machine", () => {
    const [rowA, rowB] = get(dataOf(TEXT), ["source", "table"]) as [[string, Json[]], [string, Json[]]];
    const [first, last] = rowB[1] as [Json[], Json[]];
    const cases: readonly (readonly [Path, readonly Json[]])[] = [
      [["states"], [["A", "B", "idle", "Z", "A"], ["A", "B", "Z"], ["A", "B", "idle"], ["B", "idle", "Z"], []]],
      [["start"], ["missing"]],
      [["halting"], [["missing"], ["Z", "missing"], ["Z", "idle", "A"], ["Z", "idle", "B"], ["Z", "idle", "Z"], ["Z", "Z", "idle"], ["Z", "idle", "idle"]]],
      [["table", 0, 1, 0, 3], ["missing"]],
      [["table", 1, 1, 1, 3], ["missing"]],
      [["table"], [[rowB, rowA], [rowA, rowA], [rowB, rowB], [["missing", rowB[1]]], [rowA, ["Z", rowB[1]]]]],
      [["table", 1, 1], [[last, first], [first, first], [last, last], [first, last, last]]],
    ]; // prettier-ignore
    for (const [path, values] of cases) expectWith(["source", ...path], values, "source-machine source", TEXT);
  });
});

describe("the code of a machine", () => {
  it("should be the one that the definitions give, for each number of states", () => {
    for (const states of [2, 3, 4, 5, 7, 8, 9, 16, 17, 33]) {
      const names = Array.from({ length: states - 1 }, (_, q) => `q${q}`);
      const source = {
        name: "",
        states: names,
        start: "q0",
        halting: ["q0"],
        table: new Map(),
        notes: {},
        expected: {},
      };
      const all = { ...source, name: "tiny", table: table(Object.fromEntries(names.slice(1).map((q) => [q, go(q)]))) };
      const { scale, ...constants } = cellCode(states);
      const of = (by: number, key?: keyof typeof constants | "scale"): string =>
        saidOf((json) => {
          put(json, ["source"], encodeSourceMachine(all) as unknown as Json);
          put(json, ["machine"], encodeNormalMachine(normalForm(all)) as unknown as Json);
          put(json, ["code"], { ...constants, scale: String(scale) });
          put(json, ["head", "layers", 0, "rows", 0, 0], "2/2");
          if (key === "scale") put(json, ["code", key], String(Number(scale) + by));
          else if (key !== undefined) put(json, ["code", key], constants[key] + by);
        }, SHORT);
      expect(of(0), `${states}`).toBe("network head.layers[0].rows[0][0]");
      for (const key of ["states", "stateDigits", "lastIndex", "scale"] as const)
        expect(of(1, key), `${states} ${key}`).toBe(`code code.${key}`);
    }
  });
});

describe("a network", () => {
  const IS_NETWORK = "network head.layers[0].name";
  /** What is said of layers in the place of the filter, if the head is none either. */
  const saidOfLayers = (...layers: readonly [inputs: number, ...rows: Json[]][]): string =>
    saidOf((json) => {
      const list = layers.map(([inputs, ...rows], l) => ({ name: `V${l}`, inputs, relu: true, rows }));
      put(json, ["filter", "layers"], list);
      put(json, ["head", "layers", 0, "name"], "\u{1f600}".repeat(33));
    }, SHORT);

  it("should have reduced numbers, rising columns below the number of inputs, and no weight 0", () => {
    expect(saidOfLayers([3, ["0"], ["0"], ["0"], ["0"]])).toBe(IS_NETWORK);
    const rows: readonly (readonly [Json[], place: number | undefined])[] = [
      [["-2/3"], undefined],
      [["-3/2", [0, "-1"], [1, "100/99"], [2, "-99/100"]], undefined],
      [["0", [2, "6/35"]], undefined],
      [["2/4"], 0],
      [["0/2"], 0],
      [["6/3"], 0],
      [["-6/4"], 0],
      [["0", [0, "1"], [1, "-35/49"]], 2],
      [["0", [0, "0"]], 1],
      [["0", [3, "1"]], 1],
      [["0", [0, "1"], [1, "1"], [3, "1"]], 3],
      [["0", [1, "1"], [1, "1"]], 2],
      [["0", [1, "1"], [0, "1"]], 2],
      [["0", [0, "1"], [2, "1"], [1, "1"]], 3],
    ];
    for (const [row, place] of rows) {
      const expected = place === undefined ? IS_NETWORK : `network filter.layers[0].rows[1][${place}]`;
      expect(saidOfLayers([3, ["0"], row]), JSON.stringify(row)).toBe(expected);
    }
    // The second time, too.
    expect(saidOfLayers([1, ["1/2"], ["1/2", [0, "1/2"]]])).toBe(IS_NETWORK);
  });

  it("should have as many inputs as the layer before has rows", () => {
    expect(saidOfLayers([5, ["0"], ["0"]], [2, ["0"]], [1, ["0"]])).toBe(IS_NETWORK);
    expect(saidOfLayers([5, ["0"], ["0"]], [2, ["0"]], [2, ["0"]])).toBe("network filter.layers[2].inputs");
    expect(saidOfLayers([5, ["0"], ["0"]], [5, ["0"]])).toBe("network filter.layers[1].inputs");
  });

  it("should have names of at most 64 UTF-16 code units", () => {
    const path = ["filter", "layers", 1, "name"];
    const named = (name: string): string => saidWith(path, name, SHORT);
    expect(named("\u{1f600}".repeat(32))).not.toMatch(/^network/);
    expect(named(`${"\u{1f600}".repeat(32)}x`)).toBe("network filter.layers[1].name");
  });
});
