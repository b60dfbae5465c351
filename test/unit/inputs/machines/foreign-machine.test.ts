import { describe, expect, it } from "vitest";
import {
  alphabetMachine,
  ForeignAlphabet,
  nameOfFile,
  showSymbol,
  toName,
  type ForeignMachine,
} from "../../../../inputs/machines/foreign-machine.js";
import { tapeSymbolsOf, toSourceMachine } from "../../../../inputs/machines/three-symbols.js";
import type { SourceMachine } from "../../../../spec/machines/machine.js";
import { MAX_TAPE_SYMBOLS } from "../../../../inputs/input-limits.js";
import { InputError } from "../../../../inputs/input-error.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { writeMachine } from "../../../../inputs/machines/write-machine.js";

const complain = (message: string): InputError => new InputError(`here: ${message}`);

function adaptMachine(machine: ForeignMachine): SourceMachine {
  return toSourceMachine(alphabetMachine(machine));
}

function alphabetOf(blank: string, others: string): ForeignAlphabet {
  const alphabet = new ForeignAlphabet(blank);
  for (const symbol of others) alphabet.add(symbol, complain);
  return alphabet;
}

function foreign(parts: Partial<ForeignMachine>): ForeignMachine {
  const rules = new Map([["A", new Map([["0", { write: "1", move: "left" as const, next: "Z" }]])]]);
  return {
    name: "m",
    format: "a test",
    alphabet: alphabetOf("0", "1"),
    working: ["A"],
    halting: ["Z"],
    start: "A",
    rules,
    ...parts,
  };
}

describe("ForeignAlphabet", () => {
  // Blank, the other symbols in the order in which they are met, which of them is +1, which -1.
  it.each([
    ["0", "12", "1", "2"],
    ["0", "21", "1", "2"],
    [" ", "01", "1", "0"],
    [" ", "10", "1", "0"],
    [" ", "02", "0", "2"],
    ["0", "2", undefined, "2"],
    ["_", "ba", "a", "b"],
    ["_", "b", "b", undefined],
    ["_", "-+", "+", "-"],
    ["_", "+1", "1", "+"],
    ["_", "-2", "-", "2"],
    ["_", "x-", "x", "-"],
    ["1", "02", "0", "2"],
    ["_", "😀\uFFFD", "\uFFFD", "😀"],
  ])("should map, with %j as blank, the symbols of %j so that +1 is %j and -1 is %j", (blank, others, plus, minus) => {
    const { symbols } = alphabetOf(blank, others);
    const code = new Map(tapeSymbolsOf(symbols).map((target, i) => [symbols[i], target]));
    expect(code.get(blank)).toBe(0);
    if (plus !== undefined) expect(code.get(plus)).toBe(1);
    if (minus !== undefined) expect(code.get(minus)).toBe(-1);
    expect(code.size).toBe(1 + [...others].length);
    expect(new Set(code.values()).size).toBe(code.size);
  });

  it("should take as many symbols as tapes may have, and name them where three are the most", () => {
    const alphabet = alphabetOf("_", "ab_a");
    expect(alphabet.symbols).toEqual(["_", "a", "b"]);
    for (let i = 3; i < MAX_TAPE_SYMBOLS; i++) alphabet.add(`s${i}`, complain);
    expect(alphabet.symbols.length).toBe(MAX_TAPE_SYMBOLS);
    expect(() => alphabet.add("c", complain)).toThrow('here: expected at most 256 symbols, got more with "c"');
    expect(() => alphabet.add("a", complain)).not.toThrow();
    expect(() => adaptMachine(foreign({ alphabet: alphabetOf("0", "1abc") }))).toThrow(
      'machine "m": expected at most three symbols, blank and two more, got "0" (blank), "1", "a", "b" and "c"',
    );
    expect(() => adaptMachine(foreign({ alphabet: alphabetOf("0", "1abcdefghi") }))).toThrow(
      '"0" (blank), "1", "a", "b", "c", "d", "e", "f", "g" and 2 more',
    );
    expect(() => adaptMachine(foreign({ tapes: 2, tapesRules: new Map() }))).toThrow(
      "expected one tape, got 2 of them",
    );
  });
});

