import { describe, expect, it } from "vitest";
import {
  adaptMachine,
  ForeignAlphabet,
  nameOfFile,
  showSymbol,
  toName,
  type ForeignMachine,
} from "../../../../inputs/machines/foreign-machine.js";
import { InputError } from "../../../../inputs/input-error.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";
import { writeMachine } from "../../../../inputs/machines/write-machine.js";

const complain = (message: string): InputError => new InputError(`here: ${message}`);

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
    const code = alphabetOf(blank, others).code();
    expect(code.get(blank)).toBe(0);
    if (plus !== undefined) expect(code.get(plus)).toBe(1);
    if (minus !== undefined) expect(code.get(minus)).toBe(-1);
    expect(code.size).toBe(1 + [...others].length);
    expect(new Set(code.values()).size).toBe(code.size);
  });

  it("should refuse the fourth symbol and name all four", () => {
    const alphabet = alphabetOf("_", "ab_a");
    expect(alphabet.symbols).toEqual(["_", "a", "b"]);
    expect(() => alphabet.add("c", complain)).toThrow(
      'here: expected at most three symbols, blank and two more, got "_" (blank), "a", "b" and "c"',
    );
    expect(() => alphabet.add("a", complain)).not.toThrow();
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
  it("should tell the mapping and the lost input in a note that machine files allow", () => {
    const input = `1\u2028 0\t\u0085  "1"${"1".repeat(100_000)}`;
    const source = adaptMachine(foreign({ input, alphabet: alphabetOf("\u00A0", "01"), rules: new Map() }));
    expect(source.notes.about).toBe(
      'Read from a test: U+00A0 is blank, "1" is +1, "0" is -1; its input "1 0 \\u0085 \\"1\\"' +
        `${"1".repeat(28)}..." is left out`,
    );
    expect(readMachine(writeMachine(source), "m.yaml").notes).toEqual(source.notes);
    expect(adaptMachine(foreign({ input: "" })).notes.about).not.toContain("input");
  });

  it("should send runs that meet no rule to a state of their own, not to one that the format names", () => {
    expect(adaptMachine(foreign({})).halting).toEqual(["no-rule", "Z"]);
    expect(adaptMachine(foreign({ halting: ["no-rule"] })).halting).toEqual(["no-rule-2", "no-rule"]);
    expect(adaptMachine(foreign({ working: ["A", "no-rule"] })).halting).toEqual(["no-rule-2", "Z"]);
    expect(adaptMachine(foreign({ haltWithoutRule: "halt" })).halting).toEqual(["halt", "Z"]);
    expect(adaptMachine(foreign({ haltWithoutRule: "halt", halting: ["Z", "halt"] })).halting).toEqual(["halt", "Z"]);
  });

  it("should add no state where every rule is there, or nothing is named", () => {
    expect(adaptMachine(foreign({ halting: [] })).halting).toEqual([]);
    const row = new Map(["0", "1"].map((symbol) => [symbol, { write: "0", move: "stay" as const, next: "Z" }]));
    expect(adaptMachine(foreign({ rules: new Map([["A", row]]) })).halting).toEqual(["Z"]);
  });
});
