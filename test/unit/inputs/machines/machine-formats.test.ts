import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MACHINE_FORMATS, type MachineFormat } from "../../../../inputs/machines/format-names.js";
import { InputError } from "../../../../inputs/input-error.js";
import { loadAnyMachine, loadMachine } from "../../../../inputs/machines/load-machine.js";
import { formatOfArgument, formatOfFile } from "../../../../inputs/machines/machine-formats.js";

const TEXTS: readonly (readonly [MachineFormat, string])[] = [
  ["yaml", "{name: small, start: A, table: {A: {}}}"],
  ["yaml", "# blank: 0\nname: start state\nstart: blank\ntable: {blank: {blank: {move: up}}}\n"],
  ["bbchallenge", "1RB1LB_1LA1RZ\n"],
  ["golly", "{{{1,2,0},{0,8,0}}}\n"],
  ["golly", "# Langton's ant\nRL\n"],
  ["turingmachinesimulator", "name: m\ninit: a\naccept: b\n\na,_\nb,1,>\n"],
  ["bbchallenge", "# champions\n1RB1LB_1LA1RZ  6 steps\n"],
  ["bbchallenge", "1RB 1LB  1LA 1RZ  # an older spelling\n"],
  ["jflap", "<structure><type>turing</type><state id='0'><initial/></state></structure>"],
  ["morphett", "0 _ 1 r 0\n"],
  ["morphett", "; start state: 0\n0 _ 1 r 0\n"],
  ["turing2d", "0 _ 1 r a\na _ 1 u 0\n"],
  ["turingmachine.io", "blank: 0\nstart state: A\ntable: {A: {0: R}}\n"],
  ["turingmachine.io", '{"start state": "A", "blank": "0", "table": {"A": {"0": "R"}}}'],
  ["turingmachine.io", "blank: 0\ntable:\n  A:\n    [0, 1]: R\nstart state: A\n"],
  ["turingmachine.io", "name: shared\nsource code: |\n  blank: 0\n  start state: A\n  table: {A: }\n"],
];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "weightproof-formats-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("formatOfFile", () => {
  it.each(TEXTS)("should find %s in %j, whatever the name, and the reader agree", (format, text) => {
    expect(formatOfFile(text, "m", "m.txt")).toBe(format);
    const recognised = loadMachine(file("machine.tm", text));
    expect(recognised).toEqual(loadMachine(file("machine.tm", text), { format }));
  });

  it("should try every format", () => {
    expect(new Set(TEXTS.map(([format]) => format))).toEqual(new Set(MACHINE_FORMATS));
  });

  it("should believe the ending .jff", () => {
    expect(formatOfFile("0 _ 1 r 0", "m", "m.JFF")).toBe("jflap");
    expect(() => loadMachine(file("m.jff", "RL"))).toThrow(/m\.jff:1:\d+: not XML: /);
  });

  it("should say what is wrong with YAML that is neither", () => {
    expect(() => loadMachine(file("m.yaml", "start state: A\n\tx"))).toThrow(/m\.yaml:2:1: not YAML: /);
    expect(() => loadMachine(file("m.yaml", "name: x\nstart: A\ntabel: {}\n"))).toThrow(
      /m\.yaml:1:1: missing key "table"/,
    );
    expect(() => loadMachine(file("m.yaml", "blank: 0\n"))).toThrow(/m\.yaml:1:1: missing key "table"/);
  });
});

describe("loadMachine with texts and formats", () => {
  it("should take short texts for machines before files of the same name", () => {
    const before = process.cwd();
    file("RL", "1RB1LB_1LA1RZ");
    try {
      process.chdir(folder);
      expect(loadMachine("RL").states).toEqual(["north", "east", "south", "west"]);
      expect(loadMachine("./RL").states).toEqual(["A", "B", "Z"]);
      expect(loadMachine("RL", { format: "bbchallenge" }).states).toEqual(["A", "B", "Z"]);
    } finally {
      process.chdir(before);
    }
    expect(loadMachine("{{{1,'E',1},{1,'W',1}},{{1,'W',0},{1,'',0}}}").states).toEqual(["0", "1", "halt"]);
    expect(formatOfArgument("RL")).toBe("golly");
    expect(formatOfArgument("1RB1LB")).toBe("bbchallenge");
    expect(formatOfArgument("bb5")).toBeUndefined();
  });

  it("should keep the gallery for its own format", () => {
    expect(loadMachine("bb4", { format: "yaml" }).name).toBe("bb4");
    expect(() => loadMachine("bb4", { format: "jflap" })).toThrow("bb4: no such file");
  });

  it("should read a short text in the format that is named, and no other", () => {
    expect(loadMachine("R", { format: "golly" }).table.get("north")?.size).toBe(1);
    expect(() => loadMachine("R")).toThrow(InputError);
    expect(() => loadMachine("quux", { format: "golly" })).toThrow("machine text:1:1: expected turns (L, R, U, N)");
    expect(() => loadMachine("RL", { format: "bbchallenge" })).toThrow(
      'machine text: expected rows such as 1RB1LB_1LA1RZ, got "RL"',
    );
    expect(() => loadMachine("LLRR")).toThrow(
      'machine "LLRR": expected at most three symbols, blank and two more, got "0" (blank), "1", "2" and "3"',
    );
    expect(loadAnyMachine("LLRR").machine.symbols).toEqual(["0", "1", "2", "3"]);
  });

  it.each(TEXTS)("should refuse a %s text in every other format in one line", (format, text) => {
    const path = file("other.txt", text);
    for (const other of MACHINE_FORMATS) {
      if (other === format) continue;
      // The dialects of five-field lines have much in common.
      if ([format, other].every((name) => name === "morphett" || name === "turing2d")) continue;
      expect(() => loadMachine(path, { format: other })).toThrow(InputError);
      expect(() => loadMachine(path, { format: other })).toThrow(/^.*other\.txt.{1,300}$/);
    }
  });
});