describe("showSymbol", () => {
  it.each([
    ["a", '"a"'],
    [" ", '" "'],
    ["\t", "U+0009"],
    ["\u00A0", "U+00A0"],
    ["\u200B", "U+200B"],
    ["\uD800", "U+D800"],
    ['"', '"\\""'],
    ["😀", '"😀"'],
  ])("should show %j as %s", (symbol, shown) => {
    expect(showSymbol(symbol)).toBe(shown);
  });
});

describe("nameOfFile and toName", () => {
  it.each([
    ["tapes/my-machine.txt", "my-machine"],
    ["C:\\tapes\\my.machine.jff", "my.machine"],
    [".jff", ".jff"],
    ["machine text", "machine text"],
    ["", "machine"],
    ["a/", "machine"],
    [`${"x".repeat(100)}.jff`, "x".repeat(64)],
  ])("should call %j %j", (file, name) => {
    expect(nameOfFile(file)).toBe(name);
  });

  it("should make any text a name that machine files allow", () => {
    for (const text of [" a\u0000b\n", "\u202Ea", "x".repeat(63) + " y", "\uD800", "\u2028"]) {
      const source = { ...adaptMachine(foreign({})), name: toName(text) };
      expect(readMachine(writeMachine(source), "m.yaml").name).toBe(source.name);
    }
  });
});

describe("adaptMachine", () => {
  it("should tell the mapping in a note that machine files allow", () => {
    const source = adaptMachine(foreign({ alphabet: alphabetOf("\u00A0", "01"), rules: new Map() }));
    expect(source.notes.about).toBe('Read from a test: U+00A0 is blank, "0" is -1, "1" is +1');
    expect(readMachine(writeMachine(source), "m.yaml").notes).toEqual(source.notes);
  });

  it("should keep an input, and take its symbols into the alphabet", () => {
    const machine = alphabetMachine(foreign({ input: [{ rows: [["1", "x"]], headColumn: 1 }] }));
    expect(machine.symbols).toEqual(["0", "1", "x"]);
    expect(machine.input).toEqual([{ rows: [[1, 2]], headRow: 0, headColumn: 1 }]);
    expect(alphabetMachine(foreign({ input: [{ rows: [["0"]] }] })).input).toBeUndefined();
  });

  it("should tell states that accept or reject by their names, or as told", () => {
    const halting = ["halt", "qAccept", "halt-reject", "acceptable", "REJECTED"];
    expect(alphabetMachine(foreign({ halting }))).toMatchObject({
      accepting: ["qAccept"],
      rejecting: ["halt-reject", "REJECTED"],
    });
    expect(alphabetMachine(foreign({ halting, accepting: ["halt"], rejecting: [] }))).toMatchObject({
      accepting: ["halt"],
      rejecting: [],
    });
  });

  it("should send runs that meet no rule to a state of their own, not to one that the format names", () => {
    expect(adaptMachine(foreign({})).halting).toEqual(["no-rule", "Z"]);
    expect(adaptMachine(foreign({ halting: ["no-rule"] })).halting).toEqual(["no-rule-2", "no-rule"]);
    expect(adaptMachine(foreign({ working: ["A", "no-rule"] })).halting).toEqual(["no-rule-2", "Z"]);
    expect(adaptMachine(foreign({ halting: [] })).halting).toEqual(["no-rule"]);
  });

  it("should add no state where every rule is there", () => {
    const row = new Map(["0", "1"].map((symbol) => [symbol, { write: "0", move: "stay" as const, next: "Z" }]));
    expect(adaptMachine(foreign({ rules: new Map([["A", row]]) })).halting).toEqual(["Z"]);
  });
});
