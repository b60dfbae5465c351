import { describe, expect, it } from "vitest";
import { loadMachine } from "../../../inputs/machines/load-machine.js";
import { writeTuringmachineIo } from "../../../inputs/machines/write-turingmachine-io.js";
import { runFast } from "../../../execution/machines/fast-simulator.js";
import type { SourceMachine } from "../../../spec/machines/machine.js";
import { normalForm } from "../../../spec/machines/normal-form.js";
import { runFromBlank } from "../../../spec/machines/simulate.js";
import { toGolly, toJflap, toMorphett } from "../inputs/machines/foreign-texts.js";
import { readGolly, readJflap, readMorphett, readTuringmachineIo } from "../../three-symbol-readers.js";

// Published: machine of the gallery, steps, non-blank cells.
const champions: [string, number, number][] = [
  ["bb2", 6, 4],
  ["bb2x3", 38, 9],
  ["bb3", 21, 5],
  ["bb4", 107, 13],
  ["bb5", 47_176_870, 4098],
];

function result(source: SourceMachine, maxSteps: number): [boolean, number, number] {
  const { halted, steps, nonblank } = runFast(normalForm(source), { maxSteps });
  return [halted, steps, nonblank];
}

/** Published: black cells of Langton's ant after 1 ... 10 steps, and after 100 and 500. */
const ANT_FIRST = [1, 2, 3, 4, 3, 4, 5, 6, 7, 6];

function expectLangtonsAnt(source: SourceMachine): void {
  const machine = normalForm(source);
  const black = (maxSteps: number): number => runFast(machine, { maxSteps }).nonblank;
  expect(ANT_FIRST.map((_, i) => black(i + 1))).toEqual(ANT_FIRST);
  expect([black(100), black(500)]).toEqual([20, 62]);
  expect(black(9977 + 104) - black(9977)).toBe(12);
  expect(runFromBlank(machine, { maxSteps: 1 })).toMatchObject({ headRow: 0, headColumn: 1 });
}

describe.each(champions)("%s", (name, steps, nonblank) => {
  const published = [true, steps, nonblank];

  it("should halt as published when it comes from turingmachine.io", () => {
    const source = readTuringmachineIo(writeTuringmachineIo(loadMachine(name)), `${name}.yaml`);
    expect(source.table).toEqual(loadMachine(name).table);
    expect(result(source, steps)).toEqual(published);
    expect(result(source, steps - 1)[0]).toBe(false);
  });

  it("should halt as published when it comes from Morphett's lines", () => {
    expect(result(readMorphett(toMorphett(loadMachine(name)), "m.txt"), steps)).toEqual(published);
  });

  it("should halt as published when it comes from JFLAP", () => {
    const source = readJflap(toJflap(loadMachine(name)), `${name}.jff`);
    expect(source.table).toEqual(loadMachine(name).table);
    expect(result(source, steps)).toEqual(published);
  });

  it("should halt as published when it comes from Golly", () => {
    const colours = name === "bb2x3" ? ([0, 1, -1] as const) : ([0, 1] as const);
    expect(result(readGolly(toGolly(loadMachine(name), colours)), steps)).toEqual(published);
  });
});

describe("champions written by hand", () => {
  it("should run bb4 from turingmachine.io with synonyms, lists of symbols and a document around it", () => {
    const text = `name: four states
source code: |
  # 107 steps
  input: ''
  blank: '0'
  start state: A
  synonyms:
    back: {L: B}
    stop: {write: 1, R: H}
  table:
    A:
      0: {write: 1, R: B}
      1: back
    B:
      0: {write: 1, L: A}
      1: {write: 0, L: C}
    C: {0: stop, 1: {L: D}}
    D:
      0: {write: 1, R}
      1: {write: 0, R: A}
    H:
positions:
  A: {x: 1, y: 2}
`;
    const source = readTuringmachineIo(text, "bb4.yaml");
    expect(source).toMatchObject({ name: "four states", halting: ["H"], start: "A" });
    expect(result(source, 1000)).toEqual([true, 107, 13]);
  });

  it("should run bb5 from Morphett's lines, with wildcards where they fit", () => {
    const text = `; five states, 47,176,870 steps
0 _ 1 r B
0 * * l C   ; on 1
B _ 1 r C
B 1 1 r *   !
C _ 1 r D
C 1 _ l E
D _ 1 l 0
D 1 * l D
E _ 1 r halt
E 1 _ l 0
`;
    expect(result(readMorphett(text, "bb5.txt"), 50_000_000)).toEqual([true, 47_176_870, 4098]);
  });

  it("should run bb3 from JFLAP, states in any order and one without a name", () => {
    const transition = (from: number, to: number, read: string, write: string, move: string): string =>
      `<transition><from>${from}</from><to>${to}</to>${read}${write}<move>${move}</move></transition>`;
    const [one, write1] = ["<read>1</read>", "<write>1</write>"];
    const text = `<structure><type>turing</type><automaton>
      <state id="7" name="stop"><x>0</x><y>0</y><final/></state>
      <state id="2"><initial/></state>
      <state id="0" name="b"/><state id="1" name="c"/>
      ${transition(2, 0, "<read/>", write1, "R")}${transition(2, 7, one, write1, "R")}
      ${transition(0, 0, "<read/>", write1, "L")}${transition(0, 1, one, "<write/>", "R")}
      ${transition(1, 1, "<read/>", write1, "L")}${transition(1, 2, one, "<write>~</write>", "L")}
    </automaton></structure>`;
    const source = readJflap(text, "bb3.jff");
    expect(source).toMatchObject({ start: "q2", states: ["q2", "b", "c", "stop"], halting: ["stop"] });
    expect(result(source, 100)).toEqual([true, 21, 5]);
  });

  it("should run the champion of two states from Golly's comment-like notation", () => {
    expect(result(readGolly("{{{1,'E',1},{1,'W',1}},{{1,'W',0},{1,'',0}}}"), 100)).toEqual([true, 6, 4]);
  });
});

describe("turmites", () => {
  it("should run the relative turmite of 121 steps, and be the gallery's machine under other names", () => {
    const source = readGolly("{{{1,2,0},{0,2,1}},{{1,0,0},{1,8,0}}}");
    expect(result(source, 1000)).toEqual([true, 121, 29]);
    const rename = (name: string): string => name.replace("A-", "0-").replace("B-", "1-");
    const gallery = [...loadMachine("turmite-121").table].map(([state, row]): [string, unknown] => [
      rename(state),
      new Map([...row].map(([symbol, entry]) => [symbol, { ...entry, next: rename(entry.next) }])),
    ]);
    expect([...source.table]).toEqual(gallery);
    expect(source.table.size).toBe(4 * 2);
  });

  it("should run the absolute turmite of 32 steps", () => {
    const source = readGolly("{{{1,'N',1},{1,'E',2}},{{0,'E',2},{0,'W',1}},{{1,'S',0},{1,'',0}}}");
    expect(result(source, 1000)).toEqual([true, 32, 6]);
    expect(source.states).toEqual(["0", "1", "2", "halt"]);
  });

  it.each(["RL", "{{{1,2,0},{0,8,0}}}"])("should run Langton's ant from %s", (text) => {
    const source = readGolly(text);
    expectLangtonsAnt(source);
    expect(source.table).toEqual(loadMachine("langtons-ant").table);
  });

  it("should run Langton's ant from its four absolute states", () => {
    const east = "{{1,'E',1},{0,'W',3}},{{1,'S',2},{0,'N',0}},{{1,'W',3},{0,'E',1}},{{1,'N',0},{0,'S',2}}";
    expectLangtonsAnt(readGolly(`{${east}}`));
  });

  it("should run Langton's ant from lines of turing2d", () => {
    const text = `; 0 faces north
0 _ 1 r e
0 1 _ l w
e _ 1 d s
e 1 _ u 0
s _ 1 l w
s 1 _ r e
w _ 1 u 0
w 1 _ d s`;
    expectLangtonsAnt(readMorphett(text, "ant.txt"));
    expectLangtonsAnt(readMorphett(toMorphett(loadMachine("langtons-ant")), "ant.txt"));
  });

  it("should turn an ant of three colours as its letters say", () => {
    const { table } = readGolly("NUR");
    // Facing north: ahead, back, right.
    expect([...(table.get("north") ?? [])]).toEqual([
      [0, { write: 1, move: "up", next: "north" }],
      [1, { write: -1, move: "down", next: "south" }],
      [-1, { write: 0, move: "right", next: "east" }],
    ]);
    expect(readGolly("{{{1,1,0},{2,4,0},{0,2,0}}}").table).toEqual(table);
  });
});
